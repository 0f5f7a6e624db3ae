"""The command line: thin; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente import __version__
from detente.errors import CaseError, DetenteError, printable_text

if TYPE_CHECKING:
    from detente.assessment.assess import Assessment
    from detente.case.loading.load import LoadedCase
    from detente.case.schema.case import Case

EXIT_BAD_CASE, EXIT_OUR_FAULT = 2, 1

app = typer.Typer(
    name="detente",
    help="Will the other side accept, through which channel, on which issue; why; and what would change that?",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A bundled case, a folder with a case.yaml, or a file.")
]


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


DocumentsOption = Annotated[
    Path | None,
    typer.Option(
        "--documents",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="A folder with your own copies of the documents.",
    ),
]


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    """What every command shares."""


@app.command()
def cases() -> None:
    """List the bundled cases."""
    from detente.assessment.assess import read_case
    from detente.case.bundled import bundled_cases

    for name in bundled_cases():
        typer.echo(f"{name:<14} {read_case(name).case.question}")


@app.command()
def new(
    path: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")],
    source: Annotated[str, typer.Option("--from", metavar="CASE", help="The case to begin from.")] = "two-leagues",
) -> None:
    """Begin a case of your own in a new folder, from a copy of another."""
    from detente.case.bundled import new_case
    from detente.rooms.registry import REGISTRY

    for file in new_case(path, source, REGISTRY.case_class):
        typer.echo(file)
    typer.echo(f"Edit them, then: detente check {path}")


@app.command()
def check(case: CaseArgument) -> None:
    """Find every problem in a case, each with file, line, column and remedy."""
    from detente.assessment.assess import read_case

    loaded = read_case(case, every_scenario=True)
    loaded_case = loaded.case
    counts = [
        ("record entries", len(loaded_case.record)),
        ("motives", len(loaded_case.motives)),
        ("codings", len(loaded_case.codings)),
    ]
    counts_phrase = ", ".join(f"{n} {noun}" for noun, n in counts)
    _print_warnings(loaded)
    warnings_phrase = f", {_count_with_noun(len(loaded.warnings), 'warning')}" if loaded.warnings else ""
    typer.echo(
        f"{loaded_case.id}: no problems{warnings_phrase} ({counts_phrase}; scenarios: {', '.join(loaded_case.scenarios) or 'none'})"
    )


@app.command()
def run(
    case: CaseArgument,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the report goes; CASE-report here if not given.")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="NAME", help="One of the case's scenarios.")
    ] = None,
    sets: Annotated[
        list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="A path of the case and its value, as YAML.")
    ] = None,
    documents: DocumentsOption = None,
) -> None:
    """Assess a case: print the short answer, write page, JSON and tables."""
    with _progress_line() as step:
        step("Reading the case")
        assessment = _read_and_assess(case, scenario, sets, step)
        step("Writing the report")
        from detente.report.files import write_report

        folder = out or Path(f"{assessment.loaded.case.id}{f'-{scenario}' if scenario else ''}-report")
        page_file = write_report(assessment, folder, _find_texts(assessment.loaded, documents))
    from detente.report.terminal import print_summary

    _print_warnings(assessment.loaded)
    print_summary(assessment)
    typer.echo(f"\nThe page: {page_file.resolve()}")


@app.command()
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A case, CASE@SCENARIO, or a saved assessment.json.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The same, to hold against A.")],
) -> None:
    """Two cases, scenarios or saved assessments: which inputs changed, which findings moved."""
    from detente.assessment.compare import compare as compared
    from detente.report.terminal import print_comparison

    with _progress_line() as step:
        before, after = _load_or_assess(a, step), _load_or_assess(b, step)
        result = compared(before, after)
    print_comparison(a, b, result)


@app.command()
def play(
    strategies: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STRATEGY]...", help="Names, e.g. 'Tit For Tat' or tit-for-tat; all, unless given."),
    ] = None,
    turns: Annotated[int | None, typer.Option("--turns", help="Rounds of a match; 200 unless given.")] = None,
    discount: Annotated[
        float | None, typer.Option("--discount", help="Instead: what each round counts beside the last, below 1.")
    ] = None,
    long_run: Annotated[bool, typer.Option("--long-run", help="Instead: the average over ever more rounds.")] = False,
    noise: Annotated[float, typer.Option("--noise", help="The chance that a move comes out as its opposite.")] = 0.0,
    payoffs: Annotated[
        str, typer.Option("--payoffs", metavar="T,R,P,S", help="Alone defecting, both, neither, alone cooperating.")
    ] = "5,3,1,0",
    own: Annotated[
        Path | None,
        typer.Option("--own", metavar="FILE", exists=True, dir_okay=False, help="YAML with strategies: of your own."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the strategies instead.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write ranking, matches and heat map.")
    ] = None,
) -> None:
    """Play a match or a tournament of strategies in a repeated game, exactly."""
    from dataclasses import astuple

    from detente.methods.games.repeated.matches import play as played
    from detente.methods.games.strategies.library import strategy_library
    from detente.report import tournament as tournaments
    from detente.rooms.durability.own_strategies import read_strategies

    own_strategies = read_strategies(own) if own else {}
    if list_:
        for name, strategy in {**strategy_library(), **own_strategies}.items():
            summary = f": {printable_text(strategy.summary)}" if strategy.summary else ""
            typer.echo(f"{name:<28} {printable_text(strategy.name)}{summary}")
        return
    game = _parse_game(payoffs)
    with _progress_bar() as step:
        result = played(
            strategies or (),
            turns=turns,
            discount=discount,
            long_run=long_run,
            noise=noise,
            payoffs=astuple(game.sides[0]),
            own=own_strategies,
            on_progress=step,
        )
    horizon = "in the long run" if long_run else f"discounted by {discount:g}" if discount is not None else ""
    rounds = f"{turns or 200} round{'' if turns == 1 else 's'}"
    tournaments.print_tournament(result, game, (horizon or rounds) + (f", noise {noise:g}" if noise else ""), noise)
    if out:
        from detente.files.atomic_write import write_new_files

        files = tournaments.tournament_files(result, game, out)
        write_new_files(files)
        for file in files:
            typer.echo(file)
        if len(result.names) > tournaments.MAX_CHART_STRATEGIES:
            typer.echo(f"No heat map: it is drawn of up to {tournaments.MAX_CHART_STRATEGIES} strategies.")


@app.command()
def schema(
    assessment: Annotated[bool, typer.Option("--assessment", help="The schema of assessment.json instead.")] = False,
) -> None:
    """Print the JSON Schema of a case file, for editors that complete with it."""
    import json

    from detente.assessment import json_format as storage
    from detente.case.schema_docs import case_json_schema
    from detente.rooms.registry import REGISTRY

    json_document = storage.assessment_schema() if assessment else case_json_schema(REGISTRY.case_class)
    typer.echo(json.dumps(json_document, indent=1, ensure_ascii=False))


@app.command()
def explain(
    case: CaseArgument,
    id: Annotated[str, typer.Argument(metavar="ID", help="Any id or path of the case, e.g. network.observed.")],
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="NAME", help="One of the case's scenarios.")
    ] = None,
    documents: DocumentsOption = None,
) -> None:
    """What an id or a path is, where it comes from, and what rests on it."""
    from detente.assessment.explain import explain as explained
    from detente.report.terminal import print_explanation

    assessment = _read_and_assess(case, scenario, None, lambda step: None)
    print_explanation(explained(assessment, id, _find_texts(assessment.loaded, documents)))


@app.command("coding-sheet")
def coding_sheet(
    case: CaseArgument,
    coder: Annotated[str, typer.Option("--coder", metavar="ID", help="Who will fill it in.")] = "second",
    units: Annotated[CodingUnits, typer.Option("--units", help="What is to be coded.")] = CodingUnits.passages,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where sheet and codebook go.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The order of the lines is drawn with it.")] = None,
    documents: DocumentsOption = None,
) -> None:
    """Write a blind coding sheet and its codebook, for a second coder."""
    from detente.assessment.assess import read_case
    from detente.exchange.sheets import coding_sheet as sheet
    from detente.files.atomic_write import write_new_files

    loaded = read_case(case)
    loaded_case, texts = loaded.case, _find_texts(loaded, documents)
    if not _has_units(loaded_case, units):
        alternative = next(
            (
                f", or --units {unit_kind.value} for its {unit_kind.value}"
                for unit_kind in CodingUnits
                if _has_units(loaded_case, unit_kind)
            ),
            "",
        )
        raise DetenteError(f"this case has no {units.value} to code; declare some under {units.value}:{alternative}")
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
        typer.echo(f"Declare the coder in the case too: coders: {{{coder}: {{name: ...}}}}", err=True)
    if units is CodingUnits.passages and any(
        locator.document not in texts for p in loaded_case.passages.values() for locator in p.at
    ):
        typer.echo("Some passages are given by place only: --documents DIR quotes them from your copies.", err=True)
    for name in sheet.theories_without_codebook(loaded_case.theories):
        typer.echo(f"The case does not say how to recognise {name}: theories.{name}.codebook", err=True)


@app.command()
def export(
    case: CaseArgument,
    what: Annotated[ExportKind, typer.Argument(help="What to write.")],
    file: Annotated[Path, typer.Argument(help="A file that does not exist: .csv, .json, .bib, .qdpx, .qdc or .efg.")],
    documents: DocumentsOption = None,
) -> None:
    """Write codings, hypotheses (.csv), sources (.json, .bib), QDA project, codebook (.qdpx, .qdc), game (.efg)."""
    from detente.assessment.assess import read_case
    from detente.exchange.dispatch import export_file

    loaded = read_case(case)
    for note in export_file(loaded.case, what.value, file, _find_texts(loaded, documents)):
        typer.echo(printable_text(note), err=True)
    typer.echo(file)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .qdpx, .qdc, .bib, .json or .csv file.")],
    case: Annotated[str, typer.Option("--case", metavar="CASE", help="The case it is for.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A YAML file that does not exist yet.")],
    table: Annotated[
        str | None, typer.Option("--table", metavar="ID", help="For a matrix: the table it bears on.")
    ] = None,
    documents: DocumentsOption = None,
) -> None:
    """Turn a QDA project or codebook, a bibliography or a matrix of hypotheses into a part of a case."""
    from detente.assessment.assess import read_case
    from detente.exchange.dispatch import import_file

    loaded = read_case(case)
    notes = import_file(loaded.case, file, out, table, _find_texts(loaded, documents))
    for note in notes:
        typer.echo(printable_text(note), err=True)
    typer.echo(f"{out}\nPut it beside the case, add {out.name} to its import:, and run detente check.")


@app.command()
def coverage(
    case: CaseArgument,
    documents: DocumentsOption = None,
    least: Annotated[int, typer.Option("--least", help="List idle passages of at least so many characters.")] = 120,
) -> None:
    """Which share of each document the case covers, and the passages it leaves idle."""
    from detente.assessment.assess import read_case
    from detente.case.index.document_coverage import measure_coverage as covered
    from detente.case.index.entries import spans_by_document
    from detente.report.terminal import print_coverages

    loaded = read_case(case)
    texts, coded_spans = _find_texts(loaded, documents), spans_by_document(loaded.case)
    rows = [
        (id, covered(texts[id], coded_spans[id]) if id in texts else None, texts.get(id, ""))
        for id in loaded.case.documents
    ]
    print_coverages(rows, least)
    if not texts:
        raise DetenteError("none of the case's documents is there; give their folder with --documents")


def _parse_game(payoffs: str) -> Any:
    """The game of four numbers."""
    import math

    from detente.methods.games.two_by_two import symmetric_game

    try:
        values = [float(part) for part in payoffs.split(",")]
    except ValueError:
        values = []
    if len(values) != 4 or not all(math.isfinite(x) and abs(x) <= 1e12 for x in values):
        message = f"'{printable_text(payoffs)}' is not four numbers of up to 1e12, e.g. 5,3,1,0 (T, R, P and S)"
        raise typer.BadParameter(message, param_hint="--payoffs")
    return symmetric_game(*values)


def _has_units(case: Case, units: CodingUnits) -> bool:
    return bool(case.motives if units is CodingUnits.motives else case.passages)


def _count_with_noun(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _print_warnings(loaded: LoadedCase) -> None:
    """What is worth a look in a case, one line each, beside what is printed."""
    for warning in loaded.warnings:
        typer.echo(warning, err=True)


def _check_coder(loaded: LoadedCase, coder: str) -> None:
    """That a coder's name can be an id of the case, and is no other entry's."""
    import re

    from detente.case.index.entries import case_entries
    from detente.case.schema.base import ID_PATTERN

    entry = case_entries(loaded.case).get(coder)
    if not re.fullmatch(ID_PATTERN, coder) or (entry and entry.kind != "coder"):
        complaint = f"is a {entry.kind} of this case" if entry else "is no id"
        remedy = "lower case letters and digits, joined by hyphens, e.g. second"
        raise typer.BadParameter(f"'{printable_text(coder)}' {complaint} ({remedy})", param_hint="--coder")


def _read_and_assess(
    case: str, scenario: str | None, assignments: list[str] | None, on_step: Callable[[str], None]
) -> Assessment:
    from detente.assessment.assess import assess, read_case

    return assess(read_case(case, scenario, _parse_changes(assignments or [])), on_step)


def _find_texts(loaded: LoadedCase, documents: Path | None) -> dict[str, str]:
    from detente.case.index.source_texts import find_document_texts

    return find_document_texts(loaded.case, documents, loaded.folder)


def _parse_changes(assignments: list[str]) -> dict[str, str]:
    changes = {}
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        if not equals or not path.strip():
            raise typer.BadParameter(
                f"'{assignment}' is no PATH=VALUE, e.g. evidence.secondary=0.5", param_hint="--set"
            )
        if not (path + value).isprintable() or not _is_encodable(assignment):
            raise typer.BadParameter(f"{assignment!r} holds what is no text", param_hint="--set")
        changes[path.strip()] = value
    return changes


def _is_encodable(text: str) -> bool:
    """Whether a word of the command line was text in the terminal's encoding."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _load_or_assess(name: str, on_step: Callable[[str], None]) -> Any:
    """What is compared under a name; which of two things it is, and whether it is out of date, is said beside it."""
    from detente.assessment.json_format import read_saved, saved
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
    return saved(_read_and_assess(case, scenario or None, None, on_step))


@contextmanager
def _progress_bar() -> Iterator[Callable[[float], None]]:
    """A progress bar on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Playing", total=1.0)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def _progress_line() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield status.update


def run_command() -> int:
    """Runs the command of the process and returns its exit code: 0, 2 for a bad case or call, 1 for our own failure."""
    try:
        app(standalone_mode=True)
    except CaseError as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        typer.echo(_count_with_noun(sum(p.severity == "error" for p in error.problems), "problem"), err=True)
        return EXIT_BAD_CASE
    except DetenteError as error:
        typer.echo(f"detente: {printable_text(str(error))}", err=True)
        return EXIT_BAD_CASE
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_OUR_FAULT
    except Exception as error:
        if os.environ.get("DETENTE_TRACEBACK"):
            raise
        typer.echo(f"detente: a fault of ours, {type(error).__name__}: {error}", err=True)
        typer.echo("Please report it with the case; DETENTE_TRACEBACK=1 shows where it happened.", err=True)
        return EXIT_OUR_FAULT
    return 0
