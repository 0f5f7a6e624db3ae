"""Channels as small networks: who is tied to whom."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.labels import CaseLabels
from detente.results.pictures import Network, NetworkNode, Networks, NetworkTie
from detente.rooms.gains.findings.network.network_layout import actor_positions
from detente.rooms.gains.findings.text import short_form
from detente.rooms.gains.model.brokerage import ChannelLinks
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import without_article

MIDDLE = 0.5


def network_pictures(year: YearGains, networks: Sequence[ChannelLinks], labels: CaseLabels) -> Networks:
    """Channels as networks side by side, a node for each actor, or for what answers as one.

    Args:
        year: The year that is told of.
        networks: The channels, each run one way.
        labels: The names of the case.
    """
    return Networks(
        says="Each line is a tie. Ties that are not there today stand out; those that would be replaced are left out.",
        networks=tuple(_network(year, network, labels) for network in networks),
    )


def _network(year: YearGains, network: ChannelLinks, labels: CaseLabels) -> Network:
    positions = _unit_positions(year)
    stands_for = {group[0]: organisation for organisation, group in network.single_players.items()}
    hidden = {member for group in network.single_players.values() for member in group[1:]}
    observed_ties = set(year.actor_network.graphs_of(year.actor_network.observed_channel).own_graph.links)
    node_of: dict[int, int] = {}
    nodes: list[NetworkNode] = []
    for actor, name in enumerate(year.actor_network.actors):
        if actor in hidden:
            continue
        node_of[actor] = len(nodes)
        group = network.single_players[stands_for[actor]] if actor in stands_for else (actor,)
        x = sum(positions[member][0] for member in group) / len(group)
        y = sum(positions[member][1] for member in group) / len(group)
        label = without_article(labels.party_name(stands_for.get(actor, name)))
        nodes.append(NetworkNode(label, x, y, _side(year, actor)))

    def is_new(first: int, second: int) -> bool:
        """Whether today nobody is tied so: a tie of an organisation as one is another than those of its members."""
        return (first, second) not in observed_ties or first in stands_for or second in stands_for

    ties = tuple(
        NetworkTie(node_of[first], node_of[second], is_new(first, second))
        for first, second in network.link_values
        if first in node_of and second in node_of
    )
    is_observed = network.variant.channel == year.actor_network.observed_channel
    title = without_article(labels.channel_title(network.variant.channel))
    return Network(title if is_observed else short_form(year, network.variant, labels), tuple(nodes), ties)


def _side(year: YearGains, actor: int) -> int | None:
    """0 for a member of the side that offers, 1 for one of the side that answers."""
    if actor in year.offering_actors:
        return 0
    return 1 if actor in year.answering_actors else None


def _unit_positions(year: YearGains) -> list[tuple[float, float]]:
    """Where each actor stands, from 0 to 1 in either direction; the picture is as wide and as high as they take."""
    network = year.actor_network
    positions = actor_positions(network.memberships, network.organisations_led)
    return list(zip(*(_scaled([position[axis] for position in positions]) for axis in (0, 1)), strict=True))


def _scaled(values: Sequence[float]) -> list[float]:
    """Numbers moved and stretched to run from 0 to 1; all in the middle where they are alike."""
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else MIDDLE for value in values]
