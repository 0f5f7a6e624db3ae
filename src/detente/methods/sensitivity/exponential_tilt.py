"""Uniforms with an exponential tilt: the density theta e^(theta u) / (e^theta - 1) on (0, 1), one theta a column.

A tilt of 0 leaves the uniform as it is, a positive one favours high values. All functions take tilts of shape
(inputs,).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NO_TILT = 1e-6
"""Tilts nearer to 0 are taken as 0; the density then differs from 1 by less than that."""
_STEEPEST = 60.0
_BELOW_ONE = 1 - 2**-53


def tilt_uniforms(uniforms: Floats, tilts: Floats) -> Floats:
    """Tilted draws from plain ones, by the quantile function; uniforms and result of shape (draws, inputs)."""
    import numpy as np

    safe = np.where(abs(tilts) < _NO_TILT, 1.0, tilts)
    tilted = np.log1p(uniforms * np.expm1(safe)) / safe
    return np.clip(np.where(abs(tilts) < _NO_TILT, uniforms, tilted), 0.0, _BELOW_ONE)


def log_tilt_density(uniforms: Floats, tilts: Floats) -> Floats:
    """The logarithm of the tilted density, which is that of tilted to plain; of shape (draws,)."""
    import numpy as np

    safe = np.where(abs(tilts) < _NO_TILT, 1.0, tilts)
    constants = np.where(abs(tilts) < _NO_TILT, 0.0, np.log(safe / np.expm1(safe)))
    return np.asarray(uniforms @ np.where(abs(tilts) < _NO_TILT, 0.0, tilts) + constants.sum())


def tilted_mean(tilts: Floats) -> Floats:
    """The mean of the tilted density: 1/(1 - e^-theta) - 1/theta; near 0 by its series."""
    import numpy as np

    safe = np.where(abs(tilts) < 1e-3, 1.0, tilts)
    return np.where(abs(tilts) < 1e-3, 0.5 + tilts / 12, 1 / -np.expm1(-safe) - 1 / safe)


def tilt_for_mean(means: Floats) -> Floats:
    """The tilts that give these means, by bisection; at most 60 either way."""
    import numpy as np

    low, high = np.full(means.shape, -_STEEPEST), np.full(means.shape, _STEEPEST)
    for _ in range(60):
        middle = (low + high) / 2
        too_low = tilted_mean(middle) < means
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    return np.asarray((low + high) / 2)
