"""The sections on the record: what happened, where the sources disagree, what became of predictions."""

from __future__ import annotations

from collections import Counter

from detente.case.index.offers import accepted_offers
from detente.case.schema.case import Case
from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.results.finding import Finding, Section, Tile
from detente.rooms.record.findings import agenda, contradictions, facts, offers, predictions, statements
from detente.rooms.record.findings import membership as members
from detente.text.english import count_noun, upper_first


def record_sections(case: Case) -> tuple[Section, ...]:
    """The sections on what happened, on where the sources disagree, and on what became of predictions."""
    sections = (_record_section(case), contradictions.section(case), predictions.predictions_section(case))
    return tuple(section for section in sections if section)


def _record_section(case: Case) -> Section | None:
    findings: list[Finding] = []
    if case.offers:
        findings += [offers.timeline_finding(case), offers.response_times_finding(case)]
    if agenda.agendas_in_order(case):
        findings.append(agenda.agenda_finding(case))
    if any(organisation.members for organisation in case.organisations.values()):
        findings.append(members.membership_finding(case))
        findings += [members.members_at_offers_finding(case)] if case.offers else []
        findings += [members.members_at_snapshots_finding(case)] if case.snapshots else []
    if any(organisation.organs for organisation in case.organisations.values()):
        findings.append(members.organs_finding(case))
    if case.facts:
        findings.append(facts.facts_finding(case))
    if statements.ordered_statements(case):
        findings.append(statements.statements_finding(case))
    if not findings:
        return None
    answer_counts = Counter(reply.answer for reply in case.replies)
    return Section(
        id="record",
        title="What happened",
        answer=findings[0].says,
        tile=_tile(case, answer_counts),
        findings=tuple(findings),
        outcome={"offers": float(len(case.offers)), **{f"replies.{a}": float(n) for a, n in answer_counts.items()}},
        method=" ".join(dict.fromkeys(finding.method for finding in findings)),
    )


def _tile(case: Case, answer_counts: Counter[ReplyAnswer]) -> Tile:
    if not case.offers:
        return Tile("What happened", "No offer on record")
    fate_phrase = f"{len(accepted_offers(case)) or 'none'} accepted"
    fate_phrase = (
        f"{count_noun(answer_counts['contact'], 'brief contact')}, {fate_phrase}"
        if answer_counts["contact"]
        else fate_phrase
    )
    replies = ", ".join(
        f"{REPLY_ANSWER_WORDS[a]} {answer_counts[a]}"
        for a in REPLY_ANSWER_WORDS
        if answer_counts[a] and a not in ("accept", "silence")
    )
    replies += f"; silence told {count_noun(answer_counts['silence'], 'time')}" if answer_counts["silence"] else ""
    value = f"{upper_first(count_noun(len(case.offers), 'offer'))} on record, {fate_phrase}"
    return Tile("What happened", value, f"replies: {replies}" if replies else "")
