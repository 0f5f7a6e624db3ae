"""Two assessments side by side: which inputs changed, and which findings moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from detente.assessment.json_format import SavedAssessment, SavedFinding, SavedTable


@dataclass(frozen=True, slots=True)
class AssessmentChange:
    """Something that differs; None where it is absent on that side."""

    location: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two assessments."""

    inputs: tuple[AssessmentChange, ...]
    """Paths of the case whose value differs."""
    findings: tuple[AssessmentChange, ...]
    """Findings whose sentence, standing or table differs."""
    outcomes: tuple[AssessmentChange, ...]
    """Numbers of the sections that differ."""


def compare(before: SavedAssessment, after: SavedAssessment) -> Comparison:
    """What differs from the first assessment to the second."""
    return Comparison(
        tuple(_changed_values(dict(_flatten_data(before.data)), dict(_flatten_data(after.data)))),
        tuple(_changed_findings(_findings_by_key(before), _findings_by_key(after))),
        tuple(_changed_values(_outcomes_by_key(before), _outcomes_by_key(after))),
    )


def _flatten_data(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value in the data by its dotted path; entries of lists go by id where they have one."""
    if isinstance(value, Mapping):
        for key, inner_value in value.items():
            yield from _flatten_data(inner_value, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for index, item in enumerate(value):
            name = item.get("id", index) if isinstance(item, Mapping) else index
            yield from _flatten_data(item, f"{path}.{name}")
    else:
        yield path, ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _changed_values(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[AssessmentChange]:
    for key in [*before, *(k for k in after if k not in before)]:
        if before.get(key) != after.get(key):
            yield AssessmentChange(key, before.get(key), after.get(key))


def _findings_by_key(assessment: SavedAssessment) -> dict[str, SavedFinding]:
    return {f"{section.id}.{finding.id}": finding for section in assessment.sections for finding in section.findings}


def _changed_findings(
    before: Mapping[str, SavedFinding], after: Mapping[str, SavedFinding]
) -> Iterator[AssessmentChange]:
    for key in [*before, *(k for k in after if k not in before)]:
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield AssessmentChange(key, old.says if old else None, new.says if new else None)
        elif (old.says, old.standing) != (new.says, new.standing):
            yield AssessmentChange(key, f"{old.says} [{old.standing}]", f"{new.says} [{new.standing}]")
        elif old.table != new.table:
            cells = list(_changed_values(_cells_by_name(old.table), _cells_by_name(new.table)))
            yield AssessmentChange(key, _cells_phrase(cells, "before"), _cells_phrase(cells, "after"))


def _cells_by_name(table: SavedTable | None) -> dict[str, str]:
    """Each cell of a table by the first cell of its row and the name of its column."""
    if table is None:
        return {}
    names = [str(row[0]) if row else "" for row in table.rows]
    rows = [name if names.count(name) == 1 else f"{name} (row {i})" for i, name in enumerate(names, start=1)]
    return {
        f"{name} {column}": "" if cell is None else str(cell)
        for name, row in zip(rows, table.rows, strict=True)
        for column, cell in zip((c.name for c in table.columns), row, strict=True)
    }


def _cells_phrase(cells: list[AssessmentChange], side: Literal["before", "after"], limit: int = 4) -> str:
    """The first few cells that differ, as they stand on one side."""
    words = [f"{change.location}: {getattr(change, side) or 'nothing'}" for change in cells[:limit]]
    return "in its table, " + "; ".join(words) + (f"; and {len(cells) - limit} more" if len(cells) > limit else "")


def _outcomes_by_key(assessment: SavedAssessment) -> dict[str, str]:
    return {outcome.name: f"{outcome.value:g}" for outcome in assessment.outcomes}
