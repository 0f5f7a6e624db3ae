"""How the mean of an output changes with one input, from draws that are there already.

By thirds, the mean output where an input lies in the lowest, middle and highest third of its distribution. As a curve,
the mean output given the uniform u of the input, E[y | u], fitted by least squares with Legendre polynomials of degree
5 on [0, 1]. A fit comes before any maximum and any crossing: maxima of noisy bins are biased upwards. Errors by a
jackknife over interleaved groups. A polynomial smooths a step: near one the curve is only about right.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.methods.sensitivity.first_order import DrawBins, bin_draws
from detente.methods.sensitivity.jackknife import (
    JACKKNIFE_GROUPS,
    interleaved_groups,
    jackknife_error,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DEGREE = 5
"""Degree of the curves."""
ERRORS_TO_CROSS = 3.0
"""Standard errors by which a curve must pass a level on either side for a crossing to count."""
_GRID = 1024


@dataclass(frozen=True)
class BinMeans:
    """The mean output in each bin of each input, such as the lowest, middle and highest third."""

    mean: Floats
    """Shape (inputs, bins)."""
    standard_error: Floats
    """By the jackknife, shape (inputs, bins)."""


@dataclass(frozen=True)
class ConditionalMeans:
    """The mean output given each input by itself, as curves over its uniform.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.conditional_means import fit_conditional_means
        >>> uniforms = np.random.default_rng(1).random((2000, 2))
        >>> curves = fit_conditional_means(uniforms, uniforms[:, 0] ** 2)
        >>> curves.at(np.array([0.5]))[0].round(3).tolist()  # without error, as the output is of degree 2
        [0.25]
    """

    coefficients: Floats
    """Of the Legendre polynomials P_k(2u - 1), shape (inputs, degree + 1); the first is the mean of the curve."""
    left_out_coefficients: Floats
    """The same without each group of draws, shape (groups, inputs, degree + 1)."""

    def at(self, uniform: Floats) -> Floats:
        """The curves at some points; uniform of shape (points,), result of shape (inputs, points)."""
        return self.coefficients @ legendre_values(uniform, self.coefficients.shape[1] - 1)

    def errors_at(self, uniform: Floats) -> Floats:
        """Their standard errors at these points, shape (inputs, points)."""
        values = legendre_values(uniform, self.coefficients.shape[1] - 1)
        return jackknife_error(self.left_out_coefficients @ values)


def legendre_values(uniform: Floats, degree: int = DEGREE) -> Floats:
    """The Legendre polynomials P_k(2u - 1), k from 0 to the degree; uniform of shape (points,).

    Returns:
        Shape (degree + 1, points).

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.conditional_means import legendre_values
        >>> legendre_values(np.array([0.0, 0.5, 1.0]), degree=2).tolist()
        [[1.0, 1.0, 1.0], [-1.0, 0.0, 1.0], [1.0, -0.5, 1.0]]
    """
    import numpy as np

    return np.ascontiguousarray(np.polynomial.legendre.legvander(2 * np.asarray(uniform) - 1, degree).T)


def means_by_thirds(uniforms: Floats, outputs: Floats, group_count: int = JACKKNIFE_GROUPS) -> BinMeans:
    """The mean output in each third of each input.

    Args:
        uniforms: Shape (draws, inputs), in [0, 1).
        outputs: Shape (draws,), numbers, or 0 and 1.
        group_count: How many interleaved groups the jackknife has.

    Returns:
        The means; NaN in a third that holds no draw, and an error of NaN where it holds those of one group only.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.conditional_means import means_by_thirds
        >>> uniforms = np.random.default_rng(1).random((3000, 2))
        >>> thirds = means_by_thirds(uniforms, (uniforms[:, 0] > 0.5).astype(float))
        >>> thirds.mean[0].round(1).tolist(), bool((abs(thirds.mean[1] - 0.5) < 0.06).all())
        ([0.0, 0.5, 1.0], True)
    """
    return means_by_bins(bin_draws(uniforms, 3, group_count), outputs)


def means_by_bins(bins: DrawBins, outputs: Floats) -> BinMeans:
    """The mean output in each bin of each input: for many outputs on the same draws.

    Args:
        bins: The bins of the draws.
        outputs: Shape (draws,), numbers, or 0 and 1.

    Returns:
        The means; NaN in a bin that holds no draw, and an error of NaN where it holds those of one group only.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.conditional_means import means_by_bins
        >>> from detente.methods.sensitivity.first_order import bin_draws
        >>> uniforms = np.random.default_rng(1).random((3000, 1))
        >>> means_by_bins(bin_draws(uniforms, bin_count=2), uniforms[:, 0]).mean.round(2).tolist()
        [[0.25, 0.75]]
    """
    import numpy as np

    size = bins.counts[0].size
    sums = np.asarray([np.bincount(row, outputs, size) for row in bins.cells], dtype=float).reshape(bins.counts.shape)
    total, count = sums.sum(axis=-1, keepdims=True), bins.counts.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        left_out = np.moveaxis((total - sums) / (count - bins.counts), -1, 0)
        return BinMeans((total / count)[..., 0], jackknife_error(left_out))


def fit_conditional_means(
    uniforms: Floats, outputs: Floats, degree: int = DEGREE, group_count: int = JACKKNIFE_GROUPS
) -> ConditionalMeans:
    """The curves E[y | u] of all inputs, by least squares.

    Args:
        uniforms: Shape (draws, inputs), in [0, 1), each input spread over more values than the degree.
        outputs: Shape (draws,), numbers, or 0 and 1.
        degree: Of the polynomials.
        group_count: How many interleaved groups the jackknife has.

    Returns:
        The curves.

    Raises:
        numpy.linalg.LinAlgError: If an input has no more different values than the degree.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.conditional_means import fit_conditional_means
        >>> uniforms = np.random.default_rng(1).random((2000, 2))
        >>> fit_conditional_means(uniforms, 3 * uniforms[:, 0]).coefficients[0, :2].round(3).tolist()
        [1.5, 1.5]
    """
    import numpy as np

    groups = interleaved_groups(len(outputs), group_count)
    fits = [_fit_curve(column, outputs, degree, groups) for column in uniforms.T]
    coefficients = np.stack(fits, axis=1)
    return ConditionalMeans(coefficients[0], coefficients[1:])


def _fit_curve(uniform: Floats, outputs: Floats, degree: int, groups: NDArray[np.intp]) -> Floats:
    """The coefficients with all draws, then without each group: shape (1 + groups, degree + 1)."""
    import numpy as np

    values = legendre_values(uniform, degree)
    members = [np.flatnonzero(groups == group) for group in range(groups.max() + 1)]
    parts = [values[:, chosen] for chosen in members]
    gram = np.stack([part @ part.T for part in parts])
    moments = np.stack([part @ outputs[chosen] for part, chosen in zip(parts, members, strict=True)])
    grams = np.concatenate([gram.sum(axis=0)[None], gram.sum(axis=0) - gram])
    sums = np.concatenate([moments.sum(axis=0)[None], moments.sum(axis=0) - moments])
    return np.asarray(np.linalg.solve(grams, sums[..., None])[..., 0])


def level_crossings(
    curves: ConditionalMeans, level: float, errors: float = ERRORS_TO_CROSS
) -> tuple[tuple[float, ...], ...]:
    """At which uniforms of each input the mean output crosses a level.

    A crossing counts if the curve is beyond the level by some standard errors both before and after it, so that an
    input that does nothing has none.

    Args:
        curves: The fitted curves.
        level: What is crossed, such as one half.
        errors: By how many standard errors the curve passes the level.

    Returns:
        For each input the uniforms, ascending; the value there is the quantile of the input.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.conditional_means import fit_conditional_means, level_crossings
        >>> uniforms = np.random.default_rng(1).random((4000, 2))
        >>> answers = (uniforms[:, 0] + 0.2 * uniforms[:, 1] > 0.8).astype(float)
        >>> [round(at, 1) for at in level_crossings(fit_conditional_means(uniforms, answers), 0.5)[0]]
        [0.7]
    """
    import numpy as np

    grid = (np.arange(_GRID) + 0.5) / _GRID
    above = curves.at(grid) - level
    sure = np.where(abs(above) > errors * curves.errors_at(grid), np.sign(above), 0)
    return tuple(_sign_changes(grid, *rows) for rows in zip(above, sure, strict=True))


def _sign_changes(grid: Floats, above: Floats, sure: Floats) -> tuple[float, ...]:
    """Where a curve is zero between two neighbouring points at which its sign is sure, and not the same."""
    import numpy as np

    known = np.flatnonzero(sure)
    found = []
    for before, after in pairwise(known):
        if sure[before] != sure[after]:
            part = above[before : after + 1] * sure[before]
            first = int(before + np.flatnonzero(part <= 0)[0])
            slope = (above[first] - above[first - 1]) / (grid[first] - grid[first - 1])
            found.append(float(grid[first] - above[first] / slope))
    return tuple(found)
