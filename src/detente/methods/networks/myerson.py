"""Share operators: who shares in what each pair of players has to gain from each other.

The Myerson value is linear in the game, so for games of pairs the graph can be dealt with once and for all: the value
is an operator on the array of what the pairs have to gain, for as many such arrays as one likes.

    phi_k = sum over lengths l and pairs ij of  decay^(l - 1)  share[l, k, ij]  s_ij  -  1/2 of the costs of k's links

where s_ij is worth decay^(l - 1) of itself to a coalition within which i and j are l links apart, as in the connections
model of Jackson and Wolinsky (1996).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.methods.networks.communication_graph import Graph, pair_indices
from detente.methods.networks.myerson_blocks import BlockTooLarge, block_shares
from detente.methods.networks.myerson_forest import forest_shares
from detente.methods.networks.myerson_sampled import DEFAULT_ORDERS, sampled_shares

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ShareMethod = Literal["forest", "blocks", "sampled"]
MAX_SHARES = 2**28
"""Shares that are held at once."""


@dataclass(frozen=True)
class MyersonShares:
    """Who shares in what each pair has to gain, on one graph.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson import share_operator
        >>> path = Graph.from_links(3, [(0, 1), (1, 2)])
        >>> shares = share_operator(path)
        >>> own, brokerage = shares.own_and_brokerage(np.array([0.0, 1.0, 0.0]))  # 1 for the ends
        >>> own.round(4).tolist(), brokerage.round(4).tolist()
        ([0.3333, 0.0, 0.3333], [0.0, 0.3333, 0.0])
    """

    graph: Graph
    by_length: Floats
    """Shape (lengths, n, pairs)."""
    method: ShareMethod
    """How they were had: in closed form, block by block, or estimated by drawing orders of arrival."""
    standard_errors: Floats | None = None
    """Their standard errors, of the same shape, if they were estimated."""

    def under_decay(self, decay: float = 1.0) -> Floats:
        """The shares under a decay, shape (n, pairs)."""
        import numpy as np

        return np.tensordot(decay ** np.arange(len(self.by_length)), self.by_length, 1)

    @cached_property
    def own_pairs(self) -> NDArray[np.bool_]:
        """Which pairs each player is itself one of, shape (n, pairs): its share in others is brokerage.

        Manuel and Ortega (2023) call the two parts within-group and between-group.
        """
        import numpy as np

        player = np.arange(self.graph.n)[:, None]
        i, j = pair_indices(self.graph.n)
        is_end: NDArray[np.bool_] = (i == player) | (j == player)
        return is_end

    def myerson_value(self, synergies: Floats, decay: float = 1.0) -> Floats:
        """The Myerson value of games of pairs.

        Args:
            synergies: What each pair has to gain, shape (..., pairs), in the order of `pair_indices`.
            decay: What is left of it for every further link.

        Returns:
            Shape (..., n).
        """
        return synergies @ self.under_decay(decay).T

    def own_and_brokerage(self, synergies: Floats, decay: float = 1.0) -> tuple[Floats, Floats]:
        """The value in two parts: of the pairs that a player is one of, and of those it only joins.

        Returns:
            Own part and brokerage, each of shape (..., n).
        """
        shares = self.under_decay(decay)
        own_shares = shares * self.own_pairs
        return synergies @ own_shares.T, synergies @ (shares - own_shares).T


def share_operator(graph: Graph, orders: int = DEFAULT_ORDERS, seed: int = 0) -> MyersonShares:
    """The shares on a graph: exact on forests and on graphs of small or regular blocks, else estimated.

    Args:
        graph: The communication graph.
        orders: Orders of arrival to be drawn where they must be estimated.
        seed: For that.

    Raises:
        ValueError: If they would take more than 2 GB: about 150 players on long ways, 800 on short ones.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson import share_operator
        >>> path = Graph.from_links(3, [(0, 1), (1, 2)])
        >>> share_operator(path).method, share_operator(path).myerson_value(np.ones(3)).round(4).tolist()
        ('forest', [0.8333, 1.3333, 0.8333])
    """
    import numpy as np

    if graph.is_forest:
        shares, lengths = forest_shares(graph)
        path_lengths = np.arange(max(int(lengths.max(initial=1)), 1)) + 1
        if len(path_lengths) * shares.size > MAX_SHARES:
            raise ValueError("too many players on too long ways; `forest_myerson_value` needs no shares")
        return MyersonShares(graph, np.where(lengths == path_lengths[:, None, None], shares, 0.0), "forest")
    try:
        return MyersonShares(graph, block_shares(graph), "blocks")
    except BlockTooLarge:
        estimates, standard_errors = sampled_shares(graph, orders, seed)
        return MyersonShares(graph, estimates, "sampled", standard_errors)


def link_costs(graph: Graph, cost: Floats | float) -> Floats:
    """What its links cost each player, who bears half of each.

    Args:
        graph: Of n players.
        cost: Of one link, any shape (...).

    Returns:
        Shape (..., n).

    Example:
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson import link_costs
        >>> path = Graph.from_links(3, [(0, 1), (1, 2)])
        >>> link_costs(path, 1.0).tolist()
        [0.5, 1.0, 0.5]
    """
    import numpy as np

    degree = np.bincount([end for link in graph.links for end in link], minlength=graph.n)
    return np.asarray(cost)[..., None] * degree / 2
