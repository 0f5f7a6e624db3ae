"""Which numbers an answer hangs on, by the simulations that were made: first-order indices, and the answer by thirds.

A first-order index (Sobol' 1993) is the part of a variance that would go if one number were known
(`methods/sensitivity/first_order.py`): of the answer, yes or no, and of how far it is from turning.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from detente.methods.sensitivity.conditional_means import means_by_bins
from detente.methods.sensitivity.first_order import first_order_indices
from detente.methods.sensitivity.group_errors import mean_with_group_error
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from detente.rooms.certainty.model.input_draws import InputDraws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_INDEX = 0.01
"""The index from which a number is said to matter, if it is above its error as well."""
LEADING_INDEX = 0.05
"""The index that a number must clearly have to drive an answer."""
ERRORS_ABOVE = 2.0
"""By how many standard errors an index must be above what it is held against."""


@dataclass(frozen=True)
class NumberImportance:
    """How much an answer hangs on one number."""

    path: str
    """Where it stands in the case."""
    answer_index: EstimatedShare
    """First-order index of the answer, yes or no."""
    third_index: EstimatedShare
    """The part of the variance of the answer that goes with the third of its distribution in which the number lies: a
    little less than its first-order index, and much surer."""
    margin_index: EstimatedShare | None
    """The same of how far the answer is from turning; None where that is not finite."""
    lowest_third: EstimatedShare
    """How often the answer is yes where the number is in the lowest third of its distribution."""
    highest_third: EstimatedShare

    @property
    def indices(self) -> tuple[EstimatedShare, ...]:
        """Those that there are."""
        return (self.answer_index, self.margin_index) if self.margin_index else (self.answer_index,)

    @property
    def largest(self) -> EstimatedShare:
        """The larger of them."""
        return max(self.indices, key=lambda one: one.value)

    @property
    def index(self) -> float:
        """How large that is."""
        return self.largest.value

    @property
    def matters(self) -> bool:
        """Whether an index is worth telling: a hundredth at least, and above two standard errors."""
        return any(one.value >= LEAST_INDEX and one.value > ERRORS_ABOVE * one.error for one in self.indices)

    @property
    def drives(self) -> bool:
        """Whether an index is clearly a twentieth at least. One near that may fail it for want of draws."""
        return any(one.value - ERRORS_ABOVE * one.error >= LEADING_INDEX for one in self.indices)


@dataclass(frozen=True)
class AnswerImportance:
    """What one answer hangs on."""

    share: EstimatedShare
    """How often it is yes."""
    numbers: tuple[NumberImportance, ...]
    """Every number that varies, those that matter most first."""

    @property
    def leaders(self) -> tuple[NumberImportance, ...]:
        """The numbers that matter."""
        return tuple(one for one in self.numbers if one.matters)

    @property
    def drivers(self) -> tuple[NumberImportance, ...]:
        """The numbers that drive it."""
        return tuple(one for one in self.numbers if one.drives)

    @property
    def leading(self) -> tuple[NumberImportance, ...]:
        """Those that drive it of which the index cannot be told from the largest."""
        top = max((one.largest for one in self.drivers), key=lambda one: one.value, default=EstimatedShare(0, 0))
        return tuple(
            one
            for one in self.drivers
            if top.value - one.largest.value <= ERRORS_ABOVE * hypot(top.error, one.largest.error)
        )

    def of(self, path: str) -> NumberImportance | None:
        """What hangs on one number; None where it does not vary."""
        return next((one for one in self.numbers if one.path == path), None)


def rank_numbers(inputs: InputDraws, accepts: Floats, margin: Floats) -> AnswerImportance:
    """What an answer hangs on.

    Args:
        inputs: The draws that are looked at.
        accepts: 1 where the answer is yes, else 0, in every draw that was made: these first; shape (draws,).
        margin: How far it is from turning, of the same shape; infinite where nothing would turn it.
    """
    import numpy as np

    mean = mean_with_group_error(accepts)
    share = EstimatedShare(float(mean.mean), float(mean.standard_error))
    if not inputs.paths:
        return AnswerImportance(share, ())
    accepts, margin = (values[: len(inputs.uniforms)] for values in (accepts, margin))
    of_answer, of_thirds = (first_order_indices(bins, accepts) for bins in (inputs.bins, inputs.thirds))
    thirds = means_by_bins(inputs.thirds, accepts)
    of_margin = first_order_indices(inputs.bins, margin) if np.isfinite(margin).all() else None
    numbers = [
        NumberImportance(
            path=path,
            answer_index=_estimate(of_answer.index[place], of_answer.standard_error[place]),
            third_index=_estimate(of_thirds.index[place], of_thirds.standard_error[place]),
            margin_index=_estimate(of_margin.index[place], of_margin.standard_error[place]) if of_margin else None,
            lowest_third=_estimate(thirds.mean[place, 0], thirds.standard_error[place, 0]),
            highest_third=_estimate(thirds.mean[place, 2], thirds.standard_error[place, 2]),
        )
        for place, path in enumerate(inputs.paths)
    ]
    return AnswerImportance(share, tuple(sorted(numbers, key=lambda one: -one.index)))


def _estimate(value: float, error: float) -> EstimatedShare:
    return EstimatedShare(float(value), float(error))
