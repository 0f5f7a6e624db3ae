"""What each pair of actors has to gain from each other on an issue, from capabilities, exposure and threat.

    s_ij = (sigma + lambda T_ij) x_i x_j (cap_i cap_j / c)^eta

where sigma is what is at stake for the pair across organisations that can do most (whose product of capabilities is c),
eta how far capability counts, x how far the issue concerns an actor, lambda what a grave threat would add and T_ij the
threat that both perceive, the lesser of the two. Of the stakes a part takes all members together: a share m of sigma,
and all that a threat adds. The form is that of gravity models of trade (Tinbergen 1962), transferred by us.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import pair_indices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TOLERANCE = 1e-9
"""Shares of all that is at stake that are nothing but rounding."""


@dataclass(frozen=True)
class IssueStakes:
    """What is at stake on one issue, a row a draw: for each pair, or as one amount where pairs cannot settle it."""

    amount: Floats
    """All of it, shape (draws, pairs)."""
    joint_amount: Floats
    """What of it takes all members together: of pairs without an organisation in common, shape (draws, such pairs)."""


def gravity_weight(
    capability: Floats, exponent: Floats, reference_product: float, departure: Floats | None = None
) -> Floats:
    """How much the capabilities of two weigh in what they can gain from each other.

    Args:
        capability: Shape (actors,); an actor that has none can gain nothing.
        exponent: Shape (draws,).
        reference_product: The product of capabilities that counts as 1.
        departure: Of each pair, on a logarithmic scale, shape (draws, pairs); None for none.

    Returns:
        Shape (draws, pairs).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.gravity_stakes import gravity_weight
        >>> gravity_weight(np.array([4.0, 1.0, 1.0]), np.array([0.5]), reference_product=4.0).round(4).tolist()
        [[1.0, 1.0, 0.5]]
    """
    import numpy as np

    i, j = pair_indices(len(capability))
    with np.errstate(divide="ignore"):
        log_product = np.log(capability[i]) + np.log(capability[j]) - np.log(reference_product)
    has_capability = np.isfinite(log_product)
    weight: Floats = exponent[:, None] * np.where(has_capability, log_product, 0.0)
    if departure is not None:
        weight += departure
    np.exp(weight, out=weight)
    if not has_capability.all():
        weight *= has_capability
    return weight


def common_threat(threat: Floats) -> Floats:
    """The threat that both of two perceive: the lesser. Shape (draws, actors) to (draws, pairs).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.gravity_stakes import common_threat
        >>> common_threat(np.array([[0.2, 0.8, 0.5]])).tolist()
        [[0.2, 0.2, 0.5]]
    """
    import numpy as np

    i, j = pair_indices(threat.shape[1])
    return np.minimum(threat[:, i], threat[:, j])


def compute_issue_stakes(
    pair_weights: Floats,
    base_stakes: Floats,
    threat_effect: Floats,
    multilateral_share: Floats,
    pair_threat: Floats | None,
    cross_organisation: NDArray[np.bool_],
) -> IssueStakes:
    """What is at stake on an issue, and what of it takes all members together.

    Args:
        pair_weights: What pairs weigh, shape (draws, pairs).
        base_stakes: sigma, shape (draws,).
        threat_effect: lambda, shape (draws,).
        multilateral_share: m, shape (draws,), from 0 to 1.
        pair_threat: T, shape (draws, pairs); None where nobody perceives any.
        cross_organisation: The pairs that have no organisation in common.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.gravity_stakes import compute_issue_stakes
        >>> weights, cross = np.array([[1.0, 0.5, 0.5]]), np.array([True, False, True])
        >>> base, threat, share = np.array([10.0]), np.array([0.0]), np.array([0.4])
        >>> compute_issue_stakes(weights, base, threat, share, None, cross).joint_amount.tolist()
        [[4.0, 2.0]]
    """
    joint_stakes = multilateral_share * base_stakes
    if pair_threat is None:
        return IssueStakes(
            pair_weights * base_stakes[:, None], pair_weights[:, cross_organisation] * joint_stakes[:, None]
        )
    threat_stakes = threat_effect[:, None] * pair_threat
    return IssueStakes(
        pair_weights * (base_stakes[:, None] + threat_stakes),
        pair_weights[:, cross_organisation] * (joint_stakes[:, None] + threat_stakes[:, cross_organisation]),
    )
