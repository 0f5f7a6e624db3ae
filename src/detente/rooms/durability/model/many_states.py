"""What the concern of a game asks for if each side watches more states than the other alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from detente.methods.games.ordinal_types import game_name
from detente.rooms.durability.model.case_games import CaseGame

STATE_COUNTS = (2, 3, 5, 10, 20, 50)
"""How many states watch each other."""

PatienceChange = Literal["none", "falls", "falls_by_turns", "rises"]
"""What becomes of the patience needed as more states watch each other."""


@dataclass(frozen=True)
class PatienceAmongMany:
    """The patience that cooperation takes in a game by how many states share out the concern of the theory."""

    id: str
    needs: tuple[float, ...]
    """The patience needed for each of `STATE_COUNTS`, at the central estimates; infinite where none is enough."""
    is_symmetric_dilemma: bool
    """Whether it is a Prisoner's Dilemma of two that are alike, if nobody minds what the other gets."""

    @property
    def change(self) -> PatienceChange:
        """From the least to the greatest number of states."""
        if self.needs[0] == self.needs[-1]:
            return "none"
        if all(fewer >= more for fewer, more in pairwise(self.needs)):
            return "falls"
        return "falls_by_turns" if self.needs[-1] < self.needs[0] else "rises"


def patience_among_many(case_games: Sequence[CaseGame]) -> tuple[PatienceAmongMany, ...]:
    """The games in which somebody minds what the other gets, by the theory of the answer."""
    return tuple(
        _needs_by_state_count(case_game) for case_game in case_games if case_game.main_at_means.concern.max() > 0
    )


def _needs_by_state_count(case_game: CaseGame) -> PatienceAmongMany:
    at_means = case_game.main_at_means
    needs = []
    for n in STATE_COUNTS:
        weight = at_means.concern / (1 + at_means.concern) / (n - 1)
        stage_games = at_means.games_without_concern.with_relative_gains(weight / (1 - weight))
        needs.append(float(stage_games.critical_discount.max()))
    game = at_means.games_without_concern.game_at(0)
    return PatienceAmongMany(case_game.id, tuple(needs), game.is_symmetric and game_name(game) == "Prisoner's Dilemma")
