"""The forms in which a channel is run, and who deals in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from detente.case.schema.case import Case
from detente.methods.networks.communication_graph import Graph
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.rooms.gains.model.network.actor_network import ActorNetwork, ChannelGraphs, PlayerGroups

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Chance = TypeVar("Chance", float, "NDArray[np.float64]")


def graph_in_form(channel_graphs: ChannelGraphs, form: ChannelForm) -> tuple[Graph, PlayerGroups]:
    """The graph of a channel as far as it stands alone, run one way, and which actors are one player in it."""
    if form == "collegiate" and channel_graphs.collegiate_graph:
        return channel_graphs.collegiate_graph, channel_graphs.merged_groups
    return channel_graphs.own_graph, ()


@dataclass(frozen=True)
class PossibleGraph:
    """A graph that a channel may come to, run one way."""

    graph: Graph
    merged_groups: PlayerGroups
    """Which actors are one player in it."""
    keeps_displaced: bool = False
    """Whether the links that the channel would displace survive in it."""
    has_opened: bool = False
    """Whether the links that the channel opens have come about in it."""

    def probability(self, exclusivity: Chance, opening: Chance) -> Chance:
        """How likely it is: what is displaced survives or not, and what is opened comes about or not, each by itself.

        Args:
            exclusivity: The chance that what is displaced does not survive; 1 where nothing is displaced.
            opening: The chance that what is opened comes about; 0 where nothing is opened.
        """
        survival = 1 - exclusivity if self.keeps_displaced else exclusivity
        return survival * (opening if self.has_opened else 1 - opening)


def possible_graphs(channel_graphs: ChannelGraphs, form: ChannelForm) -> tuple[PossibleGraph, ...]:
    """The graphs that a channel may come to, run one way; that where it stands alone first.

    Where links of another channel stand beside it, nobody answers as one.
    """
    others = (
        (channel_graphs.coexisting_graph, True, False),
        (channel_graphs.opened_graph, False, True),
        (channel_graphs.opened_coexisting_graph, True, True),
    )
    return (
        PossibleGraph(*graph_in_form(channel_graphs, form)),
        *(PossibleGraph(graph, (), *which) for graph, *which in others if graph is not None),
    )


def exclusivity_bounds(case: Case, channel: str) -> tuple[float, float]:
    """The least and the greatest chance that what a channel displaces does not survive."""
    estimate = case.channels[channel].exclusivity
    lower_bound, upper_bound = estimate.bounds if estimate else (1.0, 1.0)
    return max(lower_bound, 0.0), min(upper_bound, 1.0)


def opening_bounds(case: Case, channel: str) -> tuple[float, float]:
    """The least and the greatest chance that what a channel opens comes about; 0 where it opens nothing."""
    declared = case.channels[channel]
    if declared.opens is None:
        return 0.0, 0.0
    lower_bound, upper_bound = declared.opening.bounds if declared.opening else (1.0, 1.0)
    return max(lower_bound, 0.0), min(upper_bound, 1.0)


def form_makes_a_difference(case: Case, actor_network: ActorNetwork, channel: str) -> bool:
    """Whether a channel is another thing in its other form: not where none is, or where it never stands alone."""
    channel_graphs = actor_network.graphs_of(channel)
    may_displace = channel_graphs.coexisting_graph is None or exclusivity_bounds(case, channel)[1] > 0
    may_stand_alone = may_displace and opening_bounds(case, channel)[0] < 1
    return channel_graphs.has_collegiate_form and may_stand_alone


def dealing_parties(case: Case, actor_network: ActorNetwork, variant: ChannelVariant) -> tuple[str, ...] | None:
    """The leading members, or the organisations as one, that deal in a form; None where it makes no difference."""
    if not form_makes_a_difference(case, actor_network, variant.channel):
        return None
    channel_graphs = actor_network.graphs_of(variant.channel)
    if variant.form == "collegiate":
        return channel_graphs.organisations
    leaders = (
        actor_network.actors[actor]
        for group, organisation in zip(channel_graphs.merged_groups, channel_graphs.organisations, strict=True)
        for actor in group
        if organisation in actor_network.organisations_led[actor]
    )
    return tuple(dict.fromkeys(leaders))
