"""What the channels room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.fault import Fault
from detente.case.index.by_year import OPEN_END_YEAR, analysed_years, members_in_year
from detente.case.schema.case import Case
from detente.case.schema.introspection import CasePath
from detente.rooms.gains.model.build_network import actor_count, arena, capability, observed, organisations
from detente.rooms.gains.model.draws import actors_of, weighed
from detente.rooms.gains.number_checks import outside_ranges
from detente.rooms.gains.unused_numbers import inert_numbers, years_without_figures
from detente.text.english import join_words

MOST_ACTORS = 100
"""Actors that are weighed: each pair of them has shares for everybody, by every length of the way."""
OUTSIDE = "link it in a channel, or leave it out"


def problems(case: Case) -> Iterator[Fault]:
    """Estimates outside their range, links that join nobody, actors outside every channel."""
    yield from outside_ranges(case)
    for name in case.channels:
        yield from _channel(case, name)
    yield from _settings(case)
    if case.channels:
        yield from _observed(case)
    if crowded := list(_crowded(case)):  # before any channel is drawn, whose links are pairs of them
        yield from crowded
        return
    if case.channels:
        yield from _actors(case)
    for name, issue in case.issues.items():
        yield from _technology(case, name) if issue.technology else ()
    yield from inert_numbers(case)
    yield from years_without_figures(case)


def _crowded(case: Case) -> Iterator[Fault]:
    """Years with more actors than can be weighed."""
    for year in analysed_years(case) if case.channels else ():
        if year < OPEN_END_YEAR and (n := actor_count(case, year)) > MOST_ACTORS:
            said = f"{n} actors are in the channels in {year}, and at most {MOST_ACTORS} can be weighed"
            yield Fault(("channels",), said, "take organisations as one player: network.as_one")


def _channel(case: Case, name: str) -> Iterator[Fault]:
    channel, path = case.channels[name], ("channels", name)
    if not channel.links and not channel.joins:
        yield Fault(path, "a channel needs links, or organisations that it joins", "links: or joins:", is_omission=True)
    for index, link in enumerate(channel.links):
        place: CasePath = (*path, "links", index)
        if link[0] == link[1] and link[0] not in case.organisations:
            yield Fault(place, f"'{link[0]}' is linked with itself", "name two that deal with each other")
        yield from _organs(case, link, place)
    yield from _organs(case, channel.joins, (*path, "joins"))
    if len(channel.joins) == 1:
        yield Fault((*path, "joins"), "it takes two to join", "name the organisations that deal with each other")
    for index, party in enumerate(channel.joins):
        if party in channel.joins[:index]:
            yield Fault((*path, "joins", index), f"'{party}' is named twice", "once is enough")
    if channel.displaces == name:
        yield Fault((*path, "displaces"), "a channel cannot displace itself", "name another channel")
    if channel.exclusivity is not None and channel.displaces is None:
        yield Fault((*path, "exclusivity"), "exclusive of what?", "add displaces: with a channel")


def _organs(case: Case, named: Sequence[str], path: CasePath) -> Iterator[Fault]:
    """Parties that are organs of an organisation."""
    for index, party in enumerate(named):
        if party not in case.organisations and party not in case.actors:
            yield Fault((*path, index), f"'{party}' is an organ", "organs deal for their organisation: name that")


def _observed(case: Case) -> Iterator[Fault]:
    """The channel that gains are counted from is one graph, which is neither run in two ways nor chanced."""
    name = observed(case)
    for key in ("joins", "displaces"):
        if getattr(case.channels[name], key):
            said = f"gains are counted from '{name}', which cannot have {key}: then"
            yield Fault(("channels", name, key), said, "draw it by its links, or choose another network.observed")


def _settings(case: Case) -> Iterator[Fault]:
    network = case.network
    for index, name in enumerate(network.as_one):
        if name in network.as_one[:index]:
            yield Fault(("network", "as_one", index), f"'{name}' is named twice", "once is enough")
    for name, through in network.through.items():
        path = ("network", "through", name)
        for year in analysed_years(case):
            belong = members_in_year(case, name, year)
            missing = [actor for actor in through if actor not in belong]
            if len(missing) == len(through) or any(not _ever(case, name, actor) for actor in missing):
                remedy = f"its members are {join_words(belong[:6])}" if belong else "it has no members then"
                yield Fault(path, f"'{missing[0]}' is no member of '{name}' in {year}", remedy)
                break
    for name, organisation in case.organisations.items():
        dividing = [index for index, shares in enumerate(organisation.shares) if shares.divides]
        for index in dividing:
            shares = organisation.shares[index]
            if not any(shares.held.values()) and not shares.others:
                yield Fault(
                    ("organisations", name, "shares", index), "these shares divide nothing", "somebody holds some"
                )
        if len(dividing) > 1 and not all(organisation.shares[index].during for index in dividing):
            second: CasePath = ("organisations", name, "shares", dividing[1], "divides")
            yield Fault(second, "other shares of it divide, too", "keep one, or say in: when each holds")


def _ever(case: Case, name: str, actor: str) -> bool:
    return any(row.actor == actor and row.status == "member" for row in case.organisations[name].members)


def _overlaps(case: Case, year: int) -> Iterator[Fault]:
    """Parties that are one player each, or deal as such, and share members."""
    lists: list[tuple[CasePath, list[str]]] = [(("network", "as_one"), case.network.as_one)]
    lists += [(("channels", name, "joins"), channel.joins) for name, channel in case.channels.items()]
    for path, named in lists:
        before = [] if path[0] == "network" else list(case.network.as_one)
        for index, name in enumerate(named):
            for other in [*before, *named[:index]]:
                if name != other and (shared := _belonging(case, name, year) & _belonging(case, other, year)):
                    said = f"'{min(shared)}' belongs to '{other}' and '{name}' in {year}, and cannot answer for both"
                    yield Fault((*path, index), said, "leave one of them out, or choose other network.years")
                    break


def _belonging(case: Case, party: str, year: int) -> set[str]:
    return set(members_in_year(case, party, year)) if party in case.organisations else {party}


def _actors(case: Case) -> Iterator[Fault]:
    """Actors that are in no channel, without capability, or named for what they have no part in."""
    playing: set[str] = set(organisations(case))
    if analysed_years(case)[-1] >= OPEN_END_YEAR:
        yield Fault(("channels",), "the case does not say of which year", "add network: with years:", is_omission=True)
        return
    for year in analysed_years(case):
        empty = False
        for name in organisations(case):
            if not members_in_year(case, name, year) and not (name in case.network.as_one and case.capabilities):
                empty = True
                said = f"'{name}' has no members in {year}, and the channels speak of it"
                yield Fault(
                    ("organisations", name), said, "date its members, or choose other network.years", is_omission=True
                )
        yield from _overlaps(case, year)
        found = arena(case, year)
        playing |= set(found.actors)
        graphs = [graph for dealing in found.dealings for graph in (dealing.alone, dealing.beside) if graph]
        linked = {at for graph in graphs for link in graph.links for at in link}
        for at, actor in enumerate(found.actors):
            if at not in linked and found.n > 1:
                said = f"'{actor}' is in no channel in {year}"
                where = ("channels", found.observed)
                yield Fault(where, said, f"link it in one of {join_words(case.channels)}, or in all by an organisation")
        yield from () if empty else _unmeasured(case, found.actors, year)
    yield from _outside(case, playing)


def _unmeasured(case: Case, actors: Sequence[str], year: int) -> Iterator[Fault]:
    """Actors, and members of what is one player, of which the measure of capability says nothing."""
    for actor in actors:
        whole = actor in case.organisations and not _given(case, actor)
        for one in members_in_year(case, actor, year) if whole else [actor]:
            if capability(case, year, one) is None:
                measure = case.network.capability or next(iter(case.capabilities))
                said = f"nothing is said of '{one}' in {year}"
                yield Fault(("capabilities", measure, "held"), said, "add what it has", is_omission=True)


def _given(case: Case, organisation: str) -> bool:
    """Whether an organisation's capability is given for itself."""
    name = case.network.capability or next(iter(case.capabilities), None)
    return name is None or any(organisation in held for held in case.capabilities[name].held.values())


def _outside(case: Case, playing: set[str]) -> Iterator[Fault]:
    """What is said of parties that take no part by themselves."""
    named: list[tuple[CasePath, str]] = [(("threat", party), party) for party in case.threat]
    for name in weighed(case):
        issue = case.issues[name]
        named += [(("issues", name, "exposure", party), party) for party in issue.exposure]
        for word in ("users", "providers") if issue.technology else ():
            each = enumerate(getattr(issue.technology, word))
            named += [(("issues", name, "technology", word, index), party) for index, party in each]
    for path, party in named:
        if party in playing or not (party in case.organisations or party in case.actors):
            continue
        whole = [
            name
            for name in case.network.as_one
            if any(row.actor == party and row.status == "member" for row in case.organisations[name].members)
        ]
        if whole and "technology" not in path:
            said = f"'{party}' is part of '{whole[0]}', which is one player"
            yield Fault(path, said, f"say it of '{whole[0]}', or take that out of network.as_one")
        elif not whole:
            yield Fault(path, f"'{party}' is in no channel", OUTSIDE)


def _technology(case: Case, name: str) -> Iterator[Fault]:
    issue = case.issues[name]
    path: CasePath = ("issues", name, "technology")
    technology = issue.technology
    assert technology is not None
    if issue.stakes is None:
        yield Fault(
            path, "what it takes is said, and not what is at stake", "add stakes: to the issue", is_omission=True
        )
    for word in ("users", "providers"):
        yield from _organs(case, getattr(technology, word), (*path, word))
    for word in ("users", "providers"):
        named = getattr(technology, word)
        for index, party in enumerate(named):
            if any(
                _belonging(case, party, year) & _provide(case, named[:index], year) for year in analysed_years(case)
            ):
                yield Fault(
                    (*path, word, index), f"'{party}' is named twice", "once is enough, by itself or by an organisation"
                )
    if case.channels and technology.needed:
        arenas = [arena(case, year) for year in analysed_years(case) if year < OPEN_END_YEAR]
        most = max(
            (len({at for end in technology.providers for at in actors_of(case, one, end)}) for one in arenas), default=0
        )
        if technology.needed > most:
            said = f"{technology.needed} are needed and there are {most} at most"
            yield Fault((*path, "needed"), said, "leave it out if all are needed")
    for word in ("gravity", "exposure"):
        if getattr(issue, word):
            said = f"{word} counts between pairs, and this issue is not one of pairs"
            yield Fault(("issues", name, word), said, "leave it out, or leave out technology:")


def _provide(case: Case, named: list[str], year: int) -> set[str]:
    """The actors that a list of parties stands for in a year."""
    return set().union(*(_belonging(case, party, year) for party in named))
