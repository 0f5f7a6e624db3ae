"""Draws of uncertain numbers: the same for the same seed, however many are made, in whatever order, by whomever.

Each number has a stream of its own, keyed by the seed and the number's path in the case, and is drawn in blocks of
fixed size, each with a counter of its own (Salmon, Moraes, Dror and Shaw 2011). So a number's draws do not change when
others are added, and block 7 is the same whether or not blocks 0 to 6 were drawn.
"""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from detente.case.schema.estimate import DISTRIBUTION_FORMS, Estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DRAWS_PER_BATCH = 2_048
"""Draws in a block."""
MIN_MASS = 0.01
"""The share of a distribution that must lie where the number can lie."""


def random_stream(seed: int, key: str, batch: int) -> np.random.Generator:
    """The source of randomness of one number in one block.

    Args:
        seed: Of the whole.
        key: What is drawn, e.g. the path of a number in the case.
        batch: Which block, from 0.
    """
    import numpy as np

    key_number = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")
    return np.random.Generator(np.random.Philox(key=[seed, key_number], counter=[0, 0, 0, batch]))


def draw_block(estimate: Estimate, seed: int, key: str, batch: int, low: float, high: float) -> Floats:
    """The draws of an estimate in one block, worked out once: a what-if changes one number and asks for all.

    Args:
        estimate: The number.
        seed: Of the whole.
        key: The path of the number in the case.
        batch: From 0.
        low: The least it can be.
        high: The most it can be.

    Returns:
        Shape (DRAWS_PER_BATCH,), not to be written into.
    """
    form = next(name for name in DISTRIBUTION_FORMS if getattr(estimate, name) is not None)
    given = getattr(estimate, form)
    parameters = tuple(map(tuple, given)) if form == "discrete" else given
    return _draw_known_block(form, parameters, seed, key, batch, low, high)


@lru_cache(maxsize=2_048)
def _draw_known_block(form: str, parameters: Any, seed: int, key: str, batch: int, low: float, high: float) -> Floats:
    draws = draw_estimate(
        Estimate.model_validate({form: parameters}), random_stream(seed, key, batch), low=low, high=high
    )
    draws.flags.writeable = False
    return draws


def draw_estimate(
    estimate: Estimate,
    generator: np.random.Generator,
    size: int = DRAWS_PER_BATCH,
    low: float = -math.inf,
    high: float = math.inf,
) -> Floats:
    """Draws of an estimate; what falls outside its range is drawn again.

    Args:
        estimate: With some of its mass between `low` and `high`, as `probability_mass` tells.
        generator: Of one block, as `random_stream` gives it.
        size: How many.
        low: The least it can be.
        high: The most it can be.

    Returns:
        Shape (size,).
    """
    import numpy as np

    if estimate.value is not None:
        return np.full(size, estimate.value)
    draws = _draw_unbounded(estimate, generator, size)
    while (outside := np.flatnonzero((draws < low) | (draws > high))).size:
        draws[outside] = _draw_unbounded(estimate, generator, outside.size)
    return draws


def _draw_unbounded(estimate: Estimate, generator: np.random.Generator, size: int) -> Floats:
    import numpy as np

    if estimate.uniform:
        return generator.uniform(*estimate.uniform, size)
    if estimate.triangular:
        return generator.triangular(*estimate.triangular, size)
    if estimate.normal:
        return generator.normal(*estimate.normal, size)
    if estimate.lognormal:
        return generator.lognormal(*estimate.lognormal, size)
    if estimate.beta:
        return generator.beta(*estimate.beta, size)
    values, chances = zip(*(estimate.discrete or ()), strict=True)
    return np.asarray(generator.choice(np.array(values, dtype=float), size, p=np.array(chances) / math.fsum(chances)))


def probability_mass(estimate: Estimate, low: float, high: float) -> float:
    """How much of a distribution lies from `low` to `high`; of one that has ends either all of it or nothing."""
    if estimate.normal or estimate.lognormal:
        mean, deviation = estimate.normal or estimate.lognormal or (0, 1)

        def cumulative_probability(x: float) -> float:
            if estimate.lognormal:
                x = math.log(x) if x > 0 else -math.inf
            return (1 + math.erf((x - mean) / deviation / math.sqrt(2))) / 2

        return cumulative_probability(high) - cumulative_probability(low)
    if estimate.discrete:
        return math.fsum(p for value, p in estimate.discrete if low <= value <= high)
    bounds = estimate.bounds
    return 1.0 if low <= bounds[0] and bounds[1] <= high else 0.0
