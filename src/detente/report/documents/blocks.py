"""What a document is made of: typed blocks in order, from which every writer makes its own headings and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.results.pictures import Picture

ParagraphStyle = Literal["body", "lead", "note"]
"""An ordinary paragraph, one that carries the answer, or a smaller one that says how to read something."""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a sentence."""

    text: str
    strong: bool = False
    is_code: bool = False
    """Whether it is a key or a command, to be read letter by letter."""
    number_name: str = ""
    """What a number is called, in plain words, where a rerun renews it: `Russia-run strict`."""


Runs = tuple[Run, ...]
NamedNumber = tuple[str, str]
"""A number as it is written, and its name."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the document stands above all levels."""

    level: int
    """From 1 to 3."""
    text: str
    source: str = ""
    """The address of the finding, section or part of the brief that it comes from."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A group of sentences from one source."""

    runs: Runs
    style: ParagraphStyle = "body"
    source: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of items, numbered or not."""

    items: tuple[Runs, ...]
    is_ordered: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Rows of cells under headings; the first cell of a row is its title."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption, and what it shows as tables."""

    picture: Picture
    caption: str
    tables: tuple[TableBlock, ...]
    source: str = ""
    has_named_numbers: bool = False
    """Whether its numbers have names, so that a document that can renew them shows the table too."""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines to be read letter by letter."""

    text: str
    source: str = ""


Block = Heading | Paragraph | ItemList | TableBlock | Figure | CodeBlock


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its title, what it is about, and its blocks."""

    title: str
    subject: str
    blocks: tuple[Block, ...]
    numbers: tuple[NamedNumber, ...] = ()
    """The numbers that have names, each name once, those included that its sentences leave out."""


def plain(text: str, strong: bool = False) -> Runs:
    """Text as a single run; nothing where there is none."""
    return (Run(text, strong),) if text else ()


def runs_text(runs: Sequence[Run]) -> str:
    """The words of several runs."""
    return "".join(run.text for run in runs)


def code_runs(text: str) -> Runs:
    """Text with what stands in backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # an odd backtick opens nothing
        return plain(text)
    return tuple(Run(part, is_code=index % 2 == 1) for index, part in enumerate(parts) if part)
