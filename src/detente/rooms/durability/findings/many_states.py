"""The finding on what concern for relative gains asks for among more than two states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import NONE_IS_ENOUGH, PATIENCE_UNIT, patience_cell
from detente.rooms.durability.findings.text import format_patience
from detente.rooms.durability.model.many_states import STATE_COUNTS, PatienceAmongMany
from detente.text.english import join_words, lower_first

CHANGE_WORDS = {"falls": "less", "falls_by_turns": "less or more by turns,", "rises": "more"}
"""How much patience it asks for among many, beside two."""


def many_states_finding(games: Sequence[PatienceAmongMany], case: Case) -> Finding | None:
    """What patience is needed if each side watches more states than the other alone; none if nobody minds."""
    if not games:
        return None
    clauses = join_words(_change_clause(game, case) for game in games)
    return Finding(
        id="many",
        title="If each watches many and not one",
        says=f"If the same concern is shared out among {STATE_COUNTS[-1]} states instead of two, {clauses}.",
        see="The patience needed by how many states watch each other, at the means.",
        table=make_table(
            [Column("states", format="count", unit="states"), *(_game_column(game, case) for game in games)],
            _state_count_rows(games),
        ),
        method=(
            "V - rho W with rho = r / (n - 1), r being the weight that the case's concern comes to between two, r = k "
            "/ (1 + k) (after Snidal 1991; that the weighting is his is from memory)."
        ),
        rests_on=tuple(game.id for game in games),
        # In a Prisoner's Dilemma of two that are alike the patience needed rises with the weight of the other's payoff.
        structural=all(game.is_symmetric_dilemma for game in games),
    )


def _game_column(game: PatienceAmongMany, case: Case) -> Column:
    return Column(f"patience_{game.id}", case.games[game.id].title, "number", PATIENCE_UNIT, missing=NONE_IS_ENOUGH)


def _state_count_rows(games: Sequence[PatienceAmongMany]) -> Iterator[dict[str, object]]:
    for index, count in enumerate(STATE_COUNTS):
        yield {"states": count, **{f"patience_{game.id}": patience_cell(game.needs[index]) for game in games}}


def _change_clause(game: PatienceAmongMany, case: Case) -> str:
    place = f"on {lower_first(case.games[game.id].title)}"
    between_two, among_most = format_patience(game.needs[0]), format_patience(game.needs[-1])
    if game.change == "none":
        return f"{place} that changes nothing ({between_two})"
    return f"{place} it asks for {CHANGE_WORDS[game.change]} patience, {among_most} instead of {between_two}"
