"""The most that both sides can sustain at the central estimates, by any strategies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.methods.games.equilibrium_payoffs import sustainable_payoffs
from detente.methods.games.two_by_two import TwoByTwoGame
from detente.rooms.durability.model.case_games import CaseGame, GameUnderTheory
from detente.rooms.durability.model.theory_views import TheoryView

NEGLIGIBLE_GAIN = 1e-6
"""Gains beside mutual defection that are none, as a share of what full cooperation gives or at least of 1."""


@dataclass(frozen=True)
class SustainedPayoffs:
    """What lasts in a game by a theory, in the payoffs of a round."""

    game: str
    """Its id."""
    view: TheoryView
    """The theory, or several that agree."""
    full: tuple[float, float]
    """What either side gets if both cooperate."""
    defection: tuple[float, float]
    """What either side gets if neither does."""
    full_lasts: bool
    """Whether there is patience enough for full cooperation."""
    best: tuple[float, float] | None
    """What either side gets of the most that lasts by any strategies; None where nothing was found in pure moves."""

    @property
    def gains_something(self) -> bool:
        """Whether something lasts that is worth more to both together than mutual defection."""
        if self.best is None:
            return False
        return sum(self.best) - sum(self.defection) > NEGLIGIBLE_GAIN * max(abs(sum(self.full)), 1)


def best_sustained_payoffs(case_games: Sequence[CaseGame]) -> tuple[SustainedPayoffs, ...]:
    """The most that lasts in every game by every theory."""
    return tuple(
        _sustained_payoffs(case_game.id, at_means)
        for case_game in case_games
        for at_means in case_game.by_theory_at_means
    )


def _sustained_payoffs(game_id: str, at_means: GameUnderTheory) -> SustainedPayoffs:
    game, patience = at_means.stage_games.game_at(0), float(at_means.patience[0])
    full_lasts = bool(at_means.critical_patience[0] <= patience)
    full = (float(game.row[0, 0]), float(game.column[0, 0]))
    # Where full cooperation lasts and nothing in the game is worth more, there is nothing to look for.
    is_full_best = full_lasts and sum(full) >= float((game.row + game.column).max()) - 1e-12
    return SustainedPayoffs(
        game=game_id,
        view=at_means.view,
        full=full,
        defection=(float(game.row[1, 1]), float(game.column[1, 1])),
        full_lasts=full_lasts,
        best=full if is_full_best else max(_sustainable_corners(game, patience), key=sum, default=None),
    )


def _sustainable_corners(game: TwoByTwoGame, patience: float) -> list[tuple[float, float]]:
    """The corners of the set of sustainable payoffs; none where it does not settle."""
    try:
        return sustainable_payoffs(game, patience)
    except ArithmeticError:
        return []
