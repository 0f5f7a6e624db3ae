"""Two assessments side by side: which inputs changed, and which findings moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from detente.assessment.json_format import SavedAssessment, SavedFinding, SavedTable


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs; None where it is absent on that side."""

    where: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two assessments."""

    inputs: tuple[Change, ...]
    """Paths of the case whose value differs."""
    findings: tuple[Change, ...]
    """Findings whose sentence, standing or table differs."""
    outcomes: tuple[Change, ...]
    """Numbers of the sections that differ."""


def compare(before: SavedAssessment, after: SavedAssessment) -> Comparison:
    """What differs from the first assessment to the second."""
    return Comparison(
        tuple(_changes(dict(_leaves(before.data)), dict(_leaves(after.data)))),
        tuple(_moved(_findings(before), _findings(after))),
        tuple(_changes(_outcomes(before), _outcomes(after))),
    )


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value in the data by its dotted path; entries of lists go by id where they have one."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for index, item in enumerate(value):
            name = item.get("id", index) if isinstance(item, Mapping) else index
            yield from _leaves(item, f"{path}.{name}")
    else:
        yield path, ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for key in [*before, *(k for k in after if k not in before)]:
        if before.get(key) != after.get(key):
            yield Change(key, before.get(key), after.get(key))


def _findings(assessment: SavedAssessment) -> dict[str, SavedFinding]:
    return {f"{section.id}.{finding.id}": finding for section in assessment.sections for finding in section.findings}


def _moved(before: Mapping[str, SavedFinding], after: Mapping[str, SavedFinding]) -> Iterator[Change]:
    for key in [*before, *(k for k in after if k not in before)]:
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield Change(key, old.says if old else None, new.says if new else None)
        elif (old.says, old.standing) != (new.says, new.standing):
            yield Change(key, f"{old.says} [{old.standing}]", f"{new.says} [{new.standing}]")
        elif old.table != new.table:
            cells = list(_changes(_cells(old.table), _cells(new.table)))
            yield Change(key, _spoken(cells, "before"), _spoken(cells, "after"))


def _cells(table: SavedTable | None) -> dict[str, str]:
    """Each cell of a table by the first cell of its row and the name of its column."""
    if table is None:
        return {}
    names = [str(row[0]) if row else "" for row in table.rows]
    rows = [name if names.count(name) == 1 else f"{name} (row {i})" for i, name in enumerate(names, start=1)]
    return {
        f"{name} {column}": "" if cell is None else str(cell)
        for name, row in zip(rows, table.rows, strict=True)
        for column, cell in zip(table.columns, row, strict=True)
    }


def _spoken(cells: list[Change], side: Literal["before", "after"], most: int = 4) -> str:
    """The first few cells that differ, as they stand on one side."""
    words = [f"{change.where}: {getattr(change, side) or 'nothing'}" for change in cells[:most]]
    return "in its table, " + "; ".join(words) + (f"; and {len(cells) - most} more" if len(cells) > most else "")


def _outcomes(assessment: SavedAssessment) -> dict[str, str]:
    return {f"{s.id}.{name}": f"{value:g}" for s in assessment.sections for name, value in s.outcome.items()}
