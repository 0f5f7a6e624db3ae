"""Strategies of repeated games as probabilistic finite automata (Rubinstein 1986; Abreu and Rubinstein 1988).

An automaton is in a state, which says with what chance it cooperates; what both then did, errors included, says with
what chances which state follows. Outcomes are seen from the automaton's own side and numbered: CC, CD, DC, DD, its own
move first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

OUTCOMES: tuple[Literal["CC"], Literal["CD"], Literal["DC"], Literal["DD"]] = ("CC", "CD", "DC", "DD")
SWAPPED_OUTCOMES = (0, 2, 1, 3)
"""The number of each outcome as the other side sees it."""


@dataclass(frozen=True, eq=False)
class Automaton:
    """A strategy as a machine with S states.

    Example:
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> grim = memory_one_automaton([1, 0, 0, 0], name="Grim")
        >>> grim.size, grim.deterministic, grim.cooperates.tolist()
        (2, True, [1.0, 0.0])
    """

    cooperates: Floats
    """The chance of cooperating in each state, shape (S,)."""
    transitions: Floats
    """The chance of each next state, after each outcome in each state: shape (S, 4, S), the last axis adds up to 1."""
    start: Floats
    """The chance of each state at the beginning, shape (S,)."""
    name: str = ""

    @property
    def size(self) -> int:
        """How many states it has."""
        return len(self.cooperates)

    @cached_property
    def deterministic(self) -> bool:
        """Whether nothing is left to chance."""
        return all(bool(((part == 0) | (part == 1)).all()) for part in (self.cooperates, self.transitions, self.start))

    @cached_property
    def memory_one_chances(self) -> tuple[Floats, float] | None:
        """For a memory-one strategy the chance of C after each outcome, and in the first round; None for others."""
        if not (self.transitions == self.transitions[0]).all():
            return None
        return self.transitions[0] @ self.cooperates, float(self.start @ self.cooperates)

    @cached_property
    def minimal(self) -> Automaton:
        """The same with unreachable states left out, and with states as one from which the same follows.

        Partition refinement as for Markov chains (Derisavi, Hermanns and Sanders 2003, in its simplest form): states
        stay together that cooperate with the same chance and go with the same chances to every part.
        """
        import numpy as np

        reachable = self._reachable()
        cooperates, start = self.cooperates[reachable], self.start[reachable]
        transitions = self.transitions[np.ix_(reachable, range(4), reachable)]
        partition = _number_labels([(float(chance),) for chance in cooperates])
        while True:
            membership = np.eye(partition.max() + 1)[partition]
            part_transitions = (transitions @ membership).round(15)
            finer = _number_labels(
                [(int(p), *row) for p, row in zip(partition, part_transitions.reshape(len(reachable), -1), strict=True)]
            )
            if finer.max() == partition.max():
                break
            partition = finer
        representatives = [int(np.flatnonzero(partition == part)[0]) for part in range(int(partition.max()) + 1)]
        membership = np.eye(len(representatives))[partition]
        return Automaton(
            cooperates[representatives], (transitions @ membership)[representatives], start @ membership, self.name
        ).mark_as_reduced()

    def mark_as_reduced(self) -> Automaton:
        """This one, known to be as small as it can be, so that nothing is looked for again."""
        self.__dict__["minimal"] = self
        return self

    def _reachable(self) -> list[int]:
        reachable = [s for s in range(self.size) if self.start[s] > 0]
        for state in reachable:
            successors = (self.transitions[state] > 0).any(axis=0).nonzero()[0]
            reachable += [int(s) for s in successors if int(s) not in reachable]
        return sorted(reachable)


def _number_labels(labels: Sequence[tuple[float, ...]]) -> NDArray[np.int64]:
    """Equal labels get equal numbers, in the order in which they first stand."""
    import numpy as np

    numbers: dict[tuple[float, ...], int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels])


def memory_one_automaton(chances_after: Sequence[float], first_chance: float = 1.0, name: str = "") -> Automaton:
    """The strategy that looks at the last round only (Nowak and Sigmund 1993).

    Args:
        chances_after: The chance of cooperating after CC, CD, DC and DD, its own move first.
        first_chance: The chance of cooperating in the first round.
        name: What it is called.

    Raises:
        ValueError: If these are not five chances.

    Example:
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> memory_one_automaton([1, 0, 0, 1], name="Win-Stay Lose-Shift").size
        2
    """
    import numpy as np

    chances = np.array([*chances_after, first_chance], dtype=float)
    if len(chances) != 5 or not ((chances >= 0) & (chances <= 1)).all():
        raise ValueError("a memory-one strategy is four chances and a first move, all from 0 to 1")
    # One state for the beginning and one for each outcome: the coin of a round is tossed in it, and not before, so that
    # who knows the state does not know the move.
    transitions = np.zeros((5, 4, 5))
    transitions[:, range(4), range(1, 5)] = 1.0
    return Automaton(np.array([chances[4], *chances[:4]]), transitions, np.eye(5)[0], name).minimal


def automaton_from_states(
    states: Mapping[str, tuple[float, Mapping[Any, str | dict[str, float]]]],
    start: str | dict[str, float] | None = None,
    name: str = "",
) -> Automaton:
    """An automaton from named states.

    Args:
        states: For each state the chance of cooperating, and what follows: by the other's move (`C`, `D`) or by both
            moves, its own first (`CC`, ...); a state, or states with their probabilities.
        start: Where it begins; in the first state unless said.
        name: What it is called.

    Raises:
        KeyError: If a state is named that is not there, or nothing follows an outcome.
        ValueError: If probabilities do not add up to 1.

    Example:
        >>> from detente.methods.games.strategies.automaton import automaton_from_states
        >>> states = {"nice": (1.0, {"C": "nice", "D": "angry"}), "angry": (0.0, {"C": "angry", "D": "angry"})}
        >>> automaton_from_states(states, name="Grudger").memory_one_chances is None  # no memory-one strategy
        True
    """
    import numpy as np

    state_index = {state: n for n, state in enumerate(states)}

    def successor_chances(successors: str | dict[str, float]) -> Floats:
        row = np.zeros(len(state_index))
        for state, chance in ({successors: 1.0} if isinstance(successors, str) else successors).items():
            row[state_index[state]] = chance
        if abs(row.sum() - 1) > 1e-9:
            raise ValueError(f"the probabilities of what follows add up to {row.sum():g}, not 1")
        return row

    cooperates = np.array([plays for plays, _ in states.values()], dtype=float)
    transitions = np.array(
        [[successor_chances(then[o] if o in then else then[o[1]]) for o in OUTCOMES] for _, then in states.values()]
    )
    return Automaton(
        cooperates, transitions, successor_chances(next(iter(state_index)) if start is None else start), name
    ).minimal
