"""The finding on the agendas: what each put forward, what came, stayed and went, and the drift of it all."""

from __future__ import annotations

from fractions import Fraction

from detente.case.schema.case import Case
from detente.methods.chronology.agenda_drift import Agenda, courses, shares
from detente.results.finding import Finding
from detente.rooms.record.findings.charts import drift_chart
from detente.rooms.record.findings.offers import order
from detente.text.english import count, listed
from detente.text.number_format import number

METHOD = (
    "An agenda is a dated offer that makes three proposals or more; what was proposed before the first of them, or "
    "without a date, stands as earlier. Issues and their groups are declared in the case. A proposal counts once in "
    "its agenda, divided equally among its issues."
)
EARLIER = "earlier"


def agendas(case: Case) -> list[Agenda]:
    """The agendas in order of time, each under its year, after what was proposed earlier if anything was."""
    full = [offer for offer in case.offers if offer.is_agenda]
    full.sort(key=order)
    taken = {name for offer in full for name in offer.proposes}
    others = [offer for offer in case.offers if offer not in full]
    before = [offer for offer in others if full and (not offer.date or order(offer) < order(full[0]))]
    early = {name: list(case.proposals[name].issues) for o in before for name in o.proposes if name not in taken}
    found = [Agenda(EARLIER, early)] if early else []
    years = [str(offer.date.stated.begins[1].year) for offer in full if offer.date]
    for offer, year in zip(full, years, strict=True):
        label = year if years.count(year) == 1 else str(offer.date)
        found.append(Agenda(label, {name: list(case.proposals[name].issues) for name in offer.proposes}))
    return found


def finding(case: Case) -> Finding:
    """Each issue over the agendas, side by side."""
    import polars as pl

    found = agendas(case)
    groups = {name: issue.group for name, issue in case.issues.items() if issue.group}
    named = [issue for issue in case.issues if any(issue in agenda.issues for agenda in found)]
    order = list(dict.fromkeys(groups.get(issue, "") for issue in named))
    records = []
    for issue in sorted(named, key=lambda i: order.index(groups.get(i, ""))):
        course = courses(found, issue)
        cells = {}
        for agenda, what in zip(found, course, strict=True):
            by = [name for name, issues in agenda.proposals.items() if issue in issues]
            cells[agenda.label] = ", ".join(by) if by else "went" if what == "went" else ""
        records.append({"issue": issue, "group": groups.get(issue, ""), **cells})
    parts = [shares(agenda, groups) for agenda in found]
    return Finding(
        id="agenda",
        title="What each agenda put forward",
        says=_words(case, found, parts),
        see="The stronger the shade, the larger the share of a group; the table has the proposals on each issue.",
        table=pl.DataFrame(records),
        headers={agenda.label: agenda.label for agenda in found},
        links=("issue", *(agenda.label for agenda in found)),
        chart=drift_chart([(a.label, {g: float(v) for g, v in p.items()}) for a, p in zip(found, parts, strict=True)]),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(name for agenda in found for name in agenda.proposals)),
    )


def _words(case: Case, found: list[Agenda], parts: list[dict[str, Fraction]]) -> str:
    full = [(agenda, part) for agenda, part in zip(found, parts, strict=True) if agenda.label != EARLIER]
    (first, before), (last, after) = full[0], full[-1]
    if first is last:
        return f"One agenda, of {first.label}, with {count(len(first.proposals), 'proposal')}."
    came = [case.issues[i].title for i in case.issues if i in last.issues - first.issues]
    went = [case.issues[i].title for i in case.issues if i in first.issues - last.issues]
    moves = [
        f"{group} {_part(before.get(group, 0), first)}, then {_part(after.get(group, 0), last)}"
        for group in dict.fromkeys([*before, *after])
        if before.get(group, 0) != after.get(group, 0)
    ]
    kept = [case.issues[i].title for i in case.issues if i in first.issues & last.issues]
    words = f"From {first.label} to {last.label} came: {listed(came) or 'nothing'}; went: {listed(went) or 'nothing'}; "
    words += f"stayed: {listed(kept) or 'nothing'}."
    return words + (f" By group, of the proposals: {'; '.join(moves)}." if moves else "")


def _part(share: Fraction | int, agenda: Agenda) -> str:
    """A share as proposals of proposals: `2 of 5`; halves where a proposal belongs to two groups."""
    return f"{number(share * len(agenda.proposals))} of {len(agenda.proposals)}"
