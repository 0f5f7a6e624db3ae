"""The Myerson value by drawing orders of arrival, with its standard error: where a graph is beyond the exact ways.

The players arrive in random order; each gets what its arrival adds to what those who are there can do (Shapley 1953).
The mean over orders is unbiased (Castro, Gomez and Tejada 2009).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, grown, pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ORDERS = 600
"""Orders that are drawn unless more are asked for: the standard error of a share is then about .02, or less."""


def sampled_myerson(
    graph: Graph, worth: Callable[[int], float], orders: int = ORDERS, seed: int = 0
) -> tuple[Floats, Floats]:
    """The Myerson value of any game, estimated.

    Args:
        graph: Of n players.
        worth: What a coalition, given as bits, is worth; it is asked of connected ones only.
        orders: How many orders of arrival to draw, at least 2.
        seed: The same seed, the same orders.

    Returns:
        The estimates and their standard errors, each of shape (n,).
    """
    import numpy as np

    source = np.random.default_rng(seed)
    total, squares = np.zeros(graph.n), np.zeros(graph.n)
    known: dict[int, float] = {}

    def worth_of(coalition: int) -> float:
        if coalition not in known:
            known[coalition] = worth(coalition)
        return known[coalition]

    for _ in range(orders):
        there, parts = 0, list[int]()
        for player in source.permutation(graph.n).tolist():
            there |= 1 << player
            whole = grown(1 << player, graph.neighbours, there)
            adds = worth_of(whole) - sum(worth_of(old) for old in parts if old & whole)
            parts = [old for old in parts if not old & whole]
            parts.append(whole)
            total[player] += adds
            squares[player] += adds * adds
    return _with_error(total, squares, orders)


def sampled_shares(graph: Graph, orders: int = ORDERS, seed: int = 0) -> tuple[Floats, Floats]:
    """Each player's share in each pair, by how far the two are apart in a coalition, estimated.

    Args:
        graph: Of n players.
        orders: How many orders of arrival to draw, at least 2.
        seed: The same seed, the same orders.

    Returns:
        The estimates and their standard errors, each of shape (lengths, n, pairs), as `blocks.block_shares` has them.
    """
    import numpy as np

    n = graph.n
    i, j = pairs(n)
    linked = np.zeros((n, n), dtype=bool)
    for a, b in graph.links:
        linked[a, b] = linked[b, a] = True
    source = np.random.default_rng(seed)
    total: dict[int, Floats] = defaultdict(lambda: np.zeros((2, n, len(i))))  # by length: sums, sums of squares
    every = np.arange(len(i))
    for _ in range(orders):
        apart = np.full((n, n), n, dtype=np.int32)  # n: not joined
        for player in source.permutation(n):
            old = apart[i, j]
            apart[player, player] = 0
            near = np.flatnonzero(linked[player] & (apart.diagonal() == 0))
            if len(near):
                way = np.minimum(apart[near].min(axis=0) + 1, n)
                way[player] = 0
                apart = np.minimum(apart, np.minimum(way[:, None] + way, n))
            new = apart[i, j]
            changed = every[new != old]
            gone = changed[old[changed] < n]
            for length in set(new[changed].tolist()):
                total[length][:, player, changed[new[changed] == length]] += 1
            for length in set(old[gone].tolist()):
                total[length][:, player, gone[old[gone] == length]] += [[-1], [1]]
    both = np.stack([total[length] for length in range(1, max(total, default=1) + 1)])
    return _with_error(both[:, 0], both[:, 1], orders)


def _with_error(total: Floats, squares: Floats, orders: int) -> tuple[Floats, Floats]:
    """Mean and standard error of the mean, of sums and sums of squares."""
    import numpy as np

    mean = total / orders
    variance = np.maximum(squares / orders - mean**2, 0) * orders / (orders - 1)
    return mean, np.sqrt(variance / orders)
