"""The assessment as JSON: its shape, its JSON Schema, and reading it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from detente.assessment.assess import Assessment
from detente.assessment.brief import Brief, Confidence
from detente.assessment.json_shapes import (
    SavedAssessment,
    SavedBrief,
    SavedChange,
    SavedColumn,
    SavedConfidence,
    SavedFinding,
    SavedInput,
    SavedLines,
    SavedMissing,
    SavedOption,
    SavedOutcome,
    SavedSection,
    SavedSign,
    SavedTable,
    SavedTests,
)
from detente.assessment.stand_in_table import STAND_IN_TABLE
from detente.errors import CaseError, FilePosition, Problem, UnreadableFile
from detente.files.bounded_read import read_bounded
from detente.files.json_location import locate_value
from detente.results.brief import TestedShare
from detente.results.finding import Finding, Section, table_year
from detente.results.table import Table
from detente.text.safe_text import guard_json

MAX_BYTES = 64 * 2**20
"""A saved assessment has at most so many bytes (that of the first case has 1.3 million)."""
MAX_PROBLEMS = 100
"""So many problems of a saved assessment are told."""
ASSESSMENT_FILE = "assessment.json"
"""The name under which a report keeps its assessment."""


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
        brief=_save_brief(assessment.brief),
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


def _save_brief(brief: Brief) -> SavedBrief:
    forms = [form.name for form in brief.answer.forms] if brief.answer else []
    told = {change.id for change in brief.changes}
    reversing = {change.id for change in brief.reversing}
    return SavedBrief(
        answering=brief.answer.answering if brief.answer else "",
        tests=_save_tests(forms, brief.answer.tests) if brief.answer else [],
        confidence=_save_confidence(brief.confidence) if brief.confidence else None,
        changes=[
            SavedChange(
                id=change.id,
                label=change.label,
                group=change.group,
                told=change.id in told,
                reverses=change.id in reversing,
                standing=change.standing,
                tests=_save_tests(forms, change.tests),
            )
            for change in brief.tried
        ],
        options=[
            SavedOption(option=fact.option, label=fact.label, aspect=fact.aspect, degree=fact.degree, says=fact.says)
            for row in brief.options
            for fact in row.facts.values()
        ],
        signs=[
            SavedSign(
                says=sign.says,
                lowest=min(test.low for test in sign.tests),
                highest=max(test.high for test in sign.tests),
            )
            for sign in brief.signs
        ],
    )


def _save_tests(forms: Sequence[str], tests: Sequence[TestedShare | None]) -> list[SavedTests]:
    return [
        SavedTests(
            form=form,
            strict=test.strict.value,
            strict_error=test.strict.error,
            generous=test.generous.value,
            generous_error=test.generous.error,
        )
        for form, test in zip(forms, tests, strict=True)
        if test is not None
    ]


def _save_confidence(confidence: Confidence) -> SavedConfidence:
    fit = confidence.fit
    return SavedConfidence(
        level=confidence.level,
        driving=[number.path for number in confidence.driving],
        guessed=confidence.guessed,
        sets_tried=confidence.sets_tried,
        strict_reversals=confidence.strict_reversals,
        generous_reversals=confidence.generous_reversals,
        outcomes=fit.outcomes if fit else 0,
        right=fit.right if fit else 0,
        constant_right=fit.constant_right if fit else 0,
    )


def _save_section(section: Section) -> SavedSection:
    return SavedSection(
        id=section.id,
        title=section.title,
        year=section.year,
        headline=section.headline,
        lead=section.lead,
        missing=[SavedMissing(what=gap.what, why=gap.why, remedy=gap.remedy, kind=gap.kind) for gap in section.missing],
        assumptions=list(section.assumptions),
        findings=[_save_finding(finding, table_year(section, finding)) for finding in section.findings],
    )


def _save_finding(finding: Finding, year: int | None) -> SavedFinding:
    return SavedFinding(
        id=finding.id,
        title=finding.title,
        place=finding.place,
        question=finding.question,
        short_answer=finding.short_answer,
        says=finding.says,
        standing=finding.robustness.standing,
        because=finding.robustness.because,
        structural=finding.structural,
        year=year,
        table=_save_table(finding.table),
        behind=[SavedLines(row=row, column=name, lines=list(lines)) for (row, name), lines in finding.behind.items()],
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
