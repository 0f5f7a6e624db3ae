"""What a case tells of a year: which years count, who belongs where, how democratic a party is."""

from __future__ import annotations

from collections.abc import Collection

from detente.case.index.membership import members
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf

LAST = 9999
"""The year of a period that has no end."""


def years(case: Case) -> list[int]:
    """The years that are worked out, in order; the last one counts."""
    if case.network.years:
        return sorted(set(case.network.years))
    dates = [*case.snapshots, *([case.period] if case.period else []), *(entry.date for entry in case.record)]
    known = {when.stated.last.year for when in dates if when} | {
        year for one in case.capabilities.values() for year in one.held
    }
    ended = {year for year in known if year < LAST}
    first = {when.stated.last.year for when in case.snapshots or ([case.period] if case.period else [])}
    return [max({year for year in first if year < LAST} or ended, default=LAST)]


def members_of(case: Case, organisation: str, year: int) -> list[str]:
    """Who belongs to an organisation in a year."""
    return members(case, organisation, Edtf.parse(f"{year:04d}"))


def figures_until(given: Collection[int], year: int) -> int | None:
    """The year of the figures that count in a year: the latest that are given until then; None if there are none."""
    return max((one for one in given if one <= year), default=None)


def regime(case: Case, measure: str, year: int, party: str) -> float | None:
    """How democratic a party is in a year, by the latest reading until then.

    An organisation is so as is told of it, or as the mean of its members of whom it is told; None if it is not told.
    """
    held = case.regimes[measure].held
    reading = held.get(figures_until(held, year) or 0, {})
    if party in reading:
        return reading[party]
    members = members_of(case, party, year) if party in case.organisations else []
    each = [reading[member] for member in members if member in reading]
    return sum(each) / len(each) if each else None


def called(case: Case, party: str) -> str:
    """What an actor or an organisation is called."""
    if party in case.organisations:
        return case.organisations[party].label
    return case.actors[party].name if party in case.actors else party
