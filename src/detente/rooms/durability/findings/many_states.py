"""The finding on what the number of states does to the patience needed, in senses that pull opposite ways."""

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
NONE_OR_NO_CONCERN, NONE_OR_NO_ERRORS = f"{NONE_IS_ENOUGH}, or no concern", f"{NONE_IS_ENOUGH}, or no errors"
COLUMNS = (
    Column("game"),
    Column("states", format="count", unit="states"),
    Column("concern", "needed as a concern is shared out", "number", PATIENCE_UNIT, missing=NONE_OR_NO_CONCERN),
    Column("good", "as a good is shared", "number", PATIENCE_UNIT, missing=NONE_IS_ENOUGH),
    Column("errors", "as one error ends it for all", "number", PATIENCE_UNIT, missing=NONE_OR_NO_ERRORS),
)


def many_states_finding(games: Sequence[PatienceAmongMany], case: Case) -> Finding:
    """What patience is needed if many take part: less as a concern is shared out, more by free riding and errors."""
    return Finding(
        id="many",
        title="If many take part and not two",
        says=" ".join(_sentences(games, case)),
        see="The patience needed if nobody errs, and in one column with errors, by how many take part; at the means.",
        table=make_table(COLUMNS, _state_count_rows(games, case)),
        method=(
            "Shared concern: V - rho W with rho = r / (n - 1), r being the weight that the concern comes to between "
            "two, r = k / (1 + k) (after Snidal 1991; that the weighting is his is from memory). Shared good: the "
            "linear public good that between two is this game, (n - r) / (r (n - 1)) (Olson 1965). Errors: one "
            "defection of any, meant or not, ends it for all (Oye 1986 and Axelrod and Keohane 1985 on recognition and "
            "sanctions; the equation after Bendor and Mookherjee 1987, from memory). The last two rise with the number "
            "by their equations, and the first falls in any Prisoner's Dilemma of two alike: all that is built in."
        ),
        rests_on=tuple(game.id for game in games),
        # In a Prisoner's Dilemma of two that are alike the patience needed rises with the weight of the other's payoff.
        structural=all(game.is_symmetric_dilemma for game in games),
    )


def _sentences(games: Sequence[PatienceAmongMany], case: Case) -> Iterator[str]:
    """Each sense with its source, and that they pull opposite ways."""
    most = STATE_COUNTS[-1]
    concerned = [game for game in games if game.sharing_concern]
    if concerned:
        if all(game.concern_change == "falls" for game in concerned):
            yield "More states make it easier in one sense of the literature and harder in others; both are built in."
        clauses = join_words(_change_clause(game, case) for game in concerned)
        yield f"If the same concern is shared out among {most} states instead of two (Snidal), {clauses}."
    goods = join_words(_from_to(game.id, game.free_riding, case) for game in games)
    yield f"If {most} instead of two share a good that all have (Olson), patience must rise {goods}."
    if erring := [(game.id, game.with_errors) for game in games if game.with_errors]:
        clauses = join_words(_from_to(id, needs, case) for id, needs in erring)
        yield f"If one error of any of {most} ends it for all (Oye, Axelrod and Keohane), it must rise {clauses}."


def _from_to(game_id: str, needs: Sequence[float], case: Case) -> str:
    if needs[0] >= 1:
        return f"on {_title(game_id, case)} beyond what is enough"
    return f"on {_title(game_id, case)} from {format_patience(needs[0])} to {_end_phrase(needs[-1])}"


def _end_phrase(need: float) -> str:
    return format_patience(need) if need < 1 else "more than any"


def _state_count_rows(games: Sequence[PatienceAmongMany], case: Case) -> Iterator[dict[str, object]]:
    for game in games:
        for index, count in enumerate(STATE_COUNTS):
            yield {
                "game": case.games[game.id].title,
                "states": count,
                "concern": patience_cell(game.sharing_concern[index]) if game.sharing_concern else None,
                "good": patience_cell(game.free_riding[index]),
                "errors": patience_cell(game.with_errors[index]) if game.with_errors else None,
            }


def _change_clause(game: PatienceAmongMany, case: Case) -> str:
    place, needs = f"on {_title(game.id, case)}", game.sharing_concern or ()
    between_two, among_most = format_patience(needs[0]), format_patience(needs[-1])
    if game.concern_change == "none":
        return f"{place} that changes nothing ({between_two})"
    return f"{place} it asks for {CHANGE_WORDS[game.concern_change]} patience, {among_most} instead of {between_two}"


def _title(game_id: str, case: Case) -> str:
    return lower_first(case.games[game_id].title)
