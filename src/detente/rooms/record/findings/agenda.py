"""The finding on the agendas: what each put forward, what came, stayed and went, and the drift of it all."""

from __future__ import annotations

from fractions import Fraction

from detente.case.schema.case import Case
from detente.methods.chronology.agenda_drift import Agenda, group_shares, movements_of_issue
from detente.results.finding import Finding
from detente.rooms.record.findings.charts import agenda_drift_chart
from detente.rooms.record.findings.offers import date_sort_key
from detente.text.english import count_noun, join_words
from detente.text.number_format import format_number

METHOD = (
    "An agenda is a dated offer that makes three proposals or more; what was proposed before the first of them, or "
    "without a date, stands as earlier. Issues and their groups are declared in the case. A proposal counts once in "
    "its agenda, divided equally among its issues."
)
EARLIER_LABEL = "earlier"


def agendas_in_order(case: Case) -> list[Agenda]:
    """The agendas in order of time, each under its year, after what was proposed earlier if anything was."""
    agenda_offers = [offer for offer in case.offers if offer.is_agenda]
    agenda_offers.sort(key=date_sort_key)
    agenda_proposals = {name for offer in agenda_offers for name in offer.proposes}
    other_offers = [offer for offer in case.offers if offer not in agenda_offers]
    earlier_offers = [
        offer
        for offer in other_offers
        if agenda_offers and (not offer.date or date_sort_key(offer) < date_sort_key(agenda_offers[0]))
    ]
    earlier_proposals = {
        name: list(case.proposals[name].issues)
        for o in earlier_offers
        for name in o.proposes
        if name not in agenda_proposals
    }
    agenda_list = [Agenda(EARLIER_LABEL, earlier_proposals)] if earlier_proposals else []
    years = [str(offer.date.as_stated.begin_range[1].year) for offer in agenda_offers if offer.date]
    for offer, year in zip(agenda_offers, years, strict=True):
        label = year if years.count(year) == 1 else str(offer.date)
        agenda_list.append(Agenda(label, {name: list(case.proposals[name].issues) for name in offer.proposes}))
    return agenda_list


def agenda_finding(case: Case) -> Finding:
    """Each issue over the agendas, side by side."""
    import polars as pl

    agenda_list = agendas_in_order(case)
    groups = {name: issue.group for name, issue in case.issues.items() if issue.group}
    covered_issues = [issue for issue in case.issues if any(issue in agenda.issues for agenda in agenda_list)]
    group_order = list(dict.fromkeys(groups.get(issue, "") for issue in covered_issues))
    records = []
    for issue in sorted(covered_issues, key=lambda i: group_order.index(groups.get(i, ""))):
        statuses = movements_of_issue(agenda_list, issue)
        cells = {}
        for agenda, status in zip(agenda_list, statuses, strict=True):
            proposal_ids = [name for name, issues in agenda.proposals.items() if issue in issues]
            cells[agenda.label] = ", ".join(proposal_ids) if proposal_ids else "went" if status == "went" else ""
        records.append({"issue": issue, "group": groups.get(issue, ""), **cells})
    shares_by_agenda = [group_shares(agenda, groups) for agenda in agenda_list]
    return Finding(
        id="agenda",
        title="What each agenda put forward",
        says=_agenda_sentences(case, agenda_list, shares_by_agenda),
        see="The stronger the shade, the larger the share of a group; the table has the proposals on each issue.",
        table=pl.DataFrame(records),
        headers={agenda.label: agenda.label for agenda in agenda_list},
        links=("issue", *(agenda.label for agenda in agenda_list)),
        chart=agenda_drift_chart(
            [(a.label, {g: float(v) for g, v in p.items()}) for a, p in zip(agenda_list, shares_by_agenda, strict=True)]
        ),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(name for agenda in agenda_list for name in agenda.proposals)),
    )


def _agenda_sentences(case: Case, agenda_list: list[Agenda], shares_by_agenda: list[dict[str, Fraction]]) -> str:
    dated_agendas = [
        (agenda, part)
        for agenda, part in zip(agenda_list, shares_by_agenda, strict=True)
        if agenda.label != EARLIER_LABEL
    ]
    (first_agenda, first_shares), (last_agenda, last_shares) = dated_agendas[0], dated_agendas[-1]
    if first_agenda is last_agenda:
        return f"One agenda, of {first_agenda.label}, with {count_noun(len(first_agenda.proposals), 'proposal')}."
    new_issues = [case.issues[i].title for i in case.issues if i in last_agenda.issues - first_agenda.issues]
    dropped_issues = [case.issues[i].title for i in case.issues if i in first_agenda.issues - last_agenda.issues]
    group_changes = [
        f"{group} {_proposal_count_phrase(first_shares.get(group, 0), first_agenda)}, then {_proposal_count_phrase(last_shares.get(group, 0), last_agenda)}"
        for group in dict.fromkeys([*first_shares, *last_shares])
        if first_shares.get(group, 0) != last_shares.get(group, 0)
    ]
    kept_issues = [case.issues[i].title for i in case.issues if i in first_agenda.issues & last_agenda.issues]
    text = f"From {first_agenda.label} to {last_agenda.label} came: {join_words(new_issues) or 'nothing'}; went: {join_words(dropped_issues) or 'nothing'}; "
    text += f"stayed: {join_words(kept_issues) or 'nothing'}."
    return text + (f" By group, of the proposals: {'; '.join(group_changes)}." if group_changes else "")


def _proposal_count_phrase(share: Fraction | int, agenda: Agenda) -> str:
    """A share as proposals of proposals: `2 of 5`; halves where a proposal belongs to two groups."""
    return f"{format_number(share * len(agenda.proposals))} of {len(agenda.proposals)}"
