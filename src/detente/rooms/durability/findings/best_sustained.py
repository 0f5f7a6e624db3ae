"""The finding on the most that both sides can sustain."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.rooms.durability.findings.text import view_title
from detente.rooms.durability.model.best_sustained import SustainedPayoffs
from detente.text.english import count_noun, join_words, lower_first


def best_sustained_finding(sustained: Sequence[SustainedPayoffs], case: Case) -> Finding:
    """The most that both can sustain at the central estimates, by any strategies."""
    import polars as pl

    return Finding(
        id="best",
        title="The most that both can sustain",
        says=_sustained_sentence([entry for entry in sustained if not entry.full_lasts], case),
        see="At the central estimates: what both together get if both cooperate, and the most that lasts by any "
        "strategies.",
        table=pl.DataFrame([_sustained_row(entry, case) for entry in sustained]),
        headers={
            "both": "both cooperating, together",
            "best": "the most that lasts, together",
            "each": "of it, to either",
            "lasting": "full cooperation lasts",
        },
        method=(
            "The set of payoffs of subgame-perfect equilibria in pure moves with public dice, as the largest set that "
            "sustains itself (Abreu, Pearce and Stacchetti 1990; the polygons after Abreu and Sannikov 2014)."
        ),
        rests_on=tuple(dict.fromkeys(entry.game for entry in sustained)),
    )


def _sustained_row(entry: SustainedPayoffs, case: Case) -> dict[str, str]:
    return {
        "game": case.games[entry.game].title,
        "theory": view_title(entry.view),
        "both": f"{sum(entry.full):.2f}",
        "best": f"{sum(entry.best):.2f}" if entry.best else "not found in pure moves",
        "each": " and ".join(f"{payoff:.2f}" for payoff in entry.best) if entry.best else "",
        "lasting": "yes" if entry.full_lasts else "no",
    }


def _sustained_sentence(failing: Sequence[SustainedPayoffs], case: Case) -> str:
    """Where full cooperation does not last, and in how many of these instances something less would."""
    if not failing:
        return "At the central estimates full cooperation lasts in every game by every theory."
    instances = join_words(
        f"{lower_first(case.games[entry.game].title)} by {lower_first(view_title(entry.view))}" for entry in failing
    )
    partial_count = sum(entry.gains_something for entry in failing)
    rest = "and nothing less than it was found that would, in pure moves."
    if partial_count:
        rest = f"something less would last in {count_noun(partial_count, 'instance')} of {len(failing)}."
    return f"At the central estimates full cooperation does not last on {instances}; {rest}"
