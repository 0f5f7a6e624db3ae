"""Matches and tournaments in a terminal and as files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.style import Style
from rich.table import Table
from rich.text import Text

from detente.methods.games.critical_discount import lasting
from detente.methods.games.ordinal_types import WHAT, kind
from detente.methods.games.repeated.tournament import Tournament
from detente.methods.games.strategies.automaton import OUTCOMES, Automaton
from detente.methods.games.strategies.library import strategy_library
from detente.methods.games.two_by_two import Game
from detente.report.terminal import opened_console, plain
from detente.rooms.durability.findings.charts import heat_map
from detente.text.english import clipped, listed
from detente.text.number_format import number
from detente.text.safe_text import csv_text

MOST_DRAWN = 200
"""Strategies up to which a heat map is drawn."""
MOST_STATES = 33
"""States of a strategy up to which its equilibria with itself are worked out: some ten seconds."""
WIDEST = 60
"""Letters of a name in a terminal."""
MOST_CELLS = 30
"""Strategies up to which a heat map fits a terminal."""
SHADES = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
"""From the least to the greatest score (viridis)."""


def show(found: Tournament, game: Game, how: str, noise: float) -> None:
    """A match of two, or a ranking with a heat map of the scores.

    Args:
        found: What was played.
        game: What outcomes are worth.
        how: The horizon and the noise, in words.
        noise: The chance that a move comes out as its opposite.
    """
    console = opened_console()
    name = kind(game)
    payoffs = game.sides[0]
    worth = ", ".join(f"{letter} {number(getattr(payoffs, letter))}" for letter in "TRPS")
    console.print(f"{name} ({worth}), {how}{f': {WHAT[name]}' if name in WHAT else ''}.")
    for name_, why in found.left_out.items():
        console.print(plain(f"Left out: {name_}: {why}."))
    if len(found.names) <= 2:
        console.print(_match(found, game))
        for automaton in dict.fromkeys(found.automata):
            console.print(plain(f"{automaton.name} against itself: {_equilibrium(game, automaton, noise)}."))
        return
    console.print(_ranking(found, game))
    if len(found.names) <= MOST_CELLS:
        console.print("\nScore of each, down, against each, across; in the order of the ranking.")
        console.print(_heat(found, game))


def _equilibrium(game: Game, automaton: Automaton, noise: float) -> str:
    """At which discounts it is an equilibrium that both play it."""
    if automaton.size > MOST_STATES:
        return f"not worked out at which discounts an equilibrium, for its {automaton.size} states"
    found = lasting(game.sides[0], automaton, noise)
    if not found:
        return "an equilibrium at no discount"
    return f"an equilibrium at discounts {listed(f'from {number(low)} to {number(high)}' for low, high in found)}"


def _match(found: Tournament, game: Game) -> Table:
    """Two strategies, or one against itself: what each gets, and how often each outcome comes about."""
    table = Table("strategy", "against", "score in a round", *(f"{outcome} %" for outcome in OUTCOMES), box=None)
    scores = found.scores(game)
    for i, j in [(0, len(found.names) - 1), *([(1, 0)] if len(found.names) > 1 else [])]:
        shares = [f"{100 * share:.2f}" for share in found.outcomes[i, j].tolist()]
        names = (clipped(plain(found.names[at]), WIDEST) for at in (i, j))
        table.add_row(*names, f"{scores[i, j]:.4f}", *shares)
    return table


def _ranking(found: Tournament, game: Game) -> Table:
    table = Table("", "strategy", "score in a round", "cooperates %", "what it does", box=None)
    says = {strategy.name: strategy.summary for strategy in strategy_library().values()}
    cooperation = found.cooperation.mean(axis=1)
    for rank, (at, mean) in enumerate(found.ranking(game), 1):
        name = found.names[at]
        table.add_row(
            str(rank),
            clipped(plain(name), WIDEST),
            f"{mean:.4f}",
            f"{100 * cooperation[at]:.1f}",
            plain(says.get(name, "")),
        )
    return table


def _heat(found: Tournament, game: Game) -> Table:
    """Scores as numbers on shades; the numbers alone where there are no colours."""
    order = [at for at, _ in found.ranking(game)]
    scores = found.scores(game)[order][:, order]
    low, high = float(scores.min()), float(scores.max())
    table = Table(box=None, show_header=False, padding=0)
    for rank, line in enumerate(scores.tolist(), 1):
        cells = []
        for score in line:
            level = 0.0 if high == low else (score - low) / (high - low)
            shade = SHADES[min(int(level * len(SHADES)), len(SHADES) - 1)]
            dark = level < 0.6
            style = Style(color="#ffffff" if dark else "#000000", bgcolor=shade)
            cells.append(Text(f" {score:4.1f}", style=style))
        table.add_row(f"{rank:>3} ", *cells)
    return table


def written(found: Tournament, game: Game, folder: Path) -> Mapping[Path, str]:
    """The files of a tournament: ranking, outcomes and, of up to `MOST_DRAWN` strategies, a heat map."""
    from detente.report.theme import LIGHT, coloured, svg_of

    ranking = found.ranking(game)
    order = [at for at, _ in ranking]
    names = [found.names[at] for at in order]
    scores = found.scores(game)
    cooperation = found.cooperation.mean(axis=1).tolist()
    ranked = ((rank, found.names[at], mean, cooperation[at]) for rank, (at, mean) in enumerate(ranking, 1))
    pairs = (
        (found.names[i], found.names[j], float(scores[i, j]), *found.outcomes[i, j].tolist())
        for i in order
        for j in order
    )
    files = {
        folder / "ranking.csv": csv_text(("rank", "strategy", "score", "cooperates"), ranked),
        folder / "matches.csv": csv_text(("strategy", "against", "score", *OUTCOMES), pairs),
    }
    if len(names) > MOST_DRAWN:
        return files
    chart = heat_map(names, scores[order][:, order].tolist(), "Scores in a round")
    spec = coloured(chart.wide, LIGHT) | {"width": 16 * len(names)}
    return files | {folder / "scores.svg": svg_of(spec)}
