"""What holds of a channel for any stakes: the sign of what rerouting brings, read off the shares alone.

Rerouting brings player k the sum over pairs of (share in the new graph - share in the old one) x what the pair has at
stake. If no such difference is below 0, k gains by it whatever is at stake; if none is above, k loses. Where links of k
are cut and nobody is cut off, k cannot gain (Myerson 1977, fairness).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Sign = Literal["never loses", "never gains", "unmoved", "turns on the stakes"]
DECAYS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)
"""The decays at which signs are looked at, as far as a case allows them."""
_NEAR = 1e-12


def signs(new: Floats, old: Floats, decays: Sequence[float]) -> list[Sign]:
    """What rerouting brings each player for any stakes that are not negative, at each of some decays.

    Args:
        new: The shares by length on the new graph, shape (lengths, players, pairs).
        old: Those on the old one; the lengths may be more or fewer.
        decays: What is left of a gain for every further link.
    """
    import numpy as np

    at_each = np.stack([_at(new, decay) - _at(old, decay) for decay in decays])
    highest, lowest = at_each.max(axis=(0, 2)), at_each.min(axis=(0, 2))
    return [_sign(low, high) for low, high in zip(lowest, highest, strict=True)]


def _sign(lowest: float, highest: float) -> Sign:
    if lowest >= -_NEAR:
        return "unmoved" if highest <= _NEAR else "never loses"
    return "never gains" if highest <= _NEAR else "turns on the stakes"


def _at(shares: Floats, decay: float) -> Floats:
    import numpy as np

    found: Floats = np.tensordot(decay ** np.arange(len(shares)), shares, 1)
    return found
