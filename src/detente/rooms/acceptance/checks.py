"""What the second half of the channels room finds wrong in a case: who cares for what, who decides, what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.fault import Fault
from detente.case.index.by_year import OPEN_END_YEAR, analysed_years, democracy_score, members_in_year
from detente.case.index.entries import case_entries
from detente.case.index.membership import case_sides, represented_party
from detente.case.index.relative_gains import comparing_party, missing_regime_faults, regime_fault
from detente.case.schema.case import Case
from detente.case.schema.introspection import CasePath
from detente.case.schema.response import Mechanism
from detente.errors import did_you_mean
from detente.rooms.gains.model.actor_network import Arena
from detente.rooms.gains.model.build_network import arena, capability, observed, organisations, through
from detente.rooms.gains.model.draws import weighed
from detente.rooms.gains.number_checks import numbers
from detente.text.english import join_words

MOST = 1_000_000
"""What a belief may be as good as having seen."""
BY_REGIME = ("relative", "norms", "shield")


def problems(case: Case) -> Iterator[Fault]:
    """Mechanisms that cannot work as told, settings and outcomes that name what is not there."""
    for name in case.mechanisms:
        yield from _mechanism(case, name)
    yield from _lenses(case)
    yield from _regimes(case)
    yield from _response(case)
    yield from _priors(case)
    arenas = _arenas(case)
    if arenas:
        playing = _playing(case, arenas)
        yield from _strangers(case, playing)
        for name in case.outside:
            yield from _outside(case, name, playing)
        actors = {actor for one in arenas for actor in one.actors}
        for name in case.outcomes:
            yield from _outcome(case, name, playing, actors)
        for name, mechanism in case.mechanisms.items():
            if mechanism.by_regime:
                yield from _measured(case, name, mechanism.by_regime, arenas)
        for one in arenas:
            for who in sorted(playing):
                yield from missing_regime_faults(
                    case, comparing_party(case, who, one.year), case_sides(case) or (), one.year
                )
    for name, motive in case.motives.items():
        by = motive.works_by
        place: CasePath = ("motives", name, "works_by")
        if by and not by.gains and not by.mechanisms:
            yield Fault(place, "nothing is said of what it works by", "gains: or mechanisms:", is_omission=True)
        for key in ("gains", "mechanisms", "issues") if by else ():
            yield from _twice((*place, key), getattr(by, key))
        for index, issue in enumerate(by.issues if by else ()):
            if issue not in weighed(case):
                said = f"nothing is at stake on '{issue}'"
                yield Fault((*place, "issues", index), said, "add stakes: to the issue", is_omission=True)


def _twice(path: CasePath, named: Sequence[str]) -> Iterator[Fault]:
    for index, name in enumerate(named):
        if name in named[:index]:
            yield Fault((*path, index), f"'{name}' is named twice", "once is enough")


def _arenas(case: Case) -> list[Arena]:
    """The arenas of all years; none where they cannot be made, or nobody speaks of who is in them."""
    if (
        not case.channels
        or not (case.mechanisms or case.outside or case.outcomes)
        or analysed_years(case)[-1] >= OPEN_END_YEAR
    ):
        return []
    return [arena(case, year) for year in analysed_years(case)]


def _playing(case: Case, arenas: Sequence[Arena]) -> set[str]:
    """Every party that has a part in the channels: actors, organisations, and members of those that are one player."""
    found = set(organisations(case))
    for one in arenas:
        found |= set(one.actors)
        found.update(member for members in one.within.values() for member in members)
    return found


def _mechanism(case: Case, name: str) -> Iterator[Fault]:
    mechanism, path = case.mechanisms[name], ("mechanisms", name)
    if mechanism.against and mechanism.kind != "relative":
        said = f"{mechanism.kind} is not about anybody else"
        yield Fault((*path, "against"), said, "leave it out; it is for kind: relative")
    if mechanism.at_cost_of and mechanism.kind != "recognition":
        yield Fault((*path, "at_cost_of"), "only recognition is won at somebody's cost", "leave it out")
    if mechanism.at_cost_of in mechanism.of:
        said = f"'{mechanism.at_cost_of}' wins by it and pays for it"
        yield Fault((*path, "at_cost_of"), said, "leave it out of one of the two")
    if mechanism.by_regime and mechanism.kind not in BY_REGIME:
        said = f"{mechanism.kind} does not turn on regimes"
        yield Fault((*path, "by_regime"), said, f"leave it out; it is for {join_words(BY_REGIME, 'or')}")
    if mechanism.kind == "relative":
        yield from _against(case, name, mechanism)


def _against(case: Case, name: str, mechanism: Mechanism) -> Iterator[Fault]:
    """With whom somebody compares itself: not itself, nor its own organisation, nor members who may be paid."""
    for who, parties in mechanism.against.items():
        for index, party in enumerate(parties):
            place: CasePath = ("mechanisms", name, "against", who, index)
            if party in parties[:index]:
                yield Fault(place, f"'{party}' is named twice", "once is enough")
            if party == who and party not in case.organisations:
                yield Fault(place, f"'{who}' is compared with itself", "name others")
            elif party == who or _member(case, who, party):
                said = f"'{who}' and '{party}' are on the same side"
                yield Fault(place, said, "name the other side, or the member through which theirs deals")
            elif (shared := _fellows(case, who, party)) and party not in _leading(case):
                said = f"'{party}' is in '{shared}', too, and may be paid: what members mind of that is not worked out"
                yield Fault(place, said, "name the member through which the organisation deals, or somebody outside it")


def _member(case: Case, who: str, organisation: str) -> bool:
    if organisation not in case.organisations:
        return False
    return any(row.actor == who and row.status == "member" for row in case.organisations[organisation].members)


def _fellows(case: Case, who: str, party: str) -> str:
    """The side that two are both of, if any."""
    for side in case_sides(case) or ():
        if (who == side or _member(case, who, side)) and _member(case, party, side):
            return side
    return ""


def _leading(case: Case) -> set[str]:
    """The members through which organisations deal."""
    when = [year for year in analysed_years(case) if year < OPEN_END_YEAR]
    return {one for side in case_sides(case) or () for year in when for one in through(case, side, year)}


def _lenses(case: Case) -> Iterator[Fault]:
    called: dict[str, str] = {}
    for name, lens in case.lenses.items():
        if (other := called.setdefault(lens.title.casefold(), name)) != name:
            yield Fault(("lenses", name, "title"), f"'{other}' has the same title", "they stand side by side in tables")
    mains = [name for name, lens in case.lenses.items() if lens.main]
    for name in mains[1:]:
        yield Fault(("lenses", name, "main"), f"'{mains[0]}' is the main one, too", "the answer is told by one")
    for name, lens in case.lenses.items():
        yield from _twice(("lenses", name, "uses"), lens.uses)


def _regimes(case: Case) -> Iterator[Fault]:
    for name, measure in case.regimes.items():
        for year, held in measure.held.items():
            for party, value in held.items():
                if value > 1:
                    place: CasePath = ("regimes", name, "held", year, party)
                    yield Fault(place, f"{value:g} is not from 0 to 1", "bring the measure to that scale")


def _measured(case: Case, mechanism: str, measure: str, arenas: Sequence[Arena]) -> Iterator[Fault]:
    """Actors and sides of whose regimes nothing is told, where a mechanism turns on them."""
    for found in arenas:
        year = found.year
        for actor in [*found.actors, *(case_sides(case) or ())]:
            if democracy_score(case, measure, year, actor) is None:
                yield regime_fault(measure, actor, year, mechanism)


def _response(case: Case) -> Iterator[Fault]:
    response, path = case.response, ("response",)
    if case.channels and response.channel == observed(case):
        said = f"'{response.channel}' is what there is already: gains are counted from it"
        yield Fault((*path, "channel"), said, "name the channel that is offered")
    for reply in ("accept", "contact"):
        if reply in response.replies:
            said = f"to {reply} is always possible, and worth what the channel is worth"
            yield Fault((*path, "replies", reply), said, "leave it out")
    if response.channel and case.channels[response.channel].joins:
        for side in case_sides(case) or ():
            if side not in case.channels[response.channel].joins:
                said = f"'{response.channel}' does not join '{side}', which is a side"
                yield Fault((*path, "channel"), said, "offer a channel that joins both sides")
    if response.form != "both" and case.channels and response.channel and not case.channels[response.channel].joins:
        said = f"'{response.channel}' is run in one way only"
        yield Fault((*path, "form"), said, "leave it out, or name a channel that joins organisations")
    if not all(0 < each <= MOST for each in response.belief):
        yield Fault((*path, "belief"), f"a belief needs two numbers above 0, {MOST:,} at most", "e.g. [1, 3]")
    known = case_entries(case)
    yield from _twice((*path, "resets"), response.resets)
    for index, id in enumerate(response.resets):
        if getattr(known[id].part, "date", None) is None:
            yield Fault((*path, "resets", index), f"'{id}' has no date", "name entries that are dated")


def _priors(case: Case) -> Iterator[Fault]:
    known = [".".join(map(str, path)) for path, _, _ in numbers(case)]
    for name, priors in case.priors.items():
        for path in priors.set:
            if path not in known:
                said = f"'{path}' is no number that is drawn"
                remedy = did_you_mean(path, known) or "a number of channels, issues, network, mechanisms, response"
                yield Fault(("priors", name, "set", path), said, remedy, is_omission=True)


def _strangers(case: Case, playing: set[str]) -> Iterator[Fault]:
    """Parties of mechanisms that have no part in any channel."""
    named: list[tuple[CasePath, str]] = []
    for name, mechanism in case.mechanisms.items():
        named += [(("mechanisms", name, "of", party), party) for party in mechanism.of]
        for who, parties in mechanism.against.items():
            named.append((("mechanisms", name, "against", who), who))
            each: Sequence[str] = parties
            named += [(("mechanisms", name, "against", who, index), party) for index, party in enumerate(each)]
        if mechanism.at_cost_of:
            named.append((("mechanisms", name, "at_cost_of"), mechanism.at_cost_of))
    for path, party in named:
        if party not in playing:
            yield Fault(
                path, f"'{party}' is in no channel", "name actors and organisations of the channels", is_omission=True
            )


def _outside(case: Case, name: str, playing: set[str]) -> Iterator[Fault]:
    option, path = case.outside[name], ("outside", name)
    if option.of not in playing:
        yield Fault((*path, "of"), f"'{option.of}' is in no channel", "name who would forgo it", is_omission=True)
    yield from _twice((*path, "partners"), option.partners)
    for index, partner in enumerate(option.partners):
        place: CasePath = (*path, "partners", index)
        if partner in playing:
            yield Fault(place, f"'{partner}' is in the channels", "partners elsewhere are none of those who deal there")
        elif case.capabilities and capability(case, analysed_years(case)[-1], partner) is None:
            measure = case.network.capability or next(iter(case.capabilities))
            yield Fault(place, f"nothing is said of what '{partner}' can do", f"add it to capabilities.{measure}")


def _outcome(case: Case, name: str, playing: set[str], actors: set[str]) -> Iterator[Fault]:
    outcome, path = case.outcomes[name], ("outcomes", name)
    by = represented_party(case, outcome.by, outcome.date)
    if (outcome.channel is None) == (not outcome.adds):
        yield Fault(
            path,
            "it needs a channel, or two parties between whom a link is added",
            "channel: or adds:",
            is_omission=True,
        )
    if outcome.adds and len(outcome.adds) != 2:
        yield Fault((*path, "adds"), "a link is between two", "name two parties")
    ends = [party for party in outcome.adds if party in playing]
    if outcome.adds and len(ends) != 1:
        said = "both have a part in the channels" if ends else "neither has a part in the channels"
        yield Fault((*path, "adds"), said, "one of the two is beyond them; else name the channel", is_omission=True)
    elif outcome.adds and by != ends[0]:
        yield Fault((*path, "by"), f"'{outcome.by}' is not one of the two", f"'{ends[0]}' decides on its links")
    for key in ("instead_of", "issue"):
        if outcome.adds and getattr(outcome, key):
            yield Fault((*path, key), "a link that is added is beside all channels", "leave it out")
    if outcome.channel is None:
        return
    if outcome.channel == (outcome.instead_of or observed(case)):
        key = "instead_of" if outcome.instead_of else "channel"
        yield Fault((*path, key), f"'{outcome.channel}' instead of itself", "name what they had otherwise")
    between = case_sides(case) or ()
    if by not in between and by not in actors:
        whole = next((side for side in between if by in members_in_year(case, side, analysed_years(case)[-1])), None)
        remedy = f"say it of '{whole}', which is one player" if whole else "name a side, or an actor of the channels"
        yield Fault((*path, "by"), f"'{outcome.by}' does not decide on channels", remedy, is_omission=True)
    if outcome.issue and outcome.issue not in weighed(case):
        yield Fault(
            (*path, "issue"), f"nothing is at stake on '{outcome.issue}'", "add stakes: to the issue", is_omission=True
        )
