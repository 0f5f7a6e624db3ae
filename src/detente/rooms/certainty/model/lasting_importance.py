"""Which numbers it hangs on whether cooperation lasts, game by game, by the draws that were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.rooms.certainty.model.input_draws import draws_of_parameters
from detente.rooms.certainty.model.number_importance import AnswerImportance, rank_numbers
from detente.rooms.durability.model.durability import DurabilityModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PARTS = ("payoffs", "payoffs_of", "patience", "noise", "offence")
"""The parts of a game that bear on whether cooperation lasts, beside concerns for relative gains."""


@dataclass(frozen=True)
class LastingImportance:
    """What it hangs on whether cooperation lasts in one game, by the theory by which the answer is told."""

    game: str
    importance: AnswerImportance


def lasting_importance(model: DurabilityModel) -> tuple[LastingImportance, ...]:
    """What it hangs on in each game that any number of the case may change."""
    found = []
    for case_game in model.case_games:
        main = case_game.main_theory
        concerns = (parameter.path for parameter in main.view.parameters)
        own = (f"games.{case_game.id}.{part}" for part in PARTS)
        inputs = draws_of_parameters(model.draws, (*own, *concerns))
        draw_count = model.draws.draw_count
        lasts = _in_every_draw(main.lasts, draw_count)
        margin = _in_every_draw(main.patience - main.critical_patience, draw_count)
        if inputs.paths:
            found.append(LastingImportance(case_game.id, rank_numbers(inputs, lasts, margin)))
    return tuple(found)


def _in_every_draw(values: Floats | NDArray[np.bool_], draw_count: int) -> Floats:
    """Values by draw as numbers; of one for all draws, as many as there are draws."""
    import numpy as np

    return np.broadcast_to(values.astype(float), draw_count)
