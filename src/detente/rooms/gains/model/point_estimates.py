"""What pairs have at stake at the central estimates, where draws are not needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.schema.estimate import Estimate
from detente.methods.networks.communication_graph import pair_indices
from detente.methods.networks.gravity_stakes import compute_issue_stakes
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import ModelDraws, mean_numbers
from detente.methods.offer_model.stakes import (
    SalienceGroup,
    collective_stakes,
    group_weights,
    salience_groups,
    sum_over_groups,
)
from detente.rooms.gains.model.network.actor_network import PlayerGroups
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

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

    draws = mean_numbers(model.description_without_graphs)
    everybody = SalienceGroup((None,) * len(draws.network.issues), np.ones(model.actor_network.n, dtype=bool))
    return _weighed_stakes(draws, everybody, channels), float(draws.values[draws.network.decay, 0])


def salient_point_stakes(model: ChannelModel, *channels: str) -> PointStakes:
    """The same as it weighs for each group of actors for whom issues weigh alike."""
    draws = mean_numbers(model.description_without_graphs)
    groups = salience_groups(draws.network)
    return PointStakes(groups, tuple(_weighed_stakes(draws, group, channels) for group in groups))


def _weighed_stakes(draws: ModelDraws, group: SalienceGroup, channels: Sequence[str]) -> Floats:
    """What pairs gain as it weighs for some actors, as shares of all that is at stake."""
    import numpy as np

    network, across = draws.network, draws.network.across_pairs
    amount, weighed, weighed_joint = (np.zeros(len(across)) for _ in range(3))
    collective_total = 0.0
    for number, issue in enumerate(network.issues):
        if issue.collective:
            collective_total += float(collective_stakes(draws, number).amount[0, 0]) * len(issue.collective.users)
            continue
        weights, parameters = draws.pair_weights(number), draws.stake_parameters(number)
        stakes = compute_issue_stakes(weights, *parameters, draws.pair_threat, across)
        weight = group_weights(group, draws, number)[0]
        amount += stakes.amount[0]
        weighed += weight * stakes.amount[0]
        weighed_joint[across] += weight * stakes.joint_amount[0]
    total = float(amount[network.counted_pairs].sum()) + collective_total or 1.0
    places = [place for place, channel in enumerate(network.channels) if channel.id in channels]
    share_undone = 1 - max((float(draws.efficiency(place)[0]) for place in places), default=1.0)
    return np.asarray((weighed - share_undone * weighed_joint) / total)


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
    batch = evaluate_gains(mean_numbers(model.description_under(threat)))
    return {variant: batch.gains(variant)[0] for variant in model.variants}
