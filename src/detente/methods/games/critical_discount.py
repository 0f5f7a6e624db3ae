"""How patient sides must be for cooperation to last: closed forms, and best responses for any automaton.

The shadow of the future: who defects gains T - R at once and is worse off from then on (Axelrod 1984; Friedman 1971).
A result of 1 or more means that no discount below 1 is enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.games.repeated.markov_play import move_probabilities, pair_chain, solve_linear_system
from detente.methods.games.strategies.automaton import SWAPPED_OUTCOMES, Automaton
from detente.methods.games.two_by_two import Payoffs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GRID_POINTS = 400
"""Discounts at which a condition is tried before its ends are found by bisection."""
MAX_POLICY_ROUNDS = 10_000
"""Rounds of improving a response; a handful are enough, unless only rounding is left to improve on."""
ROUNDING = 1e-14
"""Differences of worth, beside the greatest payoff, that rounding makes."""
TOLERANCE = 1e-11
"""Gains from deviating, as shares of the span of payoffs, that are taken for none."""


class NoDilemma(ValueError):
    """Payoffs in which cooperation needs no shadow of the future, or is not worth one."""


def _require_prisoners_dilemma(payoffs: Payoffs) -> None:
    """Nothing, if there is a temptation to overcome, something to gain by it, and nothing to gain by giving in.

    Raises:
        NoDilemma: Saying which of the three it is.
    """
    if payoffs.R <= payoffs.P:
        raise NoDilemma(f"both cooperating ({payoffs.R:g}) is not better than neither ({payoffs.P:g})")
    if payoffs.T <= payoffs.R:
        raise NoDilemma(f"defecting alone ({payoffs.T:g}) is not better than both cooperating ({payoffs.R:g})")
    if payoffs.S > payoffs.P:
        raise NoDilemma(f"cooperating alone ({payoffs.S:g}) is better than neither ({payoffs.P:g}): a Chicken")


def nash_reversion_discount(payoffs: Payoffs, punishment_payoff: float) -> float:
    """The least discount at which defecting does not pay, if it is followed by an equilibrium for ever (Friedman 1971).

    Args:
        payoffs: With a temptation, T > R.
        punishment_payoff: What the side gets in that equilibrium.

    Example:
        >>> from detente.methods.games.critical_discount import nash_reversion_discount
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> nash_reversion_discount(Payoffs(T=5, R=3, P=1, S=0), punishment_payoff=1)
        0.5
    """
    if payoffs.T <= payoffs.R:
        return 0.0
    return (payoffs.T - payoffs.R) / (payoffs.T - punishment_payoff) if punishment_payoff < payoffs.R else math.inf


def grim_trigger_discount(payoffs: Payoffs) -> float:
    """The least discount at which grim trigger is an equilibrium against itself: (T - R) / (T - P) (Friedman 1971).

    Example:
        >>> from detente.methods.games.critical_discount import grim_trigger_discount
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> grim_trigger_discount(Payoffs(T=5, R=3, P=1, S=0))  # Axelrod's payoffs
        0.5
    """
    _require_prisoners_dilemma(payoffs)
    return nash_reversion_discount(payoffs, payoffs.P)


def tit_for_tat_discount(payoffs: Payoffs) -> float:
    """The least discount at which tit for tat is one: against defecting for ever, and in turns (Axelrod 1984).

    Example:
        >>> from detente.methods.games.critical_discount import tit_for_tat_discount
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> round(tit_for_tat_discount(Payoffs(T=5, R=3, P=1, S=0)), 4)  # Axelrod (1984): 2/3
        0.6667
    """
    _require_prisoners_dilemma(payoffs)
    T, R, P, S = payoffs.T, payoffs.R, payoffs.P, payoffs.S
    return max((T - R) / (T - P), (T - R) / (R - S) if R > S else math.inf)


def win_stay_lose_shift_discount(payoffs: Payoffs) -> float:
    """The least discount at which win-stay lose-shift is one: (T - R) / (R - P), one round of punishment.

    Example:
        >>> from detente.methods.games.critical_discount import win_stay_lose_shift_discount
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> win_stay_lose_shift_discount(Payoffs(T=5, R=3, P=1, S=0))  # 1: no discount below it is enough
        1.0
    """
    _require_prisoners_dilemma(payoffs)
    return (payoffs.T - payoffs.R) / (payoffs.R - payoffs.P)


def finite_punishment_discount(payoffs: Payoffs, rounds: int) -> float:
    """The least discount at which k rounds of P, then cooperation again, deter: T - R <= (d + ... + d^k) (R - P).

    Example:
        >>> from detente.methods.games.critical_discount import finite_punishment_discount
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> round(finite_punishment_discount(Payoffs(T=4, R=3, P=1, S=0), rounds=2), 4)  # d + d^2 = 1/2
        0.366
    """
    _require_prisoners_dilemma(payoffs)
    if rounds < 1:
        raise ValueError("a punishment takes one round or more")
    temptation_ratio = (payoffs.T - payoffs.R) / (payoffs.R - payoffs.P)
    if rounds <= temptation_ratio:
        return 1.0 if rounds == temptation_ratio else math.inf
    return bisect_condition(lambda d: math.fsum(d**k for k in range(1, rounds + 1)) >= temptation_ratio, 0.0, 1.0)


def risk_dominance_discount(payoffs: Payoffs) -> float:
    """The least discount at which cooperating is the less risky of grim trigger and defecting: (T-R+P-S) / (T-S).

    Risk dominance in the game of the two strategies (Blonski and Spagnolo 2015; Blonski, Ockenfels and Spagnolo 2011).
    It turns on S, which the discount that deters does not.

    Example:
        >>> from detente.methods.games.critical_discount import risk_dominance_discount
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> risk_dominance_discount(Payoffs(T=5, R=3, P=1, S=0))
        0.6
    """
    _require_prisoners_dilemma(payoffs)
    return (payoffs.T - payoffs.R + payoffs.P - payoffs.S) / (payoffs.T - payoffs.S)


@dataclass(frozen=True, eq=False)
class OptimalResponse:
    """A best response to an automaton."""

    state_values: Floats
    """What it is worth in each state of the other, as a mean over rounds so discounted; shape (S,)."""
    cooperates: NDArray[np.bool_]
    """Whether it cooperates there; shape (S,)."""
    start_value: float
    """What it is worth from the beginning."""


def best_response(payoffs: Payoffs, other: Automaton, discount: float, noise: float = 0.0) -> OptimalResponse:
    """The best that can be done against an automaton, by policy iteration (Howard 1960).

    The other's state is taken to be known, as it is from what was played where the automaton's moves from state to
    state are without chance. Where they are not, somebody who has to guess the state does at most as well.

    Example:
        >>> from detente.methods.games.critical_discount import best_response
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> tit_for_tat = memory_one_automaton([1, 0, 1, 0], name="Tit For Tat")
        >>> round(best_response(Payoffs(T=5, R=3, P=1, S=0), tit_for_tat, discount=0.9).start_value, 4)
        3.0
    """
    import numpy as np

    n = other.size
    reward, transitions = _rewards_and_transitions(payoffs, other, noise)
    cooperates = np.ones(n, dtype=bool)
    for _ in range(MAX_POLICY_ROUNDS):
        chosen_moves = np.where(cooperates, 0, 1)
        values = solve_linear_system(
            np.eye(n) - discount * transitions[chosen_moves, np.arange(n)],
            (1 - discount) * reward[chosen_moves, np.arange(n)],
        )
        action_values = (1 - discount) * reward + discount * transitions @ values
        margin = max(_negligible_gain(payoffs) * (1 - discount), ROUNDING * max(map(abs, payoffs.by_outcome)))
        improved = np.where(
            abs(action_values[0] - action_values[1]) <= margin, cooperates, action_values[0] > action_values[1]
        )
        if (improved == cooperates).all():
            break
        cooperates = improved
    return OptimalResponse(values, cooperates, float(other.start @ values))


def _rewards_and_transitions(payoffs: Payoffs, other: Automaton, noise: float) -> tuple[Floats, Floats]:
    """What either move brings at once in each state of the other, (2, S), and where it leads, (2, S, S)."""
    import numpy as np

    own_move_chances = np.array([[1 - noise, noise], [noise, 1 - noise]])
    chances = np.einsum("ai,jt->atij", own_move_chances, move_probabilities(other, noise)).reshape(2, other.size, 4)
    reward = chances @ np.array(payoffs.by_outcome)
    return reward, np.einsum("ask,skt->ast", chances, other.transitions[:, list(SWAPPED_OUTCOMES)])


def _negligible_gain(payoffs: Payoffs) -> float:
    """What counts for no gain, beside the span of payoffs, and beside their size where they are all alike."""
    values = payoffs.by_outcome
    return TOLERANCE * max(max(values) - min(values), 1e-3 * max(map(abs, values)), 1e-300)


def best_response_gain(
    payoffs: Payoffs, own: Automaton, other: Automaton, discount: float, noise: float = 0.0
) -> float:
    """What could be gained by answering the other in the best way instead; 0 if this is a best response already.

    Example:
        >>> from detente.methods.games.critical_discount import best_response_gain
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> payoffs, tit_for_tat = Payoffs(T=5, R=3, P=1, S=0), memory_one_automaton([1, 0, 1, 0])
        >>> round(best_response_gain(payoffs, tit_for_tat, tit_for_tat, discount=0.7), 4)
        0.0
        >>> round(best_response_gain(payoffs, tit_for_tat, tit_for_tat, discount=0.5), 4)
        0.3333
    """
    from detente.methods.games.repeated.markov_play import Horizon, match_outcomes

    current_value = float(match_outcomes(own, other, Horizon(discount=discount), noise) @ payoffs.by_outcome)
    return max(best_response(payoffs, other, discount, noise).start_value - current_value, 0.0)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A single departure that pays."""

    own_state: int
    """The state in which it does."""
    other_state: int
    """The other's state."""
    gain: float


def profitable_deviations(
    payoffs: Payoffs, own: Automaton, other: Automaton, discount: float, noise: float = 0.0
) -> list[Deviation]:
    """The one-shot deviations that pay, in any pair of states that any history leads to.

    None for either side means that the two are a subgame-perfect equilibrium (Blackwell 1965; Abreu 1988).

    Example:
        >>> from detente.methods.games.critical_discount import profitable_deviations
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> payoffs, grim = Payoffs(T=5, R=3, P=1, S=0), memory_one_automaton([1, 0, 0, 0])
        >>> profitable_deviations(payoffs, grim, grim, discount=0.6)
        []
        >>> len(profitable_deviations(payoffs, grim, grim, discount=0.4)) > 0
        True
    """
    import numpy as np

    markov_chain = pair_chain(own, other, noise)
    n = len(markov_chain.start)
    stage_payoffs = markov_chain.outcomes @ np.array(payoffs.by_outcome)
    values = solve_linear_system(
        np.eye(n) - discount * markov_chain.transitions, (1 - discount) * stage_payoffs
    ).reshape(own.size, other.size)
    other_moves = move_probabilities(other, noise)
    negligible, largest_payoff = _negligible_gain(payoffs), max(map(abs, payoffs.by_outcome))
    profitable = []
    for s, t in reachable_pairs(own, other):
        for own_move_chances in ((1 - noise, noise), (noise, 1 - noise)):
            chances = np.outer(own_move_chances, other_moves[:, t]).ravel()
            continuation_values = [
                own.transitions[s, k] @ values @ other.transitions[t, SWAPPED_OUTCOMES[k]] for k in range(4)
            ]
            deviation_value = chances @ (
                (1 - discount) * np.array(payoffs.by_outcome) + discount * np.array(continuation_values)
            )
            if deviation_value - values[s, t] > max(negligible * (1 - discount), ROUNDING * largest_payoff):
                profitable.append(Deviation(s, t, float(deviation_value - values[s, t])))
    return profitable


def reachable_pairs(own: Automaton, other: Automaton) -> list[tuple[int, int]]:
    """The pairs of states that some history leads to, whoever departs.

    Example:
        >>> from detente.methods.games.critical_discount import reachable_pairs
        >>> from detente.methods.games.strategies.library import automaton, find_strategy
        >>> grudger = automaton(find_strategy("Grudger"))
        >>> len(reachable_pairs(grudger, grudger))  # either may have taken a grudge
        4
    """
    state_pairs = [(s, t) for s in own.start.nonzero()[0].tolist() for t in other.start.nonzero()[0].tolist()]
    known_pairs = set(state_pairs)
    for s, t in state_pairs:
        for k in range(4):
            for u in own.transitions[s, k].nonzero()[0].tolist():
                for v in other.transitions[t, SWAPPED_OUTCOMES[k]].nonzero()[0].tolist():
                    if (u, v) not in known_pairs:
                        known_pairs.add((u, v))
                        state_pairs.append((u, v))
    return state_pairs


def equilibrium_discounts(
    payoffs: Payoffs, automaton: Automaton, noise: float = 0.0, subgame_perfect: bool = False
) -> list[tuple[float, float]]:
    """The discounts at which an automaton is an equilibrium against itself, as spans from 0 to 1.

    Args:
        payoffs: Of either side.
        automaton: What both play.
        noise: The chance that a move comes out as its opposite.
        subgame_perfect: Whether it must be one after every history, and not only from the beginning.

    Example:
        >>> from detente.methods.games.critical_discount import equilibrium_discounts
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> tit_for_tat = memory_one_automaton([1, 0, 1, 0])
        >>> spans = equilibrium_discounts(Payoffs(T=5, R=3, P=1, S=0), tit_for_tat)
        >>> [(round(low, 4), high) for low, high in spans]  # from 2/3 on (Axelrod 1984)
        [(0.6667, 1.0)]
    """

    negligible = _negligible_gain(payoffs)

    def is_equilibrium(discount: float) -> bool:
        if subgame_perfect:
            return not profitable_deviations(payoffs, automaton, automaton, discount, noise)
        return best_response_gain(payoffs, automaton, automaton, discount, noise) <= negligible

    return _intervals_where(is_equilibrium)


def _intervals_where(condition: Callable[[float], bool]) -> list[tuple[float, float]]:
    """Where a condition holds between 0 and 1, found on a grid and then by bisection; narrower gaps are missed."""
    # Nearer to 1, and rounding would be taken for a gain; nearer to 0, and a gain for rounding.
    grid = [*((k + 0.5) / GRID_POINTS for k in range(GRID_POINTS)), 0.9995, 0.9998, 0.9999]
    truth_values = [condition(x) for x in grid]
    intervals: list[tuple[float, float]] = []
    start = 0.0 if truth_values[0] else None
    for low, high, before, after in zip(grid, grid[1:], truth_values, truth_values[1:], strict=False):
        if before == after:
            continue
        edge = bisect_condition(condition if after else (lambda x: not condition(x)), low, high)
        if after:
            start = edge
        elif start is not None:
            intervals.append((start, edge))
            start = None
    return [*intervals, (start, 1.0)] if start is not None else intervals


def bisect_condition(condition: Callable[[float], bool], low: float, high: float) -> float:
    """The least x from which on a condition holds, if it does not at `low` and does at `high`; to 1e-14.

    Example:
        >>> from detente.methods.games.critical_discount import bisect_condition
        >>> round(bisect_condition(lambda x: x * x >= 2, 1.0, 2.0), 6)
        1.414214
    """
    while high - low > 1e-14 * max(1.0, abs(high)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if condition(middle) else (middle, high)
    return high
