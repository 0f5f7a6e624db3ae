"""Models whose indices are known."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_normal

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)
G_WEIGHTS = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
G_FIRST = (0.7162, 0.1790, 0.0237, 0.0072, 0.0001, 0.0001, 0.0001, 0.0001)
G_TOTAL = (0.7871, 0.2422, 0.0343, 0.0105, 0.0001, 0.0001, 0.0001, 0.0001)
PROBIT_LOADINGS = np.array([0.6, 0.5, 0.4, np.sqrt(1 - 0.77)])


def ishigami(uniforms: Any) -> Any:
    x = np.pi * (2 * uniforms[:, :3] - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g_function(uniforms: Any) -> Any:
    return np.prod((abs(4 * uniforms[:, :8] - 2) + G_WEIGHTS) / (1 + G_WEIGHTS), axis=1)


def probit_answer(uniforms: Any, share: float = 0.5) -> Any:
    """Yes where a weighted sum of normals is high: an additive utility, and so of yes or no in the answer only."""
    normals = ndtri(np.maximum(uniforms[:, :4], 1e-15))
    return (normals @ PROBIT_LOADINGS > ndtri(1 - share)).astype(float)


def probit_indices(share: float = 0.5) -> tuple[Any, Any, Any]:
    """First-order and total indices and flip shares of the four inputs, by the bivariate normal.

    Two draws that share input i have sums correlated by the square of its loading: P(yes, yes) gives Var P(yes|x_i).
    Two that share all others are correlated by 1 less that: P(yes, no) twice is the share of flips.
    """
    squares = PROBIT_LOADINGS**2
    threshold = ndtri(share)

    def both(correlation: float) -> float:
        return float(multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf([threshold, threshold]))

    variance = share * (1 - share)
    first_order = np.array([both(square) - share**2 for square in squares]) / variance
    flips = np.array([2 * (share - both(1 - square)) for square in squares])
    return first_order, flips / 2 / variance, flips


def stratified(rng: np.random.Generator, draws: int, inputs: int) -> Any:
    """A Latin hypercube of groups of 256 draws."""
    places = np.tile(np.arange(256), (draws // 256, 1))
    columns = [rng.permuted(places, axis=1).ravel() for _ in range(inputs)]
    return (np.stack(columns, axis=1) + rng.random((draws, inputs))) / 256


def conditional_probit(uniform: Any, number: int, share: float = 0.5) -> Any:
    """P(yes | u) of one input."""
    loading = PROBIT_LOADINGS[number]
    return ndtr((loading * ndtri(uniform) - ndtri(1 - share)) / np.sqrt(1 - loading**2))
