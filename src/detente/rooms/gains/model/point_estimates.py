"""What pairs have at stake at the central estimates, where draws are not needed."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.methods.networks.communication_graph import pair_indices
from detente.rooms.gains.model.actor_network import Groups
from detente.rooms.gains.model.draws import Drawing
from detente.rooms.gains.model.model import Model, Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def central(model: Model, *channels: str) -> tuple[Floats, float]:
    """What pairs gain through a channel at the central estimates, as shares of all at stake; and the decay.

    Of several channels that are open side by side the most efficient counts; without any it is all that they have at
    stake. Issues that pairs cannot settle are left out.
    """
    import numpy as np

    across = model.arena.across
    drawing = Drawing(model.case, model.arena, 0, certain=True)
    beyond = [name for name in model.issues if model.case.issues[name].technology]
    stakes = [drawing.pairs_of(name) for name in model.issues if name not in beyond]
    amount = sum((one.amount[0] for one in stakes), np.zeros(len(across)))
    joint = np.zeros(len(across))
    joint[across] = sum((one.joint_amount[0] for one in stakes), np.zeros(int(across.sum())))
    whole = sum(float(drawing.whole_of(name).amount[0, 0]) * model.users(name) for name in beyond)
    total = float(amount[model.arena.counted].sum()) + whole or 1.0
    lost = 1 - max((float(drawing.efficiency(channel)[0]) for channel in channels), default=1.0)
    return (amount - lost * joint) / total, float(drawing.decay[0])


def on_players(n: int, amount: Floats, merged: Groups) -> tuple[Floats, Floats]:
    """What pairs of players have, where groups of actors are one player; and what such players have of themselves."""
    import numpy as np

    i, j = pair_indices(n)
    square = np.zeros((n, n))
    square[i, j] = amount
    square += square.T
    own = np.zeros(n)
    for group in merged:
        members = list(group)
        own[group[0]] = square[np.ix_(members, members)].sum() / 2
        square[group[0]] = square[members].sum(axis=0)
        square[:, group[0]] = square[:, members].sum(axis=1)
        others = members[1:]
        square[others] = square[:, others] = 0
        square[group[0], group[0]] = 0
    return square[i, j], own


def gains_at(model: Model, case: Case) -> dict[Run, Floats]:
    """What every channel brings every actor at the central estimates of a case with the same actors and channels."""
    changed: Model = copy(model)
    changed.case = case
    block = changed.block(Drawing(case, model.arena, 0, certain=True))
    found = {}
    for run in model.runs:
        base = model.run_of(model.arena.observed, run.form)
        change = (block.values[run] - block.values[base]).sum(axis=0) - block.costs[run] + block.costs[base]
        found[run] = change[0]
    return found
