"""The Myerson value by drawing orders of arrival, with its standard error: where a graph is beyond the exact ways.

The players arrive in random order; each gets what its arrival adds to what those who are there can do (Shapley 1953).
The mean over orders is unbiased (Castro, Gomez and Tejada 2009).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, pair_indices, reachable_from

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DEFAULT_ORDERS = 600
"""Orders that are drawn unless more are asked for: the standard error of a share is then about 0.02, or less."""


def sampled_myerson_value(
    graph: Graph, worth: Callable[[int], float], orders: int = DEFAULT_ORDERS, seed: int = 0
) -> tuple[Floats, Floats]:
    """The Myerson value of any game, estimated.

    Args:
        graph: Of n players.
        worth: What a coalition, given as bits, is worth; it is asked of connected ones only.
        orders: How many orders of arrival to draw, at least 2.
        seed: The same seed, the same orders.

    Returns:
        The estimates and their standard errors, each of shape (n,).

    Example:
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson_sampled import sampled_myerson_value
        >>> path = Graph.from_links(3, [(0, 1), (1, 2)])
        >>> value, error = sampled_myerson_value(path, lambda coalition: float(coalition == 0b111), orders=4000)
        >>> bool((abs(value - 1 / 3) < 5 * error).all())
        True
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    total, squares = np.zeros(graph.n), np.zeros(graph.n)
    worth_cache: dict[int, float] = {}

    def cached_worth(coalition: int) -> float:
        if coalition not in worth_cache:
            worth_cache[coalition] = worth(coalition)
        return worth_cache[coalition]

    for _ in range(orders):
        arrived, components = 0, list[int]()
        for player in rng.permutation(graph.n).tolist():
            arrived |= 1 << player
            merged = reachable_from(1 << player, graph.neighbour_masks, arrived)
            contribution = cached_worth(merged) - sum(
                cached_worth(component) for component in components if component & merged
            )
            components = [component for component in components if not component & merged]
            components.append(merged)
            total[player] += contribution
            squares[player] += contribution * contribution
    return _mean_with_error(total, squares, orders)


def sampled_shares(graph: Graph, orders: int = DEFAULT_ORDERS, seed: int = 0) -> tuple[Floats, Floats]:
    """Each player's share in each pair, by how far the two are apart in a coalition, estimated.

    Args:
        graph: Of n players.
        orders: How many orders of arrival to draw, at least 2.
        seed: The same seed, the same orders.

    Returns:
        The estimates and their standard errors, each of shape (lengths, n, pairs), as `block_shares` has them.

    Example:
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson_sampled import sampled_shares
        >>> path = Graph.from_links(3, [(0, 1), (1, 2)])
        >>> shares, error = sampled_shares(path, orders=4000)
        >>> bool((abs(shares.sum(axis=0)[:, 1] - 1 / 3) < 0.05).all())
        True
    """
    import numpy as np

    n = graph.n
    i, j = pair_indices(n)
    linked = np.zeros((n, n), dtype=bool)
    for a, b in graph.links:
        linked[a, b] = linked[b, a] = True
    rng = np.random.default_rng(seed)
    total: dict[int, Floats] = defaultdict(lambda: np.zeros((2, n, len(i))))  # by length: sums, sums of squares
    all_pairs = np.arange(len(i))
    for _ in range(orders):
        distances = np.full((n, n), n, dtype=np.int32)  # n: not joined
        for player in rng.permutation(n):
            old_lengths = distances[i, j]
            distances[player, player] = 0
            linked_arrivals = np.flatnonzero(linked[player] & (distances.diagonal() == 0))
            if len(linked_arrivals):
                path_lengths = np.minimum(distances[linked_arrivals].min(axis=0) + 1, n)
                path_lengths[player] = 0
                distances = np.minimum(distances, np.minimum(path_lengths[:, None] + path_lengths, n))
            new_lengths = distances[i, j]
            changed = all_pairs[new_lengths != old_lengths]
            vanished = changed[old_lengths[changed] < n]
            for length in set(new_lengths[changed].tolist()):
                total[length][:, player, changed[new_lengths[changed] == length]] += 1
            for length in set(old_lengths[vanished].tolist()):
                total[length][:, player, vanished[old_lengths[vanished] == length]] += [[-1], [1]]
    moments = np.stack([total[length] for length in range(1, max(total, default=1) + 1)])
    return _mean_with_error(moments[:, 0], moments[:, 1], orders)


def _mean_with_error(total: Floats, squares: Floats, orders: int) -> tuple[Floats, Floats]:
    """Mean and standard error of the mean, of sums and sums of squares."""
    import numpy as np

    mean = total / orders
    variance = np.maximum(squares / orders - mean**2, 0) * orders / (orders - 1)
    return mean, np.sqrt(variance / orders)
