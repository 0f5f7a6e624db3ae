"""The assessment in a terminal: tables where there is one, plain lines where there is not."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from dataclasses import dataclass
from typing import IO, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.assessment.assess import Assessment
from detente.assessment.brief import Brief
from detente.assessment.compare import Comparison, OutcomeChange
from detente.assessment.explain import Explanation
from detente.case.index.document_coverage import DocumentCoverage
from detente.errors import printable_text
from detente.report.brief_words import (
    AS_ASSUMED,
    confidence_sentences,
    confidence_title,
    options_told,
    years_line,
)
from detente.results.brief import AnswerSlot
from detente.results.finding import ProvenanceStep
from detente.text.brief_sentences import short_range
from detente.text.english import count_noun, upper_first

UNBOUNDED_WIDTH = 100_000
"""Columns of a line that nobody looks at in a terminal."""
_TRAILING_BLANKS = re.compile(r" +$", re.MULTILINE)


def single_line(text: str) -> str:
    """Text of a case on one line, without what could speak to the terminal."""
    return printable_text(" ".join(text.split()))


def open_console() -> Console:
    """A console for what a case says; into a pipe, lines of any length, or as long as COLUMNS says if it says so."""
    console = _make_console(_columns_setting() or shutil.get_terminal_size().columns)
    return console if console.is_terminal else _make_console(_columns_setting() or UNBOUNDED_WIDTH, _UnpaddedOutput())


def _make_console(width: int, file: io.TextIOBase | None = None) -> Console:
    # Text of a case is never markup.
    return Console(highlight=False, markup=False, emoji=False, width=width, file=cast(IO[str] | None, file))


def _columns_setting() -> int:
    """What COLUMNS says, 0 if it says nothing of use."""
    setting = os.environ.get("COLUMNS", "")
    return int(setting) if setting.isdecimal() and len(setting) < 6 else 0


class _UnpaddedOutput(io.TextIOBase):
    """The output, without the blanks that cells of a table are filled up with at the ends of lines."""

    def write(self, text: str) -> int:
        sys.stdout.write(_TRAILING_BLANKS.sub("", text))
        return len(text)

    def flush(self) -> None:
        sys.stdout.flush()


SCREEN_LINES = 22
"""Lines of the brief in a terminal: with the two that name the page it fills a screen of 24."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the brief is printed."""

    changes: int
    """Rows of what would change the answer, besides the one as assumed."""
    confidence_sentences: int
    reasons: int


EXTENTS = (Extent(4, 2, 2), Extent(3, 2, 2), Extent(2, 2, 2), Extent(2, 1, 2), Extent(1, 1, 1), Extent(1, 1, 0))
"""What is tried until the brief fits its screen, the fullest first."""


def print_summary(assessment: Assessment) -> None:
    """The brief on one screen: question, answer, confidence, what would change it, what could work."""
    console = open_console()
    for extent in EXTENTS:
        parts = _brief_parts(assessment, extent)
        if sum(len(console.render_lines(part)) for part in parts) <= SCREEN_LINES:
            break
    for part in parts:
        console.print(part)


def _brief_parts(assessment: Assessment, extent: Extent) -> list[Text | Table]:
    """The paragraphs and the table of the brief, with empty lines between them."""
    case, brief = assessment.loaded.case, assessment.brief
    head = [Text(single_line(case.question), style="bold"), Text(single_line(years_line(assessment)), style="dim")]
    if assessment.loaded.scenario:
        says = case.scenarios[assessment.loaded.scenario].says
        head.append(Text(single_line(f"What if ({assessment.loaded.scenario}): {says}")))
    blocks: list[list[Text | Table]] = [[*head], [_answer_text(assessment, extent)]]
    if brief.confidence is not None:
        told = confidence_sentences(brief.confidence)[: extent.confidence_sentences]
        blocks.append([Text(single_line(" ".join([confidence_title(brief.confidence), *told])))])
    if brief.answer is not None:
        blocks.append([_changes_table(brief, brief.answer, extent)])
    if brief.options:
        blocks.append([Text(single_line(f"What could work: {options_told(brief)}"))])
    if brief.answer is None:
        chapters = [f"{chapter.section.title}: {chapter.section.headline}" for chapter in assessment.chapters]
        blocks.append([Text(single_line(line)) for line in chapters])
    return [part for block in blocks for part in (Text(""), *block)][1:]


def _answer_text(assessment: Assessment, extent: Extent) -> Text:
    """The answer, with what carries it in bold."""
    text = Text(single_line(assessment.headline), style="bold")
    for runs in assessment.answer_parts:
        text.append(" ", style="not bold")
        for run in runs:
            text.append(printable_text(run.text), style="bold" if run.strong else "not bold")
    for sentence in assessment.reasons[: extent.reasons]:
        text.append(f" {single_line(sentence)}", style="not bold")
    return text


def _changes_table(brief: Brief, answer: AnswerSlot, extent: Extent) -> Table:
    """How often the offer is accepted as assumed and by what would change that most."""
    table = Table.grid(padding=(0, 2))
    table.add_row(
        Text(f"{upper_first(answer.answering)} accepts, of 100", style="dim"), *(form.name for form in answer.forms)
    )
    table.add_row(AS_ASSUMED, *(short_range(test.low, test.high) for test in answer.tests))
    moves = sorted(brief.changes, key=lambda change: -change.largest_move(answer.tests))
    for change in moves[: extent.changes]:
        cells = (short_range(test.low, test.high) if test else "" for test in change.tests)
        table.add_row(single_line(change.label), *cells)
    return table


MOST_CHANGES = 40
"""Changes of one kind that are printed; the rest is counted."""


def print_comparison(a: str, b: str, result: Comparison) -> None:
    """What differs between two assessments: their answers, then inputs, then the outcomes that moved."""
    console = open_console()
    if not (result.inputs or result.reasons or result.findings or result.outcomes):
        console.print(f"{a} and {b}: no input differs, no finding moved.")
        return
    for name, answer in zip((a, b), result.answers, strict=True):
        console.print(Text(name, style="bold"))
        console.print(f"  {single_line(answer)}")
    _print_lines(console, "Inputs that differ", [_change_line(c.path, c.before, c.after) for c in result.inputs])
    if result.reasons:
        console.print(f"  and {count_noun(len(result.reasons), 'reason or source', 'reasons and sources')}")
    moved = [change for change in result.outcomes if change.is_beyond_error]
    _print_lines(console, "Outcomes that moved, the largest first", [_outcome_line(change) for change in moved])
    if len(moved) < len(result.outcomes):
        console.print(f"  and {len(result.outcomes) - len(moved)} within their error")
    regraded = [change for change in result.findings if change.before != change.after]
    _print_lines(
        console,
        "Findings that became more or less robust",
        [_change_line(change.id, change.before, change.after) for change in regraded],
    )
    if len(regraded) < len(result.findings):
        retold = count_noun(len(result.findings) - len(regraded), "finding")
        console.print(f"  and {retold} in other words, as robust as before")


def _print_lines(console: Console, title: str, lines: list[str]) -> None:
    console.print()
    console.print(Text(f"{title}: {len(lines) or 'none'}", style="bold"))
    for line in lines[:MOST_CHANGES]:
        console.print(f"  {line}")
    if len(lines) > MOST_CHANGES:
        console.print(f"  ... and {len(lines) - MOST_CHANGES} more")


def _change_line(name: str, before: str | None, after: str | None) -> str:
    old, new = ("(absent)" if value is None else value for value in (before, after))
    return single_line(f"{name}: {old} → {new}")


def _outcome_line(change: OutcomeChange) -> str:
    """An outcome with both numbers and its shift: `record.offers: 10 → 11 (+1 offers)`."""
    old, new = (None if quantity is None else f"{quantity.value:.3g}" for quantity in (change.before, change.after))
    quantity = change.after or change.before
    shift = "" if change.shift is None or quantity is None else f" ({change.shift:+.3g} {quantity.unit})"
    return f"{_change_line(change.name, old, new)}{shift}"


_UNNAMED_NOTE = "\nNo finding names it. To see what it moves: detente run CASE --set PATH=VALUE, then detente compare."


def print_explanation(result: Explanation) -> None:
    """What an id is, where it comes from, and what rests on it."""
    console = open_console()
    entry = result.entry
    console.print(Text(f"{entry.id}: {entry.kind}", style="bold"))
    console.print(single_line(result.meaning or ("" if entry.kind == "path" else entry.says)))
    for key, value in result.details:
        if value != entry.says:
            console.print(f"  {key}: {single_line(value)}")
    dotted_path = ".".join(map(str, entry.path))
    console.print(
        f"\nIn the case at {dotted_path}"
        if result.is_given
        else f"\nThe case does not say it. This is what is taken for {dotted_path} then."
    )
    console.print("Comes from:" if result.places else "The case does not say where it comes from.")
    for place, passage in zip(result.places, result.passages, strict=True):
        console.print(f"  {single_line(place)}")
        if passage:
            console.print(f"    “{single_line(passage)}”")
    if result.evidence_trail:
        console.print("\nFrom the verdict to what it rests on:")
        _print_trail(console, result.evidence_trail, result, 1)
    if result.rule_trail:
        console.print("\nBy the rules:")
        _print_trail(console, result.rule_trail, result, 1)
    for title, links in (("Names", result.refers_to), ("Named by", result.referred_by)):
        if links:
            console.print(f"\n{title}:")
            for key, other_entry in links:
                console.print(f"  {other_entry.id} ({other_entry.kind}, {key}): {single_line(other_entry.says)}")
    if result.overrides:
        console.print("\nOther values for it:")
        for source, setting in result.overrides:
            console.print(f"  {single_line(source)}: {single_line(setting)}")
    if entry.kind == "path":
        console.print("\nFindings that name it, or rest on what it belongs to:" if result.findings else _UNNAMED_NOTE)
    else:
        console.print("\nFindings that rest on it:" if result.findings else "\nNo finding rests on it.")
    for location, says in result.findings:
        console.print(f"  {single_line(location)}\n    {single_line(says)}")


def _print_trail(console: Console, steps: tuple[ProvenanceStep, ...], result: Explanation, depth: int) -> None:
    for step in steps:
        mark = ">" if step.id == result.entry.id else "-"
        prefix = f"{step.id}: " if step.id else ""
        console.print(f"{'  ' * depth}{mark} {prefix}{single_line(step.words)}")
        if place := result.trail_places.get(step.id):
            console.print(f"{'  ' * depth}    {single_line(place)}")
        _print_trail(console, step.beneath, result, depth + 1)


def print_coverages(rows: list[tuple[str, DocumentCoverage | None, str]], min_length: int) -> None:
    """What a case covers of each document, and the idle passages of at least so many characters."""
    console = open_console()
    for name, coverage, text in rows:
        if coverage is None:
            console.print(f"{name}: that folder holds no copy with the SHA-256 that the case gives")
            continue
        long_spans = [span for span in coverage.uncovered_spans if span[1] - span[0] >= min_length]
        short_span_characters = sum(b - a for a, b in coverage.uncovered_spans) - sum(b - a for a, b in long_spans)
        console.print(
            Text(f"{name}: {100 * coverage.share:.1f} % of {coverage.characters} characters used", style="bold")
        )
        short_span_count = len(coverage.uncovered_spans) - len(long_spans)
        console.print(
            f"  {len(long_spans)} unused passages of {min_length} characters or more; {short_span_count} shorter ones, "
            f"{short_span_characters} characters together"
        )
        for start, end in long_spans:
            console.print(f"  {start:>7} to {end:<7} {single_line(text[start:end])[:100]}")
