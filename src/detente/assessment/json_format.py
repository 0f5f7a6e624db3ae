"""The assessment as JSON: its shape, its JSON Schema, and reading it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from detente.assessment.assess import Assessment
from detente.assessment.stand_in_table import STAND_IN_TABLE
from detente.errors import CaseError, FilePosition, Problem, UnreadableFile
from detente.files.bounded_read import read_bounded
from detente.files.json_location import locate_value
from detente.results.finding import Finding, Section, table_year
from detente.results.table import Table
from detente.text.safe_text import guard_json

MAX_BYTES = 64 * 2**20
"""A saved assessment has at most so many bytes (that of the first case has 1.3 million)."""
MAX_PROBLEMS = 100
"""So many problems of a saved assessment are told."""
ASSESSMENT_FILE = "assessment.json"
"""The name under which a report keeps its assessment."""

SavedCell = str | int | float | bool | None


class SavedModel(BaseModel):
    """The base of the saved shapes."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class SavedColumn(SavedModel):
    """A column of a table."""

    name: str
    """Its name, unique in the table."""
    title: str
    """What a reader is shown above it; empty where its name says enough."""
    format: str
    """What it holds: text, id, ids, date (EDTF), yes_no, or numbers and how they are shown."""
    unit: str
    """What its numbers count."""
    role: Literal["value", "error", "low", "high"]
    """Whether it holds values, their standard errors, or the bounds between which 90 of 100 draws lie."""
    of: str
    """The name of the column whose error or bound it is; its own for values."""


class SavedTable(SavedModel):
    """A table."""

    columns: list[SavedColumn]
    """The columns."""
    rows: list[list[SavedCell]]
    """The cells, row by row."""

    @field_validator("rows")
    @classmethod
    def _check_rectangular(cls, rows: list[list[SavedCell]], info: ValidationInfo) -> list[list[SavedCell]]:
        columns = len(info.data.get("columns", rows[0] if rows else ()))
        for number, row in enumerate(rows):
            if len(row) != columns:
                raise ValueError(f"row {number} has {len(row)} cells, and there are {columns} columns")
        return rows


class SavedLines(SavedModel):
    """What stands behind a cell of a table."""

    row: int
    """The number of its row, from 0."""
    column: str
    """Its column."""
    lines: list[str]
    """The lines."""


class SavedFinding(SavedModel):
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
    year: int | None
    """The year that all numbers of its table are of; null where columns name it, or there is none."""
    table: SavedTable | None
    """Its table."""
    behind: list[SavedLines]
    """What stands behind cells of the table."""
    chart: dict[str, object] | None
    """Its picture, as Vega-Lite with `@` names for the colours of the page."""
    method: str
    """How it was found."""
    rests_on: list[str]
    """Ids of the entries it is made from."""


class SavedSection(SavedModel):
    """A section."""

    id: str
    """The room it comes from."""
    title: str
    """Its title."""
    year: int | None
    """The year that its numbers are of, where tables name no other; null where there is no one year."""
    answer: str
    """Its answer in a sentence or two."""
    assumptions: list[str]
    """What it assumes without the case saying so."""
    findings: list[SavedFinding]
    """What it finds."""


class SavedInput(SavedModel):
    """A number or a coding."""

    path: str
    """Where it stands in the case."""
    value: str
    """What it is."""
    kind: str
    """An estimate, a fact or a coding."""
    because: str
    """The reason given."""
    has_source: bool
    """Whether it says where it comes from."""


class SavedOutcome(SavedModel):
    """A number by name."""

    name: str
    """Its name, as the reference of outcomes explains it."""
    value: float
    """The number."""
    unit: str
    """What it counts."""
    error: float | None
    """Its standard error, where draws give it."""
    year: int | None
    """The year that it is of, where there are several."""
    standing: Literal["found", "assumed", "built in"]
    """Whether it follows from the inputs, is one of them, or is the same for any inputs."""


class SavedAssessment(SavedModel):
    """An assessment, as `detente run` writes it to `assessment.json`."""

    format: Literal["detente-assessment"] = "detente-assessment"
    """What this file is."""
    format_version: Literal[3] = 3
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
    outcomes: list[SavedOutcome]
    """Its numbers by name."""
    sections: list[SavedSection]
    """What each room says."""
    absent: dict[str, str]
    """Questions left open, and what they would take."""
    inputs: list[SavedInput]
    """What it all rests on."""
    stand_ins: SavedTable | None
    """The figures of other years that stand in for years that are worked out; null where there are none."""
    data: dict[str, object]
    """The case itself, joined and patched."""
    files: list[str]
    """The files of the report this belongs to, as paths from its folder; none if it was not written."""


def to_saved(assessment: Assessment, files: Sequence[str] = ()) -> SavedAssessment:
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
        outcomes=[
            SavedOutcome(name=name, value=q.value, unit=q.unit, error=q.error, year=q.year, standing=q.standing)
            for name, q in assessment.outcomes.items()
        ],
        sections=[_save_section(section) for section in assessment.sections],
        absent=dict(assessment.absent),
        inputs=[
            SavedInput(path=i.path, value=i.value, kind=i.kind, because=i.because, has_source=i.has_source)
            for i in assessment.inputs
        ],
        stand_ins=_save_table(assessment.stand_ins),
        data=dict(loaded.data),
        files=list(files),
    )


def _save_section(section: Section) -> SavedSection:
    return SavedSection(
        id=section.id,
        title=section.title,
        year=section.year,
        answer=section.answer,
        assumptions=list(section.assumptions),
        findings=[_save_finding(finding, table_year(section, finding)) for finding in section.findings],
    )


def _save_finding(finding: Finding, year: int | None) -> SavedFinding:
    return SavedFinding(
        id=finding.id,
        title=finding.title,
        says=finding.says,
        standing=finding.robustness.standing,
        because=finding.robustness.because,
        structural=finding.structural,
        year=year,
        table=_save_table(finding.table),
        behind=[SavedLines(row=row, column=name, lines=list(lines)) for (row, name), lines in finding.behind.items()],
        chart=dict(finding.chart.wide) if finding.chart else None,
        method=finding.method,
        rests_on=list(finding.rests_on),
    )


def _save_table(table: Table | None) -> SavedTable | None:
    if table is None:
        return None
    columns = [
        SavedColumn(name=name, title=column.title, format=column.format, unit=column.unit, role=role, of=column.name)
        for column in table.columns
        for name, role in column.parts
    ]
    return SavedTable(columns=columns, rows=[list(row) for row in table.rows])


def to_json(assessment: SavedAssessment) -> str:
    """The JSON text, the same for the same assessment."""
    return guard_json(assessment.model_dump_json(indent=1))


def read_saved(path: Path) -> SavedAssessment:
    """Reads an `assessment.json`.

    Raises:
        CaseError: If it is none, with everything that is wrong with it, each with line and column.
    """
    try:
        content = read_bounded(Path(path), MAX_BYTES)
    except UnreadableFile as error:
        raise CaseError([error.as_problem(str(path))]) from error
    try:
        return SavedAssessment.model_validate_json(content)
    except ValidationError as error:
        raise CaseError(list(_validation_problems(str(path), content, error))) from None


class _RecordedFinding(BaseModel):
    id: str
    table: Mapping[str, object] | None


class _RecordedSection(BaseModel):
    id: str
    findings: list[_RecordedFinding]


class ReportRecord(BaseModel):
    """What any version of Détente says in its `assessment.json` of the report that this belongs to."""

    format: Literal["detente-assessment"]
    files: list[str]
    """The files of the report, as paths from its folder."""
    sections: list[_RecordedSection]
    stand_ins: Mapping[str, object] | None = None

    @property
    def tables(self) -> list[tuple[str, str]]:
        """The section and the finding of each table, and the names of that of figures of other years."""
        tables = [(s.id, f.id) for s in self.sections for f in s.findings if f.table is not None]
        return tables + ([STAND_IN_TABLE] if self.stand_ins is not None else [])


def read_report_record(path: Path) -> ReportRecord | None:
    """What an `assessment.json` says of its report, whichever version of Détente wrote it; None if it is none."""
    try:
        return ReportRecord.model_validate_json(read_bounded(Path(path), MAX_BYTES))
    except (UnreadableFile, ValidationError):
        return None


def _validation_problems(file: str, content: bytes, error: ValidationError) -> Iterator[Problem]:
    """What is wrong with a saved assessment: of the values that may be of several types, each once."""
    seen_paths: set[tuple[str | int, ...]] = set()
    for detail in error.errors()[:MAX_PROBLEMS]:
        if detail["type"] == "json_invalid":
            words, _, position = detail["msg"].partition(" at line ")
            line, column = map(int, position.split(" column ")) if position else (1, 1)
            yield _format_problem(file, max(line, 1), max(column, 1), "", words)
            continue
        line, column, steps = locate_value(content.decode(), detail["loc"])
        path = detail["loc"] if detail["type"] == "missing" else detail["loc"][:steps]
        if path not in seen_paths:
            seen_paths.add(path)
            yield _format_problem(file, line, column, ".".join(map(str, path)), detail["msg"])


def _format_problem(file: str, line: int, column: int, path: str, words: str) -> Problem:
    message = f"not an assessment of this version of Détente: {words[:1].lower()}{words[1:]}"
    return Problem(FilePosition(0, file, line, column), path, message, "run the case again")


def assessment_schema() -> Mapping[str, object]:
    """The JSON Schema of `assessment.json`."""
    return SavedAssessment.model_json_schema()
