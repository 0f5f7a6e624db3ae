"""From a case to arenas: which actors there are in a year, what they can do, and which graph each channel is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Literal

from detente.case.index.by_year import members_in_year
from detente.case.index.membership import case_sides
from detente.case.index.stand_in_figures import capability_year
from detente.case.schema.case import Case
from detente.case.schema.channels import Channel
from detente.methods.networks.communication_graph import Graph, Link
from detente.rooms.gains.model.network.actor_network import ActorNetwork, ChannelGraphs, quotient_graph

InternalLinks = Literal["star", "clique"]


def observed_channel_of(case: Case) -> str:
    """The channel that gains are counted from."""
    return case.network.observed or next(iter(case.channels))


def present_channel_candidates(case: Case) -> list[str]:
    """The channels that could be the one through which they deal now: those that change nothing of another."""
    return [
        name for name, channel in case.channels.items() if not (channel.joins or channel.displaces or channel.opens)
    ]


def organisations_in_channels(case: Case) -> list[str]:
    """The organisations that the channels speak of: those on either side first."""
    names = [*(case_sides(case) or ()), *case.network.as_one]
    for channel in case.channels.values():
        names += [party for party in channel.joins if party in case.organisations]
        names += [link_end for link in channel.links for link_end in link if link_end in case.organisations]
    return list(dict.fromkeys(names))


def party_capability(case: Case, year: int, party: str) -> float | None:
    """What an actor or an organisation can do in a year, by the figures for it; None if the case does not tell."""
    measure = case.network.capability or next(iter(case.capabilities), None)
    if measure is None:
        return 1.0 if party not in case.organisations else float(len(members_in_year(case, party, year)) or 1)
    figures_by_year = case.capabilities[measure].held
    figures = figures_by_year.get(capability_year(case, year) or 0, {})
    if party in figures:
        return figures[party]
    if party in case.organisations:
        member_figures = [figures[member] for member in members_in_year(case, party, year) if member in figures]
        return sum(member_figures) if member_figures else None
    return None


def leading_members(case: Case, organisation: str, year: int) -> list[str]:
    """The members through which an organisation deals: as told, or the one that can do most."""
    members = members_in_year(case, organisation, year)
    declared_leaders = [member for member in case.network.through.get(organisation, ()) if member in members]
    return declared_leaders or sorted(members, key=lambda member: -(party_capability(case, year, member) or 0))[:1]


def build_actor_network(case: Case, year: int, expanded: Mapping[str, InternalLinks] | None = None) -> ActorNetwork:
    """The arena of a year.

    Args:
        case: With channels.
        year: In which actors belong where they do.
        opened: Organisations that are one player in the case and are to be taken as their members here, dealing
            through those that lead, who are linked with the others as told.
    """
    return _NetworkBuilder(case, year, expanded or {}).build()


def actor_count(case: Case, year: int) -> int:
    """How many actors there are in a year, found without drawing any channel."""
    return len(_NetworkBuilder(case, year, {}).actors)


class _NetworkBuilder:
    """The making of an arena."""

    def __init__(self, case: Case, year: int, expanded: Mapping[str, InternalLinks]):
        self.case, self.year, self.expanded = case, year, expanded
        self.organisations = organisations_in_channels(case)
        self.members = {name: members_in_year(case, name, year) for name in self.organisations}
        self.single_players = [name for name in case.network.as_one if name not in expanded]
        self.hubs = {name: leading_members(case, name, year) for name in self.organisations}
        self.actors = list(dict.fromkeys(self._iterate_actors()))
        self.actor_numbers = {actor: index for index, actor in enumerate(self.actors)}

    def _iterate_actors(self) -> Iterator[str]:
        for name in self.organisations:
            if name in self.single_players:
                yield name
            else:
                yield from (self._player_of(actor) for actor in (*self.hubs[name], *self.members[name]))
        for channel in self.case.channels.values():
            for parties in (channel.joins, *channel.links):
                yield from (self._player_of(party) for party in parties if party not in self.case.organisations)

    def _player_of(self, actor: str) -> str:
        return next((name for name in self.single_players if actor in self.members[name]), actor)

    def _actors_at_end(self, party: str, other_party: str) -> list[str]:
        if party not in self.case.organisations:
            return [self._player_of(party)]
        if party in self.single_players:
            return [party]
        is_internal = other_party == party or other_party in self.members[party]
        actors = self.hubs[party] if party in self.expanded and not is_internal else self.members[party]
        return [self._player_of(actor) for actor in actors]

    def _declared_links(self, channel: Channel) -> Iterator[tuple[int, int]]:
        for first, second in channel.links:
            for a, b in product(self._actors_at_end(first, second), self._actors_at_end(second, first)):
                yield self.actor_numbers[a], self.actor_numbers[b]
        for name, internal_links in self.expanded.items():
            hubs = self.members[name] if internal_links == "clique" else self.hubs[name]
            yield from ((self.actor_numbers[a], self.actor_numbers[b]) for a, b in product(hubs, self.members[name]))

    def _links_of(self, channel: Channel) -> Iterator[tuple[int, int]]:
        """All links of a channel, through the members that speak for organisations that deal as such."""
        yield from self._declared_links(channel)
        yield from self._links_between_joined(channel)

    def _links_between_joined(self, channel: Channel) -> Iterator[tuple[int, int]]:
        speakers = {name: self._speakers(name) for name in channel.joins}
        for first, second in combinations(channel.joins, 2):
            yield from (
                (self.actor_numbers[a], self.actor_numbers[b]) for a, b in product(speakers[first], speakers[second])
            )

    def _speakers(self, party: str) -> list[str]:
        """Who speaks for a party that deals as such."""
        if party not in self.case.organisations:
            return [self._player_of(party)]
        return [party] if party in self.single_players else [self._player_of(hub) for hub in self.hubs[party]]

    def _channel_graphs(self, name: str) -> ChannelGraphs:
        channel, n = self.case.channels[name], len(self.actors)
        links = list(self._links_of(channel))
        groups = {
            party: tuple(self.actor_numbers[actor] for actor in self._members_hubs_first(party))
            for party in channel.joins
            if party in self.members and party not in [*self.single_players, *self.expanded]
        }
        merged_by_party = {party: group for party, group in groups.items() if len(group) > 1}
        merged_groups = tuple(merged_by_party.values())
        displaced_links, opened_links = (
            list(self._links_of(self.case.channels[other])) if other else None
            for other in (channel.displaces, channel.opens)
        )
        collegiate_graph = quotient_graph(n, links, merged_groups) if merged_groups else None
        return ChannelGraphs(
            channel=name,
            own_graph=Graph.from_links(n, links),
            coexisting_graph=_joined_graph(n, links, displaced_links),
            opened_graph=_joined_graph(n, links, opened_links),
            opened_coexisting_graph=_joined_graph(n, links, displaced_links, opened_links),
            merged_groups=merged_groups,
            organisations=tuple(merged_by_party),
            collegiate_graph=collegiate_graph,
        )

    def _members_hubs_first(self, organisation: str) -> list[str]:
        hubs_and_members = (*self.hubs[organisation], *self.members[organisation])
        return list(dict.fromkeys(self._player_of(actor) for actor in hubs_and_members))

    def _memberships_of(self, actor: str) -> frozenset[str]:
        players = self.members[actor] if actor in self.single_players else [actor]
        return frozenset(name for name in self.organisations if actor == name or set(players) & set(self.members[name]))

    def build(self) -> ActorNetwork:
        """The arena."""
        leaders = {name: {name} if name in self.single_players else set(self.hubs[name]) for name in self.organisations}
        return ActorNetwork(
            year=self.year,
            actors=tuple(self.actors),
            capabilities=tuple(party_capability(self.case, self.year, actor) or 0.0 for actor in self.actors),
            memberships=tuple(self._memberships_of(actor) for actor in self.actors),
            organisations_led=tuple(
                frozenset(name for name in self.organisations if actor in leaders[name]) for actor in self.actors
            ),
            channels=tuple(self._channel_graphs(name) for name in self.case.channels),
            observed_channel=observed_channel_of(self.case),
            members_by_player={name: tuple(self.members[name]) for name in self.single_players},
        )


def _joined_graph(n: int, links: Sequence[Link], *more: Sequence[Link] | None) -> Graph | None:
    """The graph of some links with those of other channels; None where there is no such channel."""
    if any(other is None for other in more):
        return None
    return Graph.from_links(n, [*links, *(link for other in more if other is not None for link in other)])
