"""Commands between a case and other programs: coding sheets, exports, imports."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.arguments import CaseArgument, DocumentsOption, ScenarioOption, SetsOption
from detente.cli.loading import find_texts, print_warnings, read_and_assess
from detente.cli.progress import progress_line
from detente.errors import DetenteError, printable_text

if TYPE_CHECKING:
    from detente.case.loading.load import LoadedCase
    from detente.case.schema.case import Case


class CodingUnits(StrEnum):
    """What a coding sheet is made of."""

    passages = "passages"
    motives = "motives"


class ExportKind(StrEnum):
    """What can be written for other programs."""

    codings = "codings"
    matrix = "matrix"
    sources = "sources"
    project = "project"
    codebook = "codebook"
    game = "game"
    model = "model"


def write_coding_sheet(
    case: CaseArgument,
    coder: Annotated[str, typer.Option("--coder", metavar="ID", help="The person who will fill it in.")] = "second",
    units: Annotated[CodingUnits, typer.Option("--units", help="What this person is to code.")] = CodingUnits.passages,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="The folder for the sheet and the codebook. Unless given: CASE-coding, here."
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="The number that fixes the random order of the lines.")
    ] = None,
    documents: DocumentsOption = None,
) -> None:
    """Write a coding sheet and its codebook for a second coder. The sheet does not show your own codes."""
    from detente.assessment.assess import read_case
    from detente.exchange.sheets import coding_sheet as sheet
    from detente.files.atomic_write import write_new_files

    loaded = read_case(case)
    loaded_case, texts = loaded.case, find_texts(loaded, documents)
    if not _has_units(loaded_case, units):
        alternative = next(
            (
                f", or --units {unit_kind.value} for its {unit_kind.value}"
                for unit_kind in CodingUnits
                if _has_units(loaded_case, unit_kind)
            ),
            "",
        )
        raise DetenteError(f"this case has no {units.value} to code; add some under {units.value}:{alternative}")
    folder = out or Path(f"{loaded_case.id}-coding")
    _check_coder(loaded, coder)
    sheet_file = folder / sheet.coding_sheet_name(loaded_case, units.value, coder)
    sheet_text = sheet.coding_sheet_csv(loaded_case, units.value, coder, texts, seed)
    # With a byte-order mark, without which Excel takes UTF-8 for something else.
    write_new_files(
        {sheet_file: sheet_text.encode("utf-8-sig"), folder / "codebook.md": sheet.codebook_markdown(loaded_case)}
    )
    typer.echo(f"{sheet_file}\n{folder / 'codebook.md'}")
    typer.echo(
        f"When it is filled in, put it beside the case, add {sheet_file.name} to its import:, and run detente check."
    )
    if coder not in loaded_case.coders:
        typer.echo(f"Name the coder in the case as well: coders: {{{coder}: {{name: ...}}}}", err=True)
    if units is CodingUnits.passages and any(
        locator.document not in texts for p in loaded_case.passages.values() for locator in p.at
    ):
        typer.echo(
            "The case gives some passages by their place only. With --documents DIR they are quoted from your copies.",
            err=True,
        )
    for name in sheet.theories_without_codebook(loaded_case.theories):
        typer.echo(f"The case does not say how to recognise {name}. Say it under theories.{name}.codebook.", err=True)


def export_case(
    case: CaseArgument,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="WHAT",
            show_default=False,
            help=f"What to write for another program: {', '.join(ExportKind)}.",
        ),
    ] = None,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            show_default=False,
            help="A new file: .docx, .md or .tex, or .csv, .json, .bib, .qdpx, .qdc or .efg for another program.",
        ),
    ] = None,
    chapters: Annotated[bool, typer.Option("--chapters", help="Put the chapters after the brief.")] = False,
    annex: Annotated[bool, typer.Option("--annex", help="Put the annex at the end.")] = False,
    scenario: ScenarioOption = None,
    sets: SetsOption = None,
    documents: DocumentsOption = None,
) -> None:
    """Write the brief as a document, or a part of a case for another program.

    export CASE FILE writes a document to hand on: for Word (.docx), as Markdown (.md) or LaTeX (.tex).

    export CASE WHAT FILE writes for another program. Codings and the matrix go to .csv, sources to .json
    or .bib, the model to .json. A project of qualitative analysis goes to .qdpx, its codebook to .qdc, the game of the
    offer to .efg.
    """
    if what is None:
        raise typer.BadParameter("name a file: export CASE FILE, or export CASE WHAT FILE", param_hint="FILE")
    if file is None:
        _export_document(case, Path(what), chapters, annex, scenario, sets, documents)
        return
    if what not in list(ExportKind):
        known = ", ".join(f"'{kind}'" for kind in ExportKind)
        raise typer.BadParameter(f"{printable_text(what)[:200]!r} is not one of {known}.", param_hint="WHAT")
    if chapters or annex or scenario or sets:
        raise typer.BadParameter(
            f"{what}: written as the case has it; --chapters, --annex, --scenario and --set are for documents",
            param_hint="WHAT",
        )
    _export_for_programs(case, what, Path(file), documents)


def _export_document(
    case: str,
    file: Path,
    chapters: bool,
    annex: bool,
    scenario: str | None,
    sets: list[str] | None,
    documents: Path | None,
) -> None:
    """Writes a document to hand on; a name that will not do is told before anything is worked out."""
    if str(file) in list(ExportKind):
        raise typer.BadParameter(f"name the file too: export CASE {file} FILE", param_hint="FILE")
    from detente.report.documents.output import check_document_file, export_document

    check_document_file(file)
    with progress_line() as step:
        step("Reading the case")
        assessment = read_and_assess(case, scenario, sets, step)
        step("Writing the document")
        folder = export_document(assessment, file, chapters, annex, find_texts(assessment.loaded, documents))
    print_warnings(assessment.loaded)
    typer.echo(f"{file}\n{folder}" if folder else file)


def _export_for_programs(case: str, what: str, file: Path, documents: Path | None) -> None:
    from detente.assessment.assess import read_case
    from detente.exchange.dispatch import export_file

    loaded = read_case(case)
    for note in export_file(loaded.case, what, file, find_texts(loaded, documents)):
        typer.echo(printable_text(note), err=True)
    typer.echo(file)


def import_into_case(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="The file to read: .qdpx, .qdc, .bib, .json or .csv.")
    ],
    case: Annotated[str, typer.Option("--case", metavar="CASE", help="The case it is for.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The new YAML file.")],
    table: Annotated[
        str | None,
        typer.Option("--table", metavar="ID", help="For a matrix of hypotheses: the table that it is about."),
    ] = None,
    documents: DocumentsOption = None,
) -> None:
    """Turn a file of another program into a part of a case.

    It reads projects and codebooks of qualitative analysis, bibliographies, and matrices of hypotheses. It says what it
    left out.
    """
    from detente.assessment.assess import read_case
    from detente.exchange.dispatch import import_file

    loaded = read_case(case)
    notes = import_file(loaded.case, file, out, table, find_texts(loaded, documents))
    for note in notes:
        typer.echo(printable_text(note), err=True)
    typer.echo(f"{out}\nPut it beside the case, add {out.name} to its import:, and run detente check.")


def _has_units(case: Case, units: CodingUnits) -> bool:
    return bool(case.motives if units is CodingUnits.motives else case.passages)


def _check_coder(loaded: LoadedCase, coder: str) -> None:
    """That a coder's name can be an id of the case, and is no other entry's."""
    import re

    from detente.case.entries.entries import case_entries
    from detente.case.schema.base import ID_PATTERN

    entry = case_entries(loaded.case).get(coder)
    if not re.fullmatch(ID_PATTERN, coder) or (entry and entry.kind != "coder"):
        complaint = f"is a {entry.kind} of this case" if entry else "cannot be an id"
        remedy = "lower case letters and digits, joined by hyphens, e.g. second"
        raise typer.BadParameter(f"'{printable_text(coder)}' {complaint} ({remedy})", param_hint="--coder")
