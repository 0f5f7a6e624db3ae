"""What a case tells of a year: which years count, who belongs where, how democratic a party is."""

from __future__ import annotations

from collections.abc import Collection

from detente.case.index.membership import members_at_time
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf

OPEN_END_YEAR = 9999
"""The year of a period that has no end."""


def analysed_years(case: Case) -> list[int]:
    """The years that are worked out, in order of time, but for the one that is answered for, which stands last."""
    if case.network.years:
        answer_year = case.network.answer_year or max(case.network.years)
        return [*sorted({*case.network.years} - {answer_year}), answer_year]
    dates = [*case.snapshots, *([case.period] if case.period else []), *(entry.date for entry in case.record)]
    data_years = {when.as_stated.last_day.year for when in dates if when} | {
        year for capability in case.capabilities.values() for year in capability.held
    }
    bounded_years = {year for year in data_years if year < OPEN_END_YEAR}
    snapshot_years = {when.as_stated.last_day.year for when in case.snapshots or ([case.period] if case.period else [])}
    return [max({year for year in snapshot_years if year < OPEN_END_YEAR} or bounded_years, default=OPEN_END_YEAR)]


def told_year(year: int) -> int | None:
    """A year as it may be told; None where nothing in the case has a date, and so nothing is of any year."""
    return year if year < OPEN_END_YEAR else None


def members_in_year(case: Case, organisation: str, year: int) -> list[str]:
    """Who belongs to an organisation in a year."""
    return members_at_time(case, organisation, Edtf.parse(f"{year:04d}"))


def latest_year_until(figure_years: Collection[int], year: int) -> int | None:
    """The year of the figures that count in a year: the latest that are given until then; None if there are none."""
    return max((figure_year for figure_year in figure_years if figure_year <= year), default=None)


def democracy_score(case: Case, measure: str, year: int, party: str) -> float | None:
    """How democratic a party is in a year, by the latest reading until then.

    An organisation is so as is told of it, or as the mean of its members of whom it is told; None if it is not told.
    """
    scores_by_year = case.regimes[measure].held
    scores = scores_by_year.get(latest_year_until(scores_by_year, year) or 0, {})
    if party in scores:
        return scores[party]
    own_members = members_in_year(case, party, year) if party in case.organisations else []
    member_scores = [scores[member] for member in own_members if member in scores]
    return sum(member_scores) / len(member_scores) if member_scores else None


def display_name(case: Case, party: str) -> str:
    """What an actor or an organisation is called."""
    if party in case.organisations:
        return case.organisations[party].label
    return case.actors[party].name if party in case.actors else party
