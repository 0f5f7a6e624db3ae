"""Who faces whom across organisations in each channel, and with what capability behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.index.membership import case_sides
from detente.methods.networks.communication_graph import pair_indices
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.gains.model.network.build_network import leading_members, party_capability
from detente.rooms.gains.model.network.variants import exclusivity_bounds, graph_in_form, opening_bounds
from detente.rooms.gains.model.point_estimates import point_estimate_stakes
from detente.rooms.gains.model.simulation.results import YearGains


@dataclass(frozen=True)
class Dealer:
    """Somebody who deals across organisations."""

    actor: str
    organisations: tuple[str, ...]
    """The organisations that it deals for, if any."""
    capability: float
    """That of all for whom it deals, in the units of the measure."""


@dataclass(frozen=True)
class Dealing:
    """Two who face each other across organisations, the answering side first."""

    first: Dealer
    second: Dealer

    @property
    def ratio(self) -> float | None:
        """How many times the capability of the second the first has; None where the second has none."""
        return self.first.capability / self.second.capability if self.second.capability else None


def opposing_capabilities(year: YearGains) -> Mapping[ChannelVariant, list[Dealing]]:
    """By channel and form, who faces whom across organisations, with what capability behind each."""
    return {variant: _dealings(year, variant) for variant in year.distinct_variants}


def _dealings(year: YearGains, variant: ChannelVariant) -> list[Dealing]:
    network, channel_graphs = year.actor_network, year.actor_network.graphs_of(variant.channel)
    graph, _ = graph_in_form(channel_graphs, variant.form)
    merged_groups = channel_graphs.merged_groups
    if channel_graphs.coexisting_graph and exclusivity_bounds(year.model.case, variant.channel)[1] == 0:
        graph, merged_groups = channel_graphs.coexisting_graph, ()  # nothing is displaced: all its links stand
    if channel_graphs.opened_graph and opening_bounds(year.model.case, variant.channel)[0] == 1:
        graph, merged_groups = channel_graphs.opened_coexisting_graph or channel_graphs.opened_graph, ()
    organisations: dict[int, tuple[str, ...]] = {}
    capability_behind = dict(enumerate(network.capabilities))
    for group, organisation in zip(merged_groups, channel_graphs.organisations if merged_groups else (), strict=True):
        for member in group:
            if organisation in network.organisations_led[member]:
                organisations[member] = (*organisations.get(member, ()), organisation)
                capability_behind[member] = sum(network.capabilities[group_member] for group_member in group)

    def dealer(actor: int) -> Dealer:
        return Dealer(network.actors[actor], organisations.get(actor, ()), capability_behind[actor])

    ends = zip(*(side.tolist() for side in pair_indices(network.n)), strict=True)
    is_across = dict(zip(ends, network.across_organisations.tolist(), strict=True))
    across_links = [link for link in graph.links if is_across[link]]
    # Stable: the answering side first, and otherwise as the actors are numbered.
    ordered = (sorted(link, key=lambda actor: actor not in year.answering_actors) for link in across_links)
    return [Dealing(dealer(first), dealer(second)) for first, second in ordered]


def leading_powers(year: YearGains) -> Dealing | None:
    """The member that leads the side that answers, and that of the side that offers; None where either is told of none.

    Beside the organisations: a side may be led by one that has little of what it has.
    """
    case, number = year.model.case, year.actor_network.year
    dealers = []
    for side in reversed(case_sides(case) or ()):
        leader = next(iter(leading_members(case, side, number)), None)
        capability = party_capability(case, number, leader) if leader else None
        if leader is None or capability is None:
            return None
        dealers.append(Dealer(leader, (), capability))
    return Dealing(dealers[0], dealers[1]) if len(dealers) > 1 else None


@dataclass(frozen=True)
class PairStakes:
    """What two actors have at stake at the central estimates."""

    actors: tuple[str, str]
    is_across: bool
    """Whether they have no organisation in common."""
    share: float
    """Of all that is at stake across organisations."""


@dataclass(frozen=True)
class NetworkStakes:
    """What all pairs of actors have at stake at the central estimates."""

    pairs: tuple[PairStakes, ...]
    """Those that have most at stake first; to a tenth of a per cent, and otherwise as the actors are numbered."""

    @property
    def share_within(self) -> float:
        """What pairs with an organisation in common have at stake, as a share of what is at stake across."""
        return sum(pair.share for pair in self.pairs if not pair.is_across)


def network_stakes(year: YearGains) -> NetworkStakes:
    """What every pair has at stake at the central estimates, without issues that pairs cannot settle."""
    network = year.actor_network
    shares, _ = point_estimate_stakes(year.model)
    ends = zip(*(side.tolist() for side in pair_indices(network.n)), strict=True)
    pairs = [
        PairStakes((network.actors[a], network.actors[b]), is_across, share)
        for (a, b), is_across, share in zip(ends, network.across_organisations.tolist(), shares.tolist(), strict=True)
    ]
    return NetworkStakes(tuple(sorted(pairs, key=lambda pair: -round(pair.share, 3))))
