"""How much work a tournament is, told before it begins: about how many elementary operations each pair takes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.methods.games.repeated.markov_play import MAX_STATE_PAIRS, Horizon
from detente.methods.games.strategies.automaton import Automaton

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_OPERATIONS = 4e11
"""Operations of a tournament at most: about a quarter of an hour on one core."""
MAX_PAIR_OPERATIONS = 4e10
"""Operations of one pair at most: about a minute and a half."""
MAX_DEFAULT_OPERATIONS = 5e9
"""Operations of a tournament of all strategies at most, the largest of which are left out rather than waited for."""
MAX_STRATEGIES = 3_000
"""Strategies of a tournament at most: its outcomes are 300 MB."""
NEGLIGIBLE_WEIGHT = 1e-17
"""Weight of all later rounds together at which a discounted sum has ended; as in `kernels/pairwise_play.py`."""


def operations_per_pair(automata: Sequence[Automaton], horizon: Horizon, noise: float) -> Floats:
    """About how many operations each of them takes against each other; infinite where memory would not do.

    Args:
        automata: As small as they can be.
        horizon: How rounds are weighed.
        noise: The chance of an error.

    Returns:
        Shape (m, m).
    """
    import numpy as np

    sizes = np.array([automaton.size for automaton in automata], dtype=float)
    is_deterministic = np.array([automaton.deterministic for automaton in automata])
    states = np.outer(sizes, sizes)
    matrix_work = np.where(states <= MAX_STATE_PAIRS, states**3 / 30, np.inf)
    if horizon.turns is not None:
        chance_work, walk_work = 4 * states * horizon.turns, np.minimum(states, horizon.turns)
    elif horizon.discount is not None:
        chance_work, walk_work = np.minimum(matrix_work, 4 * states * effective_rounds(horizon.discount)), states
    else:
        chance_work, walk_work = matrix_work, states
    return np.where(np.outer(is_deterministic, is_deterministic) & (noise == 0), walk_work, chance_work)


def effective_rounds(discount: float) -> int:
    """After how many rounds a discounted sum has ended."""
    return 1 if discount == 0 else math.ceil(math.log(NEGLIGIBLE_WEIGHT) / math.log(discount))


def excess_work_reason(
    automata: Sequence[Automaton], horizon: Horizon, noise: float, max_operations: float = MAX_OPERATIONS
) -> str:
    """Why a tournament of more than so many operations is not played, in words; empty where it is."""
    import numpy as np

    if len(automata) > MAX_STRATEGIES:
        return f"a tournament has up to {MAX_STRATEGIES:,} strategies, and these are {len(automata):,}"
    work = operations_per_pair(automata, horizon, noise)
    worst = np.unravel_index(int(work.argmax()), work.shape)
    first, second = (automata[int(index)] for index in worst)
    if work.max() > MAX_PAIR_OPERATIONS:
        pair = " and ".join(f"'{automaton.name}' ({automaton.size} states)" for automaton in (first, second))
        return f"{pair} against each other are too much to work out{_remedy_message(horizon, noise)}"
    total_work = float(np.triu(work).sum())
    if total_work > max_operations:
        excess_factor = total_work / max_operations
        return (
            f"a tournament of these {len(automata)} strategies is {excess_factor:.2g} times as much as is worked out; "
            "take fewer, or smaller ones, or fewer turns"
        )
    return ""


def _remedy_message(horizon: Horizon, noise: float) -> str:
    if horizon.turns is not None:
        return " over so many turns"
    return " exactly in the long run; take so many turns instead" if horizon.discount is None else " so discounted"


def strategies_to_omit(automata: Sequence[Automaton], horizon: Horizon, noise: float) -> list[int]:
    """Which of them to leave out, the largest first, so that the others are played soon."""
    remaining = sorted(range(len(automata)), key=lambda index: automata[index].size)
    omitted: list[int] = []
    while len(remaining) > 1 and excess_work_reason(
        [automata[index] for index in remaining], horizon, noise, MAX_DEFAULT_OPERATIONS
    ):
        omitted.append(remaining.pop())
    return sorted(omitted)
