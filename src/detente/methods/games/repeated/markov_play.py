"""Two automata against each other, exactly: the Markov chain on the pairs of their states.

This is the readable version; `kernels/` has the same in loops for tournaments, and the tests hold one against the
other. All results are how often each outcome comes about, CC, CD, DC, DD as the first of the two sees it, so that one
play serves every game.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.games.strategies.automaton import SWAPPED_OUTCOMES, Automaton

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


MAX_STATE_PAIRS = 5_000
"""Pairs of states of which a matrix is made: 200 MB."""
MAX_TURNS = 100_000
"""Rounds that are gone through one by one."""


@dataclass(frozen=True)
class Horizon:
    """How rounds are weighed: so many of them alike, each a factor less than the one before, or in the long run.

    Example:
        >>> from detente.methods.games.repeated.markov_play import Horizon
        >>> Horizon(turns=200), Horizon(discount=0.9), Horizon()  # the last is the long run
        (Horizon(turns=200, discount=None), Horizon(turns=None, discount=0.9), Horizon(turns=None, discount=None))
    """

    turns: int | None = None
    """A finite number of rounds."""
    discount: float | None = None
    """The weight of the next round beside this one, below 1; the weights are made to add up to 1."""

    def __post_init__(self) -> None:
        if self.turns is not None and self.discount is not None:
            raise ValueError("a horizon is so many turns, or a discount, or neither for the limit of means")
        if self.turns is not None and not 1 <= self.turns <= MAX_TURNS:
            raise ValueError(
                f"a match has from one turn to {MAX_TURNS:,}; for more, take the limit of means (--long-run)"
            )
        if self.discount is not None and not 0 <= self.discount < 1:
            raise ValueError(
                f"a discount of {self.discount:g} is not from 0 to below 1: at 1 the sum of all rounds has no end. "
                "Where all rounds count alike, take the limit of means (--long-run)"
            )


LONG_RUN = Horizon()
"""The limit of means: the average over ever more rounds."""


def validate_noise(noise: float) -> None:
    """Nothing, if it is the chance of an error.

    Raises:
        ValueError: If it is not.

    Example:
        >>> from detente.methods.games.repeated.markov_play import validate_noise
        >>> validate_noise(0.05)  # nothing, and an error for 1.2
    """
    if not 0 <= noise <= 1:
        raise ValueError(f"noise is a chance from 0 to 1, and not {noise:g}")


@dataclass(frozen=True, eq=False)
class MarkovChain:
    """A Markov chain with n states and what is done in each."""

    transitions: Floats
    """The chance of each next state, shape (n, n)."""
    outcomes: Floats
    """The chance of CC, CD, DC and DD in each state, shape (n, 4)."""
    start: Floats
    """The chance of each state at the beginning, shape (n,)."""


def pair_chain(a: Automaton, b: Automaton, noise: float = 0.0) -> MarkovChain:
    """The chain of all pairs of states.

    Args:
        a: One automaton.
        b: The other.
        noise: The chance that a move comes out as its opposite, independently for either side and in every round.

    Raises:
        ValueError: If noise is no chance, or there are more pairs of states than `MAX_STATE_PAIRS`.

    Example:
        >>> from detente.methods.games.repeated.markov_play import pair_chain
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> tit_for_tat, defector = memory_one_automaton([1, 0, 1, 0]), memory_one_automaton([0, 0, 0, 0], 0)
        >>> pair_chain(tit_for_tat, defector).transitions.tolist()
        [[0.0, 1.0], [0.0, 1.0]]
    """
    import numpy as np

    if a.size * b.size > MAX_STATE_PAIRS:
        raise ValueError(f"{a.size} by {b.size} states are too many for a matrix; `round_robin` does without")
    validate_noise(noise)
    first_moves, second_moves = move_probabilities(a, noise), move_probabilities(b, noise)
    outcomes = np.einsum("is,jt->stij", first_moves, second_moves).reshape(a.size, b.size, 4)
    transitions = np.einsum("sto,sou,tov->stuv", outcomes, a.transitions, b.transitions[:, list(SWAPPED_OUTCOMES)])
    n = a.size * b.size
    return MarkovChain(transitions.reshape(n, n), outcomes.reshape(n, 4), np.outer(a.start, b.start).ravel())


def move_probabilities(automaton: Automaton, noise: float) -> Floats:
    """The chance that a move comes out as C, and as D, in each state: shape (2, S).

    Either is added up by itself: one less the other would lose the digits of a small noise.

    Example:
        >>> from detente.methods.games.repeated.markov_play import move_probabilities
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> move_probabilities(memory_one_automaton([1, 1, 1, 1]), noise=0.1).tolist()
        [[0.9], [0.1]]
    """
    import numpy as np

    c = automaton.cooperates
    return np.stack([c * (1 - noise) + (1 - c) * noise, (1 - c) * (1 - noise) + c * noise])


def match_outcomes(a: Automaton, b: Automaton, horizon: Horizon, noise: float = 0.0) -> Floats:
    """How often each outcome comes about, as shares of all rounds as the horizon weighs them; shape (4,).

    Example:
        >>> from detente.methods.games.repeated.markov_play import Horizon, match_outcomes
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> tit_for_tat, defector = memory_one_automaton([1, 0, 1, 0]), memory_one_automaton([0, 0, 0, 0], 0)
        >>> match_outcomes(tit_for_tat, defector, Horizon(turns=10)).round(4).tolist()
        [0.0, 0.1, 0.0, 0.9]
    """
    markov_chain = pair_chain(a, b, noise)
    if horizon.turns is not None:
        return _expected_state_visits(markov_chain, horizon.turns) @ markov_chain.outcomes / horizon.turns
    if horizon.discount is not None:
        return _discounted_state_weights(markov_chain, horizon.discount) @ markov_chain.outcomes
    return _long_run_state_shares(markov_chain) @ markov_chain.outcomes


def _expected_state_visits(markov_chain: MarkovChain, turns: int) -> Floats:
    """The expected number of rounds in each state, over so many rounds; shape (n,)."""
    import numpy as np

    distribution, visits = markov_chain.start, np.zeros_like(markov_chain.start)
    for _ in range(turns):
        visits = visits + distribution
        distribution = distribution @ markov_chain.transitions
    return visits


def _discounted_state_weights(markov_chain: MarkovChain, discount: float) -> Floats:
    """The weight of each state where every round counts `discount` times the one before; shape (n,), adds up to 1."""
    import numpy as np

    n = len(markov_chain.start)
    return solve_linear_system((np.eye(n) - discount * markov_chain.transitions).T, (1 - discount) * markov_chain.start)


def solve_linear_system(matrix: Floats, right_side: Floats) -> Floats:
    """The solution of linear equations.

    Example:
        >>> import numpy as np
        >>> from detente.methods.games.repeated.markov_play import solve_linear_system
        >>> solve_linear_system(np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([2.0, 2.0])).tolist()
        [1.0, 0.5]
    """
    import numpy as np

    return np.asarray(np.linalg.solve(matrix, right_side), dtype=np.float64)


def _long_run_state_shares(markov_chain: MarkovChain) -> Floats:
    """The share of rounds in each state in the long run, shape (n,): the limit of means, and no limit of discounts.

    Each closed class of states has its stationary distribution, weighed by the chance that play ends up in it (Kemeny
    and Snell 1960, chapters 3 and 4). Noise that is never there is not noise that is hardly there: without noise there
    may be several such classes.
    """
    import numpy as np

    transitions, start = markov_chain.transitions.copy(), markov_chain.start.copy()
    classes, transient = closed_classes(transitions)
    # Each transient state is taken out in turn: what comes to it goes on to where it leads, in shares that add up.
    remaining = np.ones(len(start), dtype=bool)
    for x in transient:
        remaining[x] = False
        onward = np.where(remaining, transitions[x], 0.0)
        onward /= onward.sum()
        start += start[x] * onward
        transitions += np.outer(np.where(remaining, transitions[:, x], 0.0), onward)
        start[x] = 0.0
        transitions[:, x] = 0.0
    state_shares = np.zeros_like(start)
    for members in classes:
        state_shares[members] = start[members].sum() * stationary_distribution(transitions[np.ix_(members, members)])
    return state_shares


def stationary_distribution(transitions: Floats) -> Floats:
    """The stationary distribution of a chain that can go from anywhere to anywhere, shape (n,).

    By elimination without subtractions, which loses no digits however small a chance is (Grassmann, Taksar and Heyman
    1985).

    Example:
        >>> import numpy as np
        >>> from detente.methods.games.repeated.markov_play import stationary_distribution
        >>> stationary_distribution(np.array([[0.9, 0.1], [0.3, 0.7]])).round(4).tolist()
        [0.75, 0.25]
    """
    import numpy as np

    reduced_matrix = transitions.copy()
    for x in range(len(reduced_matrix) - 1, 0, -1):
        reduced_matrix[:x, x] /= reduced_matrix[x, :x].sum()
        reduced_matrix[:x, :x] += np.outer(reduced_matrix[:x, x], reduced_matrix[x, :x])
    weights = np.ones(len(reduced_matrix))
    for x in range(1, len(reduced_matrix)):
        weights[x] = weights[:x] @ reduced_matrix[:x, x]
    shares: Floats = weights / weights.sum()
    return shares


def closed_classes(transitions: Floats) -> tuple[list[list[int]], list[int]]:
    """The sets of states that play never leaves again, and the states that it leaves for good.

    Example:
        >>> import numpy as np
        >>> from detente.methods.games.repeated.markov_play import closed_classes
        >>> closed_classes(np.array([[0.5, 0.5, 0.0], [0.0, 1.0, 0.0], [0.5, 0.0, 0.5]]))
        ([[1]], [0, 2])
    """
    import numpy as np

    n = len(transitions)
    reachable = ((transitions > 0) | np.eye(n, dtype=bool)).astype(np.float32)
    while True:
        farther_reach = ((reachable @ reachable) > 0).astype(np.float32)
        if (farther_reach == reachable).all():
            break
        reachable = farther_reach
    is_reachable, mutual = reachable > 0, (reachable > 0) & (reachable > 0).T
    closed = (is_reachable == mutual).all(axis=1)
    classes = {tuple(np.flatnonzero(mutual[s]).tolist()) for s in np.flatnonzero(closed)}
    return [list(members) for members in sorted(classes)], np.flatnonzero(~closed).tolist()
