"""Common goods of a case: whether those who pay would go on paying."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.index.by_year import analysed_years, members_in_year
from detente.case.schema.case import Case
from detente.case.schema.common_goods import CommonGood
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.n_player import (
    NPlayerGame,
    full_cooperation_discount,
    mixed_contribution_chances,
    n_player_relative_gains,
    public_good_game,
    stable_cooperator_counts,
    threshold_game,
    viable_coalition_size,
)
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles, quantiles


@dataclass(frozen=True)
class CommonGoodPlay:
    """What those who pay for a common good would do."""

    good: str
    """Its id."""
    payer_count: int
    patience_needed: DrawQuantiles
    """For all to pay; infinite where none is enough."""
    patience: DrawQuantiles
    """What there is."""
    lasting_share: float
    """Where all go on paying if one defection ends it for all; share of draws."""
    stable_counts: tuple[int, ...]
    """Numbers of payers that are stable in a single round, at the central estimates."""
    viable_size: int | None
    """The least number that gains by paying alone, at the central estimates; None if no number does."""
    needed: int | None
    """How many it takes, where a good is had if enough pay."""
    needed_stable_share: float | None
    """Where so many are needed, and fewer than there are: where it is stable that just these pay; share of draws."""
    contribution_chances: tuple[float, ...] | None
    """The chances with which each might pay by its own payoffs alone, at the central estimates; where so many are
    needed."""


def common_good_play(draws: ParameterDraws, means: ParameterDraws, good_id: str) -> CommonGoodPlay:
    """What those who pay for a common good would do."""
    import numpy as np

    good = draws.case.common_goods[good_id]
    n = len(paying_actors(draws.case, good))
    patience = draws.sample(good.patience, f"common_goods.{good_id}.patience")
    games = _games_by_draw(draws, good_id, n)
    patience_needed = np.array([full_cooperation_discount(game) for game in games])
    central_game = _games_by_draw(means, good_id, n)[0]
    return CommonGoodPlay(
        good=good_id,
        payer_count=n,
        patience_needed=quantiles(patience_needed),
        patience=quantiles(patience),
        lasting_share=float((patience >= patience_needed).mean()),
        stable_counts=tuple(stable_cooperator_counts(central_game)),
        viable_size=viable_coalition_size(central_game),
        needed=good.needed,
        needed_stable_share=_stable_share(games, good.needed) if good.needed and good.needed < n else None,
        contribution_chances=_contribution_chances(good, n),
    )


def _stable_share(games: list[NPlayerGame], count: int) -> float:
    """The share of draws in which none of so many would rather not pay."""
    return sum(game.cooperator_payoffs[count - 1] >= game.defector_payoffs[count - 1] for game in games) / len(games)


def _contribution_chances(good: CommonGood, n: int) -> tuple[float, ...] | None:
    if not (good.needed and good.benefit and good.cost):
        return None
    return tuple(mixed_contribution_chances(n, good.needed, good.benefit.mean, good.cost.mean))


def _games_by_draw(draws: ParameterDraws, good_id: str, n: int) -> list[NPlayerGame]:
    """The game of each draw."""
    good, path = draws.case.common_goods[good_id], f"common_goods.{good_id}"
    weight = draws.sample(good.relative_gains, f"{path}.relative_gains").tolist()
    if good.multiplier:
        multiplier = draws.sample(good.multiplier, f"{path}.multiplier").tolist()
        return [n_player_relative_gains(public_good_game(n, m), r) for m, r in zip(multiplier, weight, strict=True)]
    if not (good.needed and good.benefit and good.cost):
        raise ValueError("a common good without numbers; the checks of a case find it first")
    benefit = draws.sample(good.benefit, f"{path}.benefit").tolist()
    cost = draws.sample(good.cost, f"{path}.cost").tolist()
    parameters = zip(benefit, cost, weight, strict=True)
    return [n_player_relative_gains(threshold_game(n, good.needed, b, c), r) for b, c, r in parameters]


def paying_actors(case: Case, good: CommonGood) -> list[str]:
    """Who pays for a common good: actors, and the members of organisations."""
    year = analysed_years(case)[-1]
    actor_groups = [
        members_in_year(case, party, year) if party in case.organisations else [party] for party in good.among
    ]
    return list(dict.fromkeys(actor for group in actor_groups for actor in group))
