"""Who can sway whom, and who stands together: the measures of MACTOR (Godet 1991).

Judgements A_ij from 0 to 4 say how far actor i can sway actor j; P_ik from -4 to 4 where i stands on objective k. What
one can do by way of others is added,

    B_ij = A_ij + sum over k of min(A_ik, A_kj)

so that I_i, the sum over others of B_ij, is all the influence of i, and D_i, that of B_ji, all that it depends on. Its
strength counts influence and independence,

    r_i = (I_i - B_ii) / sum I x I_i / (I_i + D_i),    r*_i = n r_i / sum r.

In the first published form the way by others is a product (1991; from memory), and whether what one sways in oneself is
taken off is told in two ways; both can be had. Positions weigh by r* where strength is to count: x_ik = r*_i P_ik. Two
converge on an objective by the mean of |x| where they stand on the same side, and diverge where not. An actor is
ambivalent to others so far as it does both with them. That influence can be read off such judgements is an assumption:
an actor that is entered as two gets more, and one that sways more can be told as weaker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

IndirectForm = Literal["least", "product"]
"""How much of a way by another counts: the lesser of its two steps, or their product."""
PositionScale = Literal["sign", "stated", "by-strength"]
"""Whether positions count as for and against, as stated, or weighed by strength (1MAO, 2MAO and 3MAO)."""


@dataclass(frozen=True)
class ActorInfluence:
    """What actors can do to each other, directly and by way of others.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.actor_influence import ActorInfluence
        >>> influence = ActorInfluence(np.array([[1.0, 3.0], [1.0, 1.0]]))
        >>> influence.influence.tolist(), influence.dependence.tolist(), influence.strength.round(3).tolist()
        ([3.0, 1.0], [1.0, 3.0], [2.0, 0.0])
    """

    matrix: Floats
    """B, shape (..., actors, actors): how far the one of the row sways the one of the column."""
    takes_self_off: bool = True
    """Whether what an actor sways in itself is taken off its influence once more."""

    @property
    def self_influence(self) -> Floats:
        """What each sways in itself by way of others, shape (..., actors)."""
        import numpy as np

        return np.diagonal(self.matrix, axis1=-2, axis2=-1)

    @property
    def influence(self) -> Floats:
        """I: what each sways in others, shape (..., actors)."""
        swayed: Floats = self.matrix.sum(axis=-1) - self.self_influence
        return swayed

    @property
    def dependence(self) -> Floats:
        """D: what others sway in each, shape (..., actors)."""
        swaying: Floats = self.matrix.sum(axis=-2) - self.self_influence
        return swaying

    @property
    def strength(self) -> Floats:
        """r*: influence and independence together, 1 on average, shape (..., actors)."""
        import numpy as np

        influence, dependence = self.influence, self.dependence
        own = influence - self.self_influence if self.takes_self_off else influence
        involved = influence + dependence
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(involved > 0, influence / np.where(involved > 0, involved, 1.0), 0.0)
            plain = own / influence.sum(axis=-1, keepdims=True) * share
            return np.asarray(plain.shape[-1] * plain / plain.sum(axis=-1, keepdims=True))


def add_indirect_influence(direct: Floats, form: IndirectForm = "least", takes_self_off: bool = True) -> ActorInfluence:
    """What actors can do to each other, with what they can by way of one other.

    Args:
        direct: A, shape (..., actors, actors), nothing on the diagonal.
        form: How much of a way by another counts.
        takes_self_off: Whether what an actor sways in itself is taken off its influence once more.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.actor_influence import add_indirect_influence
        >>> influence = add_indirect_influence(np.array([[0.0, 3.0], [1.0, 0.0]]))
        >>> influence.matrix.tolist(), influence.influence.tolist(), influence.dependence.tolist()
        ([[1.0, 3.0], [1.0, 1.0]], [3.0, 1.0], [1.0, 3.0])
    """
    import numpy as np

    direct = np.asarray(direct, dtype=float)
    if form == "product":
        return ActorInfluence(direct + direct @ direct, takes_self_off)
    by_others = np.zeros_like(direct)
    for other in range(direct.shape[-1]):
        by_others += np.minimum(direct[..., :, other, None], direct[..., None, other, :])
    return ActorInfluence(direct + by_others, takes_self_off)


def scale_positions(positions: Floats, strength: Floats, scale: PositionScale) -> Floats:
    """Positions as they count.

    Args:
        positions: P, shape (..., actors, objectives).
        strength: r*, shape (..., actors).
        scale: How they count.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.actor_influence import scale_positions
        >>> scale_positions(np.array([[2.0, -3.0]]), np.array([0.5]), "by-strength").tolist()
        [[1.0, -1.5]]
    """
    import numpy as np

    if scale == "sign":
        return np.sign(positions)
    return positions if scale == "stated" else strength[..., :, None] * positions


@dataclass(frozen=True)
class ActorAlignment:
    """Who stands with whom, and how far all are stirred.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.actor_influence import ActorAlignment
        >>> alignment = ActorAlignment(np.array([[0.0, 3.0], [3.0, 0.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]))
        >>> alignment.distance[0, 1].item(), alignment.ambivalence.tolist()
        (2.0, [0.5, 0.5])
    """

    convergence: Floats
    """Shape (..., actors, actors), nothing on the diagonal."""
    divergence: Floats
    """Likewise."""

    @property
    def distance(self) -> Floats:
        """Convergence less divergence, shape (..., actors, actors)."""
        return self.convergence - self.divergence

    @property
    def ambivalence(self) -> Floats:
        """How far each both converges with others and diverges from them, from 0 to 1, shape (..., actors)."""
        import numpy as np

        apart = np.abs(self.distance).sum(axis=-1)
        together = (self.convergence + self.divergence).sum(axis=-1)
        return np.where(together > 0, 1 - apart / np.where(together > 0, together, 1.0), 0.0)


def align_actors(positions: Floats) -> ActorAlignment:
    """Who stands with whom.

    Args:
        positions: As they count, shape (..., actors, objectives).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.actor_influence import align_actors
        >>> alignment = align_actors(np.array([[2.0, 1.0], [4.0, -1.0]]))
        >>> alignment.convergence[0, 1], alignment.divergence[0, 1], alignment.ambivalence.tolist()
        (np.float64(3.0), np.float64(1.0), [0.5, 0.5])
    """
    import numpy as np

    one, other = positions[..., :, None, :], positions[..., None, :, :]
    size = (np.abs(one) + np.abs(other)) / 2
    different = ~np.eye(positions.shape[-2], dtype=bool)
    sides = np.sign(one) * np.sign(other)
    convergence = np.where(sides > 0, size, 0.0).sum(axis=-1) * different
    divergence = np.where(sides < 0, size, 0.0).sum(axis=-1) * different
    return ActorAlignment(convergence, divergence)


def mobilisation(positions: Floats) -> tuple[Floats, Floats]:
    """How much stands for each objective, and how much against it.

    Args:
        positions: As they count, shape (..., actors, objectives).

    Returns:
        Each of shape (..., objectives).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.actor_influence import mobilisation
        >>> [side.tolist() for side in mobilisation(np.array([[2.0, 1.0], [4.0, -1.0]]))]
        [[6.0, 1.0], [0.0, 1.0]]
    """
    import numpy as np

    return np.maximum(positions, 0).sum(axis=-2), np.maximum(-positions, 0).sum(axis=-2)
