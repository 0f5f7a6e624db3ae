"""The finding on what would make cooperation last, or end it: how far each number may move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.tipping_points import PAYOFF_REACH, GameTippingPoints, LeverKind
from detente.text.english import count_noun, join_words, lower_first, upper_first
from detente.text.number_format import format_number

LEVER_NAMES: Mapping[LeverKind, str] = {
    "patience": "patience",
    "concern": "concern for relative gains (mean of both)",
    "T": "what free-riding brings",
    "R": "what both get by cooperating",
    "S": "what being left alone brings",
    "P": "what both get without cooperation",
}
"""What is moved."""
LEVER_UNITS: Mapping[LeverKind, str] = {
    "patience": "discount factor",
    "concern": "times the other's lead",
}
"""What levers count; the others, payoffs of the game."""
UNIT = "as the column in which it is counted says"
COLUMNS = (
    Column("game"),
    Column("lasts", "lasts now, if nobody errs", "yes_no"),
    Column("what", "what"),
    Column("counted_in", "counted in"),
    Column("now", "", "number", UNIT),
    Column("turn", "turns at", "number", UNIT, missing="at no level looked at"),
    Column("change", "by", "signed", UNIT),
)


def durability_levers_finding(games: Sequence[GameTippingPoints], case: Case) -> Finding:
    """How far each number may move before the answer turns."""
    return Finding(
        id="levers",
        title="What would make it last, and what would end it",
        says=_sentences(games, case),
        see="Each number by itself, all others at their means: where the answer turns.",
        table=make_table(COLUMNS, _rows(games, case)),
        method=(
            f"Payoffs are moved for both sides by the same amount, up to {PAYOFF_REACH:g} times what both gain; "
            "concern for "
            "both sides by the same factor. The nearest level at which the answer turns, by bisection."
        ),
        rests_on=tuple(dict.fromkeys(id for game in games for id in game.rests_on)),
    )


def _rows(games: Sequence[GameTippingPoints], case: Case) -> Iterator[dict[str, object]]:
    for game in games:
        for point in game.points:
            turns_at = point.turning_level
            yield {
                "game": case.games[game.game].title,
                "lasts": game.lasts,
                "what": LEVER_NAMES[point.kind],
                "counted_in": LEVER_UNITS.get(point.kind, "payoffs of the game"),
                "now": point.current,
                "turn": turns_at,
                "change": None if turns_at is None else turns_at - point.current,
            }


def _sentences(games: Sequence[GameTippingPoints], case: Case) -> str:
    says = f"{upper_first(by_view_phrase(games[0].view))}, at the central estimates and if nobody errs, cooperation "
    failing = [game for game in games if not game.lasts]
    if not failing:
        number_count = sum(len(game.points) for game in games)
        return (
            f"{says}lasts in every game; the table has how far each of {count_noun(number_count, 'number')} may move "
            "before it ends."
        )
    titles = join_words(lower_first(case.games[game.game].title) for game in failing)
    clauses = [clause for game in failing if (clause := _turning_clause(game, case))]
    turns = f"Any of these by itself would make it last. {'; '.join(clauses)}." if clauses else ""
    return f"{says}does not last on {titles}. {turns or 'No number alone turns it.'}"


def _turning_clause(game: GameTippingPoints, case: Case) -> str:
    """What would make cooperation last in a game, each by itself."""
    changes = [
        f"{LEVER_NAMES[point.kind]} from {format_number(round(point.current, 6))} to "
        f"{format_number(round(point.turning_level, 6))}"
        for point in game.points
        if point.turning_level is not None
    ]
    return f"{case.games[game.game].title}: {', '.join(changes)}" if changes else ""
