"""The finding on what an institution does to each game, tested as the liberal claim."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.model.institutions import (
    GameBreakEven,
    GameWithInstitution,
    InstitutionTest,
    TrustWithInstitution,
)
from detente.text.english import as_sentence, join_words, lower_first
from detente.text.number_format import format_number, per_hundred

EFFECT_NAMES = {"errors": "errors", "patience": "patience", "trust": "trust"}
COLUMNS = (
    Column("game"),
    Column("effect", "changes"),
    Column("measured", "what is measured"),
    Column("before", "without, of 100", "of_100", "share of draws"),
    Column("after", "with it, of 100", "of_100", "share of draws"),
    Column("change", "difference, of 100", "signed_percent", "share of draws", error=True),
    Column("ended", "holds without only, of 100", "of_100", "share of draws"),
    Column(
        "rounds_before", "both cooperate without, % of rounds", "percent", "share of rounds", missing="nowhere lasts"
    ),
    Column("rounds_after", "with it, %", "percent", "share of rounds", missing="nowhere lasts"),
    Column("errors_needed", "enough at the means: errors times", "number", "times the errors", missing="at no level"),
    Column("patience_needed", "or of lacking patience", "number", "share of what lacks to 1", missing="at no level"),
)


def institution_finding(test: InstitutionTest, case: Case) -> Finding:
    """What an institution does to whether cooperation lasts and begins, game by game."""
    institution = case.institutions[test.id]
    return Finding(
        id=f"institution-{test.id}",
        title=f"{institution.title}: what it would change",
        says=" ".join(_sentences(test, case)),
        see="The same draws with it and without. The last columns: how strong an effect by itself must be for "
        "cooperation to last at the means.",
        table=make_table(COLUMNS, _rows(test, case)),
        method=(
            "An institution enforces nothing; it makes errors rarer and the future count for more, and raises trust "
            "(Keohane 1984; Axelrod and Keohane 1985). That more trust never hurts is built in, and more patience does "
            "not for any strategy tried. That fewer errors help is no theorem: in rare games contrition is kept to "
            "only because errors are frequent. By how much it helps is found."
        ),
        rests_on=tuple(dict.fromkeys([test.id, *(game.game for game in test.all_effects), *institution.tests])),
    )


def institution_sentences(test: InstitutionTest, case: Case) -> str:
    """How often cooperation lasts without an institution and with it, for the section's answer."""
    clauses = join_words(
        f"{_title(game.game, case)} from {per_hundred(game.lasts.before)} to {per_hundred(game.lasts.after)}"
        for game in test.all_effects
        if game.lasts.before != game.lasts.after
    )
    name = lower_first(case.institutions[test.id].title)
    if not clauses:
        return f"With {name}, as assumed, cooperation lasts as often as without."
    return f"With {name}, as assumed, the draws of 100 in which cooperation lasts go on {clauses}."


def institution_brief(test: InstitutionTest, case: Case) -> str:
    """Where it changes most, for the first screen; nothing where there are no games."""
    if not test.all_effects:
        return ""
    game = max(test.all_effects, key=lambda result: abs(result.lasts.after - result.lasts.before))
    return (
        f"{case.institutions[test.id].title}, as assumed, would change most on {_title(game.game, case)}: cooperation "
        f"would last in {per_hundred(game.lasts.after)} of 100 draws instead of {per_hundred(game.lasts.before)}."
    )


def _sentences(test: InstitutionTest, case: Case) -> Iterator[str]:
    yield institution_sentences(test, case)
    if ended := [game for game in test.games if game.lasts.ended]:
        yield f"In some draws it ends cooperation on {join_words(_title(game.game, case) for game in ended)}."
    else:
        yield "In no draw does it end cooperation that lasts without it."
    yield from _break_even_sentences(test, case)
    if test.trust:
        clauses = join_words(_trust_clause(trust, case) for trust in test.trust)
        yield f"Trust is then enough to begin in so many of 100: {clauses}."
    entries_by_id = case_entries(case)
    for id in case.institutions[test.id].tests:
        if id in entries_by_id:
            yield as_sentence(f"A claim that this tests: {entries_by_id[id].says}")


def _trust_clause(trust: TrustWithInstitution, case: Case) -> str:
    after, before = per_hundred(trust.enough.after), per_hundred(trust.enough.before)
    return f"{_title(trust.game, case)} {after} (without it {before})"


def _break_even_sentences(test: InstitutionTest, case: Case) -> Iterator[str]:
    """What it would take where cooperation does not last at the means."""
    failing = [game for game in test.break_even if not game.lasts_anyway]
    for game in failing:
        ways = []
        if game.error_factor is not None:
            ways.append(f"errors of {format_number(game.error_factor)} of what they are")
        if game.patience_part is not None:
            ways.append(f"{format_number(game.patience_part)} of the patience that lacks to 1")
        needed = " or ".join(ways)
        yield (
            f"At the means {_title(game.game, case)} takes {needed}."
            if ways
            else f"At the means no such effect alone would do on {_title(game.game, case)}."
        )


def _rows(test: InstitutionTest, case: Case) -> Iterator[dict[str, object]]:
    break_even = {game.game: game for game in test.break_even}
    for game in test.games:
        yield {
            **_change_cells(game.game, join_words(EFFECT_NAMES[effect] for effect in game.effects), game, case),
            "measured": "cooperation lasts",
            "rounds_before": game.rounds_before,
            "rounds_after": game.rounds_after,
            **_break_even_cells(break_even[game.game], game),
        }
    for trust in test.trust:
        yield {**_change_cells(trust.game, EFFECT_NAMES["trust"], trust, case), "measured": "trust is enough to begin"}


def _change_cells(
    game_id: str, effect: str, result: GameWithInstitution | TrustWithInstitution, case: Case
) -> dict[str, object]:
    change = result.lasts if isinstance(result, GameWithInstitution) else result.enough
    return {
        "game": case.games[game_id].title,
        "effect": effect,
        "before": change.before,
        "after": change.after,
        "change": change.after - change.before,
        "change_error": change.error,
        "ended": change.ended,
    }


def _break_even_cells(break_even: GameBreakEven, game: GameWithInstitution) -> dict[str, object]:
    """How strong an effect by itself must be, in the row of that effect."""
    cells: dict[str, object] = {}
    if game.effects == ("errors",):
        cells["errors_needed"] = 1.0 if break_even.lasts_anyway else break_even.error_factor
    if game.effects == ("patience",):
        cells["patience_needed"] = 0.0 if break_even.lasts_anyway else break_even.patience_part
    return cells


def _title(game_id: str, case: Case) -> str:
    return lower_first(case.games[game_id].title)
