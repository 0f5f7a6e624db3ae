"""What several commands do first: read a case, assess it, find its documents, print its warnings."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from detente.cli.arguments import parse_changes
from detente.errors import printable_text

if TYPE_CHECKING:
    from detente.assessment.assess import Assessment
    from detente.case.loading.load import LoadedCase


def read_and_assess(
    case: str,
    scenario: str | None,
    assignments: list[str] | None,
    on_step: Callable[[str], None],
    *,
    deep: bool = False,
) -> Assessment:
    """The assessment of a case, with a scenario and changes by hand; in depth, if so asked."""
    from detente.assessment.assess import assess, read_case

    loaded = read_case(case, scenario, parse_changes(assignments or []))
    return assess(loaded, on_step, deep=deep)


def find_texts(loaded: LoadedCase, documents: Path | None) -> dict[str, str]:
    """The texts of the documents of a case, from a folder or beside the case."""
    from detente.case.index.source_texts import find_document_texts

    return find_document_texts(loaded.case, documents, loaded.folder)


def load_or_assess(name: str, on_step: Callable[[str], None]) -> Any:
    """What is compared under a name; which of two things it is, and whether it is out of date, is said beside it."""
    from detente.assessment.json_format import read_saved, to_saved
    from detente.assessment.saved_report import ambiguity_note, saved_assessment_file, staleness_note

    file = saved_assessment_file(name)
    saved_assessment = read_saved(file) if file else None
    for note in (ambiguity_note(name), staleness_note(file, saved_assessment) if file and saved_assessment else None):
        if note:
            typer.echo(f"detente: {printable_text(note)}", err=True)
    if saved_assessment:
        return saved_assessment
    case, _, scenario = (name, "", "") if os.path.exists(name) else name.partition("@")
    on_step(f"Assessing {name}")
    return to_saved(read_and_assess(case, scenario or None, None, on_step))


def print_warnings(loaded: LoadedCase) -> None:
    """What is worth a look in a case, one line each, beside what is printed."""
    for warning in loaded.warnings:
        typer.echo(warning, err=True)


def count_with_noun(n: int, noun: str) -> str:
    """`1 problem`, `3 problems`."""
    return f"{n} {noun}{'' if n == 1 else 's'}"
