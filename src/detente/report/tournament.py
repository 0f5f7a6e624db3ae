"""Matches and tournaments in a terminal and as files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.style import Style
from rich.table import Table
from rich.text import Text

from detente.methods.games.critical_discount import equilibrium_discounts
from detente.methods.games.ordinal_types import game_name
from detente.methods.games.repeated.tournament import Tournament
from detente.methods.games.strategies.automaton import OUTCOMES, Automaton
from detente.methods.games.strategies.library import strategy_library
from detente.methods.games.two_by_two import TwoByTwoGame
from detente.report.score_map import render_score_map
from detente.report.terminal import open_console, single_line
from detente.text.english import clip_text, join_words
from detente.text.games import GAME_DESCRIPTIONS
from detente.text.number_format import format_number
from detente.text.safe_text import csv_text

MAX_CHART_STRATEGIES = 200
"""Strategies up to which a heat map is drawn."""
MAX_EQUILIBRIUM_STATES = 33
"""States of a strategy up to which its equilibria with itself are worked out: some ten seconds."""
MAX_NAME_LENGTH = 60
"""Letters of a name in a terminal."""
MAX_TERMINAL_STRATEGIES = 30
"""Strategies up to which a heat map fits a terminal."""
SCORE_SHADES = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
"""From the least to the greatest score (viridis)."""


def print_tournament(tournament: Tournament, game: TwoByTwoGame, settings: str, noise: float) -> None:
    """A match of two, or a ranking with a heat map of the scores.

    Args:
        tournament: What was played.
        game: What outcomes are worth.
        settings: The horizon and the noise, in words.
        noise: The chance that a move comes out as its opposite.
    """
    console = open_console()
    name = game_name(game)
    payoffs = game.sides[0]
    payoffs_text = ", ".join(f"{letter} {format_number(getattr(payoffs, letter))}" for letter in "TRPS")
    console.print(
        f"{name} ({payoffs_text}), {settings}{f': {GAME_DESCRIPTIONS[name]}' if name in GAME_DESCRIPTIONS else ''}."
    )
    for strategy_name, reason in tournament.omission_reasons.items():
        console.print(single_line(f"Left out: {strategy_name}: {reason}."))
    if len(tournament.names) <= 2:
        console.print(_match_table(tournament, game))
        for automaton in dict.fromkeys(tournament.automata):
            console.print(
                single_line(f"{automaton.name} against itself: {_equilibrium_phrase(game, automaton, noise)}.")
            )
        return
    console.print(_ranking_table(tournament, game))
    if len(tournament.names) <= MAX_TERMINAL_STRATEGIES:
        console.print("\nScore of each, down, against each, across; in the order of the ranking.")
        console.print(_heat_table(tournament, game))


def _equilibrium_phrase(game: TwoByTwoGame, automaton: Automaton, noise: float) -> str:
    """At which discounts it is an equilibrium that both play it."""
    if automaton.size > MAX_EQUILIBRIUM_STATES:
        return f"not worked out at which discounts an equilibrium, for its {automaton.size} states"
    intervals = equilibrium_discounts(game.sides[0], automaton, noise)
    if not intervals:
        return "an equilibrium at no discount"
    ranges = join_words(f"from {format_number(low)} to {format_number(high)}" for low, high in intervals)
    return f"an equilibrium at discounts {ranges}"


def _match_table(tournament: Tournament, game: TwoByTwoGame) -> Table:
    """Two strategies, or one against itself: what each gets, and how often each outcome comes about."""
    table = Table("strategy", "against", "score in a round", *(f"{outcome} %" for outcome in OUTCOMES), box=None)
    scores = tournament.scores(game)
    for i, j in [(0, len(tournament.names) - 1), *([(1, 0)] if len(tournament.names) > 1 else [])]:
        shares = [f"{100 * share:.2f}" for share in tournament.outcomes[i, j].tolist()]
        names = (clip_text(single_line(tournament.names[index]), MAX_NAME_LENGTH) for index in (i, j))
        table.add_row(*names, f"{scores[i, j]:.4f}", *shares)
    return table


def _ranking_table(tournament: Tournament, game: TwoByTwoGame) -> Table:
    table = Table("", "strategy", "score in a round", "cooperates %", "what it does", box=None)
    summaries = {strategy.name: strategy.summary for strategy in strategy_library().values()}
    cooperation_rates = tournament.cooperation_rates.mean(axis=1)
    for rank, (index, mean) in enumerate(tournament.ranking(game), 1):
        name = tournament.names[index]
        table.add_row(
            str(rank),
            clip_text(single_line(name), MAX_NAME_LENGTH),
            f"{mean:.4f}",
            f"{100 * cooperation_rates[index]:.1f}",
            single_line(summaries.get(name, "")),
        )
    return table


def _heat_table(tournament: Tournament, game: TwoByTwoGame) -> Table:
    """Scores as numbers on shades; the numbers alone where there are no colours."""
    order = [index for index, _ in tournament.ranking(game)]
    scores = tournament.scores(game)[order][:, order]
    low, high = float(scores.min()), float(scores.max())
    table = Table(box=None, show_header=False, padding=0)
    for rank, score_row in enumerate(scores.tolist(), 1):
        cells = []
        for score in score_row:
            level = 0.0 if high == low else (score - low) / (high - low)
            shade = SCORE_SHADES[min(int(level * len(SCORE_SHADES)), len(SCORE_SHADES) - 1)]
            is_dark = level < 0.6
            style = Style(color="#ffffff" if is_dark else "#000000", bgcolor=shade)
            cells.append(Text(f" {score:4.1f}", style=style))
        table.add_row(f"{rank:>3} ", *cells)
    return table


def tournament_files(tournament: Tournament, game: TwoByTwoGame, folder: Path) -> Mapping[Path, str]:
    """The files of a tournament: ranking, outcomes and, of up to `MAX_CHART_STRATEGIES` strategies, a heat map."""
    ranking = tournament.ranking(game)
    order = [index for index, _ in ranking]
    names = [tournament.names[index] for index in order]
    scores = tournament.scores(game)
    cooperation_rates = tournament.cooperation_rates.mean(axis=1).tolist()
    ranked = (
        (rank, tournament.names[index], mean, cooperation_rates[index]) for rank, (index, mean) in enumerate(ranking, 1)
    )
    pairs = (
        (tournament.names[i], tournament.names[j], float(scores[i, j]), *tournament.outcomes[i, j].tolist())
        for i in order
        for j in order
    )
    files = {
        folder / "ranking.csv": csv_text(("rank", "strategy", "score", "cooperates"), ranked),
        folder / "matches.csv": csv_text(("strategy", "against", "score", *OUTCOMES), pairs),
    }
    if len(names) > MAX_CHART_STRATEGIES:
        return files
    return files | {folder / "scores.svg": render_score_map(names, scores[order][:, order].tolist())}
