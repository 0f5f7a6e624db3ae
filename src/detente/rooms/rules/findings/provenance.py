"""The chain of rules behind the verdicts on a proposal, and what a rule bears on: for `detente explain`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.case.schema.base import ID_PATTERN
from detente.case.schema.case import Case
from detente.methods.institutions.three_valued_logic import attributes_in
from detente.results.finding import ProvenanceStep
from detente.rooms.rules.findings.text import RuleLabels, states_phrase, verdict_reasons
from detente.rooms.rules.model.build_rulebooks import proposal_parts
from detente.rooms.rules.model.docket import Docket, build_docket
from detente.rooms.rules.model.rulings import ProposalRulings
from detente.text.dates import format_date
from detente.text.english import join_words

_ID = re.compile(ID_PATTERN)


def rule_trail(case: Case, id: str) -> list[ProvenanceStep]:
    """What the rules make of a proposal; for a rule or an attribute, the proposals whose verdicts it bears on."""
    docket = build_docket(case)
    if docket is None:
        return []
    labels = RuleLabels(case)
    if id in docket.proposals:
        return list(_proposal_steps(docket, labels, id))
    if id in case.rules:
        return list(_rule_steps(docket, labels, id))
    return list(_attribute_steps(docket, labels, id)) if id in case.attributes else []


def _proposal_steps(docket: Docket, labels: RuleLabels, id: str) -> Iterator[ProvenanceStep]:
    own_rulings, current_rulings = docket.under_bloc_rules(id), docket.under_bloc_rules(id, docket.comparison_time)
    steps = [ProvenanceStep("", line) for line in _proposal_lines(own_rulings, docket.case, labels, id)]
    steps += [
        ProvenanceStep(
            party,
            states_phrase(own_rulings.states([party])),
            tuple(ProvenanceStep("", line) for line in verdict_reasons(labels, docket, own_rulings, party)),
        )
        for party in docket.parties
    ]
    if opening := labels.openings_phrase(own_rulings):
        steps.append(ProvenanceStep("", f"What would open it: {opening}."))
    if current_rulings.states() != own_rulings.states():
        steps.append(
            ProvenanceStep(
                "", f"By the rules of {format_date(docket.comparison_time)}: {states_phrase(current_rulings.states())}."
            )
        )
    yield ProvenanceStep(
        id,
        f"From bloc to bloc, in {format_date(docket.proposal_time(id))}: {states_phrase(own_rulings.states())}",
        tuple(steps),
    )
    answering_label = labels.display_name(docket.answering_party)
    members_by_state: dict[str, list[str]] = {}
    for member, member_rulings in docket.under_member_rules(id).items():
        members_by_state.setdefault(states_phrase(member_rulings.states()), []).append(labels.display_name(member))
    for state, members in members_by_state.items():
        yield ProvenanceStep("", f"Between {answering_label} and {join_words(members, 'or')} alone: {state}")


def _proposal_lines(proposal_rulings: ProposalRulings, case: Case, labels: RuleLabels, id: str) -> Iterator[str]:
    """What the proposal says of itself, and what of that which the rules ask it leaves open."""
    for part_title, qualities in proposal_parts(case.proposals[id]):
        stated_values = "; ".join(labels.value_phrase(name, quality.value) for name, quality in qualities.items())
        asked_attributes = (
            name
            for ruling in proposal_rulings.rulings
            if ruling.part_title == part_title
            for name in (
                *ruling.verdict.unsettled_attributes,
                *(n for need in ruling.verdict.open_requirements for n in attributes_in(need)),
            )
        )
        open_attributes = [name for name in dict.fromkeys(asked_attributes) if name not in qualities]
        open_note = f" Left open, and asked for: {join_words(open_attributes)}." if open_attributes else ""
        yield f"{f'{part_title}: ' if part_title else 'By its own words: '}{stated_values or 'nothing'}.{open_note}"


def _rule_steps(docket: Docket, labels: RuleLabels, id: str) -> Iterator[ProvenanceStep]:
    """Each proposal, with what the rule does to it."""
    for name in docket.proposals:
        proposal_rulings = docket.under_bloc_rules(name)
        for party in proposal_rulings.parties:
            lines = [
                line for line in verdict_reasons(labels, docket, proposal_rulings, party) if id in _ID.findall(line)
            ]
            if lines:
                text = (
                    f"{docket.case.proposals[name].title}: {states_phrase(proposal_rulings.states())} from bloc to bloc"
                )
                yield ProvenanceStep(
                    name, text, tuple(ProvenanceStep("", f"{labels.display_name(party)}: {line}") for line in lines)
                )


def _attribute_steps(docket: Docket, labels: RuleLabels, id: str) -> Iterator[ProvenanceStep]:
    """Each proposal whose verdict waits for an answer to this attribute."""
    for name in docket.proposals:
        proposal_rulings = docket.under_bloc_rules(name)
        is_waiting = any(
            id in r.verdict.unsettled_attributes
            or any(id in attributes_in(need) for need in r.verdict.open_requirements)
            for r in proposal_rulings.rulings
        )
        if is_waiting:
            yield ProvenanceStep(
                name,
                f"{docket.case.proposals[name].title}: {states_phrase(proposal_rulings.states())}, and waits for it",
            )
