"""The draws of one number, kept for whoever asks again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from detente.methods.sampling.distributions import Distribution
from detente.methods.sampling.keyed_hypercube import hypercube_uniforms, stream_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWS_PER_BATCH = 2_048
"""Draws that are worked out at once, where they are many."""


def draw_number(distribution: Distribution, seed: int, name: str, indices: range) -> Floats:
    """The draws of a number, shape (draws,), not to be written into.

    Those of a batch are kept: what a what-if leaves as it is has the very same draws.

    Args:
        distribution: Of the number.
        seed: Of the whole.
        name: Of the number's stream, such as its path in a case.
        indices: Which draws, one after another.

    Example:
        >>> from detente.methods.sampling.distributions import Distribution
        >>> from detente.methods.sampling.number_draws import draw_number
        >>> draw_number(Distribution("uniform", (0.0, 1.0)), 1, "network.gravity", range(2)).round(4).tolist()
        [0.6737, 0.6271]
    """
    draw = _draw if len(indices) > DRAWS_PER_BATCH else _draw_and_keep
    return draw(distribution, seed, name, indices.start, len(indices))


def _draw(distribution: Distribution, seed: int, name: str, start: int, count: int) -> Floats:
    return distribution.quantile(hypercube_uniforms(start, count, stream_keys(seed, name)))


@lru_cache(maxsize=1_024)
def _draw_and_keep(distribution: Distribution, seed: int, name: str, start: int, count: int) -> Floats:
    draws = _draw(distribution, seed, name, start, count)
    draws.flags.writeable = False
    return draws
