"""Who joins whom in each channel: its links, what passes over each, and its brokers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.methods.networks.communication_graph import Graph, Link
from detente.methods.networks.network_formation import MAX_LINKS, link_value, pairwise_network_worth, path_lengths
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.gains.model.network.actor_network import PlayerGroups
from detente.rooms.gains.model.network.variants import exclusivity_bounds, graph_in_form
from detente.rooms.gains.model.point_estimates import merge_pairs_to_players, point_estimate_stakes
from detente.rooms.gains.model.simulation.results import YearGains

BROKER_SHARE = 0.02
"""The part of all that is at stake from which one who joins others is called a broker."""


@dataclass(frozen=True)
class ChannelLinks:
    """A channel, run one way, as a network."""

    variant: ChannelVariant
    link_values: Mapping[Link, float]
    """What passes over each link, as a share of all that is at stake; 0 where there are too many links to tell."""
    displaced_links: tuple[Link, ...]
    """The links that it would displace; none where organisations answer as one."""
    single_players: Mapping[str, tuple[int, ...]]
    """The organisations that are one player, and the actors that they stand for."""
    brokers: tuple[int, ...]
    """The actors that have something to speak of for joining others."""


def channel_links(year: YearGains) -> list[ChannelLinks]:
    """Every channel and form whose network is one of its own, and in which something may be displaced."""
    keys_seen: set[object] = set()
    networks = []
    for variant in year.model.variants:
        channel_graphs = year.actor_network.graphs_of(variant.channel)
        graph, merged_groups = graph_in_form(channel_graphs, variant.form)
        key = graph if merged_groups else (graph, bool(channel_graphs.displaced_links))
        displaces_nothing = (
            channel_graphs.coexisting_graph and exclusivity_bounds(year.model.case, variant.channel)[1] == 0
        )
        if key in keys_seen or displaces_nothing:
            continue
        keys_seen.add(key)
        networks.append(
            ChannelLinks(
                variant,
                _link_values(year, variant, graph, merged_groups),
                () if merged_groups else tuple(channel_graphs.displaced_links),
                dict(zip(channel_graphs.organisations, merged_groups, strict=True)) if merged_groups else {},
                brokers_of(year, variant),
            )
        )
    return networks


def brokers_of(year: YearGains, variant: ChannelVariant) -> tuple[int, ...]:
    """The actors that have something to speak of for joining others."""
    shares = year.outcomes[variant].brokerage.tolist()
    return tuple(actor for actor, share in enumerate(shares) if share >= BROKER_SHARE)


def _link_values(
    year: YearGains, variant: ChannelVariant, graph: Graph, merged_groups: PlayerGroups
) -> dict[Link, float]:
    """What passes over each link at the central estimates."""
    if not 0 < len(graph.links) <= MAX_LINKS:
        return dict.fromkeys(graph.links, 0.0)
    amount, decay = point_estimate_stakes(year.model, variant.channel)
    player_amount, _ = merge_pairs_to_players(year.actor_network.n, amount, merged_groups)
    values = link_value(pairwise_network_worth(path_lengths(year.actor_network.n, graph.links), player_amount, decay))
    return dict(zip(graph.links, values.tolist(), strict=True))
