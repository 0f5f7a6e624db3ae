"""Which numbers drive the answer: those that account by themselves for a good part of what varies in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.model_draws import number_uniforms
from detente.methods.sensitivity.first_order import FirstOrderIndices, bin_draws, first_order_indices
from detente.rooms.acceptance.model.results import AcceptanceResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEADING_INDEX = 0.05
"""The part of the variance from which a number drives an answer."""
ERRORS_ABOVE = 2.0
"""By how many standard errors its index must be above 0."""


def driving_numbers(result: AcceptanceResult) -> list[str]:
    """The paths of the numbers that drive the answer in some form of the channel, by all that counts.

    A number drives it where its first-order index (Sobol' 1993) is a twentieth at least: that part of the variance
    would go if it were known, of how far the answer is from turning or of the answer itself. Indices come from the
    simulations that were made; those that lead come first.
    """
    import numpy as np

    theory, description = result.deciders.full_theory, result.deciders.description
    varying = [index for index, number in enumerate(description.numbers) if number.distribution.varies]
    if not varying:
        return []
    indices = range(result.draw_count)
    bins = bin_draws(np.stack([number_uniforms(description, index, indices) for index in varying], axis=1))
    greatest = np.zeros(len(varying))
    for variant in result.deciders.offered_variants:
        utility = result.answer_utility[variant, theory.id]
        if np.isfinite(utility).all():
            for outputs in (utility, (utility > TOLERANCE).astype(float)):
                greatest = np.maximum(greatest, _clear_indices(first_order_indices(bins, outputs)))
    order = np.argsort(-greatest, kind="stable")
    return [description.numbers[varying[place]].path for place in order if greatest[place] >= LEADING_INDEX]


def _clear_indices(found: FirstOrderIndices) -> Floats:
    """The indices that are above their errors, 0 for others, shape (numbers,)."""
    import numpy as np

    return np.where(found.index > ERRORS_ABOVE * found.standard_error, found.index, 0.0)
