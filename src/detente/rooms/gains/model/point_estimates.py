"""What pairs have at stake at the central estimates, where draws are not needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.estimate import Estimate
from detente.methods.networks.communication_graph import pair_indices
from detente.rooms.gains.model.network.actor_network import PlayerGroups
from detente.rooms.gains.model.simulation.batch import evaluate_batch
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.draws import NetworkDraws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def point_estimate_stakes(model: ChannelModel, *channels: str) -> tuple[Floats, float]:
    """What pairs gain through a channel at the central estimates, as shares of all at stake; and the decay.

    Of several channels that are open side by side the most efficient counts; without any it is all that they have at
    stake. Issues that pairs cannot settle are left out.
    """
    import numpy as np

    across_organisations = model.actor_network.across_organisations
    draws = NetworkDraws.at_means(model.case, model.actor_network)
    collective_issues = [name for name in model.issues if model.case.issues[name].technology]
    stakes = [draws.pair_stakes(name) for name in model.issues if name not in collective_issues]
    amount = sum((issue_stakes.amount[0] for issue_stakes in stakes), np.zeros(len(across_organisations)))
    joint_amount = np.zeros(len(across_organisations))
    joint_amount[across_organisations] = sum(
        (issue_stakes.joint_amount[0] for issue_stakes in stakes), np.zeros(int(across_organisations.sum()))
    )
    collective_total = sum(
        float(draws.collective_stakes(name).amount[0, 0]) * model.user_count(name) for name in collective_issues
    )
    total = float(amount[model.actor_network.counted_pairs].sum()) + collective_total or 1.0
    share_undone = 1 - max((float(draws.efficiency(channel)[0]) for channel in channels), default=1.0)
    return (amount - share_undone * joint_amount) / total, float(draws.decay[0])


def merge_pairs_to_players(n: int, amount: Floats, merged_groups: PlayerGroups) -> tuple[Floats, Floats]:
    """What pairs of players have, where groups of actors are one player; and what such players have of themselves."""
    import numpy as np

    i, j = pair_indices(n)
    matrix = np.zeros((n, n))
    matrix[i, j] = amount
    matrix += matrix.T
    own_amount = np.zeros(n)
    for group in merged_groups:
        members = list(group)
        own_amount[group[0]] = matrix[np.ix_(members, members)].sum() / 2
        matrix[group[0]] = matrix[members].sum(axis=0)
        matrix[:, group[0]] = matrix[:, members].sum(axis=1)
        other_members = members[1:]
        matrix[other_members] = matrix[:, other_members] = 0
        matrix[group[0], group[0]] = 0
    return matrix[i, j], own_amount


def point_estimate_gains(model: ChannelModel, threat: Mapping[str, Estimate]) -> dict[ChannelVariant, Floats]:
    """What every channel brings every actor at the central estimates, where so much of a threat is perceived."""
    batch = evaluate_batch(model, NetworkDraws.at_means(model.case, model.actor_network, threat=threat))
    return {variant: batch.gains(variant)[0] for variant in model.variants}
