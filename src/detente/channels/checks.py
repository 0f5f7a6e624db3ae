"""What the channels room finds wrong in a case."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from detente.case.belonging import members
from detente.case.dates import Edtf
from detente.case.draws import LEAST_MASS, mass
from detente.case.estimate import Estimate
from detente.case.schema import Case
from detente.case.shape import Path
from detente.case.validating import Fault
from detente.channels.drawing import RANGES, weighed
from detente.channels.translation import arena, capability, organisations, years
from detente.words import listed, number

OUTSIDE = "link it in a channel, or leave it out"


def problems(case: Case) -> Iterator[Fault]:
    """Estimates outside their range, links that join nobody, actors outside every channel."""
    yield from _ranges(case)
    for name in case.channels:
        yield from _channel(case, name)
    yield from _settings(case)
    if case.channels:
        yield from _actors(case)
    for name, issue in case.issues.items():
        yield from _technology(case, name) if issue.technology else ()


def _estimates(case: Case) -> Iterator[tuple[Path, str, Estimate]]:
    """Every number of the room, with the word that says what it is."""
    for name, channel in case.channels.items():
        for word in ("exclusivity", "efficiency"):
            yield from _one(("channels", name, word), word, getattr(channel, word))
    for name, issue in case.issues.items():
        for word in ("stakes", "multilateral", "raised", "gravity"):
            yield from _one(("issues", name, word), word, getattr(issue, word))
        for party, estimate in issue.exposure.items():
            yield ("issues", name, "exposure", party), "exposure", estimate
    for party, estimate in case.threat.items():
        yield ("threat", party), "threat", estimate
    for word in type(case.network).model_fields:
        if word in RANGES and word in case.network.model_fields_set:
            yield from _one(("network", word), word, getattr(case.network, word))


def _one(path: Path, word: str, estimate: Estimate | None) -> Iterator[tuple[Path, str, Estimate]]:
    if estimate is not None:
        yield path, word, estimate


def _ranges(case: Case) -> Iterator[Fault]:
    for path, word, estimate in _estimates(case):
        low, high = RANGES[word]
        span = f"from {number(low)} to {number(high)}" if math.isfinite(high) else f"{number(low)} or more"
        inside = mass(estimate, low, high)
        if estimate.normal or estimate.lognormal:
            if inside < LEAST_MASS:
                said = f"hardly any of this distribution is {span}"
                yield Fault(path, said, f"{CALLED[word]} is {span}; what is outside is drawn again")
        elif inside < 1 - 1e-9:
            lowest, highest = estimate.bounds
            said = f"{number(lowest)} is" if lowest == highest else f"{number(lowest)} to {number(highest)} is"
            remedy = f"{CALLED[word]} is {span}"
            if word in ("stakes", "raised") and lowest < 0:
                remedy += "; what two would lose by dealing is no reason to join them, so leave the issue out"
            yield Fault(path, f"{said} not {span}", remedy)


CALLED = {
    "stakes": "what is at stake",
    "multilateral": "the part that takes all members",
    "raised": "what a threat adds",
    "gravity": "the exponent",
    "exposure": "exposure",
    "exclusivity": "an exclusivity",
    "efficiency": "an efficiency",
    "threat": "a threat",
    "spread": "a standard deviation",
    "periphery": "a factor",
    "decay": "a decay",
    "link_cost": "a cost",
    "threat_within": "a share",
}
"""What each number is, within a sentence."""


def _channel(case: Case, name: str) -> Iterator[Fault]:
    channel, path = case.channels[name], ("channels", name)
    if not channel.links and not channel.joins:
        yield Fault(path, "a channel needs links, or organisations that it joins", "links: or joins:", lacks=True)
    for index, link in enumerate(channel.links):
        place: Path = (*path, "links", index)
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


def _organs(case: Case, named: Sequence[str], path: Path) -> Iterator[Fault]:
    """Parties that are organs of an organisation."""
    for index, party in enumerate(named):
        if party not in case.organisations and party not in case.actors:
            yield Fault((*path, index), f"'{party}' is an organ", "organs deal for their organisation: name that")


def _settings(case: Case) -> Iterator[Fault]:
    network = case.network
    for index, name in enumerate(network.as_one):
        if name in network.as_one[:index]:
            yield Fault(("network", "as_one", index), f"'{name}' is named twice", "once is enough")
    for name, through in network.through.items():
        path = ("network", "through", name)
        for year in years(case):
            belong = _members(case, name, year)
            missing = [actor for actor in through if actor not in belong]
            if len(missing) == len(through) or any(not _ever(case, name, actor) for actor in missing):
                remedy = f"its members are {listed(belong[:6])}" if belong else "it has no members then"
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
            second: Path = ("organisations", name, "shares", dividing[1], "divides")
            yield Fault(second, "other shares of it divide, too", "keep one, or say in: when each holds")


def _members(case: Case, name: str, year: int) -> list[str]:
    return members(case, name, Edtf.parse(f"{year:04d}"))


def _ever(case: Case, name: str, actor: str) -> bool:
    return any(row.actor == actor and row.status == "member" for row in case.organisations[name].members)


def _overlaps(case: Case, year: int) -> Iterator[Fault]:
    """Organisations that are one player each, or deal as such, and share members."""
    groups: list[tuple[Path, list[str]]] = [(("network", "as_one"), case.network.as_one)]
    groups += [(("channels", name, "joins"), channel.joins) for name, channel in case.channels.items()]
    for path, named in groups:
        for index, name in enumerate(named):
            for other in named[:index]:
                if name == other:
                    continue
                shared = _belonging(case, name, year) & _belonging(case, other, year)
                if shared:
                    said = f"'{min(shared)}' belongs to '{other}' and '{name}' in {year}, and cannot answer for both"
                    yield Fault((*path, index), said, "leave one of them out, or choose other network.years")


def _belonging(case: Case, party: str, year: int) -> set[str]:
    return set(_members(case, party, year)) if party in case.organisations else {party}


def _actors(case: Case) -> Iterator[Fault]:
    """Actors that are in no channel, without capability, or named for what they have no part in."""
    playing: set[str] = set()
    for year in years(case):
        for name in organisations(case):
            if not _members(case, name, year) and not (name in case.network.as_one and case.capabilities):
                said = f"'{name}' has no members in {year}, and the channels speak of it"
                yield Fault(
                    ("organisations", name), said, "date its members, or choose other years under network:", lacks=True
                )
        yield from _overlaps(case, year)
        found = arena(case, year)
        playing |= {*found.actors, *organisations(case)}
        playing |= {row.actor for name in case.network.as_one for row in case.organisations[name].members}
        linked = {at for dealing in found.dealings for link in dealing.alone.links for at in link}
        linked |= {
            at for dealing in found.dealings for link in (dealing.beside.links if dealing.beside else ()) for at in link
        }
        for at, actor in enumerate(found.actors):
            if at not in linked and found.n > 1:
                said = f"'{actor}' is in no channel in {year}"
                where = ("channels", found.observed)
                yield Fault(where, said, f"link it in one of {listed(case.channels)}, or in all by an organisation")
            if capability(case, year, actor) is None:
                measure = case.network.capability or next(iter(case.capabilities))
                said = f"nothing is said of '{actor}' in {year}"
                yield Fault(("capabilities", measure, "held"), said, "add what it has", lacks=True)
    for name in weighed(case):
        for party in case.issues[name].exposure:
            if party not in playing:
                yield Fault(("issues", name, "exposure", party), f"'{party}' is in no channel", OUTSIDE)
        technology = case.issues[name].technology
        for word in ("users", "providers") if technology else ():
            for index, party in enumerate(getattr(technology, word)):
                if party not in playing and (party in case.organisations or party in case.actors):
                    place: Path = ("issues", name, "technology", word, index)
                    yield Fault(place, f"'{party}' is in no channel", OUTSIDE)
    for party in case.threat:
        if party not in playing:
            yield Fault(("threat", party), f"'{party}' is in no channel", OUTSIDE)


def _technology(case: Case, name: str) -> Iterator[Fault]:
    issue = case.issues[name]
    path: Path = ("issues", name, "technology")
    technology = issue.technology
    assert technology is not None
    if issue.stakes is None:
        yield Fault(path, "what it takes is said, and not what is at stake", "add stakes: to the issue", lacks=True)
    for word in ("users", "providers"):
        yield from _organs(case, getattr(technology, word), (*path, word))
    for index, party in enumerate(technology.providers):
        if party in technology.providers[:index]:
            yield Fault((*path, "providers", index), f"'{party}' is named twice", "once is enough")
    most = max(len(_provide(case, technology.providers, year)) for year in years(case))
    if technology.needed and technology.needed > most:
        said = f"{technology.needed} are needed and there are {most} at most"
        yield Fault((*path, "needed"), said, "leave it out if all are needed")
    for word in ("gravity", "exposure"):
        if getattr(issue, word):
            said = f"{word} counts between pairs, and this issue is not one of pairs"
            yield Fault(("issues", name, word), said, "leave it out, or leave out technology:")


def _provide(case: Case, named: list[str], year: int) -> set[str]:
    """The actors that a list of parties stands for in a year."""
    return set().union(*(_belonging(case, party, year) for party in named))
