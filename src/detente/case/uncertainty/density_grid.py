"""A number that may be uncertain as values with weights, for what has to be added up over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.schema.estimate import Estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def density_grid(estimate: Estimate, low: float, high: float, count: int = 200) -> tuple[Floats, Floats]:
    """The values that an estimate may take between two ends, and their weights.

    Values are the middles of equal steps, weighted by the density there; those of a certain or discrete number are its
    own.

    Args:
        estimate: Of a single year, with some of its mass between the ends.
        low: The least it can be, finite.
        high: The most it can be, finite.
        count: Of steps.

    Returns:
        Values and weights, which add up to 1, each of shape (values,).
    """
    import numpy as np

    points = [(estimate.value, 1.0)] if estimate.value is not None else estimate.discrete
    if points:
        inside = [(value, chance) for value, chance in points if low <= value <= high and chance > 0]
        values, weights = (np.array(column, dtype=float) for column in zip(*inside, strict=True))
    else:
        lower, upper = max(low, estimate.bounds[0]), min(high, estimate.bounds[1])
        values = lower + (upper - lower) * (np.arange(count) + 0.5) / count
        log_density = _log_density(estimate, values)
        weights = np.exp(log_density - log_density.max())  # or a narrow one would be 0 at every step
    return values, weights / weights.sum()


def _log_density(estimate: Estimate, values: Floats) -> Floats:
    """The logarithm of the density of a distribution at each value, but for a constant."""
    import numpy as np

    if estimate.triangular:
        lowest, mode, highest = estimate.triangular
        rising = (values - lowest) / (mode - lowest) if mode > lowest else np.ones_like(values)
        falling = (highest - values) / (highest - mode) if highest > mode else np.ones_like(values)
        return np.log(np.minimum(rising, falling))
    if estimate.normal:
        return -0.5 * ((values - estimate.normal[0]) / estimate.normal[1]) ** 2
    if estimate.lognormal:
        logarithms = np.log(values)
        return -0.5 * ((logarithms - estimate.lognormal[0]) / estimate.lognormal[1]) ** 2 - logarithms
    if estimate.beta:
        a, b = estimate.beta
        return (a - 1) * np.log(values) + (b - 1) * np.log1p(-values)
    return np.zeros_like(values)
