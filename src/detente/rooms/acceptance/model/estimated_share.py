"""Shares of draws with their standard errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.sensitivity.group_errors import mean_with_group_error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HALF = 0.5


@dataclass(frozen=True)
class EstimatedShare:
    """A share of the draws, or of a variance, with its standard error."""

    value: float
    error: float


def estimate_share(values: Floats) -> EstimatedShare:
    """The mean of values by draw, with its standard error by groups of draws; of few draws, as if each were by itself.

    Args:
        values: Shape (draws,), in the order in which they were drawn.
    """
    estimate = mean_with_group_error(values)
    return EstimatedShare(float(estimate.mean), float(estimate.standard_error))
