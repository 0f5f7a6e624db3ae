"""The assessment as JSON: its shape, its JSON Schema, and reading it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from detente.assessment.assess import Assessment
from detente.errors import CaseError, Place, Problem, UnreadableFile
from detente.files.bounded_read import read_bounded
from detente.files.json_location import place_in
from detente.results.finding import Finding, Section
from detente.text.safe_text import json_text

MOST_BYTES = 64 * 2**20
"""A saved assessment has at most so many bytes (that of the first case has 1.3 million)."""
MOST_PROBLEMS = 100
"""So many problems of a saved assessment are told."""
RECORD = "assessment.json"
"""The name under which a report keeps its assessment."""

Cell = str | int | float | bool | None


class Saved(BaseModel):
    """The base of the saved shapes."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class SavedTable(Saved):
    """A table."""

    columns: list[str]
    """The names of the columns."""
    rows: list[list[Cell]]
    """The cells, row by row."""

    @field_validator("rows")
    @classmethod
    def _rectangular(cls, rows: list[list[Cell]], info: ValidationInfo) -> list[list[Cell]]:
        columns = len(info.data.get("columns", rows[0] if rows else ()))
        for number, row in enumerate(rows):
            if len(row) != columns:
                raise ValueError(f"row {number} has {len(row)} cells, and there are {columns} columns")
        return rows


class SavedLines(Saved):
    """What stands behind a cell of a table."""

    row: int
    """The number of its row, from 0."""
    column: str
    """Its column."""
    lines: list[str]
    """The lines."""


class SavedFinding(Saved):
    """A finding."""

    id: str
    """Unique in its section."""
    title: str
    """What it is about."""
    says: str
    """The finding in a sentence or two."""
    standing: str
    """How well it stands: robust, moderate, fragile, tie or descriptive."""
    because: str
    """Why it stands so."""
    structural: bool
    """Whether it holds of the model for any inputs."""
    table: SavedTable | None
    """Its table."""
    behind: list[SavedLines]
    """What stands behind cells of the table."""
    chart: dict[str, Any] | None
    """Its picture, as Vega-Lite with `@` names for the colours of the page."""
    method: str
    """How it was found."""
    rests_on: list[str]
    """Ids of the entries it is made from."""


class SavedSection(Saved):
    """A section."""

    id: str
    """The room it comes from."""
    title: str
    """Its title."""
    answer: str
    """Its answer in a sentence or two."""
    outcome: dict[str, float]
    """Its numbers, by name."""
    assumptions: list[str]
    """What it assumes without the case saying so."""
    findings: list[SavedFinding]
    """What it finds."""


class SavedInput(Saved):
    """A number or a coding."""

    path: str
    """Where it stands in the case."""
    value: str
    """What it is."""
    kind: str
    """An estimate, a fact or a coding."""
    because: str
    """The reason given."""
    sourced: bool
    """Whether it says where it comes from."""


class SavedAssessment(Saved):
    """An assessment, as `detente run` writes it to `assessment.json`."""

    format: Literal["detente-assessment"] = "detente-assessment"
    """What this file is."""
    format_version: Literal[1] = 1
    """The version of this shape."""
    detente: str
    """The version of Détente that made it."""
    case: str
    """The id of the case."""
    title: str
    """The title of the case."""
    question: str
    """The question of the case."""
    scenario: str | None
    """The scenario applied, if any."""
    changes: dict[str, str]
    """Paths set by hand."""
    digest: str
    """SHA-256 of the data of the case."""
    answer: str
    """The short answer."""
    sections: list[SavedSection]
    """What each room says."""
    absent: dict[str, str]
    """Questions left open, and what they would take."""
    inputs: list[SavedInput]
    """What it all rests on."""
    data: dict[str, Any]
    """The case itself, joined and patched."""
    files: list[str]
    """The files of the report this belongs to, as paths from its folder; none if it was not written."""


def saved(assessment: Assessment, files: Sequence[str] = ()) -> SavedAssessment:
    """The assessment in its saved shape."""
    loaded = assessment.loaded
    return SavedAssessment(
        detente=assessment.version,
        case=loaded.case.id,
        title=loaded.case.title,
        question=loaded.case.question,
        scenario=loaded.scenario,
        changes=dict(loaded.changes),
        digest=loaded.digest,
        answer=assessment.answer,
        sections=[_section(section) for section in assessment.sections],
        absent=dict(assessment.absent),
        inputs=[
            SavedInput(path=i.path, value=i.value, kind=i.kind, because=i.because, sourced=i.sourced)
            for i in assessment.inputs
        ],
        data=dict(loaded.data),
        files=list(files),
    )


def _section(section: Section) -> SavedSection:
    return SavedSection(
        id=section.id,
        title=section.title,
        answer=section.answer,
        outcome=dict(section.outcome),
        assumptions=list(section.assumptions),
        findings=[_finding(finding) for finding in section.findings],
    )


def _finding(finding: Finding) -> SavedFinding:
    table = finding.table
    return SavedFinding(
        id=finding.id,
        title=finding.title,
        says=finding.says,
        standing=finding.robustness.standing,
        because=finding.robustness.because,
        structural=finding.structural,
        table=None if table is None else SavedTable(columns=table.columns, rows=[list(row) for row in table.rows()]),
        behind=[SavedLines(row=row, column=name, lines=list(of)) for (row, name), of in finding.behind.items()],
        chart=dict(finding.chart.wide) if finding.chart else None,
        method=finding.method,
        rests_on=list(finding.rests_on),
    )


def to_json(assessment: SavedAssessment) -> str:
    """The JSON text, the same for the same assessment."""
    return json_text(assessment.model_dump(mode="json"))


def read_saved(path: Path) -> SavedAssessment:
    """Reads an `assessment.json`.

    Raises:
        CaseError: If it is none, with everything that is wrong with it, each with line and column.
    """
    try:
        content = read_bounded(Path(path), MOST_BYTES)
    except UnreadableFile as error:
        raise CaseError([error.problem(str(path))]) from error
    try:
        return SavedAssessment.model_validate_json(content)
    except ValidationError as error:
        raise CaseError(list(_problems(str(path), content, error))) from None


def _problems(file: str, content: bytes, error: ValidationError) -> Iterator[Problem]:
    """What is wrong with a saved assessment: of the values that may be of several types, each once."""
    told: set[tuple[str | int, ...]] = set()
    for found in error.errors()[:MOST_PROBLEMS]:
        if found["type"] == "json_invalid":
            words, _, at = found["msg"].partition(" at line ")
            line, column = map(int, at.split(" column ")) if at else (1, 1)
            yield _problem(file, max(line, 1), max(column, 1), "", words)
            continue
        line, column, steps = place_in(content.decode(), found["loc"])
        path = found["loc"] if found["type"] == "missing" else found["loc"][:steps]
        if path not in told:
            told.add(path)
            yield _problem(file, line, column, ".".join(map(str, path)), found["msg"])


def _problem(file: str, line: int, column: int, path: str, words: str) -> Problem:
    message = f"not an assessment of this version of Détente: {words[:1].lower()}{words[1:]}"
    return Problem(Place(0, file, line, column), path, message, "run the case again")


def schema() -> Mapping[str, Any]:
    """The JSON Schema of `assessment.json`."""
    return SavedAssessment.model_json_schema()
