"""What pairs have at stake at the central estimates, where draws are not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.channels.drawing import Drawing
from detente.channels.gains import Model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def central(model: Model, channel: str | None) -> tuple[NDArray[np.float64], float]:
    """What pairs gain through a channel at the central estimates, as shares of all at stake; and the decay.

    Issues that pairs cannot settle are left out. Without a channel, all that they have at stake.
    """
    import numpy as np

    across = model.arena.across
    drawing = Drawing(model.case, model.arena, 0, certain=True)
    stakes = [drawing.pairs_of(name) for name in model.issues if not model.case.issues[name].technology]
    amount = sum((one.amount[0] for one in stakes), np.zeros(len(across)))
    joint = np.zeros(len(across))
    joint[across] = sum((one.joint[0] for one in stakes), np.zeros(int(across.sum())))
    total = float(amount[across].sum()) or 1.0
    lost = 0.0 if channel is None else 1 - float(drawing.efficiency(channel)[0])
    return (amount - lost * joint) / total, float(drawing.decay[0])
