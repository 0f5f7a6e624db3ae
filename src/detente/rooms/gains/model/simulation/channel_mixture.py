"""How the values on graphs make up what a channel brings, in one block of draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.myerson import link_costs
from detente.rooms.gains.model.network.actor_network import PlayerGroups
from detente.rooms.gains.model.network.graph_operators import ShareOperator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GraphValues:
    """Values on every graph, shape (graphs, issues, draws, actors), or without issues where they are summed."""

    amount: Floats
    """Of all that is at stake."""
    joint: Floats
    """Of what takes all members together."""

    @cached_property
    def issue_sums(self) -> GraphValues:
        """Over all issues."""
        return GraphValues(self.amount.sum(axis=1), self.joint.sum(axis=1))


@dataclass(frozen=True)
class MixtureComponent:
    """A graph that a channel may come to."""

    operator: ShareOperator
    graph_position: int
    """Of the graph among all of the arena."""
    probability: Floats | float
    """Shape (draws, 1)."""
    efficiency: Floats
    """How much of what takes all members together it gets done, shape (draws, 1)."""
    merged_groups: PlayerGroups
    """The members of each organisation that is one player in it."""


def half_link_counts(graph: Graph, member_graph: Graph, merged_groups: PlayerGroups) -> Floats:
    """Half the number of links that each player keeps up; in one that is an organisation, all between its members."""
    half = link_costs(graph, 1.0)
    for group in merged_groups:
        half[group[0]] += len(member_graph.restricted_to(sum(1 << member for member in group)).links)
    return half


@dataclass(frozen=True)
class ChannelMixture:
    """A channel in a block of draws: the graphs that it may come to."""

    components: tuple[MixtureComponent, ...]
    member_graph: Graph
    """The links of the channel among members, which keep up an organisation where it is one player, too."""
    gain_shares: Mapping[tuple[int, ...], Floats]
    decay: Floats
    link_cost: Floats

    @property
    def efficiency(self) -> Floats:
        """That of the channel as far as it stands alone."""
        return self.components[0].efficiency

    def actor_values(
        self, graph_values: GraphValues, base_values: Floats | None, efficiency: Floats | None = None
    ) -> Floats:
        """What the channel gives each actor, shape (issues, draws, actors), or (draws, actors) if summed.

        Args:
            on_graphs: The values on every graph.
            base: What each actor has in the observed channel: what an organisation gains beside that by answering as
                one is divided among its members. None to divide all that it has.
            efficiency: How much gets done of what takes all members together, if not as much as by the channel itself.
        """
        import numpy as np

        total: Floats | None = None
        for component in self.components:
            share_undone = 1 - (component.efficiency if efficiency is None else efficiency)
            value = share_undone * graph_values.joint[component.graph_position]
            np.subtract(graph_values.amount[component.graph_position], value, out=value)
            self._divide_among_members(value, base_values, component.merged_groups)
            value *= component.probability
            total = value if total is None else total + value
        assert total is not None
        return total

    def _divide_among_members(self, value: Floats, base_values: Floats | None, merged_groups: PlayerGroups) -> None:
        """Divides what each organisation that is one player has beside the base among its members, in place."""
        for group in merged_groups:
            members = list(group)
            group_value = value[..., members].sum(axis=-1, keepdims=True)
            members_before = 0.0 if base_values is None else base_values[..., members]
            group_gain = (
                group_value
                if base_values is None
                else group_value - base_values[..., members].sum(axis=-1, keepdims=True)
            )
            value[..., members] = members_before + group_gain * self.gain_shares[group]

    def actor_link_costs(self, base_costs: Floats | None) -> Floats:
        """What links cost each actor, who bears half of each of its own, shape (draws, actors).

        What an organisation saves or adds beside the base by answering as one is divided like its gains.
        """
        total = 0.0 * self.decay[:, None]
        for component in self.components:
            component_costs = (
                half_link_counts(component.operator.graph, self.member_graph, component.merged_groups)
                * self.link_cost[:, None]
            )
            self._divide_among_members(component_costs, base_costs, component.merged_groups)
            total = total + component.probability * component_costs
        return total

    def mean_brokerage(self, pair_stakes: Floats, draw_count: int) -> Floats:
        """What an actor has for joining others who gain; the mean over the first draws, shape (actors,).

        Args:
            summed: What pairs have at stake, and what of it takes all members together: shape (2, draws, pairs).
            count: How many draws count.
        """
        import numpy as np

        total = np.zeros(self.member_graph.n)
        for component in self.components:
            amount = component.probability * (pair_stakes[0] - (1 - component.efficiency) * pair_stakes[1])
            lengths = range(len(component.operator.shares_by_length))
            mean = np.stack([(self.decay[:, None] ** length * amount)[:draw_count].mean(axis=0) for length in lengths])
            component_brokerage = (
                component.operator.shares_by_length * mean[:, None, :] * ~component.operator.own_gain_mask
            ).sum(axis=(0, 2))
            for group in component.merged_groups:
                component_brokerage[list(group)] = component_brokerage[group[0]] * self.gain_shares[group]
            total += component_brokerage
        return total
