"""Numbers that go up and down together: one common factor for a group, by a normal copula.

    z_k = s_k sqrt(r) f + sqrt(1 - r) e_k,      r = 2 sin(pi rho / 6)

with rho the rank correlation of two of the group that go the same way (Kruskal 1958 gives r), s_k = 1, or -1 for one
that goes the other way, f the factor that all share, and e_k its own. A member more leaves the draws of the others as
they are, and any group is possible, which is not so for correlations given pair by pair.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from detente.methods.sampling.normal_quantile import normal_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def correlated_uniforms(own: Floats, common: Floats, rank_correlation: float, is_opposed: bool = False) -> Floats:
    """Draws of a member of a group as shares between 0 and 1.

    Args:
        own: Its own draws, shares between 0 and 1, shape (draws,).
        common: Those of the factor of the group, of the same shape.
        rank_correlation: Spearman's, of two members that go the same way, from 0 to 1.
        is_opposed: Whether it goes down where most of the group go up.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sampling.correlated_draws import correlated_uniforms
        >>> common = np.array([0.1, 0.8])
        >>> correlated_uniforms(np.array([0.5, 0.5]), common, 1.0, is_opposed=True).round(4).tolist()
        [0.9, 0.2]
    """
    import numpy as np
    from scipy.special import ndtr

    shared = min(2 * math.sin(math.pi * rank_correlation / 6), 1.0)
    sign = -1.0 if is_opposed else 1.0
    return np.asarray(
        ndtr(sign * math.sqrt(shared) * normal_quantile(common) + math.sqrt(1 - shared) * normal_quantile(own))
    )
