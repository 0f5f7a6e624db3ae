"""The finding on what would make cooperation last, or end it: how far each number may move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE
from detente.rooms.durability.findings.opening import counted_if_gains_only, spread_bar
from detente.rooms.durability.findings.robustness import lasting_robustness
from detente.rooms.durability.findings.text import gains_only_phrase, issue_title, minds_nothing
from detente.rooms.durability.model.patience import GamePatience
from detente.rooms.durability.model.tipping_points import PAYOFF_REACH, GameTippingPoints, LeverKind
from detente.text.english import cardinal, upper_first, without_article
from detente.text.issue_lists import on_issues, on_titles

MOST_FAILING = 2
"""Issues on which it does not last that are told one by one; the table has the others."""
LEVER_NAMES: Mapping[LeverKind, str] = {
    "patience": "how much the next round counts",
    "concern": "how much each minds what the other gains, on average",
    "T": "what free-riding brings",
    "R": "what both get by cooperating",
    "S": "what being left alone brings",
    "P": "what both get without cooperation",
}
"""What is moved."""
LEVER_UNITS: Mapping[LeverKind, str] = {
    "patience": "beside this round, from 0 to 1",
    "concern": "times the other's lead",
}
"""What levers count; the others, payoffs of the game."""
UNIT = "as the column in which it is counted says"
COLUMNS = (
    ISSUE,
    Column("lasts", "lasts now, if nobody errs", "yes_no"),
    Column("what", "what"),
    Column("counted_in", "counted in"),
    Column("now", "", "number", UNIT),
    Column("turn", "reversed at", "number", UNIT, missing="at no level looked at"),
    Column("change", "by", "signed", UNIT),
)


def durability_levers_finding(
    games: Sequence[GameTippingPoints], lasting: Sequence[GamePatience], case: Case
) -> Finding:
    """How far each number may move before the answer is another.

    Args:
        games: How far, in each game.
        lasting: How much the future must count in each, and does.
        case: The case.
    """
    return Finding(
        id="levers",
        title="What would make it last, and what would end it",
        says=" ".join(_sentences(games, lasting, case)),
        see="Where each number by itself reverses the answer.",
        table=make_table(COLUMNS, _rows(games, case)),
        method=(
            f"Payoffs are moved for both sides by the same amount, up to {PAYOFF_REACH:g} times what both gain; "
            "concern for both sides by the same factor. The nearest level at which the answer turns, by bisection."
        ),
        rests_on=tuple(dict.fromkeys(id for game in games for id in game.rests_on)),
        robustness=lasting_robustness(lasting, case),
        place="detail",
        question="What would make it last, or end it",
        short_answer=_short_answer(games),
        picture=_picture(lasting, case),
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


def _turning(game: GameTippingPoints) -> dict[LeverKind, tuple[float, float]]:
    """What each number is and where it would reverse the answer, for those that would."""
    return {
        point.kind: (point.current, point.turning_level) for point in game.points if point.turning_level is not None
    }


def _short_answer(games: Sequence[GameTippingPoints]) -> str:
    failing = [game for game in games if not game.lasts]
    changeable = sum(bool(_turning(game)) for game in failing)
    if not failing:
        can_end = any("patience" in _turning(game) for game in games)
        return "a future that counts less" if can_end else "nothing about the future"
    if not changeable:
        return "no single change would do"
    if changeable < len(failing):
        return f"one change, on {cardinal(changeable)} of {cardinal(len(failing))}"
    return "one change would do" if len(failing) == 1 else f"one change each on {cardinal(len(failing))} issues"


def _sentences(games: Sequence[GameTippingPoints], lasting: Sequence[GamePatience], case: Case) -> Iterator[str]:
    held = [game for game in games if game.lasts]
    count = on_issues(len(held), len(games)) if len(games) > 1 or not held else ""
    yield f"At our middle estimates and if nobody errs, cooperation lasts{count and f' {count}'}."
    for game in [game for game in games if not game.lasts][:MOST_FAILING]:
        yield upper_first(f"{issue_title(game.game, case)} {_saving_clause(_turning(game))}.")
    with_patience = [(point, game) for game in held if (point := _turning(game).get("patience"))]
    if with_patience:
        (current, level), game = min(with_patience, key=lambda one: one[0][0] - one[0][1])
        clause = _patience_clause(current, level, "less than ")
        yield upper_first(f"{issue_title(game.game, case)} would end if {clause}.")
    yield from _gains_only_sentences(lasting)
    if hard := [issue_title(game.id, case) for game in lasting if game.is_harder_to_begin]:
        place = f" {on_titles(hard)}" if len(lasting) > 1 else ""
        yield f"To begin{place} takes more than even chances that the other cooperates."


def _saving_clause(turning: Mapping[LeverKind, tuple[float, float]]) -> str:
    """What alone would make it last: the future first, then concern, then any payoff."""
    if "patience" in turning:
        return f"would last if {_patience_clause(*turning['patience'], '')}"
    if "concern" in turning:
        current, level = turning["concern"]
        return (
            f"would last if each minded the other's gains {round(100 * level / current)} per cent as much as we assume"
        )
    for kind, (current, level) in turning.items():
        return f"would last if {LEVER_NAMES[kind]} were {'less' if level < current else 'more'} than we assume"
    return "would last by no single change that we tried"


def _patience_clause(current: float, level: float, extent: str) -> str:
    """How much the next round would have to count, beside how much it does."""
    needed, assumed = round(100 * level), round(100 * current)
    if needed == assumed:
        return f"the next round counted slightly {'less' if level < current else 'more'} than we assume"
    return f"the next round counted {extent}{needed} per cent of this one; we assume {assumed}"


def _gains_only_sentences(lasting: Sequence[GamePatience]) -> Iterator[str]:
    """What becomes of it, errors included, if neither side minds what the other gains."""
    count = counted_if_gains_only(lasting)
    if count is None:
        return
    view = next(entry.view for entry in lasting[0].by_theory if minds_nothing(entry.view))
    if view.is_main:
        return
    place = f" {on_issues(count, len(lasting))}" if len(lasting) > 1 or not count else ""
    yield f"If both looked at {gains_only_phrase(view)}, it would last{place}."


def _picture(lasting: Sequence[GamePatience], case: Case) -> RangeRows:
    """How much the next round must count if nobody errs, and how much it does."""
    return RangeRows(
        says=(
            "How much the next round must count if nobody errs (hollow), and does as we assume (filled). "
            "Dots are our middle estimates."
        ),
        measure="the next round counts, in per cent of this one",
        series=("needed", "as we assume"),
        rows=tuple(
            RangeRow(
                without_article(case.games[game.id].title),
                (
                    spread_bar(game.main.needed, game.main.needed_at_means),
                    spread_bar(game.main.available, game.main.available_at_means),
                ),
                note="" if game.main.needed_at_means < 1 else "at our middle estimates nothing is enough",
            )
            for game in lasting
        ),
        heading="Issue",
    )
