"""Means and covariances of numbers that come in blocks of draws, of which none need be kept."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STANDARD_ERRORS_APART = 2.0
"""Standard errors of their difference from which on two numbers can be told apart."""


@dataclass(frozen=True)
class RunningMoments:
    """Mean and covariance of several numbers over the draws so far.

    Two are merged without the difference of large sums (Chan, Golub and LeVeque 1983, from memory), so that what is
    constant has no spread.

    Example:
        >>> import numpy as np
        >>> from detente.methods.inference.running_moments import RunningMoments
        >>> halves = [RunningMoments.of_draws(np.array([[1.0, 0.0], [0.0, 1.0]])) for _ in range(2)]
        >>> moments = halves[0].merge(halves[1])
        >>> moments.count, moments.mean.tolist(), moments.standard_errors.tolist()
        (4, [0.5, 0.5], [0.25, 0.25])
        >>> moments.difference_error(0, 1), moments.difference_error(0, 1, signs=(1, -1))
        (0.5, 0.0)
    """

    count: int
    """How many draws."""
    mean: Floats
    """Shape (numbers,)."""
    scatter: Floats
    """The sums of products of departures from the mean, shape (numbers, numbers)."""

    @classmethod
    def of_draws(cls, values: Floats) -> RunningMoments:
        """Those of one block.

        Args:
            values: Shape (draws, numbers), of one draw at least.
        """
        mean = values.mean(axis=0)
        departures = values - mean
        return cls(len(values), mean, departures.T @ departures)

    def merge(self, other: RunningMoments) -> RunningMoments:
        """Those of the draws of both."""
        import numpy as np

        count = self.count + other.count
        shift = other.mean - self.mean
        return RunningMoments(
            count,
            self.mean + shift * (other.count / count),
            self.scatter + other.scatter + np.outer(shift, shift) * (self.count * other.count / count),
        )

    @property
    def covariance(self) -> Floats:
        """The covariances over the draws, shape (numbers, numbers): those of the draws themselves, divided by n."""
        return self.scatter / self.count

    @property
    def standard_errors(self) -> Floats:
        """The standard error of each mean, shape (numbers,): of a share p of n draws the root of p(1 - p)/n."""
        import numpy as np

        errors: Floats = np.sqrt(self.covariance.diagonal() / self.count)
        return errors

    def difference_error(self, one: int, other: int, signs: tuple[int, int] = (1, 1)) -> float:
        """The standard error of the difference of two means of the same draws.

        Args:
            one: The index of a number.
            other: That of the one that is taken from it.
            signs: With which sign each counts.
        """
        covariance = self.covariance
        shared = signs[0] * signs[1] * covariance[one, other]
        variance = covariance[one, one] + covariance[other, other] - 2 * shared
        return sqrt(max(float(variance), 0.0) / self.count)
