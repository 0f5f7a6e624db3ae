"""Commands on cases: list, begin, check, describe."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.arguments import CaseArgument, DocumentsOption
from detente.cli.loading import count_with_noun, find_texts, print_warnings
from detente.errors import DetenteError


def list_cases() -> None:
    """List the cases that come with Détente."""
    from detente.assessment.assess import read_case
    from detente.case.bundled import bundled_cases

    for name in bundled_cases():
        typer.echo(f"{name:<14} {read_case(name).case.question}")


def begin_case(
    path: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="CASE", help="Copy this case. Unless given, the new one is bare.")
    ] = None,
) -> None:
    """Begin a case of your own in a new folder. A bare case asks a question at each key."""
    from detente.case.bundled import new_case
    from detente.rooms.registry import REGISTRY

    for file in new_case(path, source, REGISTRY.case_class):
        typer.echo(file)
    typer.echo(f"Edit them, then: detente check {shlex.quote(str(path))}")


def check_case(case: CaseArgument) -> None:
    """Find every problem in a case. Each comes with its file, line, column and remedy."""
    from detente.assessment.assess import read_case
    from detente.rooms.registry import ROOMS
    from detente.rooms.room import questions_without_material

    loaded = read_case(case, every_scenario=True)
    loaded_case = loaded.case
    counts = [
        ("record entries", len(loaded_case.record)),
        ("motives", len(loaded_case.motives)),
        ("codings", len(loaded_case.codings)),
    ]
    held = ", ".join(f"{n} {noun}" for noun, n in counts)
    print_warnings(loaded)
    warned = f", {count_with_noun(len(loaded.warnings), 'warning')}" if loaded.warnings else ""
    scenarios = ", ".join(loaded_case.scenarios) or "none"
    typer.echo(f"{loaded_case.id}: no problems{warned} ({held}; what-ifs: {scenarios})")
    for question, needs in questions_without_material(loaded_case, ROOMS):
        typer.echo(f"  not yet: {question}. It needs {needs}.")


def print_schema(
    assessment: Annotated[
        bool, typer.Option("--assessment", help="Print the schema of assessment.json instead.")
    ] = False,
    model: Annotated[
        bool, typer.Option("--model", help="Print the schema of the model of an offer, which export writes, instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of a case. Editors use it to complete keys."""
    import json

    from detente.assessment import json_format as storage
    from detente.assessment.model_json import model_schema
    from detente.case.schema_docs import case_json_schema
    from detente.rooms.registry import REGISTRY

    document: object = case_json_schema(REGISTRY.case_class)
    if assessment or model:
        document = model_schema() if model else storage.assessment_schema()
    typer.echo(json.dumps(document, indent=1, ensure_ascii=False))


def print_coverage(
    case: CaseArgument,
    documents: DocumentsOption = None,
    least: Annotated[
        int, typer.Option("--least", help="List unused passages of this length or more, in characters.")
    ] = 120,
) -> None:
    """Say how much of each document a case uses, and list the passages that it does not use."""
    from detente.assessment.assess import read_case
    from detente.case.entries.entries import spans_by_document
    from detente.case.index.document_coverage import measure_coverage as covered
    from detente.report.terminal import print_coverages

    loaded = read_case(case)
    texts, coded_spans = find_texts(loaded, documents), spans_by_document(loaded.case)
    rows = [
        (id, covered(texts[id], coded_spans[id]) if id in texts else None, texts.get(id, ""))
        for id in loaded.case.documents
    ]
    print_coverages(rows, least)
    if not texts:
        raise DetenteError("none of the case's documents was found; give their folder with --documents")
