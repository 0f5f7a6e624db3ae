"""Total variance indices, and how often an input alone turns the answer, by drawing it anew.

A factor is a set of inputs that are drawn together: one by itself, or several that are correlated. With y the output
of a draw, y' that of the same draw with the factor taken from a second, independent one, and V = Var y,

    T = E (y - y')^2 / 2V          S = E y'' (y' - y) / V

are its total index (Jansen 1999) and its first-order index (Saltelli and others 2010), where y'' is the output of the
second draw, less the mean. For a yes or no (1 or 0) T = P(y != y') / 2p(1 - p), and the share P(y != y') is told best:
drawn anew alone, the factor turns the answer so often. Both draws of the factors come from one scrambled Sobol net, all
other inputs from plain draws. Several scrambles give the errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWS = 1024
"""Points of a net unless another number is asked for; a power of 2."""
REPLICATES = 16
"""Scrambles unless another number is asked for."""


@dataclass(frozen=True)
class FactorEffects:
    """What each factor does, alone and with others. The last is all other inputs together, if there are any."""

    first_order: Floats
    """First-order indices, shape (..., factors)."""
    first_order_error: Floats
    """Their standard errors."""
    total: Floats
    """Total indices, shape (..., factors)."""
    total_error: Floats
    """Their standard errors."""
    flip_share: Floats
    """How often the output differs when the factor alone is drawn anew, shape (..., factors)."""
    flip_share_error: Floats
    """Its standard error."""
    mean: Floats
    """The mean output, shape (...)."""
    variance: Floats
    """The variance of the output, shape (...); where it is 0 the indices are 0."""
    evaluations: int
    """How many draws were evaluated."""
    degrees: int
    """Degrees of freedom of the errors: replicates less 1."""


def estimate_factor_effects(
    evaluate: Callable[[Floats], Floats],
    input_count: int,
    factors: Sequence[Sequence[int]],
    generator: np.random.Generator,
    draws: int = DRAWS,
    replicates: int = REPLICATES,
) -> FactorEffects:
    """First-order and total indices of factors, and how often each turns the answer.

    Args:
        evaluate: From uniforms of shape (draws, inputs) to outputs of shape (..., draws), as many at once as one likes.
            What is random in it must be an input.
        input_count: How many inputs there are.
        factors: The inputs of each factor; none in two of them.
        generator: The source of randomness.
        draws: Points of each net, a power of 2.
        replicates: How many nets, at least 2; (2 + factors) x draws are evaluated for each.

    Returns:
        The effects of the factors, then of all other inputs as one.

    Raises:
        ValueError: If an input is in two factors or is none, with fewer than two replicates, or if the number of draws
            is no power of 2.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.total_effects import estimate_factor_effects
        >>> rng = np.random.default_rng(1)
        >>> both_high = lambda uniforms: ((uniforms > 0.5).sum(axis=1) == 2).astype(float)
        >>> effects = estimate_factor_effects(both_high, input_count=2, factors=[[0]], generator=rng)
        >>> effects.first_order.round(1).tolist(), effects.total.round(1).tolist()  # 1/3 and 2/3
        ([0.3, 0.3], [0.7, 0.7])
        >>> effects.flip_share.round(2).tolist()
        [0.25, 0.25]
    """
    import numpy as np

    _check_design(input_count, factors, draws, replicates)
    leaders = list(chain.from_iterable(factors))
    rest = sorted(set(range(input_count)) - set(leaders))
    all_factors = [list(factor) for factor in factors] + ([rest] if rest else [])
    outputs = []
    for _ in range(replicates):
        first, second = _draw_pair(input_count, leaders, draws, generator)
        mixed = [_replace(first, second, factor) for factor in all_factors]
        outputs.append(np.stack([np.asarray(evaluate(uniforms), dtype=float) for uniforms in (first, second, *mixed)]))
    return _effects(np.stack(outputs))


def _check_design(input_count: int, factors: Sequence[Sequence[int]], draws: int, replicates: int) -> None:
    leaders = list(chain.from_iterable(factors))
    if len(set(leaders)) < len(leaders) or not set(leaders) <= set(range(input_count)) or not all(factors):
        raise ValueError("each factor is one input or more, and no input is in two factors")
    if replicates < 2 or draws < 2 or draws & (draws - 1):
        raise ValueError("take a power of 2 of draws, and two replicates or more")


def _draw_pair(
    input_count: int, leaders: list[int], draws: int, generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Two independent draws of all inputs, those of the leaders from one scrambled net."""
    from scipy.stats.qmc import Sobol

    first, second = generator.random((2, draws, input_count))
    if leaders:
        net = Sobol(2 * len(leaders), rng=generator).random(draws)
        first[:, leaders], second[:, leaders] = net[:, : len(leaders)], net[:, len(leaders) :]
    return first, second


def _replace(first: Floats, second: Floats, factor: list[int]) -> Floats:
    """The first draw with one factor of the second."""
    mixed = first.copy()
    mixed[:, factor] = second[:, factor]
    return mixed


def _effects(outputs: Floats) -> FactorEffects:
    """The effects, from outputs of shape (replicates, 2 + factors, ..., draws)."""
    import numpy as np

    outputs = np.moveaxis(outputs, 1, -2)  # (replicates, ..., 2 + factors, draws)
    y, y_second, y_mixed = outputs[..., :1, :], outputs[..., 1:2, :], outputs[..., 2:, :]
    mean = outputs[..., :2, :].mean(axis=(0, -2, -1))
    variances = ((outputs[..., :2, :] - mean[..., None, None]) ** 2).mean(axis=(-2, -1))
    first_order = ((y_second - mean[..., None, None]) * (y_mixed - y)).mean(axis=-1)
    total = ((y - y_mixed) ** 2).mean(axis=-1) / 2
    flips = (y != y_mixed).mean(axis=-1)
    return FactorEffects(
        *_ratio_with_error(first_order, variances[..., None]),
        *_ratio_with_error(total, variances[..., None]),
        *_ratio_with_error(flips, np.ones_like(variances)[..., None]),
        mean,
        variances.mean(axis=0),
        evaluations=len(outputs) * outputs.shape[-2] * outputs.shape[-1],
        degrees=len(outputs) - 1,
    )


def _ratio_with_error(numerators: Floats, denominators: Floats) -> tuple[Floats, Floats]:
    """The ratio of two means over replicates, and its standard error to first order (Cochran 1977, ch. 6)."""
    import numpy as np

    denominator = np.broadcast_to(denominators, numerators.shape).mean(axis=0)
    varies = denominator > 0
    ratio = np.divide(numerators.mean(axis=0), denominator, out=np.zeros_like(denominator), where=varies)
    spread = (numerators - ratio * denominators).std(axis=0, ddof=1) / np.sqrt(len(numerators))
    return ratio, np.divide(spread, denominator, out=np.zeros_like(denominator), where=varies)
