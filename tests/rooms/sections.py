"""The sections of one room, and rows of their tables, for tests."""

from __future__ import annotations

from detente import Assessment, Case, LoadedCase, Section
from detente.results.finding import Finding
from detente.results.table import Cell
from detente.rooms.registry import ROOMS
from detente.rooms.room import assess_rooms


def sections_of(case: Case, *rooms: str) -> tuple[Section, ...]:
    """The sections that rooms write of a case, in their order."""
    chosen = [room for room in ROOMS if room.id in rooms]
    needed = [room for room in ROOMS if room in chosen or any(room.id in other.builds_on for other in chosen)]
    answers = assess_rooms(case, needed)
    return tuple(section for room in chosen for section in answers[room.id].sections)


def assess_only(loaded: LoadedCase, *rooms: str) -> Assessment:
    """An assessment of some rooms alone, for what does not depend on the others."""
    needed = [room for room in ROOMS if room.id in rooms]
    answers = assess_rooms(loaded.case, needed).values()
    sections = tuple(section for answer in answers for section in answer.sections)
    return Assessment(loaded, sections, {}, "", tuple(outcome for answer in answers for outcome in answer.outcomes))


def table_rows(finding: Finding, **cells: Cell) -> list[dict[str, Cell]]:
    """The rows of the table of a finding that have these cells."""
    assert finding.table is not None
    return [row for row in finding.table.records() if all(row[name] == cell for name, cell in cells.items())]


def table_row(finding: Finding, **cells: Cell) -> dict[str, Cell]:
    """The one row that has these cells."""
    (row,) = table_rows(finding, **cells)
    return row
