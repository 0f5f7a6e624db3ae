"""The sections on the record: what happened, where the sources disagree, what became of predictions."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.record import ANSWER_WORDS
from detente.results.finding import Finding, Section, Tile
from detente.rooms.record.findings.agenda import agenda_finding
from detente.rooms.record.findings.approaches import approaches_finding
from detente.rooms.record.findings.contradictions import contradictions_section
from detente.rooms.record.findings.facts import facts_finding
from detente.rooms.record.findings.membership import (
    members_at_offers_finding,
    members_at_snapshots_finding,
    membership_finding,
    organs_finding,
)
from detente.rooms.record.findings.offers import response_times_finding, timeline_finding
from detente.rooms.record.findings.predictions import predictions_section
from detente.rooms.record.findings.statements import statements_finding
from detente.rooms.record.model.record import RecordModel
from detente.text.english import count_noun, upper_first


def record_sections(model: RecordModel) -> tuple[Section, ...]:
    """The sections on what happened, on where the sources disagree, and on what became of predictions."""
    sections = (_record_section(model), contradictions_section(model), predictions_section(model))
    return tuple(section for section in sections if section)


def _record_section(model: RecordModel) -> Section | None:
    findings = list(_record_findings(model))
    if not findings:
        return None
    return Section(
        id="record",
        title="What happened",
        answer=findings[0].says,
        tile=_tile(model),
        findings=tuple(findings),
        method=" ".join(dict.fromkeys(finding.method for finding in findings)),
    )


def _record_findings(model: RecordModel) -> Iterator[Finding]:
    case = model.case
    if case.offers:
        yield timeline_finding(model)
        yield approaches_finding(model)
        yield response_times_finding(model)
    if model.agendas:
        yield agenda_finding(case, model.agendas)
    if any(organisation.members for organisation in case.organisations.values()):
        yield membership_finding(model)
        if case.offers:
            yield members_at_offers_finding(model)
        if case.snapshots:
            yield members_at_snapshots_finding(model)
    if any(organisation.organs for organisation in case.organisations.values()):
        yield organs_finding(case)
    if case.facts:
        yield facts_finding(case)
    if model.statements:
        yield statements_finding(case, model.statements)


def _tile(model: RecordModel) -> Tile:
    offers, counts = model.offers, model.offers.answer_counts
    if not model.case.offers:
        return Tile("What happened", "No offer on record")
    fate_phrase = f"{offers.accepted_count or 'none'} accepted"
    if offers.accepted_count and offers.accepted_count == offers.accepted_elsewhere_count:
        fate_phrase += " through another channel"
    if offers.partly_accepted_count:
        fate_phrase += f" by all, {offers.partly_accepted_count} by some"
    if contact_count := counts.get("contact", 0):
        fate_phrase = f"{count_noun(contact_count, 'contact')}, {fate_phrase}"
    replies = ", ".join(
        f"{words} {counts[answer]}"
        for answer, words in ANSWER_WORDS.items()
        if counts.get(answer) and answer not in ("accept", "silence")
    )
    if silence_count := counts.get("silence", 0):
        replies += f"; silence told {count_noun(silence_count, 'time')}"
    value = f"{upper_first(count_noun(len(model.case.offers), 'approach', 'approaches'))} on record, {fate_phrase}"
    return Tile("What happened", value, f"replies: {replies}" if replies else "")
