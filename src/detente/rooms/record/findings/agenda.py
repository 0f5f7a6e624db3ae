"""The finding on the agendas: what each put forward, what came, stayed and went, and the drift of it all."""

from __future__ import annotations

from collections.abc import Set
from fractions import Fraction

from detente.case.schema.case import Case
from detente.methods.chronology.agenda_drift import Agenda
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.record.findings.charts import agenda_drift_chart
from detente.rooms.record.model.agendas import AgendaDrift, IssueCourse
from detente.text.english import count_noun, join_words
from detente.text.number_format import format_number

METHOD = (
    "An agenda is a dated offer that makes three proposals or more and answers no other offer; what was proposed "
    "before the first of them, or without a date, stands as earlier. Issues and their groups are declared in the case. "
    "A proposal counts once in its agenda, divided equally among its issues."
)
EARLIER_LABEL = "earlier"


def agenda_finding(case: Case, drift: AgendaDrift) -> Finding:
    """Each issue over the agendas, side by side."""
    labels = [_agenda_label(agenda) for agenda in drift.agendas]
    return Finding(
        id="agenda",
        title="What each agenda put forward",
        says=_agenda_sentences(case, drift),
        see="The stronger the shade, the larger the share of a group; the table has the proposals on each issue.",
        table=make_table(
            [
                Column("issue", format="id"),
                Column("group"),
                *(Column(f"agenda_{label}", label, "ids") for label in labels),
            ],
            (_issue_record(drift, course) for course in drift.issues),
        ),
        chart=agenda_drift_chart(
            [
                (label, {group: float(share) for group, share in shares.items()})
                for label, shares in zip(labels, drift.shares, strict=True)
            ]
        ),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(name for agenda in drift.agendas for name in agenda.proposals)),
    )


def _agenda_label(agenda: Agenda) -> str:
    return agenda.label or EARLIER_LABEL


def _issue_record(drift: AgendaDrift, course: IssueCourse) -> dict[str, object]:
    cells = {}
    for agenda, movement in zip(drift.agendas, course.movements, strict=True):
        proposal_ids = [name for name, issues in agenda.proposals.items() if course.issue in issues]
        cells[f"agenda_{_agenda_label(agenda)}"] = (
            ", ".join(proposal_ids) if proposal_ids else "went" if movement == "went" else ""
        )
    return {"issue": course.issue, "group": course.group, **cells}


def _agenda_sentences(case: Case, drift: AgendaDrift) -> str:
    def titles(issues: Set[str]) -> str:
        return join_words(case.issues[issue].title for issue in case.issues if issue in issues) or "nothing"

    (first_agenda, first_shares), (last_agenda, last_shares) = drift.dated[0], drift.dated[-1]
    if first_agenda is last_agenda:
        return f"One agenda, of {first_agenda.label}, with {count_noun(len(first_agenda.proposals), 'proposal')}."
    first_issues, last_issues = first_agenda.issues, last_agenda.issues
    group_changes = [
        f"{group} {_proposal_count_phrase(first_shares.get(group, 0), first_agenda)}, "
        f"then {_proposal_count_phrase(last_shares.get(group, 0), last_agenda)}"
        for group in dict.fromkeys([*first_shares, *last_shares])
        if first_shares.get(group, 0) != last_shares.get(group, 0)
    ]
    text = f"From {first_agenda.label} to {last_agenda.label} came: {titles(last_issues - first_issues)}; "
    text += f"went: {titles(first_issues - last_issues)}; stayed: {titles(first_issues & last_issues)}."
    return text + (f" By group, of the proposals: {'; '.join(group_changes)}." if group_changes else "")


def _proposal_count_phrase(share: Fraction | int, agenda: Agenda) -> str:
    """A share as proposals of proposals: `2 of 5`; halves where a proposal belongs to two groups."""
    return f"{format_number(share * len(agenda.proposals))} of {len(agenda.proposals)}"
