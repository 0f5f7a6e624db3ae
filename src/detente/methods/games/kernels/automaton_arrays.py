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
class Packed:
    """Automata in flat arrays. State s of automaton i is number `first[i] + s`."""

    first: Integers
    """Shape (m + 1,)."""
    cooperates: Floats
    """Shape (states,)."""
    begins: Integers
    """Where what follows an outcome begins in `follows`: four outcomes for each state, shape (4 * states + 1,)."""
    follows: Integers
    """Next states, counted within their automaton."""
    chances: Floats
    """Their chances."""
    starts: Integers
    """Where an automaton's first states begin in `opens`, shape (m + 1,)."""
    opens: Integers
    """First states."""
    opening: Floats
    """Their chances."""
    deterministic: NDArray[np.bool_]
    """Shape (m,)."""
    widest: Integers
    """The most states that may follow an outcome in any state, by outcome; shape (m, 4)."""

    @property
    def arrays(self) -> tuple[Any, ...]:
        """All of them, for the kernels."""
        return (
            *(self.first, self.cooperates, self.begins, self.follows, self.chances),
            *(self.starts, self.opens, self.opening, self.deterministic, self.widest),
        )


def packed(automata: Sequence[Automaton]) -> Packed:
    """Automata in flat arrays."""
    after = [np.nonzero(a.moves.reshape(-1, a.size)) for a in automata]
    opens = [np.flatnonzero(a.start) for a in automata]
    counts = np.concatenate(
        [np.bincount(rows, minlength=4 * a.size) for (rows, _), a in zip(after, automata, strict=True)]
    )
    return Packed(
        first=_ends([a.size for a in automata]),
        cooperates=np.concatenate([a.cooperates for a in automata]),
        begins=_ends(counts),
        follows=np.concatenate([columns for _, columns in after]),
        chances=np.concatenate([a.moves.reshape(-1, a.size)[at] for at, a in zip(after, automata, strict=True)]),
        starts=_ends([len(open_) for open_ in opens]),
        opens=np.concatenate(opens),
        opening=np.concatenate([a.start[open_] for open_, a in zip(opens, automata, strict=True)]),
        deterministic=np.array([a.deterministic for a in automata]),
        widest=np.array([(a.moves > 0).sum(axis=2).max(axis=0) for a in automata], dtype=np.int64),
    )


def _ends(counts: Sequence[int] | Integers) -> Integers:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
