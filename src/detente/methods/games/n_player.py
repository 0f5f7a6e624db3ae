"""Games of many that are alike: public goods and thresholds.

What one gets turns on its own move and on how many of the others cooperate (Schelling 1973).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.methods.games.critical_discount import bisect_condition, nash_reversion_discount
from detente.methods.games.relative_gains_games import weight_per_rival
from detente.methods.games.two_by_two import Payoffs


@dataclass(frozen=True, slots=True)
class NPlayerGame:
    """A symmetric game of n, with two moves each.

    Example:
        >>> from detente.methods.games.n_player import NPlayerGame
        >>> game = NPlayerGame(cooperator_payoffs=(-0.5, 0.0, 0.5), defector_payoffs=(0.0, 0.5, 1.0))
        >>> game.n, game.payoffs_against_all
        (3, Payoffs(T=1.0, R=0.5, P=0.0, S=-0.5))
    """

    cooperator_payoffs: tuple[float, ...]
    """What who cooperates gets, if 0, 1, ..., n - 1 others do."""
    defector_payoffs: tuple[float, ...]
    """What who defects gets then."""

    @property
    def n(self) -> int:
        """How many play."""
        return len(self.cooperator_payoffs)

    @property
    def payoffs_against_all(self) -> Payoffs:
        """The game of one against all others: T and R if all others cooperate, P and S if none does."""
        return Payoffs(
            self.defector_payoffs[-1], self.cooperator_payoffs[-1], self.defector_payoffs[0], self.cooperator_payoffs[0]
        )


def public_good_game(n: int, multiplier: float) -> NPlayerGame:
    """Each may give 1, which is multiplied and shared out among all alike (the linear public good).

    Example:
        >>> from detente.methods.games.n_player import public_good_game
        >>> public_good_game(4, multiplier=2).cooperator_payoffs, public_good_game(4, multiplier=2).defector_payoffs
        ((-0.5, 0.0, 0.5, 1.0), (0.0, 0.5, 1.0, 1.5))
    """
    _require_two_players(n)
    share = multiplier / n
    return NPlayerGame(tuple(share * (m + 1) - 1 for m in range(n)), tuple(share * m for m in range(n)))


def threshold_game(n: int, contributors_needed: int, benefit: float, cost: float) -> NPlayerGame:
    """All have a benefit if so many bear a cost (Palfrey and Rosenthal 1984); no cost is returned.

    Example:
        >>> from detente.methods.games.n_player import threshold_game
        >>> threshold_game(3, contributors_needed=2, benefit=2, cost=1).cooperator_payoffs
        (-1.0, 1, 1)
    """
    _require_two_players(n)
    if not 1 <= contributors_needed <= n:
        raise ValueError(f"it takes from 1 to {n} of {n}")
    return NPlayerGame(
        tuple((benefit if m + 1 >= contributors_needed else 0.0) - cost for m in range(n)),
        tuple(benefit if m >= contributors_needed else 0.0 for m in range(n)),
    )


def _require_two_players(n: int) -> None:
    if n < 2:
        raise ValueError("it takes two or more")


def stable_cooperator_counts(game: NPlayerGame) -> list[int]:
    """How many may cooperate so that nobody would rather change: the pure equilibria.

    Example:
        >>> from detente.methods.games.n_player import stable_cooperator_counts, threshold_game
        >>> stable_cooperator_counts(threshold_game(3, contributors_needed=2, benefit=2, cost=1))
        [0, 2]
    """
    return [
        k
        for k in range(game.n + 1)
        if (k == 0 or game.cooperator_payoffs[k - 1] >= game.defector_payoffs[k - 1])
        and (k == game.n or game.defector_payoffs[k] >= game.cooperator_payoffs[k])
    ]


def viable_coalition_size(game: NPlayerGame) -> int | None:
    """The least number that gains by cooperating while all others defect (Schelling 1973); None if no number does.

    Example:
        >>> from detente.methods.games.n_player import public_good_game, viable_coalition_size
        >>> viable_coalition_size(public_good_game(4, multiplier=2))
        3
    """
    return next((m for m in range(1, game.n + 1) if game.cooperator_payoffs[m - 1] > game.defector_payoffs[0]), None)


def full_cooperation_discount(game: NPlayerGame) -> float:
    """The least discount at which all cooperate, if one defection ends it for ever (grim trigger).

    Example:
        >>> from detente.methods.games.n_player import full_cooperation_discount, public_good_game
        >>> round(full_cooperation_discount(public_good_game(4, multiplier=2)), 4)
        0.3333
    """
    if game.payoffs_against_all.T <= game.payoffs_against_all.R:
        return 0.0
    return (
        nash_reversion_discount(game.payoffs_against_all, game.defector_payoffs[0])
        if 0 in stable_cooperator_counts(game)
        else math.inf
    )


def public_good_critical_discount(n: int, multiplier: float) -> float:
    """The same for a linear public good in closed form: (n - r) / (r (n - 1)), which goes to 1 / r for many.

    Example:
        >>> from detente.methods.games.n_player import public_good_critical_discount
        >>> round(public_good_critical_discount(4, multiplier=2), 4)  # (4 - 2) / (2 * 3)
        0.3333
    """
    _require_two_players(n)
    if not 1 < multiplier < n:
        raise ValueError("a dilemma needs a multiplier above 1, or giving is a loss for all, and below n")
    return (n - multiplier) / (multiplier * (n - 1))


def n_player_relative_gains(game: NPlayerGame, r: float) -> NPlayerGame:
    """A game among states each of which counts the others' payoffs against its own, all of them together by r.

    Example:
        >>> from detente.methods.games.n_player import n_player_relative_gains, public_good_game
        >>> n_player_relative_gains(public_good_game(2, multiplier=1.5), r=0.5).cooperator_payoffs
        (-0.625, 0.25)
    """
    rho, n = weight_per_rival(r, game.n), game.n
    c, d = game.cooperator_payoffs, game.defector_payoffs
    return NPlayerGame(
        tuple(c[m] - rho * (m * c[m] + ((n - 1 - m) * d[m + 1] if m < n - 1 else 0.0)) for m in range(n)),
        tuple(d[m] - rho * ((m * c[m - 1] if m else 0.0) + (n - 1 - m) * d[m]) for m in range(n)),
    )


def grim_discount_among_rivals(payoffs: Payoffs, r: float, n: int) -> float:
    """The least discount for grim trigger between two of n states that weigh all others by r (after Snidal 1991).

    With rho = r / (n - 1): (T - R + rho (R - S)) / (T - P + rho (P - S)).

    Example:
        >>> from detente.methods.games.n_player import grim_discount_among_rivals
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> [round(grim_discount_among_rivals(Payoffs(T=5, R=3, P=1, S=0), r=0.5, n=n), 4) for n in (2, 10)]
        [0.7778, 0.5342]
    """
    rho = weight_per_rival(r, n)
    T, R, P, S = payoffs.T, payoffs.R, payoffs.P, payoffs.S
    return (T - R + rho * (R - S)) / (T - P + rho * (P - S))


def mixed_contribution_chances(n: int, contributors_needed: int, benefit: float, cost: float) -> list[float]:
    """The chances with which all bear the cost so that each is indifferent (Palfrey and Rosenthal 1984): none to two.

    One counts where exactly needed - 1 of the n - 1 others bear it.

    Example:
        >>> from detente.methods.games.n_player import mixed_contribution_chances
        >>> [round(p, 4) for p in mixed_contribution_chances(3, contributors_needed=2, benefit=2.0, cost=0.5)]
        [0.1464, 0.8536]
    """
    _require_two_players(n)
    if not 1 <= contributors_needed <= n:
        raise ValueError(f"it takes from 1 to {n} of {n}")

    def contribution_gain(p: float) -> float:
        return (
            math.comb(n - 1, contributors_needed - 1)
            * p ** (contributors_needed - 1)
            * (1 - p) ** (n - contributors_needed)
            * benefit
            - cost
        )

    peak_chance = (contributors_needed - 1) / (n - 1)
    chances = []
    if contribution_gain(0.0) < 0 <= contribution_gain(peak_chance):
        chances.append(bisect_condition(lambda p: contribution_gain(p) >= 0, 0.0, peak_chance))
    if contribution_gain(1.0) < 0 <= contribution_gain(peak_chance):
        chances.append(bisect_condition(lambda p: contribution_gain(p) < 0, peak_chance, 1.0))
    return sorted({p for p in chances if 0 < p < 1})
