"""Section and Finding: the one shape in which every room gives its results.

Report, terminal, notebook and files render these; none of them knows which room they came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from detente.results.pictures import Picture
    from detente.results.table import Table

CellMark = Literal["full", "half", "struck", "go", "go-half", "empty", "doubt", "stop"]
RobustnessGrade = Literal["robust", "moderate", "fragile", "tie", "descriptive"]
FindingPlace = Literal["detail", "annex"]
"""Where a finding is told: folded in its chapter, or in the annex."""
MissingKind = Literal["no material", "not yet", "switched off", "left out"]
"""Why something is not shown: the case has no material for it, the program cannot do it yet, the case wants it not, or
the run left it out, as it takes long."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """How well a finding stands, in a word and in a sentence."""

    standing: RobustnessGrade
    because: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a sentence, its table and picture, how it was found, and what it rests on."""

    id: str
    """Unique within its section."""
    title: str
    says: str
    """The finding in a sentence or two."""
    see: str = ""
    """What to look at in the table."""
    table: Table | None = None
    marks: Mapping[str, CellMark] = field(default_factory=dict)
    """Words in cells of the table that get a mark before them."""
    behind: Mapping[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    """What stands behind a cell, by the number of its row and its column: lines to be opened on demand."""
    method: str = ""
    """How it was found, with the citation."""
    rests_on: tuple[str, ...] = ()
    """Ids of the entries of the case it is made from."""
    robustness: Robustness = Robustness("descriptive")
    structural: bool = False
    """Whether it holds of the model for any inputs."""
    year: int | None = None
    """The year that its numbers are of, where they are all of one and that is not the one of its section."""
    place: FindingPlace = "annex"
    question: str = ""
    """The question that it answers, as the title of its fold; a detail has one."""
    short_answer: str = ""
    """The answer to that in at most six words."""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What a reader may look for in a chapter and does not find."""

    what: str
    """What is not shown, as in `how each ally would vote`."""
    why: str
    """Why, in a sentence."""
    remedy: str = ""
    """What would show it, in a sentence: with the key in backticks where a key of the case would."""
    kind: MissingKind = "no material"


@dataclass(frozen=True, slots=True)
class ProvenanceStep:
    """A step on a trail through a case: an entry, or only words, with what rests on it or what it rests on beneath."""

    id: str
    """The id of the entry; empty where there are only words."""
    words: str
    beneath: tuple[ProvenanceStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What one room says about a case."""

    id: str
    """The room: `record`, `evidence`, ..."""
    title: str
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[str, ...] = ()
    """What was assumed without the case saying so, each in a sentence."""
    method: str = ""
    """One paragraph: how the room works, with citations."""
    year: int | None = None
    """The year that the numbers of all findings are of that have no year of their own, in a field or in a column."""
    headline: str = ""
    """What it finds, in one sentence: the title of its chapter."""
    lead: str = ""
    """One short paragraph under that; nothing where the headline says enough."""
    picture: Picture | None = None
    """The picture with which its chapter opens."""
    picture_of: tuple[str, ...] = ()
    """The ids of its findings whose numbers the picture shows."""
    missing: tuple[Missing, ...] = ()
    """What is not shown here, and what would show it."""


def finding_year(section: Section, finding: Finding) -> int | None:
    """The year that a finding is of: its own, or that of its section; None where there is none."""
    return finding.year if finding.year is not None else section.year


def table_year(section: Section, finding: Finding) -> int | None:
    """The year that all numbers of the table of a finding are of; None where columns name it, or there is none."""
    has_years = finding.table is not None and any(column.format == "year" for column in finding.table.columns)
    return None if has_years else finding_year(section, finding)
