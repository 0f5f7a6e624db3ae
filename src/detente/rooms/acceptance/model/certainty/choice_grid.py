"""Choices and numbers together: how much of the answer goes with what was chosen, and how much with what is not known.

Every combination of the options of some choices is worked out on the same draws (`methods/sensitivity`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from detente.case.loading.model_patch import case_with_values
from detente.case.schema.case import Case
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.compiled_draws import COMPILED
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.model_draws import sample_model
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.methods.sensitivity.choice_factors import ChoiceShares, decompose_choices
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from detente.rooms.acceptance.model.choices.model_choices import ChoiceOption, ModelChoice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GRID_DRAWS = 2_048
"""Draws that every combination is worked out on."""
MOST_CELLS = 512
"""Combinations that are worked out; choices beyond are left out, the last first."""


@dataclass(frozen=True)
class ChoiceGrid:
    """What choices account for, by the strict test and the theory by which the answer is told."""

    choices: tuple[ModelChoice, ...]
    """Those that were varied together."""
    left_out: tuple[ModelChoice, ...]
    """Those that were not, as there would be too many combinations."""
    cells: int
    shares: dict[AnswerKey, ChoiceShares]
    """By form and theory, as far as every combination leaves these."""


def vary_choice_grid(case: Case, choices: Sequence[ModelChoice]) -> ChoiceGrid | None:
    """What choices account for; None where there is none, or nobody is asked.

    Args:
        case: The case.
        choices: Those that are varied, those that matter most first.
    """
    kept = list(choices)
    while kept and prod(len(choice.options) for choice in kept) > MOST_CELLS:
        kept.pop()
    cells = [_answers_of(case, options) for options in product(*(choice.options for choice in kept))]
    if not kept or not all(cells):
        return None
    shape = tuple(len(choice.options) for choice in kept)
    weights = [_weights_of(choice) for choice in kept]
    common = [key for key in cells[0] if all(key in cell for cell in cells)]
    return ChoiceGrid(
        tuple(kept),
        tuple(choices[len(kept) :]),
        len(cells),
        {key: decompose_choices(_grid_of(cells, key, shape), weights) for key in common},
    )


def _grid_of(cells: Sequence[dict[AnswerKey, Floats]], key: AnswerKey, shape: tuple[int, ...]) -> Floats:
    import numpy as np

    return np.stack([cell[key] for cell in cells]).reshape(*shape, GRID_DRAWS)


def _weights_of(choice: ModelChoice) -> Floats:
    import numpy as np

    weights = np.array([option.weight for option in choice.options], dtype=float)
    return np.asarray(weights / weights.sum())


def _answers_of(case: Case, options: Sequence[ChoiceOption]) -> dict[AnswerKey, Floats]:
    """Whether the offer is accepted by one combination, by form and theory, shape (draws,)."""
    values: dict[str, Any] = {path: value for option in options for path, value in option.values.items()}
    whole_parts_first = dict(sorted(values.items(), key=lambda item: item[0].count(".")))
    description = describe_offer(case_with_values(case, whole_parts_first))
    if description is None or description.decision is None:
        return {}
    draws = sample_model(description, range(GRID_DRAWS), sampler=COMPILED)
    utility, _ = CompiledModel(description).answer_utilities(draws)
    decision = description.decision
    place, theory = decision.main_theory, decision.theories[decision.main_theory].id
    forms = [description.network.variants[run].form for run in decision.offered_runs]
    return {(form, theory): (utility[at, place] > TOLERANCE).astype(float) for at, form in enumerate(forms)}
