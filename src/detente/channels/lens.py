"""Theories as parameters of one utility: what an actor makes of who gains how much.

    U_i = gain_i - sum_j k_ij (gain_j - gain_i) + recognition_i - autonomy_i + (shield_i - norms_i) chi

where k_ij is how much i minds what j gains beyond itself (Grieco 1988, who has one k for one rival), and chi the
exclusivity of a channel. With nothing but gains it is the liberal utility of absolute gains; concern for relative
gains, recognition and autonomy are realist, norms and shield constructivist. That a theory says no more is our reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Lens:
    """What a theory has actors care for. Arrays may carry a leading axis of draws."""

    relative: Floats
    """k_ij, shape (..., actors, actors); the diagonal is not looked at."""
    recognition: Floats
    """What being dealt with through the channel is worth to each actor by itself, shape (..., actors)."""
    norms: Floats
    """What an actor loses of its hold on others' conduct, or of its norms, in proportion to exclusivity."""
    autonomy: Floats
    """What being bound costs an actor."""
    shield: Floats
    """What an actor gains by being shielded from conditions, in proportion to exclusivity."""


def absolute(n: int) -> Lens:
    """The lens of absolute gains: nothing else counts."""
    import numpy as np

    none = np.zeros(n)
    return Lens(np.zeros((n, n)), none, none, none, none)


def utilities(gains: Floats, lens: Lens, exclusivity: Floats | float = 1.0) -> Floats:
    """What actors make of gains.

    Args:
        gains: Shape (..., actors).
        lens: The theory.
        exclusivity: chi, shape (...).

    Returns:
        Shape (..., actors).
    """
    import numpy as np

    concern = lens.relative * ~np.eye(gains.shape[-1], dtype=bool)
    minded = gains * concern.sum(axis=-1) - (concern @ gains[..., None])[..., 0]
    chi = np.asarray(exclusivity)[..., None]
    found: Floats = gains + minded + lens.recognition - lens.autonomy + (lens.shield - lens.norms) * chi
    return found


def under_threat(relative: Floats, threat: Floats) -> Floats:
    """The concern for relative gains that is left under a common threat: k (1 - T).

    Rivals mind each other's gains as far as the rivalry is what endangers them (motivated by Powell 1991, who derives
    the concern from what constrains the use of force; the linear form is ours).

    Args:
        relative: k_ij, shape (..., actors, actors).
        threat: What each two perceive in common, from 0 to 1, of the same shape.
    """
    return relative * (1 - threat)
