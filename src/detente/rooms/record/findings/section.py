"""The sections on the record: what happened, where the sources disagree, what became of predictions."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding, Section
from detente.rooms.record.findings.agenda import agenda_finding
from detente.rooms.record.findings.approaches import approaches_finding
from detente.rooms.record.findings.contradictions import contradictions_section
from detente.rooms.record.findings.facts import facts_finding
from detente.rooms.record.findings.membership import (
    members_at_offers_finding,
    members_at_snapshots_finding,
    membership_finding,
)
from detente.rooms.record.findings.missing import missing_from_record
from detente.rooms.record.findings.opening import record_headline, record_lead
from detente.rooms.record.findings.opening_picture import opening_timeline
from detente.rooms.record.findings.predictions import predictions_section
from detente.rooms.record.findings.statements import statements_finding
from detente.rooms.record.findings.timeline import timeline_finding
from detente.rooms.record.findings.waits import waits_finding
from detente.rooms.record.model.record import RecordModel


def record_sections(model: RecordModel) -> tuple[Section, ...]:
    """The sections on what happened, on where the sources disagree, and on what became of predictions."""
    sections = (_record_section(model), contradictions_section(model), predictions_section(model))
    return tuple(section for section in sections if section)


def _record_section(model: RecordModel) -> Section | None:
    findings = (*_details(model), *_annex_findings(model))
    if not findings:
        return None
    has_offers = bool(model.case.recorded_offers)
    return Section(
        id="record",
        title="What happened",
        findings=findings,
        method=" ".join(dict.fromkeys(finding.method for finding in findings)),
        headline=record_headline(model),
        lead=record_lead(model),
        picture=opening_timeline(model) if has_offers else None,
        picture_of=("timeline",) if has_offers else (),
        missing=tuple(missing_from_record(model)),
    )


def _details(model: RecordModel) -> Iterator[Finding]:
    """What is folded in the chapter."""
    if model.case.recorded_offers:
        yield waits_finding(model)
        yield approaches_finding(model)
    if model.statements:
        yield statements_finding(model.case, model.statements)
    if model.agendas:
        yield agenda_finding(model.case, model.agendas)
    if _has_members(model) and model.case.snapshots:
        yield members_at_snapshots_finding(model)


def _annex_findings(model: RecordModel) -> Iterator[Finding]:
    """The tables that no chapter shows."""
    if model.case.recorded_offers:
        yield timeline_finding(model)
    if _has_members(model):
        yield membership_finding(model)
        if model.case.recorded_offers:
            yield members_at_offers_finding(model)
    if model.case.facts:
        yield facts_finding(model.case)


def _has_members(model: RecordModel) -> bool:
    return any(organisation.members for organisation in model.case.organisations.values())
