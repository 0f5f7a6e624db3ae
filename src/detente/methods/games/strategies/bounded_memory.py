"""Strategies that remember many moves, as the smallest automata that do the same.

They are written as what they remember and what they make of it, for a table of their states would be hundreds of lines.
Each follows its code in axelrod 4.13.1.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, TypeVar

from detente.methods.games.strategies.automaton import OUTCOMES, Automaton

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Memory = TypeVar("Memory", bound=Hashable)
BLACK = (1.0, 1.0, 0.88, 0.68, 0.4, 0.04)
"""The chance of C by the number of defections among the last five moves: 1 - (n^2 - 1) / 25."""
FELD_ROUNDS, FELD_LAST = 200, 0.5
"""Rounds over which the chance of answering C with C falls from 1, and to what."""
MOST_REMEMBERED = 10
"""Moves of the other at most: for 20 the smallest automaton has 352,716 states, for 40 more than 10^11."""


def majority(remembered: int, soft: bool, name: str = "") -> Automaton:
    """Does what the other did in most of its last moves; C while these are even if soft, else D.

    For n moves, n even, the smallest automaton has (n + 1)! / ((n / 2)! (n / 2 + 1)!) states.

    Raises:
        ValueError: If it is to remember more than `MOST_REMEMBERED` moves.
    """
    if not 1 <= remembered <= MOST_REMEMBERED:
        raise ValueError(f"a majority is of 1 to {MOST_REMEMBERED} moves")

    def plays(last: str) -> float:
        more = last.count("C") - last.count("D")
        return float(more > 0 or (soft and more == 0))

    return smallest("", plays, lambda last, outcome: (last + outcome[1])[-remembered:], name)


def black(name: str = "") -> Automaton:
    """Cooperates for five rounds, then the less the more often the other has defected in the last five."""

    def plays(last: str) -> float:
        return BLACK[last.count("D")] if len(last) == 5 else 1.0

    return smallest("", plays, lambda last, outcome: (last + outcome[1])[-5:], name)


def grofman(name: str = "") -> Automaton:
    """Cooperates twice, copies the other five times, then weighs seven of its moves, the last one left out."""

    def plays(memory: tuple[str, str]) -> float:
        last, own = memory
        if len(last) < 2:
            return 1.0
        if len(last) < 7:
            return float(last[-1] == "C")
        return float(last[:-1].count("D") <= (2 if own == "C" else 1))

    def then(memory: tuple[str, str], outcome: str) -> tuple[str, str]:
        return (memory[0] + outcome[1])[-8:], outcome[0]

    return smallest(("", ""), plays, then, name)


def feld(name: str = "") -> Automaton:
    """Answers D with D, and C with C by a chance that falls from 1 to a half over 200 rounds."""

    def plays(memory: tuple[int, str]) -> float:
        rounds, last = memory
        return 0.0 if last == "D" else max(1 + (FELD_LAST - 1) / FELD_ROUNDS * rounds, FELD_LAST)

    def then(memory: tuple[int, str], outcome: str) -> tuple[int, str]:
        return min(memory[0] + 1, FELD_ROUNDS), outcome[1]

    return smallest((0, "C"), plays, then, name)


RULES: Mapping[str, Callable[[str], Automaton]] = {
    "black": black,
    "grofman": grofman,
    "feld": feld,
    "majority-10": lambda name: majority(10, True, name),
    "hard-majority-10": lambda name: majority(10, False, name),
}
"""By the word that `strategies.yaml` has for each."""


def smallest(
    start: Memory, plays: Callable[[Memory], float], then: Callable[[Memory, str], Memory], name: str = ""
) -> Automaton:
    """The automaton with fewest states of a strategy that is told by what it remembers.

    Args:
        start: What it remembers at the beginning.
        plays: The chance of C by what it remembers.
        then: What it remembers after an outcome, its own move first.
        name: What it is called.
    """
    import numpy as np

    memories = [start]
    number = {start: 0}
    rows: list[list[int]] = []
    for memory in memories:
        row = []
        for outcome in OUTCOMES:
            following = then(memory, outcome)
            if following not in number:
                number[following] = len(memories)
                memories.append(following)
            row.append(number[following])
        rows.append(row)
    chances = np.array([plays(memory) for memory in memories])
    follows = np.array(rows)
    parts = _coarsest(chances, follows)
    first = np.unique(parts, return_index=True)[1]
    moves = np.zeros((len(first), len(OUTCOMES), len(first)))
    for k in range(len(OUTCOMES)):
        moves[np.arange(len(first)), k, parts[follows[first, k]]] = 1.0
    return Automaton(chances[first], moves, np.eye(len(first))[parts[0]], name).taken_as_reduced()


def _coarsest(chances: NDArray[np.float64], follows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which memories are one state: those that play alike and lead to alike (Moore 1956)."""
    import numpy as np

    parts = np.unique(chances, return_inverse=True)[1]
    while True:
        finer = np.unique(np.column_stack([parts, parts[follows]]), axis=0, return_inverse=True)[1].ravel()
        if finer.max() == parts.max():
            return parts
        parts = finer
