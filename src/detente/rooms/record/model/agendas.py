"""The agendas: what each put forward, and the share of each group of issues in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from detente.case.schema.case import Case
from detente.case.schema.record import Offer
from detente.methods.chronology.agenda_drift import Agenda, IssueMovement, group_shares, movements_of_issue
from detente.rooms.record.model.offers import date_sort_key

EARLIER = ""
"""The label of what was proposed before the first agenda."""


@dataclass(frozen=True, slots=True)
class IssueCourse:
    """One issue over the agendas."""

    issue: str
    group: str
    movements: tuple[IssueMovement, ...]
    """At each agenda."""


@dataclass(frozen=True, slots=True)
class AgendaDrift:
    """The agendas in order of time, after what was proposed earlier if anything was."""

    agendas: tuple[Agenda, ...]
    shares: tuple[Mapping[str, Fraction], ...]
    """Of each group of issues, in each agenda."""
    issues: tuple[IssueCourse, ...]
    """Group by group."""

    @property
    def dated(self) -> list[tuple[Agenda, Mapping[str, Fraction]]]:
        """The agendas proper, each with its shares."""
        pairs = zip(self.agendas, self.shares, strict=True)
        return [(agenda, shares) for agenda, shares in pairs if agenda.label != EARLIER]


def agenda_drift(case: Case) -> AgendaDrift | None:
    """What each agenda put forward; None without any."""
    agendas = _agendas_in_order(case)
    if not agendas:
        return None
    groups = {name: issue.group for name, issue in case.issues.items() if issue.group}
    covered_issues = [issue for issue in case.issues if any(issue in agenda.issues for agenda in agendas)]
    group_order = list(dict.fromkeys(groups.get(issue, "") for issue in covered_issues))
    covered_issues.sort(key=lambda issue: group_order.index(groups.get(issue, "")))
    return AgendaDrift(
        tuple(agendas),
        tuple(group_shares(agenda, groups) for agenda in agendas),
        tuple(
            IssueCourse(issue, groups.get(issue, ""), tuple(movements_of_issue(agendas, issue)))
            for issue in covered_issues
        ),
    )


def _agendas_in_order(case: Case) -> list[Agenda]:
    agenda_offers = sorted((offer for offer in case.recorded_offers if offer.is_agenda), key=date_sort_key)
    earlier_proposals = _proposals_before(case, agenda_offers)
    agendas = [Agenda(EARLIER, earlier_proposals)] if earlier_proposals else []
    for offer, label in zip(agenda_offers, _agenda_labels(agenda_offers), strict=True):
        agendas.append(Agenda(label, {name: list(case.proposals[name].issues) for name in offer.proposes}))
    return agendas


def _agenda_labels(agenda_offers: Sequence[Offer]) -> list[str]:
    """What to call each agenda: by its year, by its date where a year has several, by its id where a date has."""
    years = [str(offer.date.as_stated.begin_range[1].year) for offer in agenda_offers if offer.date]
    dates = [str(offer.date) for offer in agenda_offers]
    return [
        year if years.count(year) == 1 else when if dates.count(when) == 1 else f"{when} ({offer.id})"
        for offer, year, when in zip(agenda_offers, years, dates, strict=True)
    ]


def _proposals_before(case: Case, agenda_offers: Sequence[Offer]) -> dict[str, list[str]]:
    """The issues of what was proposed before the first agenda, or without a date, and in none; not in answer."""
    agenda_proposals = {name for offer in agenda_offers for name in offer.proposes}
    earlier_offers = [
        offer
        for offer in case.recorded_offers
        if agenda_offers
        and not offer.is_agenda
        and not offer.counters
        and (not offer.date or date_sort_key(offer) < date_sort_key(agenda_offers[0]))
    ]
    return {
        name: list(case.proposals[name].issues)
        for offer in earlier_offers
        for name in offer.proposes
        if name not in agenda_proposals
    }
