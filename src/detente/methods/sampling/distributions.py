"""Distributions of uncertain numbers, by which value belongs to which share of the probability."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.methods.sampling.normal_quantile import normal_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DistributionForm = Literal["value", "uniform", "triangular", "normal", "lognormal", "beta", "discrete"]


@dataclass(frozen=True)
class Distribution:
    """What is known of an uncertain number.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sampling.distributions import Distribution
        >>> Distribution("uniform", (1.0, 3.0)).quantile(np.array([0.25])).tolist()
        [1.5]
        >>> above_0 = Distribution("normal", (0.0, 1.0), low=0.0)
        >>> above_0.quantile(np.array([0.5])).round(4).tolist()
        [0.6745]
    """

    form: DistributionForm
    parameters: tuple[float, ...]
    """Of a value itself; of uniform the ends; of triangular lowest, most likely, highest; of normal mean and standard
    deviation, of lognormal those of the logarithm; of beta the two shapes; of discrete values, then their chances."""
    low: float | None = None
    """The least it can be: what a normal or lognormal number has below is left out. None for no limit."""
    high: float | None = None
    """The most it can be; None for no limit."""

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the most it can be; infinite where there is no limit."""
        return -math.inf if self.low is None else self.low, math.inf if self.high is None else self.high

    @property
    def varies(self) -> bool:
        """Whether it is uncertain at all."""
        return self.form != "value"

    @property
    def discrete_values(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Of a discrete number, the values and their chances, which add up to 1."""
        half = len(self.parameters) // 2
        total = math.fsum(self.parameters[half:])
        return self.parameters[:half], tuple(chance / total for chance in self.parameters[half:])

    @property
    def mean(self) -> float:
        """The mean of what is not cut off, put within the bounds."""
        low, high = self.limits
        return min(max(self._mean_unbounded(), low), high)

    def _mean_unbounded(self) -> float:
        p = self.parameters
        match self.form:
            case "uniform" | "triangular":
                return math.fsum(p) / len(p)
            case "lognormal":
                return math.exp(p[0] + p[1] ** 2 / 2)
            case "beta":
                return p[0] / (p[0] + p[1])
            case "discrete":
                return math.fsum(map(math.prod, zip(*self.discrete_values, strict=True)))
            case _:
                return p[0]

    def cumulative(self, value: float) -> float:
        """The share of a normal or lognormal number that lies below a value, bounds left aside."""
        location, scale = self.parameters
        if self.form == "lognormal":
            value = math.log(value) if value > 0 else -math.inf
        return math.erfc((location - value) / scale / math.sqrt(2)) / 2

    @property
    def probability_within_bounds(self) -> tuple[float, float]:
        """Between which shares of the whole distribution what is not cut off lies."""
        if self.form not in ("normal", "lognormal"):
            return 0.0, 1.0
        low, high = self.limits
        return self.cumulative(low), self.cumulative(high)

    def quantile(self, u: Floats) -> Floats:
        """The value below which a share of the probability lies, of the shape of the shares.

        Args:
            u: Shares, above 0 and below 1.
        """
        import numpy as np

        p = self.parameters
        match self.form:
            case "uniform":
                return np.asarray(p[0] + (p[1] - p[0]) * u)
            case "triangular":
                return _triangular_quantile(u, *p)
            case "normal" | "lognormal":
                return self._normal_quantile(u)
            case "beta":
                from scipy.special import betaincinv

                return np.asarray(betaincinv(p[0], p[1], u))
            case "discrete":
                values, chances = self.discrete_values
                positions = np.searchsorted(np.cumsum(chances), u, side="right")
                return np.array(values)[np.minimum(positions, len(values) - 1)]
            case _:
                return np.full(np.shape(u), p[0])

    def _normal_quantile(self, u: Floats) -> Floats:
        import numpy as np

        below, above = self.probability_within_bounds
        z = normal_quantile(below + (above - below) * u) if above - below < 1 else normal_quantile(u)
        values = self.parameters[0] + self.parameters[1] * z
        # Rounding at the very ends must not pass the bounds.
        return np.asarray(np.clip(np.exp(values) if self.form == "lognormal" else values, *self.limits))


def _triangular_quantile(u: Floats, lowest: float, mode: float, highest: float) -> Floats:
    import numpy as np

    rising = lowest + np.sqrt(u * (highest - lowest) * (mode - lowest))
    falling = highest - np.sqrt((1 - u) * (highest - lowest) * (highest - mode))
    return np.asarray(np.where(u < (mode - lowest) / (highest - lowest), rising, falling))
