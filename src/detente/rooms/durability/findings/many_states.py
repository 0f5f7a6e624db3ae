"""The finding on what the number of states does to the patience needed, in senses that pull opposite ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE, NONE_IS_ENOUGH, PATIENCE_UNIT, patience_cell
from detente.rooms.durability.findings.opening import point
from detente.rooms.durability.findings.text import issue_title
from detente.rooms.durability.model.many_states import STATE_COUNTS, PatienceAmongMany
from detente.text.english import cardinal, upper_first
from detente.text.issue_lists import on_issues

NONE_OR_NO_CONCERN, NONE_OR_NO_ERRORS = f"{NONE_IS_ENOUGH}, or no concern", f"{NONE_IS_ENOUGH}, or no errors"
COLUMNS = (
    ISSUE,
    Column("states", format="count", unit="states"),
    Column(
        "concern",
        "the next round must count, as a concern is spread out",
        "number",
        PATIENCE_UNIT,
        missing=NONE_OR_NO_CONCERN,
    ),
    Column("good", "as a good is shared", "number", PATIENCE_UNIT, missing=NONE_IS_ENOUGH),
    Column("errors", "as one error of anybody ends it", "number", PATIENCE_UNIT, missing=NONE_OR_NO_ERRORS),
)


def many_states_finding(games: Sequence[PatienceAmongMany], case: Case) -> Finding:
    """What patience is needed if many take part: less as a concern is shared out, more by free riding and errors."""
    # In a Prisoner's Dilemma of two that are alike the patience needed rises with the weight of the other's payoff.
    is_built_in = all(game.is_symmetric_dilemma for game in games)
    return Finding(
        id="many",
        title="If many take part and not two",
        says=" ".join(_sentences(games, is_built_in, case)),
        see="How much the next round must count beside this one, from 0 to 1, by how many take part.",
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
        structural=is_built_in,
        place="detail",
        question="What if more than two took part",
        short_answer=_short_answer(games, is_built_in),
        picture=_picture(games, case),
    )


def _easier(games: Sequence[PatienceAmongMany]) -> tuple[int, int]:
    """On how many issues a concern that is spread out asks for less, and on how many anybody is concerned."""
    concerned = [game for game in games if game.sharing_concern]
    return sum(game.concern_change in ("falls", "falls_by_turns") for game in concerned), len(concerned)


def _short_answer(games: Sequence[PatienceAmongMany], is_built_in: bool) -> str:
    easier, _ = _easier(games)
    if not easier:
        return "harder, which is built in"
    return "easier and harder, both built in" if is_built_in else "easier and harder"


def _sentences(games: Sequence[PatienceAmongMany], is_built_in: bool, case: Case) -> Iterator[str]:
    """Each sense, and an issue on which they pull opposite ways."""
    easier, concerned = _easier(games)
    if concerned:
        lead = "Built in: spread" if is_built_in else "Spread"
        place = "" if easier == concerned else f" {on_issues(easier, concerned)}"
        less = "the next round need count less" if easier else "the next round need not count less"
        yield f"{lead} over more states, a concern about others' gains weighs less, so {less}{place}."
    if any(game.with_errors for game in games):
        yield "Built in: it must count more where many share a good, or where one error of anybody ends it."
    else:
        yield "Built in: it must count more where many share a good."
    yield from _example_sentences(games, case)


def _example(games: Sequence[PatienceAmongMany]) -> tuple[PatienceAmongMany, tuple[float, ...]] | None:
    """The first issue on which some patience is enough in both senses, with what it takes as a concern is spread."""
    for game in games:
        spread = game.sharing_concern
        needs = (*game.free_riding, *(spread or ()))
        if spread and game.concern_change == "falls" and all(need < 1 for need in needs):
            return game, spread
    return None


def _example_sentences(games: Sequence[PatienceAmongMany], case: Case) -> Iterator[str]:
    example = _example(games)
    if example is None:
        return
    game, spread = example
    two, good, concern = (round(100 * need) for need in (game.free_riding[0], game.free_riding[-1], spread[-1]))
    place = f"On {issue_title(game.id, case)}, it" if len(games) > 1 else "It"
    yield f"{place} must count {two} per cent of this one between two."
    yield (
        f"Among {STATE_COUNTS[-1]}, spreading the concern lowers that to {concern}, and sharing a good raises it to "
        f"{good}."
    )


def _picture(games: Sequence[PatienceAmongMany], case: Case) -> RangeRows | None:
    """How both senses pull apart as more take part, on that issue."""
    example = _example(games)
    if example is None:
        return None
    game, spread = example
    return RangeRows(
        says=(
            f"How much the next round must count on {issue_title(game.id, case)}, if a concern is spread out (hollow), "
            "or a good is shared (filled)."
        ),
        measure="the next round must count, in per cent of this one",
        series=("concern spread", "good shared"),
        rows=tuple(
            RangeRow(f"{upper_first(cardinal(count))} states", (point(concern), point(good)))
            for count, concern, good in zip(STATE_COUNTS, spread, game.free_riding, strict=True)
        ),
        heading="Taking part",
    )


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
