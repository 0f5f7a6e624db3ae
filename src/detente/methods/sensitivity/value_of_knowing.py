"""What it would be worth to know one input before an answer is given.

For a payoff u that one may take or leave, knowing input x is worth

    E max(E[u|x], 0) - max(E u, 0)

the expected value of partial perfect information (Raiffa and Schlaifer 1961; Felli and Hazen 1998); for a verdict on
yes or no, one point if it is right, E max(p_x, 1 - p_x) - max(p, 1 - p) with p_x = P(yes|x). Both are 0 for every input
that alone never changes what is best. By the quadratic score (Brier 1950) knowing an input is worth Var p_x, which is
its first-order index times p (1 - p), and above 0 for every input that tells anything: it ranks those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.sensitivity.conditional_means import ConditionalMeans, legendre_values
from detente.methods.sensitivity.jackknife import jackknife_error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.methods.sensitivity.first_order import FirstOrderIndices

    Floats = NDArray[np.float64]

_GRID = 1024


@dataclass(frozen=True)
class ValueOfKnowing:
    """What knowing each input alone would be worth."""

    value: Floats
    """Shape (inputs,)."""
    standard_error: Floats
    """Shape (inputs,)."""


def quadratic_score_value(indices: FirstOrderIndices, share: float) -> ValueOfKnowing:
    """The value of knowing an input by the quadratic score: by how much the expected square error of p falls.

    Args:
        indices: First-order indices of a yes or no.
        share: How often it is yes, from 0 to 1.

    Returns:
        The values S p (1 - p), from 0 to 1/4 but for chance, with the errors of the indices.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.first_order import FirstOrderIndices
        >>> from detente.methods.sensitivity.value_of_knowing import quadratic_score_value
        >>> indices = FirstOrderIndices(np.array([0.5, 0.0]), np.array([0.01, 0.001]), degrees=19)
        >>> quadratic_score_value(indices, share=0.5).value.tolist()
        [0.125, 0.0]
    """
    spread = share * (1 - share)
    return ValueOfKnowing(indices.index * spread, indices.standard_error * spread)


def payoff_value(curves: ConditionalMeans) -> ValueOfKnowing:
    """The value of knowing an input before a payoff is taken or left.

    Args:
        curves: Fitted to the payoff; not to what is already cut off at 0.

    Returns:
        In units of the payoff. Where E u is within its error of 0, noise alone makes it a little more than 0.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.conditional_means import fit_conditional_means
        >>> from detente.methods.sensitivity.value_of_knowing import payoff_value
        >>> uniforms = np.random.default_rng(1).random((4000, 2))
        >>> curves = fit_conditional_means(uniforms, 2 * uniforms[:, 0] - 1.5)  # -0.5; if known, the last quarter
        >>> payoff_value(curves).value.round(4).tolist()
        [0.0625, 0.0]
    """
    import numpy as np

    return _gain_of_choosing(curves, lambda payoff: np.maximum(payoff, 0))


def verdict_value(curves: ConditionalMeans) -> ValueOfKnowing:
    """The value of knowing an input before one says yes or no: how much more often the verdict is right.

    Args:
        curves: Fitted to a yes or no, 1 or 0.

    Returns:
        From 0 to 1/2.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sensitivity.conditional_means import fit_conditional_means
        >>> from detente.methods.sensitivity.value_of_knowing import verdict_value
        >>> rng = np.random.default_rng(1)
        >>> uniforms = rng.random((40000, 2))
        >>> answers = (rng.random(40000) < uniforms[:, 0]).astype(float)  # even before; after, right 3 times of 4
        >>> verdict_value(fit_conditional_means(uniforms, answers)).value.round(2).tolist()
        [0.25, 0.0]
    """
    import numpy as np

    return _gain_of_choosing(curves, lambda share: np.maximum(share, 1 - share))


def _gain_of_choosing(curves: ConditionalMeans, best: Callable[[Floats], Floats]) -> ValueOfKnowing:
    """The mean of what is best at each point of a curve, less what is best at its mean."""
    import numpy as np

    grid = legendre_values((np.arange(_GRID) + 0.5) / _GRID, curves.coefficients.shape[1] - 1)

    def gain(coefficients: Floats) -> Floats:
        curve = coefficients @ grid
        mean = curve.mean(axis=-1)
        difference = best(curve).mean(axis=-1) - best(mean)
        # What is never better than the mean gains nothing, to the last digit.
        return np.where(difference > 1e-12 * np.maximum(abs(best(mean)), 1e-300), difference, 0.0)

    return ValueOfKnowing(gain(curves.coefficients), jackknife_error(gain(curves.left_out_coefficients)))
