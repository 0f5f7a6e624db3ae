"""Games of many that are alike: public goods and thresholds.

What one gets turns on its own move and on how many of the others cooperate (Schelling 1973).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.methods.games.critical_discount import bisected, reversion
from detente.methods.games.relative_gains_games import weight_among
from detente.methods.games.two_by_two import Payoffs


@dataclass(frozen=True, slots=True)
class ManyGame:
    """A symmetric game of n, with two moves each."""

    cooperating: tuple[float, ...]
    """What who cooperates gets, if 0, 1, ..., n - 1 others do."""
    defecting: tuple[float, ...]
    """What who defects gets then."""

    @property
    def n(self) -> int:
        """How many play."""
        return len(self.cooperating)

    @property
    def ends(self) -> Payoffs:
        """The game of one against all others: T and R if all others cooperate, P and S if none does."""
        return Payoffs(self.defecting[-1], self.cooperating[-1], self.defecting[0], self.cooperating[0])


def public_good(n: int, multiplier: float) -> ManyGame:
    """Each may give 1, which is multiplied and shared out among all alike (the linear public good)."""
    _several(n)
    share = multiplier / n
    return ManyGame(tuple(share * (m + 1) - 1 for m in range(n)), tuple(share * m for m in range(n)))


def threshold(n: int, needed: int, benefit: float, cost: float) -> ManyGame:
    """All have a benefit if so many bear a cost (Palfrey and Rosenthal 1984); no cost is returned."""
    _several(n)
    if not 1 <= needed <= n:
        raise ValueError(f"it takes from 1 to {n} of {n}")
    return ManyGame(
        tuple((benefit if m + 1 >= needed else 0.0) - cost for m in range(n)),
        tuple(benefit if m >= needed else 0.0 for m in range(n)),
    )


def _several(n: int) -> None:
    if n < 2:
        raise ValueError("it takes two or more")


def stable_numbers(game: ManyGame) -> list[int]:
    """How many may cooperate so that nobody would rather change: the pure equilibria."""
    return [
        k
        for k in range(game.n + 1)
        if (k == 0 or game.cooperating[k - 1] >= game.defecting[k - 1])
        and (k == game.n or game.defecting[k] >= game.cooperating[k])
    ]


def viable_coalition(game: ManyGame) -> int | None:
    """The least number that gains by cooperating while all others defect (Schelling 1973); None if no number does."""
    return next((m for m in range(1, game.n + 1) if game.cooperating[m - 1] > game.defecting[0]), None)


def all_lasting(game: ManyGame) -> float:
    """The least discount at which all cooperate, if one defection ends it for ever (grim trigger)."""
    if game.ends.T <= game.ends.R:
        return 0.0
    return reversion(game.ends, game.defecting[0]) if 0 in stable_numbers(game) else math.inf


def public_good_grim(n: int, multiplier: float) -> float:
    """The same for a linear public good in closed form: (n - r) / (r (n - 1)), which goes to 1 / r for many."""
    _several(n)
    if not 1 < multiplier < n:
        raise ValueError("a dilemma needs a multiplier above 1, or giving is a loss for all, and below n")
    return (n - multiplier) / (multiplier * (n - 1))


def watched_by_many(game: ManyGame, r: float) -> ManyGame:
    """A game among states each of which counts the others' payoffs against its own, all of them together by r."""
    rho, n = weight_among(r, game.n), game.n
    c, d = game.cooperating, game.defecting
    return ManyGame(
        tuple(c[m] - rho * (m * c[m] + ((n - 1 - m) * d[m + 1] if m < n - 1 else 0.0)) for m in range(n)),
        tuple(d[m] - rho * ((m * c[m - 1] if m else 0.0) + (n - 1 - m) * d[m]) for m in range(n)),
    )


def grim_among(payoffs: Payoffs, r: float, n: int) -> float:
    """The least discount for grim trigger between two of n states that weigh all others by r (after Snidal 1991).

    With rho = r / (n - 1): (T - R + rho (R - S)) / (T - P + rho (P - S)).
    """
    rho = weight_among(r, n)
    T, R, P, S = payoffs.T, payoffs.R, payoffs.P, payoffs.S
    return (T - R + rho * (R - S)) / (T - P + rho * (P - S))


def mixed_thresholds(n: int, needed: int, benefit: float, cost: float) -> list[float]:
    """The chances with which all bear the cost so that each is indifferent (Palfrey and Rosenthal 1984): none to two.

    One counts where exactly needed - 1 of the n - 1 others bear it.
    """
    _several(n)
    if not 1 <= needed <= n:
        raise ValueError(f"it takes from 1 to {n} of {n}")

    def pivotal(p: float) -> float:
        return math.comb(n - 1, needed - 1) * p ** (needed - 1) * (1 - p) ** (n - needed) * benefit - cost

    top = (needed - 1) / (n - 1)
    found = []
    if pivotal(0.0) < 0 <= pivotal(top):
        found.append(bisected(lambda p: pivotal(p) >= 0, 0.0, top))
    if pivotal(1.0) < 0 <= pivotal(top):
        found.append(bisected(lambda p: pivotal(p) < 0, top, 1.0))
    return sorted({p for p in found if 0 < p < 1})
