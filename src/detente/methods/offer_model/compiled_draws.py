"""Draws of numbers by compiled code: `COMPILED`, the sampler to hand to `sample_model`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.methods.offer_model.model_draws import Sampler
from detente.methods.sampling.distributions import Distribution
from detente.methods.sampling.keyed_hypercube import stream_keys
from detente.methods.sampling.number_draws import draw_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

COMPILED_FORMS = {"uniform": 1, "triangular": 2, "normal": 3, "lognormal": 4}
"""The forms of distributions that compiled code draws; others are left to NumPy and SciPy."""


def _parameters(distribution: Distribution) -> Floats:
    """The parameters of a distribution, its bounds, and the shares below these, shape (7,)."""
    import numpy as np

    own = (*distribution.parameters, *(0.0,) * (3 - len(distribution.parameters)))
    return np.array([*own, *distribution.limits, *distribution.probability_within_bounds])


def _draw(distribution: Distribution, seed: int, name: str, indices: range) -> Floats:
    import numpy as np

    from detente.methods.offer_model.kernels.draw_kernels import COEFFICIENTS, fill_draws

    if distribution.form not in COMPILED_FORMS:
        return draw_number(distribution, seed, name, indices)
    values = np.empty(len(indices))
    first, second = (np.uint32(key) for key in stream_keys(seed, name))
    form, parameters = COMPILED_FORMS[distribution.form], _parameters(distribution)
    fill_draws(np.uint32(indices.start), form, parameters, first, second, values, COEFFICIENTS)
    return values


def _quantile(distribution: Distribution, shares: Floats) -> Floats:
    import numpy as np

    from detente.methods.offer_model.kernels.draw_kernels import COEFFICIENTS, fill_quantiles

    if distribution.form not in COMPILED_FORMS:
        return distribution.quantile(shares)
    values = np.empty(len(shares))
    parameters = _parameters(distribution)
    fill_quantiles(COMPILED_FORMS[distribution.form], parameters, np.ascontiguousarray(shares), values, COEFFICIENTS)
    return values


COMPILED = Sampler(_draw, _quantile)
