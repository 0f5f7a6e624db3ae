"""Shares of draws with their standard errors."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

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
    """The mean of values by draw, with the standard error of a mean of independent draws: of ours, an upper bound."""
    return EstimatedShare(float(values.mean()), float(values.std()) / sqrt(len(values)))
