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

ReroutingSign = Literal["never loses", "never gains", "unmoved", "either"]
DECAYS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)
"""The decays at which signs are looked at, as far as a case allows them."""
_TOLERANCE = 1e-12


def signs_for_any_stakes(new_shares: Floats, old_shares: Floats, decays: Sequence[float]) -> list[ReroutingSign]:
    """What rerouting brings each player for any stakes that are not negative, at each of some decays.

    Args:
        new_shares: The shares by length on the new graph, shape (lengths, players, pairs).
        old_shares: Those on the old one; the lengths may be more or fewer.
        decays: What is left of a gain for every further link.

    Example:
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson import share_operator
        >>> from detente.methods.networks.sign_bounds import signs_for_any_stakes
        >>> line, star = Graph.from_links(3, [(0, 1), (1, 2)]), Graph.from_links(3, [(0, 1), (0, 2)])
        >>> signs_for_any_stakes(share_operator(star).by_length, share_operator(line).by_length, [1.0])
        ['never loses', 'never gains', 'either']
    """
    import numpy as np

    share_differences = np.stack(
        [_shares_under_decay(new_shares, decay) - _shares_under_decay(old_shares, decay) for decay in decays]
    )
    highest, lowest = share_differences.max(axis=(0, 2)), share_differences.min(axis=(0, 2))
    return [_classify_sign(low, high) for low, high in zip(lowest, highest, strict=True)]


def _classify_sign(lowest: float, highest: float) -> ReroutingSign:
    if lowest >= -_TOLERANCE:
        return "unmoved" if highest <= _TOLERANCE else "never loses"
    return "never gains" if highest <= _TOLERANCE else "either"


def _shares_under_decay(shares: Floats, decay: float) -> Floats:
    import numpy as np

    discounted_shares: Floats = np.tensordot(decay ** np.arange(len(shares)), shares, 1)
    return discounted_shares
