"""The Myerson value of games of pairs on forests, in closed form.

Where only one path joins two players, all on it are needed, so all share alike what the two have to gain from each
other: each player on a path of d links gets 1/(d + 1) of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def forest_shares(graph: Graph) -> tuple[Floats, Floats]:
    """Who shares in what two players have to gain from each other.

    Args:
        graph: A forest of n players.

    Returns:
        The shares, shape (n, pairs); and the lengths of the paths, shape (pairs,), 0 where there is none.

    Raises:
        ValueError: If the graph has a cycle.
    """
    import numpy as np

    walk = _Walk(graph)
    lengths = np.empty((graph.n, graph.n))
    lengths[np.ix_(walk.order, walk.order)] = np.where(walk.lengths > walk.longest, np.inf, walk.lengths)
    i, j = pairs(graph.n)
    apart = lengths[i, j]
    with np.errstate(invalid="ignore"):
        on_path = (lengths[:, i] + lengths[:, j] == apart) & np.isfinite(apart)
    return on_path / (apart + 1), np.where(np.isfinite(apart), apart, 0)


def forest_value(graph: Graph, synergies: Floats, decay: float = 1.0) -> Floats:
    """The Myerson value of a game of pairs on a forest, in O(n^2) and without the shares.

    In the order of a walk through the trees the players beyond a link stand together, so what passes over each link
    is a sum over a rectangle. A player has half of what begins or ends with it and half of what passes over its links.

    Args:
        graph: A forest of n players.
        synergies: What each pair has to gain, shape (n, n); symmetric, the diagonal is not looked at.
        decay: What is left of it for every further link.

    Returns:
        Shape (n,).

    Raises:
        ValueError: If the graph has a cycle.
    """
    import numpy as np

    walk = _Walk(graph)
    order, parents, n = walk.order, walk.parents, graph.n
    # Rows are moved quickly and columns slowly, so the columns are made rows for it.
    shared = np.ascontiguousarray(synergies.take(order, axis=0).T).take(order, axis=0)
    if decay == 1 and walk.trees == 1:
        shared /= walk.lengths + 1
        np.fill_diagonal(shared, 0)
    else:
        by_length = np.zeros(walk.longest + 2)
        by_length[1:-1] = decay ** np.arange(walk.longest) / np.arange(2, walk.longest + 2)
        shared *= by_length[walk.lengths]
    sums = np.zeros((n + 1, n + 1))
    np.cumsum(shared, axis=0, out=sums[1:, 1:])
    np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
    first, last = np.arange(n), np.arange(n) + walk.sizes
    inside = sums[last, last] - sums[first, last] - sums[last, first] + sums[first, first]
    over = sums[last, n] - sums[first, n] - inside
    passing = over + np.bincount(parents[parents >= 0], over[parents >= 0], n)
    value = np.empty(n)
    value[order] = (sums[first + 1, n] - sums[first, n] + passing) / 2
    return value


class _Walk:
    """A walk through a forest, each tree from its root, each player before those beyond it."""

    def __init__(self, graph: Graph):
        import numpy as np

        near: list[list[int]] = [[] for _ in range(graph.n)]
        for i, j in graph.links:
            near[i].append(j)
            near[j].append(i)
        order: list[int] = []
        parents: list[int] = []
        depths = [0] * graph.n
        trees = 0
        for root in range(graph.n):
            if depths[root]:
                continue
            trees += 1
            depths[root] = 1
            ahead = [(root, -1)]
            while ahead:
                player, parent = ahead.pop()
                at = len(order)
                order.append(player)
                parents.append(parent)
                for other in near[player]:
                    if not depths[other]:
                        depths[other] = depths[player] + 1
                        ahead.append((other, at))
        if len(graph.links) != graph.n - trees:
            raise ValueError("the graph has a cycle")
        self.trees = trees
        self.order = np.array(order)
        self.parents = np.array(parents)
        """The place in the walk of the player before each, or -1."""
        sizes = [1] * graph.n
        for at in range(graph.n - 1, 0, -1):
            if parents[at] >= 0:
                sizes[parents[at]] += sizes[at]
        self.sizes = np.array(sizes)
        """How many players stand beyond each, itself included."""
        self.longest = 2 * max(depths, default=1) - 2
        """No path is longer."""
        self.lengths = self._lengths(np.array([depths[player] for player in order], dtype=np.int16))
        """How many links are between each two, in the order of the walk; more than the longest path where none is."""

    def _lengths(self, depth: NDArray[np.int16]) -> NDArray[np.int16]:
        # The paths to two players part just above the shallowest player after the first of them up to the second.
        import numpy as np

        before = np.tri(len(depth), dtype=bool)
        lowest = np.where(before, np.int16(self.longest + 2), depth)
        np.minimum.accumulate(lowest, axis=1, out=lowest)
        found: NDArray[np.int16] = (depth + 2)[:, None] + depth
        found -= lowest
        found -= lowest
        if self.trees > 1:
            found[lowest == 1] = self.longest + 1  # they part before the roots of their trees
        found[before] = 0
        return found + found.T
