"""The assessment in a terminal: tables where there is one, plain lines where there is not."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.assessment import Assessment
from detente.comparison import Change, Comparison
from detente.explanation import Explanation


def _console() -> Console:
    # Text of a case is never markup; a pipe gets long lines, not lines cut at 80.
    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, emoji=False, width=240)


def summary(assessment: Assessment) -> None:
    """Question, short answer, and each section's verdict in a line or two."""
    console = _console()
    case = assessment.loaded.case
    console.print(Text(case.question, style="bold"))
    if assessment.loaded.scenario:
        console.print(f"In scenario {assessment.loaded.scenario}: {case.scenarios[assessment.loaded.scenario].says}")
    console.print()
    console.print(assessment.answer)
    console.print()
    table = Table.grid(padding=(0, 2))
    for tile in assessment.tiles:
        table.add_row(Text(tile.label, style="dim"), f"{tile.value}\n{tile.note}" if tile.note else tile.value)
    console.print(table)


def comparison(a: str, b: str, result: Comparison) -> None:
    """What differs between two assessments."""
    console = _console()
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
        console.print(f"  {change.where}")
        console.print(f"    - {change.before if change.before is not None else '(absent)'}")
        console.print(f"    + {change.after if change.after is not None else '(absent)'}")
    if len(changes) > most:
        console.print(f"  ... and {len(changes) - most} more")


def explanation(found: Explanation) -> None:
    """What an id is, where it comes from, and what rests on it."""
    console = _console()
    entry = found.entry
    console.print(Text(f"{entry.id}: {entry.kind}", style="bold"))
    console.print(entry.says)
    for key, value in found.details:
        if value != entry.says:
            console.print(f"  {key}: {value}")
    console.print(f"\nIn the case at {'.'.join(map(str, entry.path))}")
    console.print("Comes from: " + ("; ".join(found.places) if found.places else "nowhere that the case says"))
    for title, links in (("Names", found.refers_to), ("Named by", found.referred_by)):
        if links:
            console.print(f"\n{title}:")
            for key, other in links:
                console.print(f"  {other.id} ({other.kind}, {key}): {other.says}")
    console.print("\nFindings that rest on it:" if found.findings else "\nNo finding rests on it.")
    for where, says in found.findings:
        console.print(f"  {where}\n    {says}")
