"""The finding on the agendas: what each put forward, what came, stayed and went, and the drift of it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from fractions import Fraction

from detente.case.schema.case import Case
from detente.methods.chronology.agenda_drift import Agenda
from detente.results.finding import Finding
from detente.results.pictures import CellGrid, GridCell
from detente.results.table import Column, make_table
from detente.rooms.record.findings.text import if_short
from detente.rooms.record.model.agendas import AgendaDrift, IssueCourse
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.mixed_numbers import format_mixed

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
        says=" ".join(_sentences(case, drift)),
        table=make_table(
            [
                Column("issue", format="id"),
                Column("group"),
                *(Column(f"agenda_{label}", label, "ids") for label in labels),
            ],
            (_issue_record(drift, course) for course in drift.issues),
        ),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(name for agenda in drift.agendas for name in agenda.proposals)),
        place="detail",
        question="How the issues on offer changed",
        short_answer=_short_answer(drift),
        picture=_grid(case, drift),
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


def _short_answer(drift: AgendaDrift) -> str:
    """`four issues new, two gone`."""
    (first, _), (last, _) = drift.dated[0], drift.dated[-1]
    if first is last:
        return f"one approach, {count_noun(len(first.proposals), 'proposal')}"
    came, went = len(last.issues - first.issues), len(first.issues - last.issues)
    if not came and not went:
        return "the same issues throughout"
    return f"{count_noun(came, 'issue')} new, {cardinal(went) if went else 'none'} gone"


def _sentences(case: Case, drift: AgendaDrift) -> Iterator[str]:
    """Which issues came, went and stayed from the first agenda to the last, and which group of issues moved most."""
    (first, first_shares), (last, last_shares) = drift.dated[0], drift.dated[-1]
    if first is last:
        yield f"One approach, of {first.label}, makes {count_noun(len(first.proposals), 'proposal')}."
        return
    came, went = last.issues - first.issues, first.issues - last.issues
    head = f"The approach of {last.label} names"
    than = f"that the one of {first.label} does not"
    yield _named(case, f"{head} {count_noun(len(came), 'issue')} {than}", came) if came else f"{head} no issue {than}."
    if went:
        yield _named(case, f"It drops {cardinal(len(went))}", went)
    if stayed := first.issues & last.issues:
        yield _named(case, f"It keeps {cardinal(len(stayed))}", stayed)
    for groups in _movers(first_shares, last_shares):
        for group in groups:
            then, now = (_count_phrase(shares, group, agenda) for agenda, shares in (drift.dated[0], drift.dated[-1]))
            yield f"{upper_first(group)} had {then} proposals in {first.label} and {now} in {last.label}."


def _named(case: Case, counted: str, issues: Set[str]) -> str:
    """A sentence that counts some issues, and names them where it has room."""
    titles = [issue.title for name, issue in case.issues.items() if name in issues]
    has_inner_marks = any(" and " in title or "," in title for title in titles)
    named = "; ".join(titles) if has_inner_marks else join_words(titles)
    return if_short(f"{counted}: {named}.", f"{counted}.")


def _movers(
    first_shares: Mapping[str, Fraction], last_shares: Mapping[str, Fraction]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The groups whose share fell most and rose most; of several that moved alike none."""
    groups = dict.fromkeys([*first_shares, *last_shares])
    moves = {
        group: last_shares.get(group, Fraction()) - first_shares.get(group, Fraction()) for group in groups if group
    }
    fallen = [group for group, move in moves.items() if move < 0 and move == min(moves.values())]
    risen = [group for group, move in moves.items() if move > 0 and move == max(moves.values())]
    return tuple(fallen if len(fallen) == 1 else ()), tuple(risen if len(risen) == 1 else ())


def _count_phrase(shares: Mapping[str, Fraction], group: str, agenda: Agenda) -> str:
    """A share as proposals of proposals: `2 of 5`; halves where a proposal belongs to two groups; `none of 7`."""
    count = shares.get(group, Fraction()) * len(agenda.proposals)
    return f"{format_mixed(count) if count else 'none'} of {len(agenda.proposals)}"


def _grid(case: Case, drift: AgendaDrift) -> CellGrid:
    """A mark where an agenda proposes something on an issue."""
    labels = tuple(upper_first(_agenda_label(agenda)) for agenda in drift.agendas)
    rows = tuple(
        (
            case.issues[course.issue].title,
            tuple(GridCell("yes" if course.issue in agenda.issues else "empty") for agenda in drift.agendas),
        )
        for course in drift.issues
    )
    return CellGrid(
        says="A mark means that the approach of that date made a proposal on the issue.",
        corner="Issue",
        columns=labels,
        rows=rows,
        legend=(("yes", "proposed"),),
    )
