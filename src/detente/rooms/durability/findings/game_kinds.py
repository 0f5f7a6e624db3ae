"""The finding on which game each theory makes of each issue."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.methods.games.two_by_two import EquilibriumSet
from detente.results.finding import Finding
from detente.rooms.durability.findings.charts.payoff_matrices import PayoffMatrix, payoff_matrices_chart
from detente.rooms.durability.findings.text import by_view_phrase, view_title
from detente.rooms.durability.model.game_kinds import GameKinds, TheoryGame
from detente.text.english import count_noun, join_words
from detente.text.games import GAME_DESCRIPTIONS
from detente.text.number_format import format_number, per_hundred

SHOWN_KINDS = 3
"""How many of the games that it is in some draws are shown, the most frequent first."""


def game_kinds_finding(games: Sequence[GameKinds], case: Case) -> Finding:
    """Which game each theory makes of each issue; the sides are called as in the first."""
    import polars as pl

    row_side, column_side = (display_name(case, party) for party in case.games[games[0].id].between)
    return Finding(
        id="games",
        title="Which game each theory makes of each issue",
        says=_kinds_sentences(games, case),
        see=(
            f"Rows are the moves of {row_side}, columns those of {column_side}, cooperating first; its payoff stands "
            "first. Grey cells are equilibria of a single round; the table has those in mixed moves, too."
        ),
        table=pl.DataFrame([_kind_row(game, case, entry) for game in games for entry in game.by_theory]),
        headers={
            "kind": "game at the means",
            "class": "class of 144",
            "stable": f"equilibria of a round: how likely {row_side}, {column_side} cooperate",
            "draws": "games, of 100 draws",
        },
        links=("entry",),
        chart=payoff_matrices_chart(
            [_payoff_matrix(case.games[game.id].title, entry) for game in games for entry in game.by_theory],
            (row_side, column_side),
        ),
        method=(
            "Only the order of payoffs makes the game (Robinson and Goforth 2005; names as in "
            "Bruns 2015, those of two different orders after Snyder and Diesing 1977; the numbers of the 144 classes "
            "are our own). A concern k for relative gains makes V - k (W - V) of a payoff V beside the other's W "
            "(Grieco 1988)."
        ),
        rests_on=tuple(dict.fromkeys(id for game in games for id in game.rests_on)),
    )


def _kind_row(game: GameKinds, case: Case, entry: TheoryGame) -> dict[str, str]:
    return {
        "game": case.games[game.id].title,
        "theory": view_title(entry.view),
        "kind": entry.kind,
        "class": "equal payoffs" if entry.ordinal_class is None else str(entry.ordinal_class),
        "stable": "; ".join(map(_format_equilibrium_set, entry.equilibria)),
        "draws": ", ".join(
            f"{name} {per_hundred(share)}" for name, share in list(entry.kind_shares.items())[:SHOWN_KINDS]
        ),
        "entry": game.id,
    }


def _format_equilibrium_set(equilibrium_set: EquilibriumSet) -> str:
    """The chances of either side: `1, 1`, or `0 to .29, 1` where all chances in a span are equilibria."""
    chances = (
        format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"
        for low, high in (equilibrium_set.p, equilibrium_set.q)
    )
    return ", ".join(chances)


def _payoff_matrix(title: str, entry: TheoryGame) -> PayoffMatrix:
    row, column = entry.payoffs.row, entry.payoffs.column
    cells = [
        (i, j, f"{format_number(row[i, j])}, {format_number(column[i, j])}", (i, j) in entry.pure_equilibria)
        for i in range(2)
        for j in range(2)
    ]
    return PayoffMatrix(title, view_title(entry.view), entry.kind, cells)


def _kinds_sentences(games: Sequence[GameKinds], case: Case) -> str:
    says = _changes_sentence([game for game in games if game.differs_by_theory], case)
    kinds = dict.fromkeys(entry.kind for game in games for entry in game.by_theory)
    meanings = "; ".join(f"{kind}: {GAME_DESCRIPTIONS[kind]}" for kind in kinds if kind in GAME_DESCRIPTIONS)
    return f"{says} What the names mean: {meanings}." if meanings else says


def _changes_sentence(changed_games: Sequence[GameKinds], case: Case) -> str:
    if not changed_games:
        return "At the central estimates every theory makes the same game of each issue."
    changes = join_words(f"{case.games[game.id].title} ({_kinds_by_theory_phrase(game)})" for game in changed_games)
    return (
        f"At the central estimates theories make different games of {count_noun(len(changed_games), 'issue')}: "
        f"{changes}."
    )


def _kinds_by_theory_phrase(game: GameKinds) -> str:
    return ", ".join(f"{by_view_phrase(entry.view)} {entry.kind}" for entry in game.by_theory)
