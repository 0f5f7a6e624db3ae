"""The annex as blocks: words, inputs, every table, methods, entries of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.assessment.assess import Assessment
from detente.case.index.source_texts import TextsById
from detente.report.documents.blocks import Block, Heading, ItemList, Paragraph, Run, Runs, TableBlock, plain
from detente.report.documents.chapter_part import picture_blocks, results_table, standing_blocks
from detente.report.entry_register import entry_register
from detente.results.finding import Finding, Section
from detente.text.glossary import GLOSSARY
from detente.text.years import with_year


def annex_blocks(assessment: Assessment, texts: TextsById) -> Iterator[Block]:
    """The whole annex."""
    yield Heading(1, "Annex: words, inputs, tables, methods", "annex")
    yield Heading(2, "Words used here", "glossary")
    yield ItemList(
        tuple((Run(f"{term.term}. ", strong=True), Run(term.meaning)) for term in GLOSSARY), source="glossary"
    )
    yield from _inputs(assessment)
    for section in assessment.sections:
        yield from _section_tables(section, {chapter.id for chapter in assessment.chapters})
    if assessment.assumptions:
        yield Heading(2, "Assumed, though the case does not say so", "assumptions")
        yield ItemList(tuple(plain(one) for one in assessment.assumptions), source="assumptions")
    yield from _methods(assessment)
    yield from _entries(assessment, texts)


def _inputs(assessment: Assessment) -> Iterator[Block]:
    inputs, without = assessment.inputs, len(assessment.inputs_without_source)
    yield Heading(2, "Inputs", "inputs")
    verb = "has" if without == 1 else "have"
    readings = f" {assessment.readings_sentence}" if inputs else ""
    yield Paragraph(plain(f"{len(inputs)} inputs, of which {without} {verb} no source.{readings}"), source="inputs")
    if not inputs:
        return
    yield results_table(assessment.input_kinds, "Inputs by kind", "inputs")
    brief = assessment.brief
    driving = {number.path for number in brief.confidence.driving} if brief.confidence else set()
    rows = tuple(
        tuple(map(plain, (one.path, one.value, one.kind, "yes" if one.has_source else "no", one.because)))
        for one in sorted(inputs, key=lambda one: (one.path not in driving, one.has_source))
    )
    caption = "Every input, those that drive the answer first"
    yield TableBlock(("Input", "Value", "Kind", "Source", "Because"), rows, caption, "inputs")
    if assessment.stand_ins is not None:
        yield Heading(2, "Figures of other years", "stand-ins")
        yield results_table(assessment.stand_ins, "Figures of other years", "stand-ins")


def _section_tables(section: Section, chapter_ids: set[str]) -> Iterator[Block]:
    if not section.findings:
        return
    yield Heading(2, with_year(section.title, section.year), f"annex-{section.id}")
    if section.id not in chapter_ids and section.headline:
        yield Paragraph(plain(f"{section.headline} {section.lead}".strip()), source=section.id)
    for finding in section.findings:
        yield from _finding(finding, f"{section.id}-{finding.id}")


def _finding(finding: Finding, address: str) -> Iterator[Block]:
    is_told = finding.place == "detail"
    if is_told and finding.table is None:
        return
    yield Heading(3, finding.title, f"t-{address}" if is_told else address)
    if not is_told:
        yield Paragraph(plain(finding.says), source=address)
        yield from standing_blocks(finding, address)
        if finding.picture is not None:
            yield from picture_blocks(finding.picture, address)
    if finding.table is not None:
        if finding.see:
            yield Paragraph(plain(finding.see), "note", address)
        yield results_table(finding.table, finding.title, address)
    if finding.rests_on:
        yield Paragraph(plain(f"Rests on {', '.join(finding.rests_on)}"), "note", address)


def _methods(assessment: Assessment) -> Iterator[Block]:
    yield Heading(2, "Methods", "method")
    for section in assessment.sections:
        methods = dict.fromkeys(finding.method for finding in section.findings if finding.method not in section.method)
        for index, method in enumerate(text for text in (section.method, *methods) if text):
            title = plain(f"{section.title}. ", strong=True) if index == 0 else ()
            yield Paragraph((*title, Run(method)), source=f"m-{section.id}")


def _entries(assessment: Assessment, texts: TextsById) -> Iterator[Block]:
    yield Heading(2, "Every entry of the case", "entries")
    for title, listed in entry_register(assessment, texts):
        yield Heading(3, f"{title} ({len(listed)})", "entries")
        yield ItemList(tuple(_entry(entry) for entry in listed), source="entries")
    loaded = assessment.loaded
    scenario = f", scenario {loaded.scenario}" if loaded.scenario else ""
    digest = f"Case {loaded.case.id}{scenario}; SHA-256 of its data "
    yield Paragraph((Run(digest), Run(loaded.digest, is_code=True)), "note", "entries")


def _entry(entry: Mapping[str, Any]) -> Runs:
    """An entry: its id, what it says, why, and where it comes from."""
    head = " ".join(part for part in (entry["label"], entry["date"]) if part)
    told = [_ended(entry["says"])]
    told += [
        f"{title}: {_ended(entry[key])}" for title, key in (("Because", "because"), ("Note", "note")) if entry[key]
    ]
    told += [entry["url"]] if entry["url"] else []
    told += [f"From: {place}{f': “{passage}”' if passage else ''}." for place, passage in entry["places"]]
    return (Run(entry["id"], is_code=True), Run(f" {head}. " if head else " "), *plain(" ".join(filter(None, told))))


def _ended(text: str) -> str:
    """Text with a full stop at its end, where it has none and there is any."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
