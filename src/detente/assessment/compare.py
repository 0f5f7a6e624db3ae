"""Two assessments side by side: their answers, which inputs changed, and which outcomes moved and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from detente.assessment.json_shapes import SavedAssessment, SavedOutcome
from detente.results.outcome import Quantity

REASON_KEYS = frozenset({"because", "note", "at", "sources", "url", "by", "wrong_if"})
"""Keys of a case that say why something is so or where it comes from, and not what it is."""
FRACTIONS = ("share", "part", "probability", "discount", "Brier")
"""How the units of numbers begin that lie between 0 and 1 and are compared as they are."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class InputChange:
    """Something that the two cases say otherwise; None where one does not say it."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """An outcome that is another number in the two, or that only one has."""

    name: str
    before: Quantity | None
    after: Quantity | None

    @property
    def shift(self) -> float | None:
        """By how much it moved; None where one of the two has it not."""
        return self.after.value - self.before.value if self.before and self.after else None

    @property
    def is_beyond_error(self) -> bool:
        """Whether it moved by more than the errors of both explain."""
        return not (self.before and self.after) or self.after.differs_from(self.before)

    @property
    def size(self) -> float:
        """How large the change is, to put changes in order: shares as they are, others beside what they change."""
        if not (self.before and self.after):
            return 1.0
        distance = abs(self.after.value - self.before.value)
        is_fraction = self.after.unit.startswith(FRACTIONS)
        return distance if is_fraction else distance / max(abs(self.before.value), abs(self.after.value))


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that is told otherwise: how well it stands in either; None where one has it not."""

    id: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two assessments."""

    answers: tuple[str, str]
    """The short answer of either."""
    inputs: tuple[InputChange, ...]
    """Numbers, codings and other things that the two cases say otherwise."""
    reasons: tuple[InputChange, ...]
    """Reasons and sources that differ."""
    outcomes: tuple[OutcomeChange, ...]
    """Outcomes that moved: those beyond their error first, the largest of them first."""
    findings: tuple[FindingChange, ...]
    """Findings that are told otherwise."""


def compare(before: SavedAssessment, after: SavedAssessment) -> Comparison:
    """What differs from the first assessment to the second."""
    changes = list(_changed(_values_by_path(before), _values_by_path(after)))
    is_reason = [bool(REASON_KEYS & set(path.split("."))) for path, _, _ in changes]
    return Comparison(
        (before.answer, after.answer),
        tuple(InputChange(*change) for change, reason in zip(changes, is_reason, strict=True) if not reason),
        tuple(InputChange(*change) for change, reason in zip(changes, is_reason, strict=True) if reason),
        tuple(
            sorted(
                (OutcomeChange(*change) for change in _changed(_quantities(before), _quantities(after))),
                key=lambda change: (not change.is_beyond_error, -change.size),
            )
        ),
        tuple(_changed_findings(before, after)),
    )


def _changed(
    before: Mapping[str, Value], after: Mapping[str, Value]
) -> Iterator[tuple[str, Value | None, Value | None]]:
    """What differs by key, in the order of the first."""
    for key in [*before, *(k for k in after if k not in before)]:
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)


def _values_by_path(assessment: SavedAssessment) -> dict[str, str]:
    """What a case says, by path: each number or coding in one piece as its input tells it, all else value by value."""
    inputs = {item.path: item.value for item in assessment.inputs}
    values: dict[str, str] = {}
    for path, value in _flatten_data(assessment.data):
        owner = next((prefix for prefix in _prefixes(path) if prefix in inputs), None)
        rest = path[len(owner) + 1 :].split(".") if owner else []
        if owner and not REASON_KEYS & set(rest):
            values[owner] = inputs[owner]
        else:
            values[path] = value
    return values


def _prefixes(path: str) -> Iterator[str]:
    """A dotted path, then what holds it, step by step."""
    while path:
        yield path
        path = path.rpartition(".")[0]


def _flatten_data(value: object, path: str = "") -> Iterator[tuple[str, str]]:
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


def _quantities(assessment: SavedAssessment) -> dict[str, Quantity]:
    return {outcome.name: _quantity(outcome) for outcome in assessment.outcomes}


def _quantity(saved: SavedOutcome) -> Quantity:
    return Quantity(saved.value, saved.unit, saved.error, saved.year, saved.standing)


def _changed_findings(before: SavedAssessment, after: SavedAssessment) -> Iterator[FindingChange]:
    first, second = (
        {
            f"{section.id}.{finding.id}": (finding.standing, finding.says)
            for section in assessment.sections
            for finding in section.findings
        }
        for assessment in (before, after)
    )
    for id, old, new in _changed(first, second):
        yield FindingChange(id, old[0] if old else None, new[0] if new else None)
