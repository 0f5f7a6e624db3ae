"""Which numbers an answer hangs on: first-order and total indices, and the answer where each is lowest and highest.

First-order indices come from plain draws; total ones take draws of their own, for the numbers that lead and for all the
rest together (`methods/sensitivity`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answer_function import AnswerFunction
from detente.methods.offer_model.description import ModelDescription
from detente.methods.sensitivity.conditional_means import means_by_thirds
from detente.methods.sensitivity.first_order import bin_draws, first_order_indices
from detente.methods.sensitivity.group_errors import mean_with_group_error
from detente.methods.sensitivity.total_effects import FactorEffects, estimate_factor_effects
from detente.rooms.acceptance.model.certainty.asked_answers import AskedAnswer, answer_function, plain_shares
from detente.rooms.acceptance.model.choices.choice_sensitivity import EstimatedShare

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PLAIN_DRAWS = 16_384
"""Draws from which first-order indices are had."""
LEADERS = 10
"""Numbers of which total indices are asked."""
LEAST_INDEX = 0.01
"""The first-order index from which a number is said to matter, if it is above its error as well."""
ERRORS_ABOVE = 2.0


@dataclass(frozen=True)
class NumberImportance:
    """How much an answer hangs on one number."""

    path: str
    """Where it stands in the case; or a group of numbers that go together, or what single pairs depart by."""
    is_sourced: bool
    """Whether a source stands behind it; else it is a guess."""
    utility_index: EstimatedShare
    """First-order index of how far the answer is from turning: the part of its variance that goes if this is known."""
    answer_index: EstimatedShare
    """The same of the answer itself, yes or no."""
    lowest_third: EstimatedShare
    """How often the answer is yes where the number is in the lowest third of its distribution."""
    highest_third: EstimatedShare
    total_index: EstimatedShare | None = None
    """Total index of the answer: the part of its variance that is left if all but this is known. None if not asked."""
    flip_share: EstimatedShare | None = None
    """How often the answer turns if the number alone is drawn anew."""

    @property
    def index(self) -> float:
        """The larger of its first-order indices."""
        return max(self.utility_index.value, self.answer_index.value)

    @property
    def matters(self) -> bool:
        """Whether an index is worth telling: a hundredth at least, and above two standard errors."""
        return any(
            one.value >= LEAST_INDEX and one.value > ERRORS_ABOVE * one.error
            for one in (self.utility_index, self.answer_index)
        )


@dataclass(frozen=True)
class AnswerImportance:
    """What one answer hangs on."""

    asked: AskedAnswer
    share: EstimatedShare
    """How often it is yes."""
    numbers: tuple[NumberImportance, ...]
    """Every number that varies, those that matter most first."""
    rest_total_index: EstimatedShare | None
    """The total index of all numbers but those of which it was asked, and of departures, together."""
    rest_flip_share: EstimatedShare | None

    @property
    def leaders(self) -> tuple[NumberImportance, ...]:
        """The numbers that matter."""
        return tuple(one for one in self.numbers if one.matters)


def answer_importance(
    description: ModelDescription, asked: AskedAnswer, with_totals: bool = False, draw_count: int = PLAIN_DRAWS
) -> AnswerImportance:
    """What an answer hangs on.

    Args:
        description: The model.
        asked: Which answer.
        with_totals: Whether to ask for total indices, too.
        draw_count: From how many plain draws first-order indices are had.
    """
    import numpy as np

    function = answer_function(description, asked)
    shares = plain_shares(function, range(draw_count))
    lead = function(shares)
    accepts = (lead > TOLERANCE).astype(float)
    bins = bin_draws(shares[:, :-1])
    of_utility, of_answer = first_order_indices(bins, lead), first_order_indices(bins, accepts)
    thirds = means_by_thirds(shares[:, :-1], accepts)
    order = [int(place) for place in np.argsort(-np.maximum(of_utility.index, of_answer.index), kind="stable")]
    effects, leaders = _total_effects(function, order[:LEADERS]) if with_totals else (None, [])
    mean = mean_with_group_error(accepts)
    sourced = {number.path: number.is_sourced for number in description.numbers}

    def importance(place: int) -> NumberImportance:
        asked_totally = effects is not None and place in leaders
        at = leaders.index(place) if asked_totally else 0
        return NumberImportance(
            path=function.inputs[place],
            is_sourced=sourced.get(function.inputs[place], False),
            utility_index=_estimated(of_utility.index[place], of_utility.standard_error[place]),
            answer_index=_estimated(of_answer.index[place], of_answer.standard_error[place]),
            lowest_third=_estimated(thirds.mean[place, 0], thirds.standard_error[place, 0]),
            highest_third=_estimated(thirds.mean[place, 2], thirds.standard_error[place, 2]),
            total_index=_estimated(effects.total[at], effects.total_error[at]) if effects and asked_totally else None,
            flip_share=_estimated(effects.flip_share[at], effects.flip_share_error[at])
            if effects and asked_totally
            else None,
        )

    rest = len(leaders)
    return AnswerImportance(
        asked,
        _estimated(float(mean.mean), float(mean.standard_error)),
        tuple(map(importance, order)),
        _estimated(effects.total[rest], effects.total_error[rest]) if effects else None,
        _estimated(effects.flip_share[rest], effects.flip_share_error[rest]) if effects else None,
    )


def _total_effects(function: AnswerFunction, leaders: Sequence[int]) -> tuple[FactorEffects, list[int]]:
    """Total effects on the answer of the numbers that lead, and of all others with departures as one."""
    import numpy as np

    rest = [place for place in range(len(function.inputs)) if place not in leaders]
    factors = [[place] for place in leaders] + [rest]
    keys = generator_seed(function)
    effects = estimate_factor_effects(
        lambda shares: (function(shares) > TOLERANCE).astype(float),
        len(function.inputs),
        factors,
        np.random.default_rng(keys),
    )
    return effects, list(leaders)


def generator_seed(function: AnswerFunction) -> list[int]:
    """By what draws are seeded that are made for one answer alone."""
    return [function.description.seed, function.form, function.theory, int(function.test == "generous")]


def _estimated(value: float, error: float) -> EstimatedShare:
    return EstimatedShare(float(value), float(error))
