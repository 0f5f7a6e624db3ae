"""The brief as blocks: what a reader is told first, in two pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.assessment.assess import Assessment
from detente.assessment.brief import OptionRow
from detente.report.brief_words import (
    ASPECT_TITLES,
    NOT_MODELLED,
    basis_sentences,
    changes_picture,
    confidence_sentences,
    confidence_title,
    options_told,
    sign_range,
    years_line,
)
from detente.report.documents.blocks import (
    Block,
    Figure,
    Heading,
    ItemList,
    NamedNumber,
    Paragraph,
    Run,
    Runs,
    TableBlock,
    code_runs,
    plain,
)
from detente.report.documents.number_names import form_names, name_numbers, row_names, share_numbers
from detente.report.documents.picture_tables import picture_tables
from detente.results.brief import AnswerSlot, OptionAspect, TestedShare
from detente.results.pictures import RangeRows
from detente.text.brief_sentences import TextRun
from detente.text.english import lower_first
from detente.text.glossary import GLOSSARY


def brief_blocks(assessment: Assessment, level: int) -> Iterator[Block]:
    """The brief; its headings stand on a level."""
    yield from _answer(assessment)
    yield from _changes(assessment, level)
    yield from _options(assessment, level)
    yield from _signs(assessment, level)
    yield Heading(level, "What it rests on", "brief-basis")
    yield Paragraph(plain(" ".join(basis_sentences(assessment))), source="brief-basis")
    yield from _read_on(assessment, level)
    yield from _absent(assessment)
    yield Paragraph(plain(_colophon(assessment)), "note", "brief-colophon")


def _answer(assessment: Assessment) -> Iterator[Block]:
    brief, loaded = assessment.brief, assessment.loaded
    what_if = f" · what-if: {lower_first(loaded.case.scenarios[loaded.scenario].says)}" if loaded.scenario else ""
    yield Paragraph(plain(years_line(assessment) + what_if), "note", "brief-years")
    source = brief.answer.link if brief.answer else "brief-answer"
    runs = [Run(assessment.headline, strong=True)]
    for index, sentence in enumerate(assessment.answer_parts):
        runs += [Run(" "), *_sentence(sentence, _answer_numbers(brief.answer, index))]
    yield Paragraph(tuple(runs), "lead", source)
    if assessment.reasons:
        yield Paragraph(plain(" ".join(assessment.reasons)), source=source)
    if brief.confidence:
        sentences = " ".join(confidence_sentences(brief.confidence))
        runs = [Run(confidence_title(brief.confidence), strong=True), Run(f" {sentences}")]
        yield Paragraph(tuple(runs), source="brief-confidence")


def _answer_numbers(answer: AnswerSlot | None, index: int) -> tuple[NamedNumber, ...]:
    if answer is None:
        return ()
    return share_numbers(answer.tests[index], form_names(answer)[index])


def _sentence(runs: tuple[TextRun, ...], numbers: tuple[NamedNumber, ...]) -> Iterator[Run]:
    """A sentence of the answer, with its numbers named: they stand in what is set apart."""
    for run in runs:
        own = Run(run.text, run.strong)
        yield from name_numbers(own, numbers) if run.strong else (own,)


def _changes(assessment: Assessment, level: int) -> Iterator[Block]:
    brief = assessment.brief
    picture = changes_picture(brief)
    if picture is None or brief.answer is None:
        return
    told = iter(zip(row_names(brief), (brief.answer.tests, *(change.tests for change in brief.changes)), strict=True))
    names = form_names(brief.answer)
    (table,) = picture_tables(picture, picture.says, "brief-changes")
    rows = []
    for row, is_group in zip(table.rows, _group_rows(picture), strict=True):
        name, tests = ("", ()) if is_group else next(told)
        cells = (
            _named_cell(cell, test, f"{name} {form}") for cell, test, form in zip(row[1:], tests, names, strict=True)
        )
        rows.append(row if is_group else (row[0], *cells))
    yield Heading(level, "What would change it", "brief-changes")
    named = replace(table, rows=tuple(rows))
    yield Figure(picture, picture.says, (named,), "brief-changes", has_named_numbers=True)


def _group_rows(picture: RangeRows) -> Iterator[bool]:
    """For each row of the table of a picture, whether it only tells of what group the next rows are."""
    group = ""
    for row in picture.rows:
        if row.group and row.group != group:
            yield True
        group = row.group
        yield False


def _named_cell(cell: Runs, test: TestedShare | None, name: str) -> Runs:
    if test is None or not cell:
        return cell
    return (*name_numbers(cell[0], share_numbers(test, name, is_short=True)), *cell[1:])


def _options(assessment: Assessment, level: int) -> Iterator[Block]:
    brief = assessment.brief
    if not brief.options:
        return
    yield Heading(level, "What could work", "brief-options")
    yield Paragraph(plain(options_told(brief)), source="brief-options")
    aspects = [aspect for aspect in ASPECT_TITLES if any(aspect in row.facts for row in brief.options)]
    headings = ("Cooperation on", *(ASPECT_TITLES[aspect] for aspect in aspects))
    rows = tuple((_option_label(row), *(_option_cell(row, aspect) for aspect in aspects)) for row in brief.options)
    yield TableBlock(headings, rows, "What rules and games say of each", "brief-options")


def _option_label(row: OptionRow) -> Runs:
    return (Run(row.label, strong=True), *plain(f" ({row.advised})" if row.advised else ""))


def _option_cell(row: OptionRow, aspect: OptionAspect) -> Runs:
    return plain(row.facts[aspect].says if aspect in row.facts else NOT_MODELLED)


def _signs(assessment: Assessment, level: int) -> Iterator[Block]:
    brief = assessment.brief
    if not brief.signs or brief.answer is None:
        return
    yield Heading(level, "What to watch", "brief-signs")
    measure = f"{brief.answer.answering} then accepts, of 100"
    rows = tuple((plain(sign.says), plain(sign_range(sign), strong=True)) for sign in brief.signs)
    yield TableBlock(
        ("If we see", measure[:1].upper() + measure[1:]), rows, "Signs, and the answer each would bring", "brief-signs"
    )


def _read_on(assessment: Assessment, level: int) -> Iterator[Block]:
    if not assessment.chapters:
        return
    yield Heading(level, "Read on", "brief-chapters")
    items = tuple(
        (Run(f"{chapter.section.title}.", strong=True), *plain(f" {chapter.section.headline}".rstrip()))
        for chapter in assessment.chapters
    )
    yield ItemList(items, is_ordered=True, source="brief-chapters")


def _absent(assessment: Assessment) -> Iterator[Block]:
    if not assessment.absent:
        return
    told = " ".join(f"{title}: {lower_first(what)}" for title, what in assessment.absent.items())
    yield Paragraph((Run("Not in this case.", strong=True), *code_runs(f" {told}")), "note", "brief-absent")


def _colophon(assessment: Assessment) -> str:
    """Version, case, digest and legend, by which another can make the same."""
    loaded = assessment.loaded
    draws = f" · {loaded.case.network.draws:,} simulations" if assessment.brief.answer and loaded.case.network else ""
    likelihood = next(term.meaning for term in GLOSSARY if term.id == "likelihood")
    return f"Détente {assessment.version} · case {loaded.case.id}, digest {loaded.digest[:8]}{draws} · {likelihood}"
