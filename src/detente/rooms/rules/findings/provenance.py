"""The chain of rules behind the verdicts on a proposal, and what a rule bears on: for `detente explain`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.case.schema.base import ID_PATTERN
from detente.case.schema.case import Case
from detente.methods.institutions.three_valued_logic import mentioned
from detente.results.finding import Step
from detente.rooms.rules.findings.text import Words, reasons, states_words
from detente.rooms.rules.model.build_rulebooks import things
from detente.rooms.rules.model.docket import Docket, docket
from detente.rooms.rules.model.rulings import Held
from detente.text.dates import format_date
from detente.text.english import listed

_ID = re.compile(ID_PATTERN)


def chain(case: Case, id: str) -> list[Step]:
    """What the rules make of a proposal; for a rule or an attribute, the proposals whose verdicts it bears on."""
    found = docket(case)
    if found is None:
        return []
    words = Words(case)
    if id in found.proposals:
        return list(_proposal(found, words, id))
    if id in case.rules:
        return list(_rule(found, words, id))
    return list(_attribute(found, words, id)) if id in case.attributes else []


def _proposal(found: Docket, words: Words, id: str) -> Iterator[Step]:
    held, now = found.bloc(id), found.bloc(id, found.now)
    sides = [Step("", line) for line in _itself(held, found.case, words, id)]
    sides += [
        Step(
            party,
            states_words(held.states([party])),
            tuple(Step("", line) for line in reasons(words, found, held, party)),
        )
        for party in found.parties
    ]
    if opening := words.openings(held):
        sides.append(Step("", f"What would open it: {opening}."))
    if now.states() != held.states():
        sides.append(Step("", f"By the rules of {format_date(found.now)}: {states_words(now.states())}."))
    yield Step(id, f"From bloc to bloc, in {format_date(found.time(id))}: {states_words(held.states())}", tuple(sides))
    answering = words.name(found.answering)
    groups: dict[str, list[str]] = {}
    for member, bilateral in found.bilateral(id).items():
        groups.setdefault(states_words(bilateral.states()), []).append(words.name(member))
    for state, members in groups.items():
        yield Step("", f"Between {answering} and {listed(members, 'or')} alone: {state}")


def _itself(held: Held, case: Case, words: Words, id: str) -> Iterator[str]:
    """What the proposal says of itself, and what of that which the rules ask it leaves open."""
    for thing, qualities in things(case.proposals[id]):
        said = "; ".join(words.value(name, quality.value) for name, quality in qualities.items())
        asked = (
            name
            for ruling in held.rulings
            if ruling.thing == thing
            for name in (*ruling.verdict.unknown, *(n for need in ruling.verdict.needs for n in mentioned(need)))
        )
        left = [name for name in dict.fromkeys(asked) if name not in qualities]
        opened = f" Left open, and asked for: {listed(left)}." if left else ""
        yield f"{f'{thing}: ' if thing else 'By its own words: '}{said or 'nothing'}.{opened}"


def _rule(found: Docket, words: Words, id: str) -> Iterator[Step]:
    """Each proposal, with what the rule does to it."""
    for name in found.proposals:
        held = found.bloc(name)
        for party in held.parties:
            lines = [line for line in reasons(words, found, held, party) if id in _ID.findall(line)]
            if lines:
                words_ = f"{found.case.proposals[name].title}: {states_words(held.states())} from bloc to bloc"
                yield Step(name, words_, tuple(Step("", f"{words.name(party)}: {line}") for line in lines))


def _attribute(found: Docket, words: Words, id: str) -> Iterator[Step]:
    """Each proposal whose verdict waits for an answer to this attribute."""
    for name in found.proposals:
        held = found.bloc(name)
        waiting = any(
            id in r.verdict.unknown or any(id in mentioned(need) for need in r.verdict.needs) for r in held.rulings
        )
        if waiting:
            yield Step(name, f"{found.case.proposals[name].title}: {states_words(held.states())}, and waits for it")
