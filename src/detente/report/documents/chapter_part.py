"""A chapter as blocks: what it finds, its picture, and its details unfolded."""

from __future__ import annotations

from collections.abc import Iterator

from detente.assessment.assess import Assessment
from detente.assessment.chapters import Chapter, Detail
from detente.report.documents.blocks import (
    Block,
    Figure,
    Heading,
    Paragraph,
    Run,
    TableBlock,
    code_runs,
    plain,
)
from detente.report.documents.picture_tables import picture_tables
from detente.report.table_view import table_view
from detente.results.finding import Finding, Missing
from detente.results.pictures import CellGrid, MotiveTables, Picture
from detente.results.table import Table
from detente.text.english import as_sentence, upper_first
from detente.text.years import with_year

MOST_ROWS, MOST_COLUMNS = 12, 6
"""A table of at most so many rows and columns stands in a detail; a larger one only in the annex."""
BUILT_IN_SENTENCE = "It follows from how the model is made, whatever the numbers."


def chapters_blocks(assessment: Assessment) -> Iterator[Block]:
    """All chapters, in order."""
    for chapter in assessment.chapters:
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[Block]:
    section = chapter.section
    yield Heading(1, f"{chapter.number} {with_year(section.title, section.year)}", section.id)
    if section.headline:
        yield Paragraph(plain(section.headline, strong=True), "lead", section.id)
    if section.lead:
        yield Paragraph(plain(section.lead), source=section.id)
    if section.picture is not None:
        yield from picture_blocks(section.picture, section.id)
    for detail in chapter.details:
        yield from _detail(detail)
    for gap in section.missing:
        yield _gap(gap, section.id)


def _detail(detail: Detail) -> Iterator[Block]:
    finding = detail.finding
    yield Heading(2, finding.question or finding.title, detail.address)
    short = (Run(f"{as_sentence(finding.short_answer)} ", strong=True),) if finding.short_answer else ()
    if short or finding.says:
        yield Paragraph((*short, *plain(finding.says)), source=detail.address)
    table = finding.table
    if finding.picture is not None:
        yield from picture_blocks(finding.picture, detail.address)
    elif table is not None and table.height <= MOST_ROWS and len(table.columns) <= MOST_COLUMNS:
        if finding.see:
            yield Paragraph(plain(finding.see), "note", detail.address)
        yield results_table(table, finding.title, detail.address)
    yield from standing_blocks(finding, detail.address)


def picture_blocks(picture: Picture, source: str) -> Iterator[Block]:
    """A picture as a figure, or as tables where it is one of words."""
    match picture:
        case MotiveTables():
            yield Paragraph(plain(picture.says), source=source)
            for table, motives in zip(picture_tables(picture, source=source), picture.tables, strict=True):
                yield table
                yield Paragraph(plain(motives.verdict), "note", source)
        case CellGrid():
            yield from picture_tables(picture, picture.says, source)
        case _:
            yield Figure(picture, picture.says, picture_tables(picture, picture.says, source), source)


def results_table(table: Table, caption: str, source: str) -> TableBlock:
    """A table of results as a reader sees it."""
    view = table_view(table)
    return TableBlock(
        view.headings, tuple(tuple(plain(cell.text) for cell in row) for row in view.rows), caption, source
    )


def standing_blocks(finding: Finding, source: str) -> Iterator[Block]:
    """Whether a finding is built in, and how well it stands."""
    if finding.structural:
        yield Paragraph((Run("Built in.", strong=True), Run(f" {BUILT_IN_SENTENCE}")), "note", source)
    if finding.robustness.standing != "descriptive":
        standing = f"{upper_first(finding.robustness.standing)}."
        yield Paragraph((Run(standing, strong=True), *plain(_after(finding.robustness.because))), "note", source)


def _gap(gap: Missing, source: str) -> Paragraph:
    words = (Run(f"Not shown: {gap.what}.", strong=True), *code_runs(_after(gap.why)), *code_runs(_after(gap.remedy)))
    return Paragraph(words, "note", source)


def _after(sentence: str) -> str:
    return f" {sentence}" if sentence else ""
