"""What would make cooperation last, or end it, if nobody errs: how far each number may move, at the means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.case.schema.repeated_games import MAX_PATIENCE
from detente.methods.games.shadow_of_the_future import StageGames
from detente.rooms.durability.model.case_games import CaseGame
from detente.rooms.durability.model.theory_views import TheoryView

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PAYOFF_REACH = 5.0
"""How far a payoff is moved, as a multiple of what both gain by cooperating."""
CONCERN_REACH = 10.0
"""How far concern for relative gains is moved, as a multiple of what it is, or of 1."""
GRID_STEPS = 500

LeverKind = Literal["patience", "concern", "T", "R", "S", "P"]
"""What is moved: patience, the mean concern of both for relative gains, or a payoff of both."""
PAYOFF_LETTERS: tuple[Literal["T", "R", "S", "P"], ...] = ("T", "R", "S", "P")


@dataclass(frozen=True)
class DurabilityLever:
    """Something that could be otherwise: what it is now, and at which levels of it cooperation lasts."""

    kind: LeverKind
    current: float
    low: float
    high: float
    lasts_at: Callable[[Floats], NDArray[np.bool_]]


@dataclass(frozen=True)
class LeverTippingPoint:
    """A lever, and the nearest level at which the answer is another."""

    kind: LeverKind
    current: float
    turning_level: float | None
    """None where it turns at no level that is looked at."""


@dataclass(frozen=True)
class GameTippingPoints:
    """How far each number of a game may move, by the theory that the answer is told by."""

    game: str
    view: TheoryView
    lasts: bool
    """Whether cooperation lasts as it is, at the central estimates, if nobody errs."""
    points: tuple[LeverTippingPoint, ...]
    rests_on: tuple[str, ...]


def tipping_points(case_games: Sequence[CaseGame]) -> tuple[GameTippingPoints, ...]:
    """How far each number of each game may move before the answer turns."""
    return tuple(
        GameTippingPoints(
            case_game.id,
            case_game.main_theory.view,
            bool(case_game.main_at_means.lasts_without_errors[0]),
            tuple(
                LeverTippingPoint(lever.kind, lever.current, nearest_turning_level(lever))
                for lever in durability_levers(case_game)
            ),
            case_game.rests_on,
        )
        for case_game in case_games
    )


def durability_levers(case_game: CaseGame) -> list[DurabilityLever]:
    """What could be otherwise in a game, by the theory that the answer is told by."""
    import numpy as np

    at_means = case_game.main_at_means
    base_games, concern, patience = at_means.games_without_concern, at_means.concern, float(at_means.patience[0])
    mean_concern, reach = float(concern.mean()), PAYOFF_REACH * max(float((base_games.R - base_games.P).max()), 1e-9)

    def is_patience_enough(shifted_games: StageGames, shifted_concern: Floats) -> NDArray[np.bool_]:
        games = shifted_games.with_relative_gains(shifted_concern)
        return np.asarray(games.critical_discount.max(axis=0) <= patience)

    def lasts_at_concern(levels: Floats) -> NDArray[np.bool_]:
        return is_patience_enough(_shift_payoffs(base_games, 0 * levels), concern * levels / mean_concern)

    def lasts_at_payoff(letter: str, current: float) -> Callable[[Floats], NDArray[np.bool_]]:
        return lambda levels: is_patience_enough(
            _shift_payoffs(base_games, levels - current, letter), np.repeat(concern, len(levels), axis=1)
        )

    levers = [
        DurabilityLever(
            "patience", patience, 0.0, MAX_PATIENCE, lambda levels: np.asarray(at_means.critical_patience[0] <= levels)
        )
    ]
    if mean_concern > 0:
        high = CONCERN_REACH * max(mean_concern, 1)
        levers.append(DurabilityLever("concern", mean_concern, 0.0, high, lasts_at_concern))
    payoffs = {"T": base_games.T, "R": base_games.R, "S": base_games.S, "P": base_games.P}
    for letter in PAYOFF_LETTERS:
        current = float(np.mean(payoffs[letter]))
        levers.append(
            DurabilityLever(letter, current, current - reach, current + reach, lasts_at_payoff(letter, current))
        )
    return levers


def _shift_payoffs(base_games: StageGames, shifts: Floats, letter: str = "") -> StageGames:
    """The game as often as there are shifts, one payoff moved by each for both sides."""
    return StageGames(
        T=base_games.T + (shifts if letter == "T" else 0 * shifts),
        R=base_games.R + (shifts if letter == "R" else 0 * shifts),
        P=base_games.P + (shifts if letter == "P" else 0 * shifts),
        S=base_games.S + (shifts if letter == "S" else 0 * shifts),
    )


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
