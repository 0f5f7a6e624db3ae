"""The sections on the record: what happened, where the sources disagree, what became of predictions."""

from __future__ import annotations

from collections import Counter

from detente.case.index.offers import accepted
from detente.case.schema.case import Case
from detente.case.schema.record import ANSWERS, Answer
from detente.results.finding import Finding, Section, Tile
from detente.rooms.record.findings import agenda, contradictions, facts, offers, predictions, statements
from detente.rooms.record.findings import membership as members
from detente.text.english import capital, count


def record_sections(case: Case) -> tuple[Section, ...]:
    """The sections on what happened, on where the sources disagree, and on what became of predictions."""
    sections = (_happened(case), contradictions.section(case), predictions.section(case))
    return tuple(section for section in sections if section)


def _happened(case: Case) -> Section | None:
    findings: list[Finding] = []
    if case.offers:
        findings += [offers.timeline(case), offers.waits(case)]
    if agenda.agendas(case):
        findings.append(agenda.finding(case))
    if any(organisation.members for organisation in case.organisations.values()):
        findings.append(members.membership(case))
        findings += [members.members_at_offers(case)] if case.offers else []
        findings += [members.side_by_side(case)] if case.snapshots else []
    if any(organisation.organs for organisation in case.organisations.values()):
        findings.append(members.bodies(case))
    if case.facts:
        findings.append(facts.finding(case))
    if statements.statements(case):
        findings.append(statements.finding(case))
    if not findings:
        return None
    answers = Counter(reply.answer for reply in case.replies)
    return Section(
        id="record",
        title="What happened",
        answer=findings[0].says,
        tile=_tile(case, answers),
        findings=tuple(findings),
        outcome={"offers": float(len(case.offers)), **{f"replies.{a}": float(n) for a, n in answers.items()}},
        method=" ".join(dict.fromkeys(finding.method for finding in findings)),
    )


def _tile(case: Case, answers: Counter[Answer]) -> Tile:
    if not case.offers:
        return Tile("What happened", "No offer on record")
    fate = f"{len(accepted(case)) or 'none'} accepted"
    fate = f"{count(answers['contact'], 'brief contact')}, {fate}" if answers["contact"] else fate
    replies = ", ".join(f"{ANSWERS[a]} {answers[a]}" for a in ANSWERS if answers[a] and a not in ("accept", "silence"))
    replies += f"; silence told {count(answers['silence'], 'time')}" if answers["silence"] else ""
    value = f"{capital(count(len(case.offers), 'offer'))} on record, {fate}"
    return Tile("What happened", value, f"replies: {replies}" if replies else "")
