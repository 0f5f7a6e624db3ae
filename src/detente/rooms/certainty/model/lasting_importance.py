"""Which numbers it hangs on whether cooperation lasts, game by game, by the draws that were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.rooms.certainty.model.input_draws import InputDraws, draws_of_parameters
from detente.rooms.certainty.model.number_importance import AnswerImportance, rank_numbers
from detente.rooms.durability.model.durability import DurabilityModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


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
        inputs = draws_of_parameters(model.draws, (f"games.{case_game.id}.", *concerns))
        lasts, margin = (
            _in_every_draw(main.lasts, inputs),
            _in_every_draw(main.patience - main.critical_patience, inputs),
        )
        if inputs.paths:
            found.append(LastingImportance(case_game.id, rank_numbers(inputs, lasts, margin)))
    return tuple(found)


def _in_every_draw(values: Floats | NDArray[np.bool_], inputs: InputDraws) -> Floats:
    """Values by draw as numbers; of one for all draws, as many as there are draws."""
    import numpy as np

    return np.broadcast_to(values.astype(float), len(inputs.uniforms))
