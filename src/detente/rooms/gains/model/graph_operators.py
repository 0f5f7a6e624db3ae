"""All graphs of an arena as one operator, so that a block of draws takes two matrix products an issue.

Of many actors each shares in few pairs: there the operator is kept by what is not 0, which takes a hundredth of the
memory and of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.methods.networks.communication_graph import Graph, pair_indices
from detente.methods.networks.myerson import MyersonShares, ShareMethod, share_operator
from detente.rooms.gains.model.actor_network import Arena, Groups, players

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

Pairs = Literal["all", "across", "within"]
MOST_DENSE = 2**21
"""Numbers of a stack of operators that are kept with all the 0 between them: 16 megabytes."""


@dataclass(frozen=True)
class Operator:
    """The shares on one graph of an arena, by actors and pairs of actors."""

    graph: Graph
    shape: tuple[int, int, int]
    """Lengths, actors and pairs."""
    where: tuple[Places, Places, Places]
    """The length, the actor and the pair of each share that is not 0."""
    shares: Floats
    """These shares. What answers as one stands in the row of its first member."""
    own: NDArray[np.bool_]
    """Which shares are in one's own gains, shape (actors, pairs): the rest is brokerage."""
    way: ShareMethod
    error: float
    """The largest standard error of a share, if they were estimated."""

    @property
    def by_length(self) -> Floats:
        """All shares, shape (lengths, actors, pairs)."""
        import numpy as np

        found = np.zeros(self.shape)
        found[self.where] = self.shares
        return found


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

    shares: MyersonShares = share_operator(graph, seed=seed)
    player = np.array(players(n, merged))
    i, j = pair_indices(n)
    a, b = np.minimum(player[i], player[j]), np.maximum(player[i], player[j])
    within = a == b
    column = np.where(within, 0, a * n - a * (a + 1) // 2 + b - a - 1)
    by_length = shares.by_length[:, :, column]
    by_length[:, :, within] = 0
    by_length[0, a[within], np.flatnonzero(within)] = 1
    who = np.arange(n)[:, None]
    error = 0.0 if shares.standard_errors is None else float(shares.standard_errors.max())
    where: tuple[Places, Places, Places] = np.nonzero(by_length)  # type: ignore[assignment]
    return Operator(graph, by_length.shape, where, by_length[where], (a == who) | (b == who), shares.method, error)


@dataclass(frozen=True)
class Stack:
    """Several operators side by side."""

    operators: tuple[Operator, ...]
    across: NDArray[np.bool_]
    """The pairs that have no organisation in common."""

    @property
    def lengths(self) -> int:
        """The number of links of the longest way."""
        return max(one.shape[0] for one in self.operators)

    @property
    def _columns(self) -> int:
        return len(self.operators) * self.operators[0].shape[1]

    @cached_property
    def _dense(self) -> bool:
        return self.lengths * len(self.across) * self._columns <= MOST_DENSE

    @cached_property
    def _matrices(self) -> dict[Pairs, Floats]:
        """By which pairs count, shape (lengths x pairs, operators x actors)."""
        import numpy as np

        n, m = self.operators[0].shape[1:]
        matrix = np.zeros((self.lengths, m, len(self.operators), n))
        for index, one in enumerate(self.operators):
            matrix[: one.shape[0], :, index] = np.swapaxes(one.by_length, 1, 2)
        each: dict[Pairs, Floats] = {
            "all": matrix,
            "across": matrix[:, self.across],
            "within": matrix[:, ~self.across],
        }
        return {of: part.reshape(-1, self._columns) for of, part in each.items()}

    def _picked(self, of: Pairs) -> NDArray[np.bool_]:
        import numpy as np

        return self.across if of == "across" else ~self.across if of == "within" else np.ones_like(self.across)

    @cached_property
    def _sparse(self) -> dict[Pairs, list[tuple[Places, Floats]]]:
        """By which pairs count, for every operator and actor the rows of `_matrices` that are not 0, and what they are.

        Operators with shorter ways have nothing in the others.
        """
        import numpy as np

        found: dict[Pairs, list[tuple[Places, Floats]]] = {}
        for of in ("all", "across", "within"):
            picked = self._picked(of)
            place = np.cumsum(picked) - 1
            found[of] = []
            for one in self.operators:
                length, actor, pair = one.where
                rows = length * int(picked.sum()) + place[pair]
                for who in range(one.shape[1]):
                    its = picked[pair] & (actor == who)
                    found[of].append((rows[its], one.shares[its]))
        return found

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
        if self._dense:
            laid = (powers[:, :, None] * amount[:, None, :]).reshape(len(amount), -1)
            found = laid @ self._matrices[of]
        else:
            laid = (powers.T[:, None, :] * amount.T[None]).reshape(-1, len(amount))
            found = np.stack([shares @ laid[rows] for rows, shares in self._sparse[of]], axis=1)
        return np.moveaxis(found.reshape(len(amount), len(self.operators), -1), 1, 0)


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
