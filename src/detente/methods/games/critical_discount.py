"""How patient sides must be for cooperation to last: closed forms, and best responses for any automaton.

The shadow of the future: who defects gains T - R at once and is worse off from then on (Axelrod 1984; Friedman 1971).
A result of 1 or more means that no discount below 1 is enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.games.repeated.markov_play import chain, realised, solved
from detente.methods.games.strategies.automaton import SWAPPED, Automaton
from detente.methods.games.two_by_two import Payoffs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GRID = 400
"""Discounts at which a condition is tried before its ends are found by bisection."""
MOST_ROUNDS = 10_000
"""Rounds of improving a response; a handful are enough, unless only rounding is left to improve on."""
ROUNDING = 1e-14
"""Differences of worth, beside the greatest payoff, that rounding makes."""
TOLERANCE = 1e-11
"""Gains from deviating, as shares of the span of payoffs, that are taken for none."""


class NoDilemma(ValueError):
    """Payoffs in which cooperation needs no shadow of the future, or is not worth one."""


def dilemma(payoffs: Payoffs) -> None:
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


def reversion(payoffs: Payoffs, punished: float) -> float:
    """The least discount at which defecting does not pay, if it is followed by an equilibrium for ever (Friedman 1971).

    Args:
        payoffs: With a temptation, T > R.
        punished: What the side gets in that equilibrium.
    """
    if payoffs.T <= payoffs.R:
        return 0.0
    return (payoffs.T - payoffs.R) / (payoffs.T - punished) if punished < payoffs.R else math.inf


def grim(payoffs: Payoffs) -> float:
    """The least discount at which grim trigger is an equilibrium against itself: (T - R) / (T - P) (Friedman 1971)."""
    dilemma(payoffs)
    return reversion(payoffs, payoffs.P)


def tit_for_tat(payoffs: Payoffs) -> float:
    """The least discount at which tit for tat is one: against defecting for ever, and in turns (Axelrod 1984)."""
    dilemma(payoffs)
    T, R, P, S = payoffs.T, payoffs.R, payoffs.P, payoffs.S
    return max((T - R) / (T - P), (T - R) / (R - S) if R > S else math.inf)


def win_stay_lose_shift(payoffs: Payoffs) -> float:
    """The least discount at which win-stay lose-shift is one: (T - R) / (R - P), one round of punishment."""
    dilemma(payoffs)
    return (payoffs.T - payoffs.R) / (payoffs.R - payoffs.P)


def punishment(payoffs: Payoffs, rounds: int) -> float:
    """The least discount at which k rounds of P, then cooperation again, deter: T - R <= (d + ... + d^k) (R - P)."""
    dilemma(payoffs)
    if rounds < 1:
        raise ValueError("a punishment takes one round or more")
    worth = (payoffs.T - payoffs.R) / (payoffs.R - payoffs.P)
    if rounds <= worth:
        return 1.0 if rounds == worth else math.inf
    return bisected(lambda d: math.fsum(d**k for k in range(1, rounds + 1)) >= worth, 0.0, 1.0)


def daring(payoffs: Payoffs) -> float:
    """The least discount at which cooperating is the less risky of grim trigger and defecting: (T-R+P-S) / (T-S).

    Risk dominance in the game of the two strategies (Blonski and Spagnolo 2015; Blonski, Ockenfels and Spagnolo 2011).
    It turns on S, which the discount that deters does not.
    """
    dilemma(payoffs)
    return (payoffs.T - payoffs.R + payoffs.P - payoffs.S) / (payoffs.T - payoffs.S)


@dataclass(frozen=True, eq=False)
class Response:
    """A best response to an automaton."""

    values: Floats
    """What it is worth in each state of the other, as a mean over rounds so discounted; shape (S,)."""
    cooperates: NDArray[np.bool_]
    """Whether it cooperates there; shape (S,)."""
    value: float
    """What it is worth from the beginning."""


def best_response(payoffs: Payoffs, other: Automaton, discount: float, noise: float = 0.0) -> Response:
    """The best that can be done against an automaton, by policy iteration (Howard 1960).

    The other's state is taken to be known, as it is from what was played where the automaton's moves from state to
    state are without chance. Where they are not, somebody who has to guess the state does at most as well.
    """
    import numpy as np

    n = other.size
    reward, moves = _acting(payoffs, other, noise)
    cooperates = np.ones(n, dtype=bool)
    for _ in range(MOST_ROUNDS):
        act = np.where(cooperates, 0, 1)
        values = solved(np.eye(n) - discount * moves[act, np.arange(n)], (1 - discount) * reward[act, np.arange(n)])
        worth = (1 - discount) * reward + discount * moves @ values
        margin = max(_negligible(payoffs) * (1 - discount), ROUNDING * max(map(abs, payoffs.by_outcome)))
        better = np.where(abs(worth[0] - worth[1]) <= margin, cooperates, worth[0] > worth[1])
        if (better == cooperates).all():
            break
        cooperates = better
    return Response(values, cooperates, float(other.start @ values))


def _acting(payoffs: Payoffs, other: Automaton, noise: float) -> tuple[Floats, Floats]:
    """What either move brings at once in each state of the other, (2, S), and where it leads, (2, S, S)."""
    import numpy as np

    mine = np.array([[1 - noise, noise], [noise, 1 - noise]])
    chances = np.einsum("ai,jt->atij", mine, realised(other, noise)).reshape(2, other.size, 4)
    reward = chances @ np.array(payoffs.by_outcome)
    return reward, np.einsum("ask,skt->ast", chances, other.moves[:, list(SWAPPED)])


def _negligible(payoffs: Payoffs) -> float:
    """What counts for no gain, beside the span of payoffs, and beside their size where they are all alike."""
    values = payoffs.by_outcome
    return TOLERANCE * max(max(values) - min(values), 1e-3 * max(map(abs, values)), 1e-300)


def gain(payoffs: Payoffs, own: Automaton, other: Automaton, discount: float, noise: float = 0.0) -> float:
    """What could be gained by answering the other in the best way instead; 0 if this is a best response already."""
    from detente.methods.games.repeated.markov_play import Horizon, played

    now = float(played(own, other, Horizon(discount=discount), noise) @ payoffs.by_outcome)
    return max(best_response(payoffs, other, discount, noise).value - now, 0.0)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A single departure that pays."""

    own: int
    """The state in which it does."""
    other: int
    """The other's state."""
    gain: float


def deviations(
    payoffs: Payoffs, own: Automaton, other: Automaton, discount: float, noise: float = 0.0
) -> list[Deviation]:
    """The one-shot deviations that pay, in any pair of states that any history leads to.

    None for either side means that the two are a subgame-perfect equilibrium (Blackwell 1965; Abreu 1988).
    """
    import numpy as np

    pair = chain(own, other, noise)
    n = len(pair.start)
    stage = pair.outcomes @ np.array(payoffs.by_outcome)
    values = solved(np.eye(n) - discount * pair.moves, (1 - discount) * stage).reshape(own.size, other.size)
    theirs = realised(other, noise)
    least, size = _negligible(payoffs), max(map(abs, payoffs.by_outcome))
    found = []
    for s, t in _reached(own, other):
        for mine in ((1 - noise, noise), (noise, 1 - noise)):
            chances = np.outer(mine, theirs[:, t]).ravel()
            then = [own.moves[s, k] @ values @ other.moves[t, SWAPPED[k]] for k in range(4)]
            worth = chances @ ((1 - discount) * np.array(payoffs.by_outcome) + discount * np.array(then))
            if worth - values[s, t] > max(least * (1 - discount), ROUNDING * size):
                found.append(Deviation(s, t, float(worth - values[s, t])))
    return found


def _reached(own: Automaton, other: Automaton) -> list[tuple[int, int]]:
    """The pairs of states that some history leads to, whoever departs."""
    found = [(s, t) for s in own.start.nonzero()[0].tolist() for t in other.start.nonzero()[0].tolist()]
    seen = set(found)
    for s, t in found:
        for k in range(4):
            for u in own.moves[s, k].nonzero()[0].tolist():
                for v in other.moves[t, SWAPPED[k]].nonzero()[0].tolist():
                    if (u, v) not in seen:
                        seen.add((u, v))
                        found.append((u, v))
    return found


def lasting(
    payoffs: Payoffs, automaton: Automaton, noise: float = 0.0, perfect: bool = False
) -> list[tuple[float, float]]:
    """The discounts at which an automaton is an equilibrium against itself, as spans from 0 to 1.

    Args:
        payoffs: Of either side.
        automaton: What both play.
        noise: The chance that a move comes out as its opposite.
        perfect: Whether it must be one after every history (subgame perfection), and not only from the beginning.
    """

    least = _negligible(payoffs)

    def holds(discount: float) -> bool:
        if perfect:
            return not deviations(payoffs, automaton, automaton, discount, noise)
        return gain(payoffs, automaton, automaton, discount, noise) <= least

    return spans(holds)


def spans(holds: Callable[[float], bool]) -> list[tuple[float, float]]:
    """Where a condition holds between 0 and 1, found on a grid and then by bisection; narrower gaps are missed."""
    # Nearer to 1, and rounding would be taken for a gain; nearer to 0, and a gain for rounding.
    grid = [*((k + 0.5) / GRID for k in range(GRID)), 0.9995, 0.9998, 0.9999]
    known = [holds(x) for x in grid]
    found: list[tuple[float, float]] = []
    begin = 0.0 if known[0] else None
    for low, high, before, after in zip(grid, grid[1:], known, known[1:], strict=False):
        if before == after:
            continue
        edge = bisected(holds if after else (lambda x: not holds(x)), low, high)
        if after:
            begin = edge
        elif begin is not None:
            found.append((begin, edge))
            begin = None
    return [*found, (begin, 1.0)] if begin is not None else found


def bisected(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The least x from which on a condition holds, if it does not at `low` and does at `high`; to 1e-14."""
    while high - low > 1e-14 * max(1.0, abs(high)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
