"""The shapes in which an assessment is saved: each class is an object of `assessment.json`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

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
    place: Literal["detail", "annex"]
    """Whether it is told in its chapter or in the annex."""
    question: str
    """The question that it answers; empty in the annex."""
    short_answer: str
    """The answer to that in a few words."""
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
    method: str
    """How it was found."""
    rests_on: list[str]
    """Ids of the entries it is made from."""


class SavedMissing(SavedModel):
    """Something that a section does not show."""

    what: str
    """What is not shown."""
    why: str
    """Why."""
    remedy: str
    """What would show it."""
    kind: Literal["no material", "not yet", "switched off", "left out"]
    """Whether the case has no material, the program cannot do it yet, the case wants it not, or the run left it out."""


class SavedSection(SavedModel):
    """A section."""

    id: str
    """The room it comes from."""
    title: str
    """Its title."""
    year: int | None
    """The year that its numbers are of, where tables name no other; null where there is no one year."""
    headline: str
    """What it finds, in a sentence."""
    lead: str
    """What is said under that; empty where it says enough."""
    missing: list[SavedMissing]
    """What a reader may look for in it and does not find."""
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


class SavedTests(SavedModel):
    """How often the offer is accepted in one form of the channel, by both tests."""

    form: str
    """How the channel is run; empty where there is but one way."""
    strict: float
    """The share of draws by the strict test."""
    strict_error: float | None
    """Its standard error."""
    generous: float
    """The share by the generous test."""
    generous_error: float | None
    """Its standard error."""


class SavedChange(SavedModel):
    """Something that would be otherwise."""

    id: str
    """Of the scenario, set of estimates or option that it is."""
    label: str
    """What would be otherwise, as a short clause."""
    group: Literal["world", "estimates"]
    """Whether something in the world would be otherwise, or our assumptions."""
    told: bool
    """Whether the brief shows it."""
    reverses: bool
    """Whether it reverses the answer, in some form and by some test."""
    standing: Literal["found", "assumed", "built in"]
    """Whether that it helps is built in."""
    tests: list[SavedTests]
    """How often the offer is accepted then."""


class SavedOption(SavedModel):
    """What is said of one thing that could be cooperated on."""

    option: str
    """The id of the issue."""
    label: str
    """Its title."""
    aspect: Literal["rules", "lasts", "errors"]
    """Whether rules allow it, whether it lasts, whether it does with errors."""
    degree: Literal["full", "half", "none", "not modelled"]
    """How far."""
    says: str
    """The same in a few words."""


class SavedSign(SavedModel):
    """Something to watch."""

    says: str
    """What could be observed."""
    lowest: float
    """The lowest share by which the offer would then be accepted, over forms and tests."""
    highest: float
    """The highest."""


class SavedConfidence(SavedModel):
    """How good the grounds of the answer are."""

    level: Literal["not rated", "low", "moderate", "high"]
    """The level."""
    driving: list[str]
    """The paths of the numbers that drive the answer."""
    guessed: int
    """How many of them have no source."""
    sets_tried: int
    """How many other sets of assumptions were tried."""
    strict_reversals: int
    """How many of them reverse the answer by the strict test."""
    generous_reversals: int
    """How many by the generous test."""
    outcomes: int
    """How many distinct outcomes test the model."""
    right: float
    """How many of them it gets right."""
    constant_right: float
    """How many the better of always yes and always no gets right."""


class SavedBrief(SavedModel):
    """The brief, as numbers with short labels."""

    answering: str
    """The side that answers; empty where nobody is asked."""
    tests: list[SavedTests]
    """How often it accepts as assumed."""
    confidence: SavedConfidence | None
    """How good the grounds are; null where nothing is answered."""
    changes: list[SavedChange]
    """What was tried, and what it would change."""
    options: list[SavedOption]
    """What could work."""
    signs: list[SavedSign]
    """What to watch."""


class SavedAssessment(SavedModel):
    """An assessment, as `detente run` writes it to `assessment.json`."""

    format: Literal["detente-assessment"] = "detente-assessment"
    """What this file is."""
    format_version: Literal[4] = 4
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
    brief: SavedBrief
    """The same and what goes with it, as numbers."""
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
