"""What pairs have at stake at the central estimates, where draws are not needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.estimate import Estimate
from detente.methods.networks.communication_graph import pair_indices
from detente.rooms.gains.model.network.actor_network import PlayerGroups
from detente.rooms.gains.model.salience import SalienceGroup, salience_groups, sum_over_groups
from detente.rooms.gains.model.simulation.batch import evaluate_batch
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.draws import NetworkDraws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PointStakes:
    """What pairs gain through a channel at the central estimates, as it weighs for each group of actors."""

    groups: tuple[SalienceGroup, ...]
    amounts: tuple[Floats, ...]
    """For each group, as shares of all at stake, shape (pairs,)."""

    def values(self, value: Callable[[Floats], Floats]) -> Floats:
        """What every actor has by some way of dividing what pairs have, which is linear in that: shape (..., actors).

        Args:
            value: From what pairs have, shape (pairs,).
        """
        return sum_over_groups(self.groups, lambda number: value(self.amounts[number]))


def point_estimate_stakes(model: ChannelModel, *channels: str) -> tuple[Floats, float]:
    """What pairs gain through a channel at the central estimates, as shares of all at stake; and the decay.

    Of several channels that are open side by side the most efficient counts; without any it is all that they have at
    stake. Issues that pairs cannot settle are left out.
    """
    import numpy as np

    draws = NetworkDraws.at_means(model.case, model.actor_network)
    everybody = SalienceGroup(None, np.ones(model.actor_network.n, dtype=bool))
    return _weighed_stakes(model, draws, everybody, channels), float(draws.decay[0])


def salient_point_stakes(model: ChannelModel, *channels: str) -> PointStakes:
    """The same as it weighs for each group of actors for whom issues weigh alike."""
    draws = NetworkDraws.at_means(model.case, model.actor_network)
    groups = salience_groups(model.case, model.actor_network)
    return PointStakes(groups, tuple(_weighed_stakes(model, draws, group, channels) for group in groups))


def _weighed_stakes(model: ChannelModel, draws: NetworkDraws, group: SalienceGroup, channels: Sequence[str]) -> Floats:
    """What pairs gain as it weighs for some actors, as shares of all that is at stake."""
    import numpy as np

    across_organisations = model.actor_network.across_organisations
    collective_issues = [name for name in model.issues if model.case.issues[name].technology]
    amount, weighed = np.zeros(len(across_organisations)), np.zeros(len(across_organisations))
    weighed_joint = np.zeros(len(across_organisations))
    for name in model.issues:
        if name not in collective_issues:
            stakes, weight = draws.pair_stakes(name), group.sample_weights(draws.parameters, name)[0]
            amount += stakes.amount[0]
            weighed += weight * stakes.amount[0]
            weighed_joint[across_organisations] += weight * stakes.joint_amount[0]
    collective_total = sum(
        float(draws.collective_stakes(name).amount[0, 0]) * model.user_count(name) for name in collective_issues
    )
    total = float(amount[model.actor_network.counted_pairs].sum()) + collective_total or 1.0
    share_undone = 1 - max((float(draws.efficiency(channel)[0]) for channel in channels), default=1.0)
    return (weighed - share_undone * weighed_joint) / total


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
