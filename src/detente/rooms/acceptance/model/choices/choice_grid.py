"""All choices that move the answer at once: every combination of their options, worked out on the same draws.

How much of what differs goes with what was chosen, and how much with numbers that are not known, is told apart
(`methods/sensitivity`). Options weigh as the case says; that is no estimate of how likely they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from detente.case.loading.model_patch import case_with_values
from detente.case.schema.case import Case
from detente.methods.offer_model.batch_cache import BatchCache
from detente.methods.offer_model.offer_answers import AnswerKey, OfferAnswers
from detente.methods.sensitivity.choice_factors import ChoiceShares, decompose_choices
from detente.methods.sensitivity.group_errors import GROUP_SIZE
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.choices.model_choices import ChoiceOption, ModelChoice
from detente.rooms.acceptance.model.estimated_share import EstimatedShare, estimate_share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ShapeOfGrid = tuple[int, ...]
"""How many options each choice has."""


@dataclass(frozen=True)
class GridSize:
    """How much of a grid is worked out."""

    most_cells: int
    """Combinations that are worked out, at most."""
    draw_budget: int
    """Draws of all combinations together, about."""

    def draws_of_each(self, cells: int) -> int:
        """Draws on which each of so many combinations is worked out, in whole groups of a hypercube."""
        return max(self.draw_budget // cells // GROUP_SIZE, 1) * GROUP_SIZE


QUICK_GRID, DEEP_GRID = GridSize(32, 8_192), GridSize(256, 65_536)


@dataclass(frozen=True)
class ChoiceGrid:
    """The answer with several choices drawn like numbers, options by their weights."""

    choices: tuple[ModelChoice, ...]
    """Those that were varied together."""
    left_out: tuple[ModelChoice, ...]
    """Those that move the answer, but were not varied, as there would be too many combinations."""
    cell_count: int
    """How many combinations there are."""
    draw_count: int
    """On how many draws each was worked out."""
    strict: Mapping[AnswerKey, EstimatedShare]
    """How often the offer is accepted, each form and theory over those combinations that leave it."""
    generous: Mapping[AnswerKey, EstimatedShare]
    strict_range: Mapping[AnswerKey, tuple[float, float]]
    """The lowest and highest share among these combinations."""
    shares: Mapping[AnswerKey, ChoiceShares]
    """What goes with choices and what with numbers, by the strict test, where every combination leaves the form and
    theory."""


def work_out_grid(case: Case, choices: Sequence[ModelChoice], size: GridSize) -> ChoiceGrid | None:
    """The answer by every combination of some choices; None where there is none.

    Args:
        case: The case.
        choices: Those that move the answer, those that move it most first: each is varied that the size still allows.
        size: How many combinations and draws.
    """
    kept: list[ModelChoice] = []
    for choice in choices:
        if prod(_shape_of([*kept, choice])) <= size.most_cells:
            kept.append(choice)
    if not kept:
        return None
    draw_count, cache = min(case.network.draws, size.draws_of_each(prod(_shape_of(kept)))), BatchCache()
    cells = [
        answer_offer(case_with_values(case, _joined_values(options)), draw_count, cache=cache)
        for options in product(*(choice.options for choice in kept))
    ]
    return _pool_cells(kept, [choice for choice in choices if choice not in kept], cells, draw_count)


def _pool_cells(
    kept: Sequence[ModelChoice], left_out: Sequence[ModelChoice], cells: Sequence[OfferAnswers], draw_count: int
) -> ChoiceGrid:
    """All combinations together; draws are common to all, so that each draw is a mean over them."""
    weights = [_weights_of(choice) for choice in kept]
    cell_weights = [prod(parts) for parts in product(*weights)]
    keys = list(dict.fromkeys(key for cell in cells for key in cell.strict))
    found = {key: [place for place, cell in enumerate(cells) if key in cell.strict] for key in keys}

    def pooled(by_cell: Sequence[Mapping[AnswerKey, Floats]], key: AnswerKey) -> EstimatedShare:
        total = sum(cell_weights[place] for place in found[key])
        return estimate_share(sum(cell_weights[place] / total * by_cell[place][key] for place in found[key]))

    strict, generous = [cell.strict for cell in cells], [cell.generous for cell in cells]
    means = {key: [float(strict[place][key].mean()) for place in found[key]] for key in keys}
    return ChoiceGrid(
        choices=tuple(kept),
        left_out=tuple(left_out),
        cell_count=len(cells),
        draw_count=draw_count,
        strict={key: pooled(strict, key) for key in keys},
        generous={key: pooled(generous, key) for key in keys},
        strict_range={key: (min(means[key]), max(means[key])) for key in keys},
        shares={
            key: decompose_choices(_as_grid(strict, key, _shape_of(kept)), weights)
            for key in keys
            if len(found[key]) == len(cells)
        },
    )


def _shape_of(choices: Sequence[ModelChoice]) -> ShapeOfGrid:
    return tuple(len(choice.options) for choice in choices)


def _as_grid(cells: Sequence[Mapping[AnswerKey, Floats]], key: AnswerKey, shape: ShapeOfGrid) -> Floats:
    """The answers of all combinations, an axis for each choice and the last for draws."""
    import numpy as np

    return np.stack([cell[key] for cell in cells]).reshape(*shape, -1)


def _weights_of(choice: ModelChoice) -> Floats:
    import numpy as np

    weights = np.array([option.weight for option in choice.options], dtype=float)
    return np.asarray(weights / weights.sum())


def _joined_values(options: Sequence[ChoiceOption]) -> dict[str, Any]:
    """The values of several options, those of whole parts before those inside them."""
    values = {path: value for option in options for path, value in option.values.items()}
    return dict(sorted(values.items(), key=lambda item: item[0].count(".")))
