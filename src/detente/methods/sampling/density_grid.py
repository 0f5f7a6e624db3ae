"""A distribution as values with weights, for what has to be added up over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.methods.sampling.distributions import Distribution

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def density_grid(distribution: Distribution, count: int = 200) -> tuple[Floats, Floats]:
    """The values that a number may take within its bounds, and their weights.

    Values are the middles of equal steps, weighted by the density there; those of a certain or discrete number are its
    own.

    Args:
        distribution: With finite bounds, and some of its mass between them.
        count: Of steps.

    Returns:
        Values and weights, which add up to 1, each of shape (values,).

    Example:
        >>> from detente.methods.sampling.density_grid import density_grid
        >>> from detente.methods.sampling.distributions import Distribution
        >>> values, weights = density_grid(Distribution("triangular", (0.0, 0.0, 1.0), 0.0, 1.0), 2)
        >>> values.tolist(), weights.round(6).tolist()
        ([0.25, 0.75], [0.75, 0.25])
    """
    import numpy as np

    low, high = distribution.limits
    if distribution.form in ("value", "discrete"):
        points = zip(*_points(distribution), strict=True)
        inside = [(value, chance) for value, chance in points if low <= value <= high and chance > 0]
        values, weights = (np.array(column, dtype=float) for column in zip(*inside, strict=True))
    else:
        lower, upper = _ends(distribution)
        values = lower + (upper - lower) * (np.arange(count) + 0.5) / count
        log_density = _log_density(distribution, values)
        weights = np.exp(log_density - log_density.max())  # or a narrow one would be 0 at every step
    return values, weights / weights.sum()


def _points(distribution: Distribution) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return distribution.discrete_values if distribution.form == "discrete" else (distribution.parameters, (1.0,))


def _ends(distribution: Distribution) -> tuple[float, float]:
    """The least and the most that it can be, by its form and its bounds."""
    p = distribution.parameters
    low, high = distribution.limits
    own = {"uniform": (p[0], p[-1]), "triangular": (p[0], p[-1]), "beta": (0.0, 1.0)}
    lower, upper = own.get(distribution.form, (low, high))
    return max(low, lower), min(high, upper)


def _log_density(distribution: Distribution, values: Floats) -> Floats:
    """The logarithm of the density at each value, but for a constant."""
    import numpy as np

    p = distribution.parameters
    match distribution.form:
        case "triangular":
            lowest, mode, highest = p
            rising = (values - lowest) / (mode - lowest) if mode > lowest else np.ones_like(values)
            falling = (highest - values) / (highest - mode) if highest > mode else np.ones_like(values)
            return np.asarray(np.log(np.minimum(rising, falling)))
        case "normal":
            return np.asarray(-0.5 * ((values - p[0]) / p[1]) ** 2)
        case "lognormal":
            logarithms = np.log(values)
            return np.asarray(-0.5 * ((logarithms - p[0]) / p[1]) ** 2 - logarithms)
        case "beta":
            return np.asarray((p[0] - 1) * np.log(values) + (p[1] - 1) * np.log1p(-values))
        case _:
            return np.zeros_like(values)
