"""Where cooperation lasts in a game, over patience and the concern for relative gains of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.methods.games.ordinal_types import side_game_name
from detente.methods.games.relative_gains_games import GameTransition, concern_transitions
from detente.methods.games.shadow_of_the_future import StageGames
from detente.rooms.durability.model.case_games import CaseGame
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles, quantiles
from detente.rooms.durability.model.theory_views import TheoryView

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LINE_STEPS = 40
"""Steps of a line on the map."""
MIN_AXIS_END = 2.0
"""The end of the axis of concern, where the case has no more."""
TABLE_CONCERNS = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Concerns in the table."""


@dataclass(frozen=True)
class SideAtConcern:
    """The game of a side at a concern that both have alike."""

    kind: str
    """What the game that it would play against one like itself is called in the field."""
    patience_needed: float
    """Infinite where none is enough."""


@dataclass(frozen=True)
class SideOnMap:
    """One side of a game, over concern."""

    party: str
    """Its id."""
    patience_line: tuple[float, ...]
    """The patience that cooperation takes at each concern of the map; infinite where none is enough."""
    concern: DrawQuantiles
    """How much it minds what the other gets beyond it, over draws."""
    transitions: tuple[GameTransition, ...]
    """Where a growing concern makes another game of it, up to the end of the map."""
    at_table_concerns: tuple[SideAtConcern, ...]
    """One for each of `TABLE_CONCERNS`."""


@dataclass(frozen=True)
class PatienceMap:
    """Where cooperation lasts in a game by the theory of the answer, with payoffs at their means."""

    game: str
    """Its id."""
    view: TheoryView
    """The theory of the answer, or several that agree."""
    concerns: tuple[float, ...]
    """The concerns of the map, from 0 to its end."""
    sides: tuple[SideOnMap, SideOnMap]
    patience_at_means: float
    """The patience that there is, at the central estimates."""
    needed_at_means: float
    """The patience that it takes at the central estimates; infinite where none is enough."""
    rests_on: tuple[str, ...]
    """The entries that it is made from."""

    @property
    def max_concern(self) -> float:
        """The end of the axis of concern."""
        return self.concerns[-1]

    @property
    def lasts_at_means(self) -> bool:
        """Whether cooperation lasts at the central estimates, if nobody errs."""
        return self.needed_at_means <= self.patience_at_means

    @property
    def never_falls(self) -> bool:
        """Whether more concern never asks for less patience."""
        return all(
            min(after, 1.0) - min(before, 1.0) >= -1e-12
            for side in self.sides
            for before, after in pairwise(side.patience_line)
        )

    @property
    def ends_higher(self) -> bool:
        """Whether some side needs more patience at the end of the map than without concern."""
        return any(side.patience_line[-1] > side.patience_line[0] for side in self.sides)


def patience_map(case_game: CaseGame) -> PatienceMap:
    """Where cooperation lasts in a game, over patience and concern."""
    import numpy as np

    main_theory, at_means = case_game.main_theory, case_game.main_at_means
    max_concern = max(MIN_AXIS_END, 1.1 * float(np.quantile(main_theory.concern, 0.95)))
    concerns = np.linspace(0, max_concern, LINE_STEPS + 1)
    on_map, in_table = (
        _games_at_concerns(at_means.games_without_concern, levels) for levels in (concerns, np.array(TABLE_CONCERNS))
    )
    first_side, second_side = (_side_on_map(case_game, side, on_map, in_table, max_concern) for side in (0, 1))
    return PatienceMap(
        game=case_game.id,
        view=main_theory.view,
        concerns=tuple(concerns.tolist()),
        sides=(first_side, second_side),
        patience_at_means=float(at_means.patience[0]),
        needed_at_means=float(at_means.critical_patience[0]),
        rests_on=case_game.rests_on,
    )


def _side_on_map(
    case_game: CaseGame, side: int, on_map: StageGames, in_table: StageGames, max_concern: float
) -> SideOnMap:
    at_means = case_game.main_at_means
    game_without_concern = at_means.games_without_concern.game_at(0)
    return SideOnMap(
        party=case_game.game.between[side],
        patience_line=tuple(on_map.critical_discount[side].tolist()),
        concern=quantiles(case_game.main_theory.concern[side]),
        transitions=tuple(concern_transitions(game_without_concern, side, max_concern)),
        at_table_concerns=tuple(
            SideAtConcern(side_game_name(in_table.side_payoffs(side, index)), needed)
            for index, needed in enumerate(in_table.critical_discount[side].tolist())
        ),
    )


def _games_at_concerns(base_games: StageGames, k: Floats) -> StageGames:
    """The game at each of several concerns, which both sides have alike."""
    import numpy as np

    tiled_games = StageGames(
        *(np.repeat(part, len(k), axis=1) for part in (base_games.T, base_games.R, base_games.P, base_games.S))
    )
    return tiled_games.with_relative_gains(np.stack([k, k]))
