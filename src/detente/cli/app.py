"""The command line: thin; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from detente.cli.assessments import compare_cases, explain_id, run_case
from detente.cli.cases import begin_case, check_case, list_cases, print_coverage, print_schema
from detente.cli.exchange import export_case, import_into_case, write_coding_sheet
from detente.cli.loading import count_with_noun
from detente.cli.offers import judge_one_offer
from detente.cli.sweeps import show_sweep, sweep_settings
from detente.cli.tournaments import play_strategies
from detente.errors import CaseError, DetenteError, WorkersLost, printable_text
from detente.version import __version__

EXIT_OUR_FAULT, EXIT_BAD_CASE, EXIT_WORKERS_LOST = 1, 2, 3
COMMANDS: dict[str, Callable[..., Any]] = {
    "cases": list_cases,
    "new": begin_case,
    "check": check_case,
    "run": run_case,
    "offer": judge_one_offer,
    "compare": compare_cases,
    "sweep": sweep_settings,
    "show": show_sweep,
    "play": play_strategies,
    "schema": print_schema,
    "explain": explain_id,
    "coding-sheet": write_coding_sheet,
    "export": export_case,
    "import": import_into_case,
    "coverage": print_coverage,
}
"""The commands in the order in which the help lists them."""

app = typer.Typer(
    name="detente",
    help="Will the other side accept, through which channel, on which issue? Why, and what would change that?",
    epilog="Begin with: detente run nato-csto",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for name, command in COMMANDS.items():
    app.command(name)(command)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """What every command shares."""


def run_command() -> int:
    """Runs the command of the process and returns its exit code.

    It is 0, 2 for a bad case or call, 3 where those who should work are gone, 1 for our own failure.
    """
    try:
        app(standalone_mode=True)
    except CaseError as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        typer.echo(count_with_noun(sum(p.severity == "error" for p in error.problems), "problem"), err=True)
        return EXIT_BAD_CASE
    except DetenteError as error:
        for line in str(error).splitlines() or [""]:
            typer.echo(f"detente: {printable_text(line)}", err=True)
        return EXIT_WORKERS_LOST if isinstance(error, WorkersLost) else EXIT_BAD_CASE
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_OUR_FAULT
    except Exception as error:
        if os.environ.get("DETENTE_TRACEBACK"):
            raise
        typer.echo(f"detente: a fault of ours, {type(error).__name__}: {error}", err=True)
        typer.echo(
            "Please report it, with the case. To see where it happened, run it again with DETENTE_TRACEBACK=1.",
            err=True,
        )
        return EXIT_OUR_FAULT
    return 0
