"""The arena: who deals with whom through which channel in a year, as graphs of numbered actors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, Link, pair_indices
from detente.methods.offer_model.graph_operators import player_by_actor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PlayerGroups = tuple[tuple[int, ...], ...]
"""Actors that are one player, group by group; the first of each stands for all."""


@dataclass(frozen=True)
class ChannelGraphs:
    """A channel as graphs: as it stands alone, where what it would displace survives, and with what it opens."""

    channel: str
    own_graph: Graph
    """Of all actors, organisations that deal as such through one member."""
    coexisting_graph: Graph | None = None
    """With the links of the channel it displaces, if it displaces any."""
    opened_graph: Graph | None = None
    """With the links of the channel it opens, if it opens any."""
    opened_coexisting_graph: Graph | None = None
    """With the links of both, if it displaces one and opens one."""
    merged_groups: PlayerGroups = ()
    """The members of each organisation that answers as one where it is not led by a member."""
    organisations: tuple[str, ...] = ()
    """Which organisation each of these is."""
    collegiate_graph: Graph | None = None
    """The graph in that case, of players: each such organisation is one, numbered as by `players`."""

    @property
    def has_collegiate_form(self) -> bool:
        """Whether it is another thing where organisations answer as one."""
        return self.collegiate_graph is not None

    @property
    def displaced_links(self) -> list[Link]:
        """The links of the channel it displaces that it does not have itself."""
        return sorted(set(self.coexisting_graph.links) - set(self.own_graph.links)) if self.coexisting_graph else []


@dataclass(frozen=True)
class ActorNetwork:
    """The actors of a year, what they can do, and the channels between them."""

    year: int
    actors: tuple[str, ...]
    capabilities: tuple[float, ...]
    memberships: tuple[frozenset[str], ...]
    """The organisations of each actor, among those the channels speak of."""
    organisations_led: tuple[frozenset[str], ...]
    """The organisations that deal through it, or that it is as one player."""
    channels: tuple[ChannelGraphs, ...]
    observed_channel: str
    """The channel that gains are counted from."""
    members_by_player: Mapping[str, tuple[str, ...]]
    """The members of each organisation that is one player."""

    @property
    def n(self) -> int:
        """How many actors there are."""
        return len(self.actors)

    @cached_property
    def across_organisations(self) -> NDArray[np.bool_]:
        """Which pairs have no organisation in common."""
        import numpy as np

        first, second = pair_indices(self.n)
        return np.array(
            [not self.memberships[a] & self.memberships[b] for a, b in zip(first, second, strict=True)], dtype=bool
        )

    @cached_property
    def peripheral_pairs(self) -> NDArray[np.bool_]:
        """Which pairs have an organisation in common that neither of them leads."""
        import numpy as np

        first, second = pair_indices(self.n)
        peripheral = []
        for a, b in zip(first.tolist(), second.tolist(), strict=True):
            shared_organisations = self.memberships[a] & self.memberships[b]
            peripheral.append(
                bool(shared_organisations)
                and not shared_organisations & (self.organisations_led[a] | self.organisations_led[b])
            )
        return np.array(peripheral, dtype=bool)

    @cached_property
    def counted_pairs(self) -> NDArray[np.bool_]:
        """The pairs that make up all that is at stake: those across organisations, or all where none is."""
        return self.across_organisations if self.across_organisations.any() else ~self.across_organisations

    @cached_property
    def counted_pair_ends(self) -> NDArray[np.float64]:
        """Which actors the pairs that are counted are of, shape (pairs, actors)."""
        import numpy as np

        ends = np.zeros((len(self.counted_pairs), self.n))
        pair_rows = np.arange(len(self.counted_pairs))
        for actors in pair_indices(self.n):
            ends[pair_rows, actors] = self.counted_pairs
        return ends

    def graphs_of(self, channel: str) -> ChannelGraphs:
        """A channel by its id."""
        return next(graphs for graphs in self.channels if graphs.channel == channel)

    def links_organisations(self, channel: str) -> bool:
        """Whether a channel links actors that have no organisation in common."""
        return any(not self.memberships[a] & self.memberships[b] for a, b in self.graphs_of(channel).own_graph.links)

    def members_of(self, organisation: str) -> list[int]:
        """The actors that belong to an organisation."""
        return [actor for actor, organisations in enumerate(self.memberships) if organisation in organisations]


def quotient_graph(n: int, links: Sequence[Link], merged_groups: Sequence[Sequence[int]]) -> Graph:
    """The graph between players, each group of actors being one (Owen 1977); the others of a group have no links."""
    player = player_by_actor(n, merged_groups)
    return Graph.from_links(n, ((player[a], player[b]) for a, b in links))


def applicable_name(actor_network: ActorNetwork, names: Collection[str], actor: str) -> str | None:
    """Under whose name something is given for an actor: its own, or that of an organisation it belongs to."""
    if actor in names:
        return actor
    organisations = actor_network.memberships[actor_network.actors.index(actor)]
    return next((name for name in names if name in organisations), None)


def isolated_actors(actor_network: ActorNetwork, channel_graphs: ChannelGraphs) -> Iterator[str]:
    """The actors that can turn to nobody in a channel."""
    for index, neighbours in enumerate(channel_graphs.own_graph.neighbour_masks):
        if not neighbours and actor_network.n > 1:
            yield actor_network.actors[index]
