"""The command that plays strategies against each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.progress import progress_bar
from detente.errors import printable_text

if TYPE_CHECKING:
    from detente.methods.games.strategies.library import NamedStrategy


def play_strategies(
    strategies: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STRATEGY]...", help="Names, e.g. 'Tit For Tat' or tit-for-tat. Unless given: all."),
    ] = None,
    turns: Annotated[int | None, typer.Option("--turns", help="The rounds of a match. Unless given: 200.")] = None,
    discount: Annotated[
        float | None,
        typer.Option(
            "--discount", help="Instead of --turns: how much each round counts beside the one before, below 1."
        ),
    ] = None,
    long_run: Annotated[
        bool, typer.Option("--long-run", help="Instead of --turns: the average over ever more rounds.")
    ] = False,
    noise: Annotated[float, typer.Option("--noise", help="The chance that a move comes out as its opposite.")] = 0.0,
    payoffs: Annotated[
        str,
        typer.Option(
            "--payoffs",
            metavar="T,R,P,S",
            help="What a side gets if only it defects, if both cooperate, if neither does, if only it cooperates.",
        ),
    ] = "5,3,1,0",
    own: Annotated[
        Path | None,
        typer.Option(
            "--own", metavar="FILE", exists=True, dir_okay=False, help="A YAML file with your own `strategies:`."
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the strategies and play nothing.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="A new folder for the ranking, the matches and a map of the scores."),
    ] = None,
) -> None:
    """Play strategies against each other in a repeated game. Scores are exact, not sampled."""
    from dataclasses import astuple

    from detente.methods.games.repeated.matches import play
    from detente.methods.games.strategies.library import strategy_library
    from detente.report import tournament as tournaments
    from detente.rooms.durability.own_strategies import read_strategies

    own_strategies = read_strategies(own) if own else {}
    if list_:
        _list_strategies({**strategy_library(), **own_strategies})
        return
    game = _parse_game(payoffs)
    with progress_bar() as step:
        result = play(
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
    tournaments.print_tournament(
        result, game, (horizon or rounds) + (f", each move wrong with a chance of {noise:g}" if noise else ""), noise
    )
    if out:
        _write_tournament(tournaments.tournament_files(result, game, out))
        if len(result.names) > tournaments.MAX_CHART_STRATEGIES:
            typer.echo(f"No map of the scores: it shows at most {tournaments.MAX_CHART_STRATEGIES} strategies.")


def _write_tournament(files: Mapping[Path, str]) -> None:
    from detente.files.atomic_write import write_new_files

    write_new_files(files)
    for file in files:
        typer.echo(file)


def _list_strategies(strategies: Mapping[str, NamedStrategy]) -> None:
    for name, strategy in strategies.items():
        summary = f": {printable_text(strategy.summary)}" if strategy.summary else ""
        typer.echo(f"{name:<28} {printable_text(strategy.name)}{summary}")


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
