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
BLACK_CHANCES = (1.0, 1.0, 0.88, 0.68, 0.4, 0.04)
"""The chance of C by the number of defections among the last five moves: 1 - (n^2 - 1) / 25."""
FELD_ROUNDS, FELD_FINAL_CHANCE = 200, 0.5
"""Rounds over which the chance of answering C with C falls from 1, and to what."""
MAX_REMEMBERED_MOVES = 10
"""Moves of the other at most: for 20 the smallest automaton has 352,716 states, for 40 more than 10^11."""


def majority_strategy(memory_length: int, soft: bool, name: str = "") -> Automaton:
    """Does what the other did in most of its last moves; C while these are even if soft, else D.

    For n moves, n even, the smallest automaton has (n + 1)! / ((n / 2)! (n / 2 + 1)!) states.

    Raises:
        ValueError: If it is to remember more than `MAX_REMEMBERED_MOVES` moves.

    Example:
        >>> from detente.methods.games.strategies.bounded_memory import majority_strategy
        >>> [majority_strategy(n, soft=True).size for n in (2, 4, 6)]  # (n + 1)! / ((n / 2)! (n / 2 + 1)!)
        [3, 10, 35]
    """
    if not 1 <= memory_length <= MAX_REMEMBERED_MOVES:
        raise ValueError(f"a majority is of 1 to {MAX_REMEMBERED_MOVES} moves")

    def cooperation_chance(recent_moves: str) -> float:
        surplus = recent_moves.count("C") - recent_moves.count("D")
        return float(surplus > 0 or (soft and surplus == 0))

    return smallest_automaton("", cooperation_chance, lambda last, outcome: (last + outcome[1])[-memory_length:], name)


def black_strategy(name: str = "") -> Automaton:
    """Cooperates for five rounds, then the less the more often the other has defected in the last five.

    Example:
        >>> from detente.methods.games.strategies.bounded_memory import black_strategy
        >>> sorted(set(black_strategy().cooperates.tolist()))
        [0.04, 0.4, 0.68, 0.88, 1.0]
    """

    def cooperation_chance(recent_moves: str) -> float:
        return BLACK_CHANCES[recent_moves.count("D")] if len(recent_moves) == 5 else 1.0

    return smallest_automaton("", cooperation_chance, lambda last, outcome: (last + outcome[1])[-5:], name)


def grofman_strategy(name: str = "") -> Automaton:
    """Cooperates twice, copies the other five times, then weighs seven of its moves, the last one left out.

    Example:
        >>> from detente.methods.games.strategies.bounded_memory import grofman_strategy
        >>> grofman_strategy().deterministic
        True
    """

    def cooperation_chance(memory: tuple[str, str]) -> float:
        recent_moves, own_last_move = memory
        if len(recent_moves) < 2:
            return 1.0
        if len(recent_moves) < 7:
            return float(recent_moves[-1] == "C")
        return float(recent_moves[:-1].count("D") <= (2 if own_last_move == "C" else 1))

    def next_memory(memory: tuple[str, str], outcome: str) -> tuple[str, str]:
        return (memory[0] + outcome[1])[-8:], outcome[0]

    return smallest_automaton(("", ""), cooperation_chance, next_memory, name)


def feld_strategy(name: str = "") -> Automaton:
    """Answers D with D, and C with C by a chance that falls from 1 to a half over 200 rounds.

    Example:
        >>> from detente.methods.games.strategies.bounded_memory import feld_strategy
        >>> feld_strategy().deterministic
        False
    """

    def cooperation_chance(memory: tuple[int, str]) -> float:
        rounds, last_move = memory
        return 0.0 if last_move == "D" else max(1 + (FELD_FINAL_CHANCE - 1) / FELD_ROUNDS * rounds, FELD_FINAL_CHANCE)

    def next_memory(memory: tuple[int, str], outcome: str) -> tuple[int, str]:
        return min(memory[0] + 1, FELD_ROUNDS), outcome[1]

    return smallest_automaton((0, "C"), cooperation_chance, next_memory, name)


BOUNDED_MEMORY_RULES: Mapping[str, Callable[[str], Automaton]] = {
    "black": black_strategy,
    "grofman": grofman_strategy,
    "feld": feld_strategy,
    "majority-10": lambda name: majority_strategy(10, True, name),
    "hard-majority-10": lambda name: majority_strategy(10, False, name),
}
"""By the word that `strategies.yaml` has for each."""


def smallest_automaton(
    start: Memory,
    cooperation_chance: Callable[[Memory], float],
    next_memory: Callable[[Memory, str], Memory],
    name: str = "",
) -> Automaton:
    """The automaton with fewest states of a strategy that is told by what it remembers.

    Args:
        start: What it remembers at the beginning.
        cooperation_chance: The chance of C by what it remembers.
        next_memory: What it remembers after an outcome, its own move first.
        name: What it is called.

    Example:
        >>> from detente.methods.games.strategies.bounded_memory import smallest_automaton
        >>> smallest_automaton("C", lambda last: float(last == "C"), lambda last, outcome: outcome[1]).size
        2
    """
    import numpy as np

    memories = [start]
    memory_index = {start: 0}
    rows: list[list[int]] = []
    for memory in memories:
        row = []
        for outcome in OUTCOMES:
            following = next_memory(memory, outcome)
            if following not in memory_index:
                memory_index[following] = len(memories)
                memories.append(following)
            row.append(memory_index[following])
        rows.append(row)
    chances = np.array([cooperation_chance(memory) for memory in memories])
    successors = np.array(rows)
    partition = _coarsest_partition(chances, successors)
    representatives = np.unique(partition, return_index=True)[1]
    moves = np.zeros((len(representatives), len(OUTCOMES), len(representatives)))
    for k in range(len(OUTCOMES)):
        moves[np.arange(len(representatives)), k, partition[successors[representatives, k]]] = 1.0
    return Automaton(
        chances[representatives], moves, np.eye(len(representatives))[partition[0]], name
    ).mark_as_reduced()


def _coarsest_partition(chances: NDArray[np.float64], successors: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which memories are one state: those that play alike and lead to alike (Moore 1956)."""
    import numpy as np

    partition = np.unique(chances, return_inverse=True)[1]
    while True:
        finer = np.unique(np.column_stack([partition, partition[successors]]), axis=0, return_inverse=True)[1].ravel()
        if finer.max() == partition.max():
            return partition
        partition = finer
