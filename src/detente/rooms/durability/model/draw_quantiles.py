"""The spread of a number over draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DrawQuantiles = tuple[float, float, float]
"""The 5th, 50th and 95th of 100 draws."""


def quantiles(values: Floats) -> DrawQuantiles:
    """The 5th, 50th and 95th of 100 draws; infinite values among them stay what they are."""
    import numpy as np

    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95], method="inverted_cdf")
    return float(low), float(middle), float(high)
