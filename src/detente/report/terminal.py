"""The assessment in a terminal: tables where there is one, plain lines where there is not."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from typing import IO, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.assessment.assess import Assessment
from detente.assessment.compare import Change, Comparison
from detente.assessment.explain import Explanation
from detente.case.index.document_coverage import Coverage
from detente.errors import printable
from detente.results.finding import Step

UNBOUNDED = 100_000
"""Columns of a line that nobody looks at in a terminal."""
_AT_END = re.compile(r" +$", re.MULTILINE)


def plain(text: str) -> str:
    """Text of a case on one line, without what could speak to the terminal."""
    return printable(" ".join(text.split()))


def opened_console() -> Console:
    """A console for what a case says; into a pipe, lines of any length, or as long as COLUMNS says if it says so."""
    console = _console(_columns() or shutil.get_terminal_size().columns)
    return console if console.is_terminal else _console(_columns() or UNBOUNDED, _Unpadded())


def _console(width: int, file: io.TextIOBase | None = None) -> Console:
    # Text of a case is never markup.
    return Console(highlight=False, markup=False, emoji=False, width=width, file=cast(IO[str] | None, file))


def _columns() -> int:
    """What COLUMNS says, 0 if it says nothing of use."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and len(given) < 6 else 0


class _Unpadded(io.TextIOBase):
    """The output, without the blanks that cells of a table are filled up with at the ends of lines."""

    def write(self, text: str) -> int:
        sys.stdout.write(_AT_END.sub("", text))
        return len(text)

    def flush(self) -> None:
        sys.stdout.flush()


def summary(assessment: Assessment) -> None:
    """Question, short answer, and each section's verdict in a line or two."""
    console = opened_console()
    case = assessment.loaded.case
    console.print(Text(plain(case.question), style="bold"))
    if assessment.loaded.scenario:
        says = case.scenarios[assessment.loaded.scenario].says
        console.print(plain(f"In scenario {assessment.loaded.scenario}: {says}"))
    console.print()
    console.print(plain(assessment.answer))
    console.print()
    table = Table.grid(padding=(0, 2))
    for tile in assessment.tiles:
        table.add_row(Text(tile.label, style="dim"), "\n".join(plain(text) for text in (tile.value, tile.note) if text))
    console.print(table)


def comparison(a: str, b: str, result: Comparison) -> None:
    """What differs between two assessments."""
    console = opened_console()
    if not (result.inputs or result.findings or result.outcomes):
        console.print(f"{a} and {b}: no input differs, no finding moved.")
        return
    console.print(f"From {a} to {b}:")
    _changes(console, "Inputs that differ", result.inputs)
    _changes(console, "Findings that moved", result.findings)
    _changes(console, "Numbers that moved", result.outcomes)


def _changes(console: Console, title: str, changes: tuple[Change, ...], most: int = 40) -> None:
    console.print()
    console.print(Text(f"{title}: {len(changes) or 'none'}", style="bold"))
    for change in changes[:most]:
        console.print(f"  {plain(change.where)}")
        console.print(f"    - {plain(change.before) if change.before is not None else '(absent)'}")
        console.print(f"    + {plain(change.after) if change.after is not None else '(absent)'}")
    if len(changes) > most:
        console.print(f"  ... and {len(changes) - most} more")


_UNNAMED = "\nNo finding names it. What moves with it: detente run CASE --set PATH=VALUE, then detente compare."


def explanation(found: Explanation) -> None:
    """What an id is, where it comes from, and what rests on it."""
    console = opened_console()
    entry = found.entry
    console.print(Text(f"{entry.id}: {entry.kind}", style="bold"))
    console.print(plain(found.means or ("" if entry.kind == "path" else entry.says)))
    for key, value in found.details:
        if value != entry.says:
            console.print(f"  {key}: {plain(value)}")
    at = ".".join(map(str, entry.path))
    console.print(f"\nIn the case at {at}" if found.given else f"\nThe case does not say it: the default of {at}")
    console.print("Comes from:" if found.places else "Comes from: nowhere that the case says")
    for place, passage in zip(found.places, found.passages, strict=True):
        console.print(f"  {plain(place)}")
        if passage:
            console.print(f"    “{plain(passage)}”")
    if found.trail:
        console.print("\nFrom the verdict to what it rests on:")
        _trail(console, found.trail, found, 1)
    if found.chain:
        console.print("\nBy the rules:")
        _trail(console, found.chain, found, 1)
    for title, links in (("Names", found.refers_to), ("Named by", found.referred_by)):
        if links:
            console.print(f"\n{title}:")
            for key, other in links:
                console.print(f"  {other.id} ({other.kind}, {key}): {plain(other.says)}")
    if found.moved_by:
        console.print("\nSet otherwise by:")
        for what, how in found.moved_by:
            console.print(f"  {plain(what)}: {plain(how)}")
    if entry.kind == "path":
        console.print("\nFindings that name it, or rest on what it is part of:" if found.findings else _UNNAMED)
    else:
        console.print("\nFindings that rest on it:" if found.findings else "\nNo finding rests on it.")
    for where, says in found.findings:
        console.print(f"  {plain(where)}\n    {plain(says)}")


def _trail(console: Console, steps: tuple[Step, ...], found: Explanation, depth: int) -> None:
    for step in steps:
        mark = ">" if step.id == found.entry.id else "-"
        named = f"{step.id}: " if step.id else ""
        console.print(f"{'  ' * depth}{mark} {named}{plain(step.words)}")
        if place := found.places_of.get(step.id):
            console.print(f"{'  ' * depth}    {plain(place)}")
        _trail(console, step.beneath, found, depth + 1)


def coverages(found: list[tuple[str, Coverage | None, str]], least: int) -> None:
    """What a case covers of each document, and the idle passages of at least so many characters."""
    console = opened_console()
    for name, covered, text in found:
        if covered is None:
            console.print(f"{name}: no copy with its SHA-256 in that folder")
            continue
        long = [span for span in covered.idle if span[1] - span[0] >= least]
        rest = sum(b - a for a, b in covered.idle) - sum(b - a for a, b in long)
        console.print(
            Text(f"{name}: {100 * covered.share:.1f} % of {covered.characters} characters covered", style="bold")
        )
        console.print(
            f"  {len(long)} idle passages of {least} characters or more; {len(covered.idle) - len(long)} shorter ones, "
            f"{rest} characters together"
        )
        for start, end in long:
            console.print(f"  {start:>7} to {end:<7} {plain(text[start:end])[:100]}")
