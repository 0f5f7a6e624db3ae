"""Which numbers drive the answer: those whose ends, one at a time, reverse it or double the rarer of yes and no."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.rooms.acceptance.model.choices.choice_sensitivity import HALF
from detente.rooms.acceptance.model.results import AcceptanceResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

END_SHARE = 5
"""An end of a number is the part of the draws in which it is lowest, or highest: one in so many."""


def driving_numbers(result: AcceptanceResult) -> list[str]:
    """The paths of the numbers that drive the answer in some form of the channel, by all that counts.

    A number drives it where, in the fifth of the draws in which it is lowest or in that in which it is highest, most
    draws say otherwise than in all, or the answer that is the rarer one comes at least twice as often; either by more
    than two standard errors. What other numbers are meanwhile is as drawn.
    """
    import numpy as np

    theory = result.deciders.full_theory
    answers = [result.accepting_draws(variant, theory) for variant in result.deciders.offered_variants]
    varying = {path: values for path, values in result.parameter_values.items() if np.ptp(values) > 0}
    return [path for path, values in varying.items() if any(_drives(accepts, values) for accepts in answers)]


def _drives(accepts: NDArray[np.bool_], values: Floats) -> bool:
    """Whether either end of a number reverses an answer, or doubles the rarer one."""
    import numpy as np

    order = np.argsort(values, kind="stable")
    end_size = max(len(order) // END_SHARE, 1)
    overall = float(accepts.mean())
    return any(
        _is_other_answer(overall, float(accepts[end].mean()), end_size) for end in (order[:end_size], order[-end_size:])
    )


def _is_other_answer(overall: float, at_end: float, end_size: int) -> bool:
    """Whether a share at an end is across the half, or doubles the rarer answer, beyond two standard errors."""
    error = sqrt(max(at_end * (1 - at_end), overall * (1 - overall)) / end_size)
    if abs(at_end - overall) <= STANDARD_ERRORS_APART * error:
        return False
    rarer, rarer_at_end = (overall, at_end) if overall <= HALF else (1 - overall, 1 - at_end)
    return (overall > HALF) != (at_end > HALF) or rarer_at_end >= 2 * rarer
