"""The Myerson value of games of pairs on forests, in closed form.

Where only one path joins two players, all on it are needed, so all share alike what the two have to gain from each
other: each player on a path of d links gets 1/(d + 1) of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, pair_indices

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

    Example:
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson_forest import forest_shares
        >>> path = Graph.from_links(3, [(0, 1), (1, 2)])
        >>> shares, lengths = forest_shares(path)
        >>> shares[:, 1].round(4).tolist(), lengths.tolist()
        ([0.3333, 0.3333, 0.3333], [1.0, 2.0, 1.0])
    """
    import numpy as np

    walk = _ForestWalk(graph)
    lengths = np.empty((graph.n, graph.n))
    lengths[np.ix_(walk.order, walk.order)] = np.where(walk.path_lengths > walk.longest_path, np.inf, walk.path_lengths)
    i, j = pair_indices(graph.n)
    pair_lengths = lengths[i, j]
    with np.errstate(invalid="ignore"):
        on_path = (lengths[:, i] + lengths[:, j] == pair_lengths) & np.isfinite(pair_lengths)
    return on_path / (pair_lengths + 1), np.where(np.isfinite(pair_lengths), pair_lengths, 0)


def forest_myerson_value(graph: Graph, synergies: Floats, decay: float = 1.0) -> Floats:
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

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson_forest import forest_myerson_value
        >>> path = Graph.from_links(3, [(0, 1), (1, 2)])
        >>> forest_myerson_value(path, np.ones((3, 3))).round(4).tolist()
        [0.8333, 1.3333, 0.8333]
    """
    import numpy as np

    walk = _ForestWalk(graph)
    order, parents, n = walk.order, walk.parent_positions, graph.n
    # Rows are moved quickly and columns slowly, so the columns are made rows for it.
    shared = np.ascontiguousarray(synergies.take(order, axis=0).T).take(order, axis=0)
    if decay == 1 and walk.tree_count == 1:
        shared /= walk.path_lengths + 1
        np.fill_diagonal(shared, 0)
    else:
        by_length = np.zeros(walk.longest_path + 2)
        by_length[1:-1] = decay ** np.arange(walk.longest_path) / np.arange(2, walk.longest_path + 2)
        shared *= by_length[walk.path_lengths]
    sums = np.zeros((n + 1, n + 1))
    np.cumsum(shared, axis=0, out=sums[1:, 1:])
    np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
    begin, end = np.arange(n), np.arange(n) + walk.subtree_sizes
    within_subtrees = sums[end, end] - sums[begin, end] - sums[end, begin] + sums[begin, begin]
    across_links = sums[end, n] - sums[begin, n] - within_subtrees
    passing_through = across_links + np.bincount(parents[parents >= 0], across_links[parents >= 0], n)
    value = np.empty(n)
    value[order] = (sums[begin + 1, n] - sums[begin, n] + passing_through) / 2
    return value


class _ForestWalk:
    """A walk through a forest, each tree from its root, each player before those beyond it."""

    def __init__(self, graph: Graph):
        import numpy as np

        neighbours: list[list[int]] = [[] for _ in range(graph.n)]
        for i, j in graph.links:
            neighbours[i].append(j)
            neighbours[j].append(i)
        order: list[int] = []
        parents: list[int] = []
        depths = [0] * graph.n
        tree_count = 0
        for root in range(graph.n):
            if depths[root]:
                continue
            tree_count += 1
            depths[root] = 1
            stack = [(root, -1)]
            while stack:
                player, parent = stack.pop()
                position = len(order)
                order.append(player)
                parents.append(parent)
                for other in neighbours[player]:
                    if not depths[other]:
                        depths[other] = depths[player] + 1
                        stack.append((other, position))
        if len(graph.links) != graph.n - tree_count:
            raise ValueError("the graph has a cycle")
        self.tree_count = tree_count
        self.order = np.array(order)
        self.parent_positions = np.array(parents)
        """The place in the walk of the player before each, or -1."""
        sizes = [1] * graph.n
        for position in range(graph.n - 1, 0, -1):
            if parents[position] >= 0:
                sizes[parents[position]] += sizes[position]
        self.subtree_sizes = np.array(sizes)
        """How many players stand beyond each, itself included."""
        self.longest_path = 2 * max(depths, default=1) - 2
        """No path is longer."""
        self.path_lengths = self._compute_path_lengths(np.array([depths[player] for player in order], dtype=np.int16))
        """How many links are between each two, in the order of the walk; more than the longest path where none is."""

    def _compute_path_lengths(self, depth: NDArray[np.int16]) -> NDArray[np.int16]:
        # The paths to two players part just above the shallowest player after the first of them up to the second.
        import numpy as np

        below_diagonal = np.tri(len(depth), dtype=bool)
        shallowest = np.where(below_diagonal, np.int16(self.longest_path + 2), depth)
        np.minimum.accumulate(shallowest, axis=1, out=shallowest)
        lengths: NDArray[np.int16] = (depth + 2)[:, None] + depth
        lengths -= shallowest
        lengths -= shallowest
        if self.tree_count > 1:
            lengths[shallowest == 1] = self.longest_path + 1  # they part before the roots of their trees
        lengths[below_diagonal] = 0
        return lengths + lengths.T
