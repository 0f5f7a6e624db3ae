"""The finding on what an institution does to each game, tested as the liberal claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE, SHARE
from detente.rooms.durability.findings.opening import MEASURE, point
from detente.rooms.durability.findings.text import in_simulations, issue_title, lasting_degree
from detente.rooms.durability.model.institutions import (
    Effect,
    GameBreakEven,
    GameWithInstitution,
    InstitutionTest,
    PairedChange,
    TrustWithInstitution,
)
from detente.text.brief_sentences import short_range
from detente.text.english import join_words, lower_first, upper_first, without_article
from detente.text.issue_lists import on_issues, on_titles
from detente.text.number_format import per_hundred
from detente.text.shares import frequency_phrase

HARDLY = 0.005
"""A share of simulations below which it is said that an institution hardly changes anything."""
MOST_TITLES = 3
"""Issues that are named; of more, how many they are."""
EFFECT_NAMES: dict[Effect, str] = {"errors": "errors", "patience": "how much the future counts", "trust": "trust"}
"""What an institution changes, as a cell of the table."""
EFFECT_CLAUSES: dict[Effect, str] = {
    "errors": "makes errors rarer",
    "patience": "makes the future count for more",
    "trust": "raises trust",
}
"""The same after `we assumed that it`."""
COLUMNS = (
    ISSUE,
    Column("effect", "changes"),
    Column("measured", "what is measured"),
    Column("before", "without, of 100", "of_100", SHARE),
    Column("after", "with it, of 100", "of_100", SHARE),
    Column("change", "difference, of 100", "signed_percent", SHARE, error=True),
    Column("ended", "holds without only, of 100", "of_100", SHARE),
    Column(
        "rounds_before", "both cooperate without, % of rounds", "percent", "share of rounds", missing="nowhere lasts"
    ),
    Column("rounds_after", "with it, %", "percent", "share of rounds", missing="nowhere lasts"),
    Column(
        "errors_needed",
        "enough at our middle estimates: errors times",
        "number",
        "times the errors",
        missing="at no level",
    ),
    Column(
        "patience_needed",
        "or of what the future lacks to 1",
        "number",
        "share of what lacks to 1",
        missing="at no level",
    ),
)


def institution_finding(test: InstitutionTest, case: Case) -> Finding:
    """What an institution does to whether cooperation lasts and begins, game by game."""
    institution = case.institutions[test.id]
    return Finding(
        id=f"institution-{test.id}",
        title=f"{institution.title}: what it would change",
        says=" ".join(_sentences(test, case)),
        see=(
            "The same simulations with it and without. The last columns: how strong an effect by itself must be for "
            "cooperation to last at our middle estimates."
        ),
        table=make_table(COLUMNS, _rows(test, case)),
        method=(
            "An institution enforces nothing; it makes errors rarer and the future count for more, and raises trust "
            "(Keohane 1984; Axelrod and Keohane 1985). That more trust never hurts is built in, and more patience does "
            "not for any strategy tried. That fewer errors help is no theorem: in rare games contrition is kept to "
            "only because errors are frequent. By how much it helps is found."
        ),
        rests_on=tuple(dict.fromkeys([test.id, *(game.game for game in test.all_effects), *institution.tests])),
        place="detail",
        question=f"What {lower_first(institution.title)} would change",
        short_answer=_short_answer(test),
        picture=_picture(test, case),
    )


def _change(change: PairedChange) -> float:
    return change.after - change.before


def _largest_change(test: InstitutionTest) -> GameWithInstitution | None:
    """Where it changes most whether cooperation lasts; None where it bears on that nowhere."""
    return max(test.all_effects, key=lambda game: abs(_change(game.lasts)), default=None)


def _short_answer(test: InstitutionTest) -> str:
    game = _largest_change(test)
    if game is None:
        return "only how far they trust"
    size = _change(game.lasts)
    if abs(size) < HARDLY:
        return "hardly anything"
    number = short_range(abs(size), abs(size))
    return f"up to {number} {'more' if size > 0 else 'fewer'} of 100"


def _sentences(test: InstitutionTest, case: Case) -> Iterator[str]:
    yield from _largest_sentences(test, case)
    yield from _failing_sentences(test, case)
    yield from _ended_sentences(test, case)
    yield from _trust_sentences(test, case)
    institution = case.institutions[test.id]
    clauses = [clause for effect, clause in EFFECT_CLAUSES.items() if getattr(institution, effect) is not None]
    if clauses:
        yield f"By how much it {join_words(clauses)} is our estimate."


def _largest_sentences(test: InstitutionTest, case: Case) -> Iterator[str]:
    game = _largest_change(test)
    if game is None:
        return
    if abs(_change(game.lasts)) < HARDLY:
        yield "With it, cooperation lasts about as often as without."
        return
    place = f" on {issue_title(game.game, case)}" if len(test.all_effects) > 1 else ""
    yield (
        f"It would change most{place}: cooperation would last {frequency_phrase(game.lasts.after)}, and without it "
        f"{in_simulations(game.lasts.before)}."
    )


def _failing_sentences(test: InstitutionTest, case: Case) -> Iterator[str]:
    """Where cooperation does not last with it either."""
    failing = [game for game in test.all_effects if lasting_degree(game.lasts.after) == "none"]
    if not failing:
        return
    most = max(game.lasts.after for game in failing)
    extent = "at most " if len(failing) > 1 and most else ""
    share = f"in {extent}{per_hundred(most)} of 100 simulations" if most else "in no simulation"
    place = _place([game.game for game in failing], len(test.all_effects), case)
    yield upper_first(f"{place}it would even so last {share}.")


def _place(games: Sequence[str], total: int, case: Case) -> str:
    if total == 1:
        return ""
    if len(games) > MOST_TITLES or len(games) == total:
        return f"{on_issues(len(games), total)}, "
    return f"{on_titles([issue_title(game, case) for game in games])}, "


def _ended_sentences(test: InstitutionTest, case: Case) -> Iterator[str]:
    """Whether it ends cooperation anywhere."""
    if not test.games:
        return
    ended = list(dict.fromkeys(game.game for game in test.games if game.lasts.ended))
    if ended:
        place = _place(ended, len(test.all_effects), case)
        yield upper_first(f"{place}it ends cooperation in some simulations.")
    else:
        yield "In no simulation does it end cooperation that lasts without it."


def _trust_sentences(test: InstitutionTest, case: Case) -> Iterator[str]:
    """Where it changes most whether trust is enough to begin."""
    trust = max(test.trust, key=lambda one: _change(one.enough), default=None)
    if trust is None or _change(trust.enough) < HARDLY:
        return
    place = f"On {issue_title(trust.game, case)}, trust" if len(test.trust) > 1 else "Trust"
    counted = in_simulations if test.all_effects else frequency_phrase
    yield (
        f"{place} to begin would be enough {counted(trust.enough.after)}, and without it "
        f"{in_simulations(trust.enough.before)}."
    )


def _picture(test: InstitutionTest, case: Case) -> RangeRows | None:
    """How often cooperation lasts on each issue without it and with it."""
    if not test.all_effects:
        return None
    return RangeRows(
        says="How often cooperation lasts, errors included, without it (hollow) and with it (filled).",
        measure=MEASURE,
        series=("without it", "with it"),
        rows=tuple(
            RangeRow(without_article(case.games[game.game].title), (point(game.lasts.before), point(game.lasts.after)))
            for game in test.all_effects
        ),
        heading="Issue",
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
