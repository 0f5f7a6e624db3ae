"""Which networks the actors themselves would keep, over decays and costs of links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, Link
from detente.methods.networks.network_formation import (
    MAX_LINKS,
    MAX_PLAYERS_FOR_VALUES,
    network_myerson_values,
    pairwise_network_worth,
    pairwise_stable_networks,
    path_lengths,
)
from detente.rooms.gains.model.point_estimates import point_estimate_stakes, salient_point_stakes
from detente.rooms.gains.model.simulation.results import YearGains

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DECAYS_TRIED = (1.0, 0.9, 0.7)
"""What each further link leaves of a gain."""
LINK_COSTS_TRIED = (0.0, 0.002, 0.005, 0.01, 0.02, 0.05)
"""What a link costs, as a share of all that is at stake."""


@dataclass(frozen=True)
class StableNetworks:
    """Which networks are pairwise stable at one decay and cost of links."""

    decay: float
    """What each further link leaves of a gain."""
    link_cost: float
    """What a link costs, as a share of all that is at stake."""
    stable_count: int
    """How many networks are stable."""
    keeps_observed: bool
    """Whether the observed one is among them."""
    other_channels: tuple[str, ...]
    """The channels whose networks are, too."""


@dataclass(frozen=True)
class PairwiseStability:
    """Which networks of the links that any channel draws nobody would leave."""

    link_count: int
    network_count: int
    at_estimates: StableNetworks
    """At the central estimates."""
    at_settings: tuple[StableNetworks, ...]
    """At the decays and costs that are tried, the highest decay and lowest cost first."""


def pairwise_stability(year: YearGains) -> PairwiseStability | None:
    """Which networks of the links that any channel draws nobody would leave; None where they are too many, or none."""
    network = year.actor_network
    links = _links_of_any_channel(year)
    if not 0 < len(links) <= MAX_LINKS or network.n > MAX_PLAYERS_FOR_VALUES:
        return None
    _, decay = point_estimate_stakes(year.model, network.observed_channel)
    stakes = salient_point_stakes(year.model, network.observed_channel)
    link_cost = max(year.model.case.network.link_cost.mean, 0.0)
    lengths = path_lengths(network.n, links)
    observed_number = _network_number(links, network.graphs_of(network.observed_channel).own_graph)
    channel_by_number = {
        _network_number(links, channel_graphs.own_graph): channel_graphs.channel
        for channel_graphs in reversed(network.channels)
    }

    def values_at(decay_tried: float) -> NDArray[np.float64]:
        return stakes.values(
            lambda amount: network_myerson_values(
                network.n, links, pairwise_network_worth(lengths, amount, decay_tried)
            )
        )

    def stable_at(values: NDArray[np.float64], decay_tried: float, cost_tried: float) -> StableNetworks:
        stable = pairwise_stable_networks(links, values, cost_tried)
        channels = (
            channel for number, channel in channel_by_number.items() if stable[number] and number != observed_number
        )
        return StableNetworks(
            decay_tried, cost_tried, int(stable.sum()), bool(stable[observed_number]), tuple(channels)
        )

    settings = []
    for decay_tried in sorted({*DECAYS_TRIED, round(decay, 4)}, reverse=True):
        values = values_at(decay_tried)
        costs_tried = sorted({*LINK_COSTS_TRIED, round(link_cost, 4)})
        settings += [stable_at(values, decay_tried, cost_tried) for cost_tried in costs_tried]
    at_estimates = stable_at(values_at(decay), decay, link_cost)
    return PairwiseStability(len(links), len(lengths), at_estimates, tuple(settings))


def _links_of_any_channel(year: YearGains) -> list[Link]:
    graphs = (
        graph
        for channel_graphs in year.actor_network.channels
        for graph in (channel_graphs.own_graph, channel_graphs.coexisting_graph, channel_graphs.opened_graph)
        if graph
    )
    return sorted({link for graph in graphs for link in graph.links})


def _network_number(links: Sequence[Link], graph: Graph) -> int:
    """The number of the network of a graph's links, whose bits say which links it has."""
    own_links = set(graph.links)
    return sum(1 << index for index, link in enumerate(links) if link in own_links)
