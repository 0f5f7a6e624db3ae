"""The forms in which a channel is run, and who deals in each."""

from __future__ import annotations

from detente.case.index.channel_variants import ChannelForm, ChannelVariant
from detente.case.schema.case import Case
from detente.methods.networks.communication_graph import Graph
from detente.rooms.gains.model.network.actor_network import ActorNetwork, ChannelGraphs, PlayerGroups


def graph_in_form(channel_graphs: ChannelGraphs, form: ChannelForm) -> tuple[Graph, PlayerGroups]:
    """The graph of a channel as far as it stands alone, run one way, and which actors are one player in it."""
    if form == "collegiate" and channel_graphs.collegiate_graph:
        return channel_graphs.collegiate_graph, channel_graphs.merged_groups
    return channel_graphs.own_graph, ()


def exclusivity_bounds(case: Case, channel: str) -> tuple[float, float]:
    """The least and the greatest chance that what a channel displaces does not survive."""
    estimate = case.channels[channel].exclusivity
    lower_bound, upper_bound = estimate.bounds if estimate else (1.0, 1.0)
    return max(lower_bound, 0.0), min(upper_bound, 1.0)


def form_makes_a_difference(case: Case, actor_network: ActorNetwork, channel: str) -> bool:
    """Whether a channel is another thing in its other form: not where none is, or where nothing is ever displaced."""
    channel_graphs = actor_network.graphs_of(channel)
    may_displace = channel_graphs.coexisting_graph is None or exclusivity_bounds(case, channel)[1] > 0
    return channel_graphs.has_collegiate_form and may_displace


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
