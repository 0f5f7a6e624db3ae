"""The shares on the graphs of a network, by actors and pairs of actors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, pair_indices
from detente.methods.networks.myerson import MyersonShares, ShareMethod, share_operator
from detente.methods.offer_model.channel_variants import CHANNEL_FORMS
from detente.methods.offer_model.graph_operators import GraphShares, player_by_actor
from detente.rooms.gains.model.network.actor_network import ActorNetwork, PlayerGroups
from detente.rooms.gains.model.network.variants import possible_graphs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ShareOperator:
    """The shares on one graph of an arena, by actors and pairs of actors."""

    graph: Graph
    merged_groups: PlayerGroups
    """The actors that are one player on it."""
    shape: tuple[int, int, int]
    """Lengths, actors and pairs."""
    nonzero_indices: tuple[Indices, Indices, Indices]
    """The length, the actor and the pair of each share that is not 0."""
    nonzero_shares: Floats
    """These shares. What answers as one stands in the row of its first member."""
    own_gain_mask: NDArray[np.bool_]
    """Which shares are in one's own gains, shape (actors, pairs): the rest is brokerage."""
    method: ShareMethod
    standard_error: float
    """The largest standard error of a share, if they were estimated."""

    @cached_property
    def rows(self) -> GraphShares:
        """The same as rows of a model."""
        lengths, actors, pairs = (tuple(column.tolist()) for column in self.nonzero_indices)
        return GraphShares(lengths, actors, pairs, tuple(self.nonzero_shares.tolist()), self.merged_groups)

    @property
    def shares_by_length(self) -> Floats:
        """All shares, shape (lengths, actors, pairs)."""
        import numpy as np

        shares = np.zeros(self.shape)
        shares[self.nonzero_indices] = self.nonzero_shares
        return shares


@lru_cache(maxsize=64)
def actor_share_operator(n: int, graph: Graph, merged_groups: PlayerGroups = (), seed: int = 0) -> ShareOperator:
    """The shares of a graph whose players stand for actors.

    What two actors that are one player have to gain from each other is that player's own.

    Args:
        n: How many actors there are.
        graph: Of n players, those that stand for nobody without links.
        merged_groups: The groups of actors that are one player, the first standing for all.
        seed: For shares that must be estimated.
    """
    import numpy as np

    shares: MyersonShares = share_operator(graph, seed=seed)
    player = np.array(player_by_actor(n, merged_groups))
    i, j = pair_indices(n)
    a, b = np.minimum(player[i], player[j]), np.maximum(player[i], player[j])
    is_internal = a == b
    column = np.where(is_internal, 0, a * n - a * (a + 1) // 2 + b - a - 1)
    by_length = shares.by_length[:, :, column]
    by_length[:, :, is_internal] = 0
    by_length[0, a[is_internal], np.flatnonzero(is_internal)] = 1
    actors = np.arange(n)[:, None]
    error = 0.0 if shares.standard_errors is None else float(shares.standard_errors.max())
    nonzero: tuple[Indices, Indices, Indices] = np.nonzero(by_length)  # type: ignore[assignment]
    own_gains = (a == actors) | (b == actors)
    return ShareOperator(
        graph, merged_groups, by_length.shape, nonzero, by_length[nonzero], own_gains, shares.method, error
    )


def number_graphs(actor_network: ActorNetwork) -> dict[tuple[Graph, PlayerGroups], int]:
    """Every graph that the channels of an arena need, once, with its place in a stack."""
    positions: dict[tuple[Graph, PlayerGroups], int] = {}
    for channel_graphs in actor_network.channels:
        for form in CHANNEL_FORMS:
            for possible in possible_graphs(channel_graphs, form):
                positions.setdefault((possible.graph, possible.merged_groups), len(positions))
    return positions
