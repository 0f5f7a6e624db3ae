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
"""By how many standard errors its index must be above that."""


def driving_numbers(result: AcceptanceResult) -> list[str]:
    """The paths of the numbers that drive the answer by the strict test and all reasons, in any form of the channel.

    A number drives it where its first-order index (Sobol' 1993) is a twentieth at least, beyond its error: that part of
    the variance would go if it were known, of how far the answer is from turning or of the answer itself. Indices come
    from the simulations that were made; those that lead come first. One near a twentieth may be left out, for want of
    draws.
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
                greatest = np.maximum(greatest, _leading_indices(first_order_indices(bins, outputs)))
    order = np.argsort(-greatest, kind="stable")
    return [description.numbers[varying[place]].path for place in order if greatest[place] > 0]


def _leading_indices(found: FirstOrderIndices) -> Floats:
    """The indices that are clearly large enough, 0 for others, shape (numbers,)."""
    import numpy as np

    leads = found.index - ERRORS_ABOVE * found.standard_error >= LEADING_INDEX
    return np.where(leads, found.index, 0.0)
