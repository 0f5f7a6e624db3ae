"""Common goods whose payers are unlike: who goes on paying, who stops first, and who would pay alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.index.by_year import analysed_years
from detente.case.index.stand_in_figures import capability_year
from detente.case.schema.case import Case
from detente.case.schema.common_goods import PayerShares
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.unequal_payers import UnequalPublicGood
from detente.rooms.durability.model.common_goods import paying_actors
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles, quantiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class UnequalPayer:
    """One who pays for a common good, beside others who are unlike it."""

    party: str
    contribution_share: float
    """What it gives if all pay; share of all that is given, at the means."""
    benefit_share: float
    """What it has of the good; share of it, at the means."""
    patience_needed: DrawQuantiles
    """To go on paying while all others do; infinite where none is enough."""
    pays_share: float
    """Where it goes on paying, whoever else does; share of draws."""
    pays_alone_share: float
    """Where its own payment is worth it to itself, though nobody else paid; share of draws."""
    stops_first_share: float
    """Where it needs most patience, and more than there is, so that the others lose it first; share of draws."""


@dataclass(frozen=True)
class UnequalGoodPlay:
    """What those who pay for a common good would do."""

    good: str
    """Its id."""
    payers: tuple[UnequalPayer, ...]
    """Who gives most first."""
    patience: DrawQuantiles
    """What there is."""
    all_pay_share: float
    """Where all go on paying; share of draws."""
    nobody_pays_share: float
    """Where nobody does; share of draws."""
    largest_bears: float | None
    """Of what is still paid, how much the one bears who gives most: a mean over the draws in which anything is."""

    @property
    def largest(self) -> UnequalPayer:
        """Who gives most if all pay."""
        return self.payers[0]

    @property
    def stopping_first(self) -> UnequalPayer | None:
        """Who stops first most often; None where all pay in every draw."""
        first = max(self.payers, key=lambda payer: payer.stops_first_share)
        return first if first.stops_first_share else None


def unequal_good_play(draws: ParameterDraws, means: ParameterDraws, good_id: str) -> UnequalGoodPlay:
    """What the unlike payers of a common good would do."""
    import numpy as np

    good, payers = draws.case.common_goods[good_id], paying_actors(draws.case, draws.case.common_goods[good_id])
    drawn, at_means = (_public_good(source, good_id, payers) for source in (draws, means))
    patience = draws.sample(good.patience, f"common_goods.{good_id}.patience")
    needed, pays = drawn.critical_discounts(), drawn.lasting_payers(patience)
    stops_first = (needed == needed.max(axis=0)) & (needed > patience)
    order = np.argsort(-at_means.contributions[:, 0], kind="stable").tolist()
    paid = drawn.contributions * pays
    is_paid = pays.any(axis=0)
    bears = paid[order[0], is_paid] / paid[:, is_paid].sum(axis=0)
    return UnequalGoodPlay(
        good=good_id,
        payers=tuple(
            UnequalPayer(
                payers[i],
                float(at_means.contributions[i, 0] / at_means.contributions[:, 0].sum()),
                float(at_means.benefit_shares[i, 0]),
                quantiles(needed[i]),
                float(pays[i].mean()),
                float(drawn.pays_anyway[i].mean()),
                float(stops_first[i].mean()),
            )
            for i in order
        ),
        patience=quantiles(patience),
        all_pay_share=float(pays.all(axis=0).mean()),
        nobody_pays_share=float((~is_paid).mean()),
        largest_bears=float(bears.mean()) if is_paid.any() else None,
    )


def _public_good(draws: ParameterDraws, good_id: str, payers: list[str]) -> UnequalPublicGood:
    good, path = draws.case.common_goods[good_id], f"common_goods.{good_id}"
    if good.multiplier is None:
        raise ValueError("shares of a good that is not shared out; the checks of a case find it first")
    benefits = _amounts(draws, good.benefits, f"{path}.benefits", payers)
    return UnequalPublicGood(
        contributions=_amounts(draws, good.contributions, f"{path}.contributions", payers),
        benefit_shares=benefits / benefits.sum(axis=0),
        multiplier=draws.sample(good.multiplier, f"{path}.multiplier"),
        rival_weight=draws.sample(good.relative_gains, f"{path}.relative_gains"),
    )


def _amounts(draws: ParameterDraws, shares: PayerShares | None, path: str, payers: list[str]) -> Floats:
    """What each payer gives or has beside the others; 1 where nothing is said; shape (n, draws)."""
    import numpy as np

    rows = []
    for payer in payers:
        if shares is None:
            rows.append(np.ones(draws.draw_count))
        elif shares.by:
            rows.append(np.full(draws.draw_count, payer_capability(draws.case, payer) or 0.0))
        elif payer in shares.of:
            rows.append(draws.sample(shares.of[payer], f"{path}.of.{payer}"))
        elif shares.others:
            rows.append(draws.sample(shares.others, f"{path}.others"))
        else:
            raise ValueError("a payer of whom nothing is said; the checks of a case find it first")
    return np.stack(rows)


def payer_capability(case: Case, payer: str) -> float | None:
    """What a payer can do in the year of the answer, by the figures of the case; None if they do not tell."""
    year = analysed_years(case)[-1]
    measure = case.network.capability or next(iter(case.capabilities), None)
    if measure is None:
        return None
    return case.capabilities[measure].held.get(capability_year(case, year) or 0, {}).get(payer)
