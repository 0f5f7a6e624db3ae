"""How many actors: what concern for relative gains is worth among more than two, and common goods."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.methods.games.n_player import (
    ManyGame,
    all_lasting,
    mixed_thresholds,
    public_good,
    stable_numbers,
    threshold,
    viable_coalition,
    watched_by_many,
)
from detente.methods.games.ordinal_types import kind
from detente.results.finding import Finding
from detente.rooms.durability.checks import among
from detente.rooms.durability.findings.patience import patient, ranged
from detente.rooms.durability.model.case_games import Match
from detente.rooms.durability.model.draws import Numbers
from detente.text.english import listed, within
from detente.text.number_format import number, of_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

AMONG = (2, 3, 5, 10, 20, 50)
"""How many states watch each other, in the table."""


def watching_many(matches: Sequence[Match]) -> Finding | None:
    """What patience is needed if each side watches more states than the other alone."""
    import polars as pl

    minded = [match for match in matches if match.middle.k.max() > 0]
    if not minded:
        return None
    rows = []
    needs: dict[str, list[float]] = {}
    for n in AMONG:
        row: dict[str, str] = {"n": str(n)}
        for match in minded:
            weight = match.middle.k / (1 + match.middle.k) / (n - 1)
            stage = match.middle.plain.watched(weight / (1 - weight))
            needs.setdefault(match.id, []).append(float(stage.needed.max()))
            row[match.title] = patient(needs[match.id][-1])
        rows.append(row)
    falls = {match.id: all(a >= b for a, b in pairwise(needs[match.id])) for match in minded}
    told = []
    for match in minded:
        first, last = needs[match.id][0], needs[match.id][-1]
        if first == last:
            told.append(f"on {within(match.title)} that changes nothing ({patient(first)})")
        else:
            asked = "less" if falls[match.id] else "less or more by turns," if last < first else "more"
            told.append(
                f"on {within(match.title)} it asks for {asked} patience, {patient(last)} instead of {patient(first)}"
            )
    # In a Prisoner's Dilemma of two that are alike the patience needed rises with the weight of the other's payoff.
    alike = all(m.middle.plain.at(0).symmetric and kind(m.middle.plain.at(0)) == "Prisoner's Dilemma" for m in minded)
    return Finding(
        id="many",
        title="If each watches many and not one",
        says=f"If the same concern is shared out among {AMONG[-1]} states instead of two, {listed(told)}.",
        see="The patience needed by how many states watch each other, at the means.",
        table=pl.DataFrame(rows),
        headers={"n": "states"},
        method=(
            "V - rho W with rho = r / (n - 1), r being the weight that the case's concern comes to between two, r = k "
            "/ (1 + k) (after Snidal 1991; that the weighting is his is from memory)."
        ),
        rests_on=tuple(match.id for match in minded),
        structural=alike,
    )


def common_good(numbers: Numbers, name: str) -> Finding:
    """Whether several would go on paying for a common good."""
    import numpy as np
    import polars as pl

    case = numbers.case
    good, payers = case.common_goods[name], among(case, case.common_goods[name])
    path, n = f"common_goods.{name}", len(payers)
    patience = numbers.of(good.patience, f"{path}.patience", "patience")
    games = _drawn_games(numbers, name, n)
    needed = np.array([all_lasting(game) for game in games])
    often = float((patience >= needed).mean())
    middle = _drawn_games(Numbers(case, certain=True), name, n)[0]
    coalition = viable_coalition(middle)
    rows = [
        {"what": "how many pay", "value": str(n)},
        {"what": "patience needed for all to pay", "value": ranged(needed)},
        {"what": "patience there is", "value": ranged(patience)},
        {"what": "all pay, of 100 draws", "value": of_hundred(often)},
        {
            "what": "numbers of payers that are stable in a single round",
            "value": listed(map(str, stable_numbers(middle))),
        },
        {"what": "least number that gains by paying alone", "value": "none" if coalition is None else str(coalition)},
    ]
    if good.needed and good.benefit and good.cost:
        chances = mixed_thresholds(n, good.needed, good.benefit.mean, good.cost.mean)
        rows.append(
            {
                "what": "or each pays with a chance of (own payoffs alone)",
                "value": listed(map(number, chances)) or "none",
            }
        )
    says = f"If one defection ends it for all, all {n} go on paying in {of_hundred(often)} of 100 draws. "
    if good.needed and good.needed < n:
        pays = float(np.mean([game.cooperating[good.needed - 1] >= game.defecting[good.needed - 1] for game in games]))
        says += f"But {good.needed} are enough, and that just so many pay is stable by itself in {of_hundred(pays)}: "
        says += "who they are is the question. "
    stable = listed((str(k) if k else "none" for k in stable_numbers(middle)), "or")
    says += f"In a single round, at the means, it is stable that {stable} of them pay. "
    if coalition == n:
        says += "Only all of them together gain by it."
    elif coalition and coalition > 1:
        says += f"By themselves, with all others defecting, {coalition} or more gain by it; fewer lose."
    elif coalition:
        says += "One alone gains by it, if no other pays."
    else:
        says += "No number of them gains by paying for the others."
    return Finding(
        id=f"good-{name}",
        title=good.title,
        says=says,
        see="At the means, but for the patience.",
        table=pl.DataFrame(rows),
        headers={"what": "what", "value": "at the means"},
        method=(
            "A game of n that are alike (Schelling 1973): a linear public good, or a threshold (Palfrey and Rosenthal "
            "1984). All pay from a discount of (T - R) / (T - P) on, T and R with all others paying; for a public good "
            "with multiplier r that is (n - r) / (r (n - 1)). Weighed against the others' payoffs as above."
        ),
        rests_on=(name, *good.issues, *(party for party in good.among)),
    )


def _drawn_games(numbers: Numbers, name: str, n: int) -> list[ManyGame]:
    """The game of each draw."""
    case: Case = numbers.case
    good, path = case.common_goods[name], f"common_goods.{name}"
    weight = numbers.of(good.relative_gains, f"{path}.relative_gains", "weight").tolist()
    if good.multiplier:
        multiplier = numbers.of(good.multiplier, f"{path}.multiplier", "multiplier").tolist()
        return [watched_by_many(public_good(n, m), r) for m, r in zip(multiplier, weight, strict=True)]
    if not (good.needed and good.benefit and good.cost):
        raise ValueError("a common good without numbers; the checks of a case find it first")
    benefit = numbers.of(good.benefit, f"{path}.benefit", "benefit").tolist()
    cost = numbers.of(good.cost, f"{path}.cost", "cost").tolist()
    drawn = zip(benefit, cost, weight, strict=True)
    return [watched_by_many(threshold(n, good.needed, b, c), r) for b, c, r in drawn]
