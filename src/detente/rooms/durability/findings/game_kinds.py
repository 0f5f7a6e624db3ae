"""The finding on which game each theory makes of each issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.methods.games.two_by_two import EquilibriumSet
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE, numbered_cells, numbered_columns
from detente.rooms.durability.findings.text import by_view_phrase, view_title
from detente.rooms.durability.model.game_kinds import GameKinds, TheoryGame
from detente.text.english import count_noun, join_words
from detente.text.games import GAME_DESCRIPTIONS

SHOWN_KINDS = 3
"""How many of the games that it is in some draws are shown, the most frequent first."""
KIND = Column("drawn", "game in most draws")
SHARE = Column("share", "of 100 draws", "of_100", "share of draws")
CHANCE_UNIT = "probability"
OUTCOMES = {
    "both": "if both cooperate",
    "alone": "if it alone does",
    "free_rides": "if it alone does not",
    "neither": "if neither does",
}
"""The outcomes of a round, as a side sees them."""


def game_kinds_finding(games: Sequence[GameKinds], case: Case) -> Finding:
    """Which game each theory makes of each issue; the sides are called as in the first."""
    row_side, column_side = (display_name(case, party) for party in case.games[games[0].id].between)
    return Finding(
        id="games",
        title="Which game each theory makes of each issue",
        says=_kinds_sentences(games, case),
        see=(
            f"What {row_side} and {column_side} get at the means, as each theory counts it, and each equilibrium of a "
            "single round, those in mixed moves among them."
        ),
        table=make_table(_columns(games, row_side, column_side), _equilibrium_rows(games, case)),
        method=(
            "Only the order of payoffs makes the game (Robinson and Goforth 2005; names as in "
            "Bruns 2015, those of two different orders after Snyder and Diesing 1977; the numbers of the 144 classes "
            "are our own). A concern k for relative gains makes V - k (W - V) of a payoff V beside the other's W "
            "(Grieco 1988)."
        ),
        rests_on=tuple(dict.fromkeys(id for game in games for id in game.rests_on)),
    )


def _columns(games: Sequence[GameKinds], row_side: str, column_side: str) -> list[Column]:
    """Those of the table, a row of which is an equilibrium; with as many games of draws as there are."""
    entries = [entry for game in games for entry in game.by_theory]
    kind_count = min(SHOWN_KINDS, max(len(entry.kind_shares) for entry in entries))
    kinds, shares = (numbered_columns(column, kind_count) for column in (KIND, SHARE))
    has_lines = any(not equilibrium.is_point for entry in entries for equilibrium in entry.equilibria)
    chances = []
    for name, side in (("row", row_side), ("column", column_side)):
        chances.append(Column(f"{name}_chance", f"in equilibrium {side} cooperates with", "number", CHANCE_UNIT))
        if has_lines:
            chances.append(Column(f"{name}_chance_to", f"and {side} up to", "number", CHANCE_UNIT))
    payoffs = [
        Column(f"{name}_{outcome}", f"{side} gets {clause}", "number", "payoffs of the game")
        for name, side in (("row", row_side), ("column", column_side))
        for outcome, clause in OUTCOMES.items()
    ]
    return [
        ISSUE,
        Column("theory"),
        Column("kind", "game at the means"),
        Column("class", "class of 144", "count", "number of the class", missing="equal payoffs"),
        *chances,
        *payoffs,
        *(column for pair in zip(kinds, shares, strict=True) for column in pair),
        Column("entry", format="ids"),
    ]


def _equilibrium_rows(games: Sequence[GameKinds], case: Case) -> Iterator[dict[str, object]]:
    """A row for each equilibrium of a single round in each game by each theory."""
    for game in games:
        for entry in game.by_theory:
            shown = list(entry.kind_shares.items())[:SHOWN_KINDS]
            for equilibrium in entry.equilibria:
                yield {
                    "game": case.games[game.id].title,
                    "theory": view_title(entry.view),
                    "kind": entry.kind,
                    "class": entry.ordinal_class,
                    **_chance_cells(equilibrium),
                    **_payoff_cells(entry),
                    **numbered_cells(KIND, [kind for kind, _ in shown]),
                    **numbered_cells(SHARE, [share for _, share in shown]),
                    "entry": game.id,
                }


def _chance_cells(equilibrium: EquilibriumSet) -> dict[str, float]:
    """The chances with which both sides cooperate; where all in a span are equilibria, its ends."""
    cells = {"row_chance": equilibrium.p[0], "column_chance": equilibrium.q[0]}
    if equilibrium.is_point:
        return cells
    return {**cells, "row_chance_to": equilibrium.p[1], "column_chance_to": equilibrium.q[1]}


def _payoff_cells(entry: TheoryGame) -> dict[str, float]:
    """What either side gets by each outcome of a round."""
    return {
        f"{name}_{outcome}": value
        for name, side in zip(("row", "column"), entry.payoffs.sides, strict=True)
        for outcome, value in zip(OUTCOMES, (side.R, side.S, side.T, side.P), strict=True)
    }


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
