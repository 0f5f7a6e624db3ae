"""Commands on sweeps: ask one question at many settings, and show what a sweep found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.progress import sweep_progress

if TYPE_CHECKING:
    from detente.sweeps.sweep import SweepResult

EXIT_FAILED_SETTINGS, EXIT_STOPPED = 2, 130


def sweep_settings(
    case: Annotated[
        str,
        typer.Argument(
            metavar="CASE", help="A bundled case, a folder with a case.yaml, a file, or a folder of several cases."
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder of the sweep. One that is there goes on.")
    ],
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over",
            metavar="PATH=A,B",
            help="What is swept: `PATH=A,B`, `PATH=FROM:TO:N`, `choice=NAME` or `scenario=A,B`. May be repeated.",
        ),
    ] = None,
    simulations: Annotated[int, typer.Option("--simulations", metavar="N", help="Simulations of each setting.")] = 4096,
    workers: Annotated[
        int, typer.Option("--workers", metavar="K", min=0, max=1024, help="Processes that work; 0 for this one alone.")
    ] = 0,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="ADDRESS", help="A Dask cluster that is there, by its scheduler's address."),
    ] = None,
    chunk: Annotated[
        int | None,
        typer.Option(
            "--chunk", metavar="B", min=1, help="Blocks of 2,048 simulations in a file. The result is the same."
        ),
    ] = None,
) -> None:
    """Ask one question at many settings. The same command goes on where it was stopped."""
    from detente.sweeps.sweep import sweep

    try:
        with sweep_progress() as progress:
            result = sweep(case, over or [], out, simulations, workers, cluster, chunk, progress)
    except KeyboardInterrupt:
        typer.echo("Stopped. What was done stands: the same command goes on from there.", err=True)
        raise typer.Exit(EXIT_STOPPED) from None
    _show(result)


def show_sweep(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a sweep, done or not.")],
) -> None:
    """Show what a sweep found: its map, here and as a page in its folder."""
    from detente.sweeps.sweep import read_sweep

    _show(read_sweep(folder))


def _show(result: SweepResult) -> None:
    """Prints the map, then writes the page: in a folder that may not be written the map is told all the same."""
    from detente.report.sweep_page import print_sweep, write_sweep_page

    print_sweep(result)
    typer.echo(f"\nThe map: {write_sweep_page(result).resolve()}")
    if result.failures:
        raise typer.Exit(EXIT_FAILED_SETTINGS)
