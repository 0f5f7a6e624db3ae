"""What a party has with partners beyond the channels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.gains.model.network.build_network import party_capability
from detente.rooms.gains.model.salience import actor_salience, salience_groups
from detente.rooms.gains.model.simulation.draws import NetworkDraws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def direct_gains(deciders: DecisionMakers, draws: NetworkDraws, partners: Sequence[str], actor: int) -> Floats:
    """What an actor gains by dealing with partners beyond the channels, in the units of the case, shape (draws,).

    Half of what is at stake with each, as between two who deal directly (Myerson 1977), less what dealings with one at
    a time leave undone; as each issue weighs for the actor.
    """
    import numpy as np

    case, actor_network, total = deciders.case, deciders.actor_network, np.zeros(draws.draw_count)
    partner_capabilities = [party_capability(case, actor_network.year, partner) or 0.0 for partner in partners]
    share_undone = 1 - draws.efficiency(actor_network.observed_channel)
    groups = salience_groups(case, actor_network)
    for name in deciders.model.issues:
        if case.issues[name].technology is None:
            stakes, _, joint_share = draws.stake_parameters(name)
            salience = actor_salience(groups, draws.parameters, name)
            weighed_stakes = stakes if salience is None else stakes * salience[:, actor]
            for partner_capability in partner_capabilities:
                weight = draws.weight_of_product(name, actor_network.capabilities[actor] * partner_capability)
                total += weighed_stakes * weight * (1 - joint_share * share_undone) / 2
    return total
