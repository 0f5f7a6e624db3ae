"""Theories as parameters of one utility: what an actor makes of who gains how much.

    U_i = gain_i - sum_j k_ij (gain_j - gain_i) + advantage_i - autonomy_i - fear_i P_i + (shield_i - norms_i) chi

where k_ij is how much i minds what j gains beyond itself (Grieco 1988, who has one k for one rival), P_i the power of
those it fears (`balance_of_threat`), and chi the exclusivity of a channel; an advantage (being recognised, or what else
dealing as such brings, below 0 what it costs), autonomy and fear may shrink where a channel is not exclusive, or not
deep; in matrix form U = (I + diag(K 1) - K) gain + n. It is linear in its parts, so a theory is a set of terms that are
added to the gains, and a theory without any is that of absolute gains. Concern for relative gains, recognition,
autonomy and fear are realist, norms and shield constructivist. That a theory says no more is our reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def relative_gains_term(gains: Floats, own_gains: Floats, concern: Floats, own_weight: Floats | None = None) -> Floats:
    """What the concern for relative gains adds to each utility.

    Args:
        gains: Of all actors, shape (..., actors).
        own_gains: The gain of each whose utility is asked for, shape (..., voices): the actors themselves, or several
            that see the same gain with other eyes.
        concern: k, how much each minds what each actor gains, shape (..., voices, actors). Who compares itself with
            several taken as one minds what each of them gains by as much.
        own_weight: How often each counts its own gain against what others gain: the sum of k over those with whom it
            compares itself, of the shape of `own_gains`. Unless given, each actor is compared with by itself.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.relative_gains import relative_gains_term
        >>> gains, concern = np.array([3.0, 5.0]), np.array([[0.0, 0.5], [0.0, 0.0]])
        >>> relative_gains_term(gains, gains, concern).tolist()
        [-1.0, 0.0]
    """
    import numpy as np

    effective_weight = concern.sum(axis=-1) if own_weight is None else own_weight
    others_gains: Floats = np.einsum("...vn,...n->...v", concern, gains)
    return effective_weight * own_gains - others_gains


def remaining_share(by_exclusivity: Floats | float, by_depth: Floats | float) -> Floats | float:
    """How much of recognition, or of the cost of being bound, is left by a channel that binds to less.

    What the one takes the other does not take again: (1 - a) (1 - b). That it is a product is our assumption.

    Args:
        by_exclusivity: The share that goes for want of exclusivity, from 0 to 1.
        by_depth: The share that goes for want of depth, from 0 to 1.

    Example:
        >>> from detente.methods.bargaining.relative_gains import remaining_share
        >>> remaining_share(0.5, 0.5), remaining_share(0.0, 0.0)
        (0.25, 1.0)
    """
    return (1 - by_exclusivity) * (1 - by_depth)


def actor_utilities(gains: Floats, concern: Floats, nongain_terms: Floats) -> Floats:
    """The utility of every actor, where each compares itself with single actors.

    Args:
        gains: Shape (..., actors).
        concern: k_ij, shape (..., actors, actors); the diagonal does not count.
        nongain_terms: n, all that does not depend on gains, shape (..., actors).

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.relative_gains import actor_utilities
        >>> concern = np.array([[0.0, 0.5], [0.0, 0.0]])
        >>> actor_utilities(np.array([3.0, 5.0]), concern, np.array([0.0, 1.0])).tolist()  # 3 - 0.5 (5 - 3), and 5 + 1
        [2.0, 6.0]
    """
    return gains + relative_gains_term(gains, gains, concern) + nongain_terms


def concern_under_threat(concern: Floats | float, threat: Floats) -> Floats:
    """The concern for relative gains, or the fear of others' power, that is left under a common threat: k (1 - T).

    Rivals mind each other's gains as far as the rivalry is what endangers them (motivated by Powell 1991, who derives
    the concern from what constrains the use of force; the linear form is ours).

    Args:
        concern: k.
        threat: What those who compare themselves perceive in common, from 0 to 1.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.relative_gains import concern_under_threat
        >>> concern_under_threat(np.array([0.8]), np.array([0.75])).round(3).tolist()
        [0.2]
    """
    return concern * (1 - threat)
