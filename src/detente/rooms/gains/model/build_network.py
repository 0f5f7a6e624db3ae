"""From a case to arenas: which actors there are in a year, what they can do, and which graph each channel is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Literal

from detente.case.index.by_year import latest_year_until, members_in_year
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.channels import Channel
from detente.methods.networks.communication_graph import Graph
from detente.rooms.gains.model.actor_network import Arena, Dealing, quotient

Inside = Literal["star", "clique"]


def observed(case: Case) -> str:
    """The channel that gains are counted from."""
    return case.network.observed or next(iter(case.channels))


def organisations(case: Case) -> list[str]:
    """The organisations that the channels speak of: those on either side first."""
    named = [*(case_sides(case) or ()), *case.network.as_one]
    for channel in case.channels.values():
        named += [party for party in channel.joins if party in case.organisations]
        named += [end for link in channel.links for end in link if end in case.organisations]
    return list(dict.fromkeys(named))


def figures_of(case: Case, year: int) -> int | None:
    """The year whose figures of capability count in a year: the latest until then, or else the first; None without."""
    name = case.network.capability or next(iter(case.capabilities), None)
    held = case.capabilities[name].held if name else {}
    return latest_year_until(held, year) or min(held, default=None)


def capability(case: Case, year: int, party: str) -> float | None:
    """What an actor or an organisation can do in a year, by the figures for it; None if the case does not tell."""
    name = case.network.capability or next(iter(case.capabilities), None)
    if name is None:
        return 1.0 if party not in case.organisations else float(len(members_in_year(case, party, year)) or 1)
    held = case.capabilities[name].held
    found = held.get(figures_of(case, year) or 0, {})
    if party in found:
        return found[party]
    if party in case.organisations:
        each = [found[member] for member in members_in_year(case, party, year) if member in found]
        return sum(each) if each else None
    return None


def through(case: Case, organisation: str, year: int) -> list[str]:
    """The members through which an organisation deals: as told, or the one that can do most."""
    belong = members_in_year(case, organisation, year)
    told = [member for member in case.network.through.get(organisation, ()) if member in belong]
    return told or sorted(belong, key=lambda member: -(capability(case, year, member) or 0))[:1]


def arena(case: Case, year: int, opened: Mapping[str, Inside] | None = None) -> Arena:
    """The arena of a year.

    Args:
        case: With channels.
        year: In which actors belong where they do.
        opened: Organisations that are one player in the case and are to be taken as their members here, dealing
            through those that lead, who are linked with the others as told.
    """
    return _Making(case, year, opened or {}).arena()


def actor_count(case: Case, year: int) -> int:
    """How many actors there are in a year, found without drawing any channel."""
    return len(_Making(case, year, {}).actors)


class _Making:
    """The making of an arena."""

    def __init__(self, case: Case, year: int, opened: Mapping[str, Inside]):
        self.case, self.year, self.opened = case, year, opened
        self.named = organisations(case)
        self.members = {name: members_in_year(case, name, year) for name in self.named}
        self.closed = [name for name in case.network.as_one if name not in opened]
        self.hubs = {name: through(case, name, year) for name in self.named}
        self.actors = list(dict.fromkeys(self._actors()))
        self.number = {actor: index for index, actor in enumerate(self.actors)}

    def _actors(self) -> Iterator[str]:
        for name in self.named:
            if name in self.closed:
                yield name
            else:
                yield from (self._player(actor) for actor in (*self.hubs[name], *self.members[name]))
        for channel in self.case.channels.values():
            for parties in (channel.joins, *channel.links):
                yield from (self._player(end) for end in parties if end not in self.case.organisations)

    def _player(self, actor: str) -> str:
        return next((name for name in self.closed if actor in self.members[name]), actor)

    def _ends(self, end: str, other: str) -> list[str]:
        if end not in self.case.organisations:
            return [self._player(end)]
        if end in self.closed:
            return [end]
        inside = other == end or other in self.members[end]
        ends = self.hubs[end] if end in self.opened and not inside else self.members[end]
        return [self._player(actor) for actor in ends]

    def _links(self, channel: Channel) -> Iterator[tuple[int, int]]:
        for one, other in channel.links:
            for a, b in product(self._ends(one, other), self._ends(other, one)):
                yield self.number[a], self.number[b]
        for name, inside in self.opened.items():
            hubs = self.members[name] if inside == "clique" else self.hubs[name]
            yield from ((self.number[a], self.number[b]) for a, b in product(hubs, self.members[name]))

    def _joined(self, channel: Channel) -> Iterator[tuple[int, int]]:
        speak = {name: self._speakers(name) for name in channel.joins}
        for one, other in combinations(channel.joins, 2):
            yield from ((self.number[a], self.number[b]) for a, b in product(speak[one], speak[other]))

    def _speakers(self, party: str) -> list[str]:
        """Who speaks for a party that deals as such."""
        if party not in self.case.organisations:
            return [self._player(party)]
        return [party] if party in self.closed else [self._player(hub) for hub in self.hubs[party]]

    def _dealing(self, name: str) -> Dealing:
        channel, n = self.case.channels[name], len(self.actors)
        links = [*self._links(channel), *self._joined(channel)]
        groups = {
            party: tuple(self.number[actor] for actor in self._hubs_first(party))
            for party in channel.joins
            if party in self.members and party not in [*self.closed, *self.opened]
        }
        one = {party: group for party, group in groups.items() if len(group) > 1}
        merged = tuple(one.values())
        beside = None
        if channel.displaces:
            beside = Graph.from_links(n, [*self._links(self.case.channels[channel.displaces]), *links])
        as_one = quotient(n, links, merged) if merged else None
        return Dealing(name, Graph.from_links(n, links), beside, merged, tuple(one), as_one)

    def _hubs_first(self, organisation: str) -> list[str]:
        both = (*self.hubs[organisation], *self.members[organisation])
        return list(dict.fromkeys(self._player(actor) for actor in both))

    def _belongs(self, actor: str) -> frozenset[str]:
        within = self.members[actor] if actor in self.closed else [actor]
        return frozenset(name for name in self.named if actor == name or set(within) & set(self.members[name]))

    def arena(self) -> Arena:
        """The arena."""
        leading = {name: {name} if name in self.closed else set(self.hubs[name]) for name in self.named}
        return Arena(
            year=self.year,
            actors=tuple(self.actors),
            capability=tuple(capability(self.case, self.year, actor) or 0.0 for actor in self.actors),
            belongs=tuple(self._belongs(actor) for actor in self.actors),
            leads=tuple(frozenset(name for name in self.named if actor in leading[name]) for actor in self.actors),
            dealings=tuple(self._dealing(name) for name in self.case.channels),
            observed=observed(self.case),
            within={name: tuple(self.members[name]) for name in self.closed},
        )
