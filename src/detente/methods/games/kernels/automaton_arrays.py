"""Automata in flat arrays, as compiled loops take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.methods.games.strategies.automaton import Automaton

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class AutomatonArrays:
    """Automata in flat arrays. State s of automaton i is number `first[i] + s`."""

    first_states: Integers
    """Shape (m + 1,)."""
    cooperates: Floats
    """Shape (states,)."""
    transition_starts: Integers
    """Where what follows an outcome begins in `follows`: four outcomes for each state, shape (4 * states + 1,)."""
    next_states: Integers
    """Next states, counted within their automaton."""
    transition_chances: Floats
    """Their chances."""
    opening_starts: Integers
    """Where an automaton's first states begin in `opens`, shape (m + 1,)."""
    opening_states: Integers
    """First states."""
    opening_chances: Floats
    """Their chances."""
    deterministic: NDArray[np.bool_]
    """Shape (m,)."""
    max_branches: Integers
    """The most states that may follow an outcome in any state, by outcome; shape (m, 4)."""

    @property
    def arrays(self) -> tuple[Any, ...]:
        """All of them, for the kernels."""
        return (
            *(self.first_states, self.cooperates, self.transition_starts, self.next_states, self.transition_chances),
            *(self.opening_starts, self.opening_states, self.opening_chances, self.deterministic, self.max_branches),
        )


def pack_automata(automata: Sequence[Automaton]) -> AutomatonArrays:
    """Automata in flat arrays."""
    nonzero_transitions = [np.nonzero(a.transitions.reshape(-1, a.size)) for a in automata]
    opening_states = [np.flatnonzero(a.start) for a in automata]
    branch_counts = np.concatenate(
        [np.bincount(rows, minlength=4 * a.size) for (rows, _), a in zip(nonzero_transitions, automata, strict=True)]
    )
    return AutomatonArrays(
        first_states=_offsets([a.size for a in automata]),
        cooperates=np.concatenate([a.cooperates for a in automata]),
        transition_starts=_offsets(branch_counts),
        next_states=np.concatenate([columns for _, columns in nonzero_transitions]),
        transition_chances=np.concatenate(
            [
                a.transitions.reshape(-1, a.size)[positions]
                for positions, a in zip(nonzero_transitions, automata, strict=True)
            ]
        ),
        opening_starts=_offsets([len(state_indices) for state_indices in opening_states]),
        opening_states=np.concatenate(opening_states),
        opening_chances=np.concatenate(
            [a.start[state_indices] for state_indices, a in zip(opening_states, automata, strict=True)]
        ),
        deterministic=np.array([a.deterministic for a in automata]),
        max_branches=np.array([(a.transitions > 0).sum(axis=2).max(axis=0) for a in automata], dtype=np.int64),
    )


def _offsets(counts: Sequence[int] | Integers) -> Integers:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
