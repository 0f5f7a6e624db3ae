"""The finding on the most that both sides can sustain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE
from detente.rooms.durability.findings.text import view_title
from detente.rooms.durability.model.best_sustained import SustainedPayoffs
from detente.text.english import count_noun, join_words, lower_first

PAYOFFS = "payoffs of the game, a round"
COLUMNS = (
    ISSUE,
    Column("theory"),
    Column("both", "both cooperating, together", "decimals", PAYOFFS),
    Column("best", "the most that lasts, together", "decimals", PAYOFFS, missing="not found in pure moves"),
    Column("one_side", "of it, to one side"),
    Column("best_one", "it gets", "decimals", PAYOFFS),
    Column("other_side", "to the other"),
    Column("best_other", "the other gets", "decimals", PAYOFFS),
    Column("lasting", "full cooperation lasts if nobody errs", "yes_no"),
)


def best_sustained_finding(sustained: Sequence[SustainedPayoffs], case: Case) -> Finding:
    """The most that both can sustain at the central estimates, by any strategies."""
    return Finding(
        id="best",
        title="The most that both can sustain",
        says=_sustained_sentence([entry for entry in sustained if not entry.full_lasts], case),
        see="At the central estimates: what both together get if both cooperate, and the most that lasts by any "
        "strategies.",
        table=make_table(COLUMNS, _sustained_rows(sustained, case)),
        method=(
            "The set of payoffs of subgame-perfect equilibria in pure moves with public dice, as the largest set that "
            "sustains itself (Abreu, Pearce and Stacchetti 1990; the polygons after Abreu and Sannikov 2014)."
        ),
        rests_on=tuple(dict.fromkeys(entry.game for entry in sustained)),
    )


def _sustained_rows(sustained: Sequence[SustainedPayoffs], case: Case) -> Iterator[dict[str, object]]:
    for entry in sustained:
        game = case.games[entry.game]
        one_side, other_side = (display_name(case, party) for party in game.between)
        best_one, best_other = entry.best or (None, None)
        yield {
            "game": game.title,
            "theory": view_title(entry.view),
            "both": sum(entry.full),
            "best": sum(entry.best) if entry.best else None,
            "one_side": one_side,
            "best_one": best_one,
            "other_side": other_side,
            "best_other": best_other,
            "lasting": entry.full_lasts,
        }


def _sustained_sentence(failing: Sequence[SustainedPayoffs], case: Case) -> str:
    """Where full cooperation does not last, and in how many of these instances something less would."""
    if not failing:
        return "At the central estimates, if nobody errs, full cooperation lasts in every game by every theory."
    instances = join_words(
        f"{lower_first(case.games[entry.game].title)} by {lower_first(view_title(entry.view))}" for entry in failing
    )
    partial_count = sum(entry.gains_something for entry in failing)
    rest = "and nothing less than it was found that would, in pure moves."
    if partial_count:
        rest = f"something less would last in {count_noun(partial_count, 'instance')} of {len(failing)}."
    return f"At the central estimates, even if nobody errs, full cooperation does not last on {instances}; {rest}"
