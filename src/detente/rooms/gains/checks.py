"""What the gains room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.fault import Fault
from detente.case.index.by_year import OPEN_END_YEAR, analysed_years, members_in_year
from detente.case.index.membership import case_sides
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.rooms.gains.model.network.build_network import (
    actor_count,
    build_actor_network,
    observed_channel_of,
    organisations_in_channels,
    party_capability,
    present_channel_candidates,
)
from detente.rooms.gains.model.network.parties import actors_of_party, issues_with_stakes
from detente.rooms.gains.unlikeness_checks import unlikeness_faults
from detente.rooms.gains.unused_numbers import borrowed_figures_faults, inert_threat_faults
from detente.text.english import join_words

MOST_ACTORS = 100
"""Actors that are weighed: each pair of them has shares for everybody, by every length of the way."""
OUTSIDER_REMEDY = "link it in a channel, or leave it out"


def gains_faults(case: Case) -> Iterator[Fault]:
    """Estimates outside their range, links that join nobody, actors outside every channel."""
    for name in case.channels:
        yield from _channel_faults(case, name)
    yield from _settings_faults(case)
    if case.channels:
        yield from _unnamed_channel_faults(case)
        yield from _observed_channel_faults(case)
    if crowding_faults := list(_crowding_faults(case)):  # before any channel is drawn, whose links are pairs of them
        yield from crowding_faults
        return
    if case.channels:
        yield from _actor_faults(case)
    for name, issue in case.issues.items():
        yield from _technology_faults(case, name) if issue.technology else ()
        yield from _salience_faults(case, name)
    yield from inert_threat_faults(case)
    yield from borrowed_figures_faults(case)
    yield from _answer_year_faults(case)
    yield from unlikeness_faults(case)


def _answer_year_faults(case: Case) -> Iterator[Fault]:
    """An answer for a year that is not worked out."""
    network = case.network
    if network.answer_year is not None and network.answer_year not in network.years:
        message = f"{network.answer_year} is not worked out"
        remedy = f"add it to years: {sorted({*network.years, network.answer_year})}"
        yield Fault(("network", "answer_year"), message, remedy)


def _crowding_faults(case: Case) -> Iterator[Fault]:
    """Years with more actors than can be weighed."""
    for year in analysed_years(case) if case.channels else ():
        if year < OPEN_END_YEAR and (count := actor_count(case, year)) > MOST_ACTORS:
            message = f"{count} actors are in the channels in {year}, and at most {MOST_ACTORS} can be weighed"
            yield Fault(("channels",), message, "take organisations as one player: network.as_one")


def _channel_faults(case: Case, name: str) -> Iterator[Fault]:
    channel, path = case.channels[name], ("channels", name)
    if not channel.links and not channel.joins:
        yield Fault(path, "a channel needs links, or organisations that it joins", "links: or joins:", is_omission=True)
    for index, link in enumerate(channel.links):
        link_path: CasePath = (*path, "links", index)
        if link[0] == link[1] and link[0] not in case.organisations:
            yield Fault(link_path, f"'{link[0]}' is linked with itself", "name two that deal with each other")
        yield from _organ_faults(case, link, link_path)
    yield from _organ_faults(case, channel.joins, (*path, "joins"))
    if len(channel.joins) == 1:
        yield Fault((*path, "joins"), "it takes two to join", "name the organisations that deal with each other")
    for index, party in enumerate(channel.joins):
        if party in channel.joins[:index]:
            yield Fault((*path, "joins", index), f"'{party}' is named twice", "once is enough")
    if channel.displaces == name:
        yield Fault((*path, "displaces"), "a channel cannot displace itself", "name another channel")
    if channel.opens is not None:
        yield from _opening_faults(case, name)
    elif channel.opening is not None:
        yield Fault((*path, "opening"), "the opening of what?", "add opens: with a channel")
    if channel.exclusivity is not None and channel.displaces is None:
        yield Fault((*path, "exclusivity"), "exclusive of what?", "add displaces: with a channel")


def _opening_faults(case: Case, name: str) -> Iterator[Fault]:
    """What a channel opens is another, which is not there yet and which it does not displace."""
    channel, path = case.channels[name], ("channels", name, "opens")
    if channel.opens == name:
        yield Fault(path, "a channel cannot open itself", "name another channel")
    elif channel.opens == channel.displaces:
        message = f"'{channel.opens}' is displaced by it, too"
        yield Fault(path, message, "leave out one of the two; how far it survives is the exclusivity")
    elif channel.opens == observed_channel_of(case):
        yield Fault(path, f"'{channel.opens}' is what there is already", "name a channel that is not there yet")


def _organ_faults(case: Case, parties: Sequence[str], path: CasePath) -> Iterator[Fault]:
    """Parties that are organs of an organisation."""
    for index, party in enumerate(parties):
        if party not in case.organisations and party not in case.actors:
            yield Fault((*path, index), f"'{party}' is an organ", "organs deal for their organisation: name that")


def _unnamed_channel_faults(case: Case) -> Iterator[Fault]:
    """Several channels that could be the present one, from which gains are counted, and none that is said to be it."""
    candidates = present_channel_candidates(case)
    if case.network.observed is None and len(candidates) > 1:
        message = "nothing says through which channel they deal now, and gains are counted from it"
        remedy = f"add network: observed: {join_words(candidates, 'or')}"
        yield Fault(("channels",), message, remedy, is_omission=True)


def _observed_channel_faults(case: Case) -> Iterator[Fault]:
    """The channel that gains are counted from is one graph, which is neither run in two ways nor chanced."""
    name = observed_channel_of(case)
    for key in ("joins", "displaces", "opens"):
        if getattr(case.channels[name], key):
            message = f"gains are counted from '{name}', which cannot have {key}: then"
            yield Fault(("channels", name, key), message, "draw it by its links, or choose another network.observed")


def _settings_faults(case: Case) -> Iterator[Fault]:
    network = case.network
    for index, name in enumerate(network.as_one):
        if name in network.as_one[:index]:
            yield Fault(("network", "as_one", index), f"'{name}' is named twice", "once is enough")
    for name, declared_leaders in network.through.items():
        path = ("network", "through", name)
        for year in analysed_years(case):
            members = members_in_year(case, name, year)
            non_members = [actor for actor in declared_leaders if actor not in members]
            if len(non_members) == len(declared_leaders) or any(
                not _was_ever_member(case, name, actor) for actor in non_members
            ):
                remedy = f"its members are {join_words(members[:6])}" if members else "it has no members then"
                yield Fault(path, f"'{non_members[0]}' is no member of '{name}' in {year}", remedy)
                break
    for name, organisation in case.organisations.items():
        dividing_shares = [index for index, allocation in enumerate(organisation.shares) if allocation.divides]
        for index in dividing_shares:
            allocation = organisation.shares[index]
            if not any(allocation.held.values()) and not allocation.others:
                yield Fault(
                    ("organisations", name, "shares", index), "these shares divide nothing", "somebody holds some"
                )
        if len(dividing_shares) > 1 and not all(organisation.shares[index].during for index in dividing_shares):
            second_path: CasePath = ("organisations", name, "shares", dividing_shares[1], "divides")
            yield Fault(second_path, "other shares of it divide, too", "keep one, or say in: when each holds")


def _was_ever_member(case: Case, organisation: str, actor: str) -> bool:
    return any(
        membership.actor == actor and membership.status == "member"
        for membership in case.organisations[organisation].members
    )


def _overlap_faults(case: Case, year: int) -> Iterator[Fault]:
    """Parties that are one player each, or deal as such, and share members."""
    party_lists: list[tuple[CasePath, list[str]]] = [(("network", "as_one"), case.network.as_one)]
    party_lists += [(("channels", name, "joins"), channel.joins) for name, channel in case.channels.items()]
    for path, parties in party_lists:
        earlier_parties = [] if path[0] == "network" else list(case.network.as_one)
        for index, name in enumerate(parties):
            for other_name in [*earlier_parties, *parties[:index]]:
                if name != other_name and (
                    shared_members := _members_or_itself(case, name, year) & _members_or_itself(case, other_name, year)
                ):
                    message = f"'{min(shared_members)}' belongs to '{other_name}' and '{name}' in {year}, "
                    message += "and cannot answer for both"
                    yield Fault((*path, index), message, "leave one of them out, or choose other network.years")
                    break


def _members_or_itself(case: Case, party: str, year: int) -> set[str]:
    return set(members_in_year(case, party, year)) if party in case.organisations else {party}


def _actor_faults(case: Case) -> Iterator[Fault]:
    """Actors that are in no channel, without capability, or named for what they have no part in."""
    parties_in_channels: set[str] = set(organisations_in_channels(case))
    if analysed_years(case)[-1] >= OPEN_END_YEAR:
        yield Fault(("channels",), "the case does not say of which year", "add network: with years:", is_omission=True)
        return
    for year in analysed_years(case):
        has_empty_organisation = False
        for name in organisations_in_channels(case):
            if not members_in_year(case, name, year) and not (name in case.network.as_one and case.capabilities):
                has_empty_organisation = True
                message = f"'{name}' has no members in {year}, and the channels speak of it"
                yield Fault(
                    ("organisations", name),
                    message,
                    "date its members, or choose other network.years",
                    is_omission=True,
                )
        yield from _overlap_faults(case, year)
        actor_network = build_actor_network(case, year)
        parties_in_channels |= set(actor_network.actors)
        graphs = [
            graph
            for channel_graphs in actor_network.channels
            for graph in (channel_graphs.own_graph, channel_graphs.coexisting_graph, channel_graphs.opened_graph)
            if graph
        ]
        linked_actors = {actor_index for graph in graphs for link in graph.links for actor_index in link}
        for actor_index, actor in enumerate(actor_network.actors):
            if actor_index not in linked_actors and actor_network.n > 1:
                message = f"'{actor}' is in no channel in {year}"
                channel_path = ("channels", actor_network.observed_channel)
                yield Fault(
                    channel_path,
                    message,
                    f"link it in one of {join_words(case.channels)}, or in all by an organisation",
                )
        yield from () if has_empty_organisation else _missing_capability_faults(case, actor_network.actors, year)
    yield from _outsider_faults(case, parties_in_channels)


def _missing_capability_faults(case: Case, actors: Sequence[str], year: int) -> Iterator[Fault]:
    """Actors, and members of what is one player, of which the measure of capability says nothing."""
    for actor in actors:
        needs_members = actor in case.organisations and not _has_own_capability(case, actor)
        for member in members_in_year(case, actor, year) if needs_members else [actor]:
            if party_capability(case, year, member) is None:
                measure = case.network.capability or next(iter(case.capabilities))
                message = f"nothing is said of '{member}' in {year}"
                yield Fault(("capabilities", measure, "held"), message, "add what it has", is_omission=True)


def _has_own_capability(case: Case, organisation: str) -> bool:
    """Whether an organisation's capability is given for itself."""
    measure = case.network.capability or next(iter(case.capabilities), None)
    return measure is None or any(organisation in figures for figures in case.capabilities[measure].held.values())


def _outsider_faults(case: Case, parties_in_channels: set[str]) -> Iterator[Fault]:
    """What is said of parties that take no part by themselves."""
    named_parties: list[tuple[CasePath, str]] = [(("threat", party), party) for party in case.threat]
    for name in issues_with_stakes(case):
        issue = case.issues[name]
        named_parties += [(("issues", name, "exposure", party), party) for party in issue.exposure]
        for key in ("users", "providers") if issue.technology else ():
            indexed_parties = enumerate(getattr(issue.technology, key))
            named_parties += [(("issues", name, "technology", key, index), party) for index, party in indexed_parties]
    for path, party in named_parties:
        if party in parties_in_channels or not (party in case.organisations or party in case.actors):
            continue
        containing_players = [
            name
            for name in case.network.as_one
            if any(
                membership.actor == party and membership.status == "member"
                for membership in case.organisations[name].members
            )
        ]
        if containing_players and "technology" not in path:
            message = f"'{party}' is part of '{containing_players[0]}', which is one player"
            yield Fault(path, message, f"say it of '{containing_players[0]}', or take that out of network.as_one")
        elif not containing_players:
            yield Fault(path, f"'{party}' is in no channel", OUTSIDER_REMEDY)


def _technology_faults(case: Case, name: str) -> Iterator[Fault]:
    issue = case.issues[name]
    path: CasePath = ("issues", name, "technology")
    technology = issue.technology
    assert technology is not None
    if issue.stakes is None:
        yield Fault(
            path, "what it takes is said, and not what is at stake", "add stakes: to the issue", is_omission=True
        )
    for key in ("users", "providers"):
        yield from _organ_faults(case, getattr(technology, key), (*path, key))
    for key in ("users", "providers"):
        parties = getattr(technology, key)
        for index, party in enumerate(parties):
            if any(
                _members_or_itself(case, party, year) & _members_of_parties(case, parties[:index], year)
                for year in analysed_years(case)
            ):
                yield Fault(
                    (*path, key, index), f"'{party}' is named twice", "once is enough, by itself or by an organisation"
                )
    if case.channels and technology.needed:
        actor_networks = [build_actor_network(case, year) for year in analysed_years(case) if year < OPEN_END_YEAR]
        most_providers = max(
            (
                len(
                    {
                        actor
                        for provider in technology.providers
                        for actor in actors_of_party(case, actor_network, provider)
                    }
                )
                for actor_network in actor_networks
            ),
            default=0,
        )
        if technology.needed > most_providers:
            message = f"{technology.needed} are needed and there are {most_providers} at most"
            yield Fault((*path, "needed"), message, "leave it out if all are needed")
    for key in ("gravity", "exposure"):
        if getattr(issue, key):
            message = f"{key} counts between pairs, and this issue is not one of pairs"
            yield Fault(("issues", name, key), message, "leave it out, or leave out technology:")


def _salience_faults(case: Case, name: str) -> Iterator[Fault]:
    """Weights of an issue for who is no side, or where nothing is at stake on it."""
    issue, sides = case.issues[name], case_sides(case) or ()
    for party in issue.salience:
        path: CasePath = ("issues", name, "salience", party)
        if party not in sides:
            yield Fault(path, f"'{party}' is no side", f"the sides are {join_words(sides)}" if sides else "name sides:")
        elif issue.stakes is None:
            yield Fault(path, "it weighs for a side, and nothing is at stake", "add stakes: to it", is_omission=True)


def _members_of_parties(case: Case, parties: list[str], year: int) -> set[str]:
    """The actors that a list of parties stands for in a year."""
    return set().union(*(_members_or_itself(case, party, year) for party in parties))
