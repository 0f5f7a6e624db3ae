"""How much work a tournament is, told before it begins: about how many elementary operations each pair takes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.methods.games.repeated.markov_play import MOST_PAIRS, Horizon
from detente.methods.games.strategies.automaton import Automaton

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_WORK = 4e11
"""Operations of a tournament at most: about a quarter of an hour on one core."""
MOST_PAIR = 4e10
"""Operations of one pair at most: about a minute and a half."""
EASY = 5e9
"""Operations of a tournament of all strategies at most, the largest of which are left out rather than waited for."""
MOST_PLAYERS = 3_000
"""Strategies of a tournament at most: its outcomes are 300 MB."""
NEGLIGIBLE = 1e-17
"""Weight of all later rounds together at which a discounted sum has ended; as in `kernels/pairs.py`."""


def worked_out(automata: Sequence[Automaton], horizon: Horizon, noise: float) -> Floats:
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
    sure = np.array([automaton.deterministic for automaton in automata])
    states = np.outer(sizes, sizes)
    matrix = np.where(states <= MOST_PAIRS, states**3 / 30, np.inf)
    if horizon.turns is not None:
        chancy, walk = 4 * states * horizon.turns, np.minimum(states, horizon.turns)
    elif horizon.discount is not None:
        chancy, walk = np.minimum(matrix, 4 * states * rounds_that_count(horizon.discount)), states
    else:
        chancy, walk = matrix, states
    return np.where(np.outer(sure, sure) & (noise == 0), walk, chancy)


def rounds_that_count(discount: float) -> int:
    """After how many rounds a discounted sum has ended."""
    return 1 if discount == 0 else math.ceil(math.log(NEGLIGIBLE) / math.log(discount))


def too_much(automata: Sequence[Automaton], horizon: Horizon, noise: float, most: float = MOST_WORK) -> str:
    """Why a tournament of more than so many operations is not played, in words; empty where it is."""
    import numpy as np

    if len(automata) > MOST_PLAYERS:
        return f"a tournament has up to {MOST_PLAYERS:,} strategies, and these are {len(automata):,}"
    work = worked_out(automata, horizon, noise)
    worst = np.unravel_index(int(work.argmax()), work.shape)
    one, other = (automata[int(at)] for at in worst)
    if work.max() > MOST_PAIR:
        pair = " and ".join(f"'{each.name}' ({each.size} states)" for each in (one, other))
        return f"{pair} against each other are too much to work out{_way_out(horizon, noise)}"
    whole = float(np.triu(work).sum())
    if whole > most:
        times = whole / most
        return (
            f"a tournament of these {len(automata)} strategies is {times:.2g} times as much as is worked out; "
            "take fewer, or smaller ones, or fewer turns"
        )
    return ""


def _way_out(horizon: Horizon, noise: float) -> str:
    if horizon.turns is not None:
        return " over so many turns"
    return " exactly in the long run; take so many turns instead" if horizon.discount is None else " so discounted"


def left_out_to_fit(automata: Sequence[Automaton], horizon: Horizon, noise: float) -> list[int]:
    """Which of them to leave out, the largest first, so that the others are played soon."""
    kept = sorted(range(len(automata)), key=lambda at: automata[at].size)
    left: list[int] = []
    while len(kept) > 1 and too_much([automata[at] for at in kept], horizon, noise, EASY):
        left.append(kept.pop())
    return sorted(left)
