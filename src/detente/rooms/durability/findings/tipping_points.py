"""What would make cooperation last, or end it: how far each number may move, at the central estimates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.schema.repeated_games import MAX_PATIENCE
from detente.methods.games.shadow_of_the_future import StageGames
from detente.results.finding import Finding
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.case_games import CaseGame
from detente.text.english import count_noun, join_words, upper_first
from detente.text.english import lower_first as within_sentence
from detente.text.number_format import format_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PAYOFF_REACH = 5.0
"""How far a payoff is moved, as a multiple of what both gain by cooperating."""
GRID_STEPS = 500
PAYOFF_LABELS = {
    "T": "what free-riding brings",
    "R": "what both get by cooperating",
    "S": "what being left alone brings",
    "P": "what both get without cooperation",
}
"""The payoffs that are moved, and what each is."""


@dataclass(frozen=True)
class DurabilityLever:
    """Something that could be otherwise: what it is now, and at which levels of it cooperation lasts."""

    name: str
    current: float
    low: float
    high: float
    lasts_at: Callable[[Floats], NDArray[np.bool_]]


def durability_levers_finding(case_games: Sequence[CaseGame]) -> Finding:
    """How far each number may move before the answer turns."""
    import polars as pl

    rows: list[dict[str, str]] = []
    changes_by_title: dict[str, list[str]] = {}
    for case_game in case_games:
        is_lasting = bool(case_game.main_at_means.lasts[0])
        for lever in durability_levers(case_game):
            turning_level = nearest_turning_level(lever)
            rows.append(
                {
                    "game": case_game.title,
                    "lasts": "yes" if is_lasting else "no",
                    "what": lever.name,
                    "now": format_number(round(lever.current, 6)),
                    "turn": "at no level looked at"
                    if turning_level is None
                    else format_number(round(turning_level, 6)),
                    "change": "" if turning_level is None else f"{turning_level - lever.current:+.2f}",
                }
            )
            if turning_level is not None and not is_lasting:
                changes_by_title.setdefault(case_game.title, []).append(
                    f"{lever.name} from {format_number(round(lever.current, 6))} to "
                    f"{format_number(round(turning_level, 6))}"
                )
    failing_titles = [within_sentence(m.title) for m in case_games if not m.main_at_means.lasts[0]]
    says = f"{upper_first(by_view_phrase(case_games[0].main_theory.view))} and at the central estimates cooperation "
    if failing_titles:
        says += f"does not last on {join_words(failing_titles)}. "
        clauses = [f"{title}: {', '.join(changes)}" for title, changes in changes_by_title.items()]
        says += (
            f"Any of these by itself would make it last. {'; '.join(clauses)}."
            if clauses
            else "No number alone turns it."
        )
    else:
        says += (
            f"lasts in every game; the table has how far each of {count_noun(len(rows), 'number')} may move "
            "before it ends."
        )
    return Finding(
        id="levers",
        title="What would make it last, and what would end it",
        says=says,
        see="Each number by itself, all others at their means: where the answer turns.",
        table=pl.DataFrame(rows),
        headers={"lasts": "lasts now", "what": "what", "turn": "turns at", "change": "by"},
        method=(
            f"Payoffs are moved for both sides by the same amount, up to {PAYOFF_REACH:g} times what both gain; "
            "concern for "
            "both sides by the same factor. The nearest level at which the answer turns, by bisection."
        ),
        rests_on=tuple(dict.fromkeys(id for case_game in case_games for id in case_game.rests_on)),
    )


def durability_levers(case_game: CaseGame) -> list[DurabilityLever]:
    """What could be otherwise in a game, by the theory that the answer is told by."""
    import numpy as np

    at_means = case_game.main_at_means
    base_games, k, patience = at_means.games_without_concern, at_means.concern, float(at_means.patience[0])
    mutual_gain = max(float((base_games.R - base_games.P).max()), 1e-9)
    mean_concern = float(k.mean())

    def lasts_at_concern(x: Floats) -> NDArray[np.bool_]:
        return is_patience_enough(_shift_payoffs(base_games, np.zeros_like(x)), k * x / mean_concern)

    def is_patience_enough(shifted_games: StageGames, concern: Floats) -> NDArray[np.bool_]:
        return np.asarray(shifted_games.with_relative_gains(concern).critical_discount.max(axis=0) <= patience)

    def lasts_at_payoff(letter: str, current: float) -> Callable[[Floats], NDArray[np.bool_]]:
        return lambda x: is_patience_enough(
            _shift_payoffs(base_games, x - current, letter), np.repeat(k, len(x), axis=1)
        )

    result = [
        DurabilityLever(
            "patience", patience, 0.0, MAX_PATIENCE, lambda x: np.asarray(at_means.critical_patience[0] <= x)
        )
    ]
    if mean_concern > 0:
        result.append(
            DurabilityLever(
                "concern for relative gains (mean of both)",
                mean_concern,
                0.0,
                10.0 * max(mean_concern, 1),
                lasts_at_concern,
            )
        )
    for letter, name in PAYOFF_LABELS.items():
        current = float(np.mean(getattr(base_games, letter)))
        result.append(
            DurabilityLever(
                name,
                current,
                current - PAYOFF_REACH * mutual_gain,
                current + PAYOFF_REACH * mutual_gain,
                lasts_at_payoff(letter, current),
            )
        )
    return result


def _shift_payoffs(base_games: StageGames, shifts: Floats, letter: str = "") -> StageGames:
    """The game as often as there are shifts, one payoff moved by each for both sides."""
    parts = (
        getattr(base_games, part_letter) + (shifts if part_letter == letter else 0 * shifts) for part_letter in "TRPS"
    )
    return StageGames(*parts)


def nearest_turning_level(lever: DurabilityLever) -> float | None:
    """The nearest level at which the answer is another, to one part in 10^8 of the way; None if there is none.

    Found on 500 steps either way: a turn and its return within one of them would be missed.
    """
    import numpy as np

    is_lasting = bool(lever.lasts_at(np.array([lever.current]))[0])
    candidates = []
    for end in (lever.low, lever.high):
        near_level, far_level = lever.current, end
        for _ in range(3):
            levels = np.linspace(near_level, far_level, GRID_STEPS + 1)
            changed_indices = np.flatnonzero(lever.lasts_at(levels) != is_lasting)
            if not len(changed_indices):
                break
            near_level, far_level = float(levels[max(changed_indices[0] - 1, 0)]), float(levels[changed_indices[0]])
        else:
            candidates.append(far_level)
    return min(candidates, key=lambda x: abs(x - lever.current), default=None)
