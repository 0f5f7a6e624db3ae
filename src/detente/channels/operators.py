"""All graphs of an arena as one operator, so that a block of draws takes two matrix products an issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.channels.arena import Arena, Groups, players
from detente.channels.graph import Graph, pairs
from detente.channels.shares import Shares, Way, share_operator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Pairs = Literal["all", "across", "within"]


@dataclass(frozen=True)
class Operator:
    """The shares on one graph of an arena, by actors and pairs of actors."""

    graph: Graph
    by_length: Floats
    """Shape (lengths, actors, pairs). What answers as one stands in the row of its first member."""
    own: NDArray[np.bool_]
    """Which shares are in one's own gains, shape (actors, pairs): the rest is brokerage."""
    way: Way
    error: float
    """The largest standard error of a share, if they were estimated."""


def operator(n: int, graph: Graph, merged: Sequence[Sequence[int]] = (), seed: int = 0) -> Operator:
    """The shares of a graph whose players stand for actors.

    What two actors that are one player have to gain from each other is that player's own.

    Args:
        n: How many actors there are.
        graph: Of n players, those that stand for nobody without links.
        merged: The groups of actors that are one player, the first standing for all.
        seed: For shares that must be estimated.
    """
    import numpy as np

    shares: Shares = share_operator(graph, seed=seed)
    player = np.array(players(n, merged))
    i, j = pairs(n)
    a, b = np.minimum(player[i], player[j]), np.maximum(player[i], player[j])
    within = a == b
    column = np.where(within, 0, a * n - a * (a + 1) // 2 + b - a - 1)
    by_length = shares.by_length[:, :, column]
    by_length[:, :, within] = 0
    by_length[0, a[within], np.flatnonzero(within)] = 1
    who = np.arange(n)[:, None]
    error = 0.0 if shares.error is None else float(shares.error.max())
    return Operator(graph, by_length, (a == who) | (b == who), shares.way, error)


@dataclass(frozen=True)
class Stack:
    """Several operators side by side."""

    operators: tuple[Operator, ...]
    matrix: Floats
    """Shape (lengths, pairs, operators x actors)."""
    across: NDArray[np.bool_]
    """The pairs that have no organisation in common."""

    @property
    def lengths(self) -> int:
        """The number of links of the longest way."""
        return len(self.matrix)

    @cached_property
    def _rows(self) -> Floats:
        return self.matrix.reshape(-1, self.matrix.shape[2])

    @cached_property
    def _rows_across(self) -> Floats:
        return self.matrix[:, self.across].reshape(-1, self.matrix.shape[2])

    @cached_property
    def _rows_within(self) -> Floats:
        return self.matrix[:, ~self.across].reshape(-1, self.matrix.shape[2])

    def values(self, amount: Floats, decay: Floats, of: Pairs = "all") -> Floats:
        """The Myerson value on every graph.

        Args:
            amount: What pairs have to gain, shape (draws, pairs).
            decay: Shape (draws,).
            of: Which pairs they are: all, those across organisations, or those within one.

        Returns:
            Shape (operators, draws, actors).
        """
        import numpy as np

        powers = decay[:, None] ** np.arange(self.lengths)
        laid = (powers[:, :, None] * amount[:, None, :]).reshape(len(amount), -1)
        rows = self._rows if of == "all" else self._rows_across if of == "across" else self._rows_within
        found = laid @ rows
        return np.moveaxis(found.reshape(len(amount), len(self.operators), -1), 1, 0)


def stack(operators: Sequence[Operator], across: NDArray[np.bool_]) -> Stack:
    """Operators side by side; those with shorter ways are filled up with nothing."""
    import numpy as np

    lengths = max(len(one.by_length) for one in operators)
    n, m = operators[0].by_length.shape[1:]
    matrix = np.zeros((lengths, m, len(operators), n))
    for index, one in enumerate(operators):
        matrix[: len(one.by_length), :, index] = np.swapaxes(one.by_length, 1, 2)
    return Stack(tuple(operators), matrix.reshape(lengths, m, -1), across)


def graphs(arena: Arena) -> dict[tuple[Graph, Groups], int]:
    """Every graph that the channels of an arena need, once, with its place in a stack."""
    found: dict[tuple[Graph, Groups], int] = {}
    for dealing in arena.dealings:
        for graph, merged in (
            (dealing.alone, ()),
            *(((dealing.beside, ()),) if dealing.beside else ()),
            *(((dealing.as_one, dealing.merged),) if dealing.as_one else ()),
        ):
            found.setdefault((graph, merged), len(found))
    return found
