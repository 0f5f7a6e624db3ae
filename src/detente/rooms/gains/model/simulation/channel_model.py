"""The channels of a year, ready to be run on draws: graphs, the shares on them, and what a channel may come to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import CHANNEL_FORMS, ChannelForm, ChannelVariant
from detente.case.schema.case import Case
from detente.methods.networks.aggregation_technology import threshold_myerson_value
from detente.methods.networks.communication_graph import Graph
from detente.rooms.gains.model.network.actor_network import ActorNetwork, PlayerGroups, player_by_actor
from detente.rooms.gains.model.network.graph_operators import (
    OperatorStack,
    ShareOperator,
    actor_share_operator,
    number_graphs,
)
from detente.rooms.gains.model.network.internal_division import member_gain_shares
from detente.rooms.gains.model.network.variants import possible_graphs
from detente.rooms.gains.model.simulation.channel_mixture import ChannelMixture, MixtureComponent
from detente.rooms.gains.model.simulation.draws import NetworkDraws, actors_of_party, issues_with_stakes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Exactness:
    """How exactly the values on graphs are known."""

    graph_count: int
    """How many graphs there are."""
    sampled_graph_count: int
    """On how many of them shares are estimated by drawing orders of arrival."""
    greatest_error: float | None
    """The greatest standard error of a share; None where all are exact."""


class ChannelModel:
    """The channels of one year, ready to be run on draws."""

    def __init__(self, case: Case, actor_network: ActorNetwork):
        self.case, self.actor_network = case, actor_network
        self.issues = issues_with_stakes(case)

    @cached_property
    def graph_positions(self) -> dict[tuple[Graph, PlayerGroups], int]:
        """Every graph that a channel may come to, with its place among all."""
        return number_graphs(self.actor_network)

    @cached_property
    def operator_stack(self) -> OperatorStack:
        """The shares on all graphs: worked out when first asked for, as who decides may be asked without."""
        n, seed = self.actor_network.n, self.case.network.seed
        operators = tuple(actor_share_operator(n, graph, merged, seed) for graph, merged in self.graph_positions)
        return OperatorStack(operators, self.actor_network.across_organisations)

    @cached_property
    def variants(self) -> list[ChannelVariant]:
        """Every channel in every form in which it is another thing."""
        return [
            ChannelVariant(channel_graphs.channel, form)
            for channel_graphs in self.actor_network.channels
            for form in CHANNEL_FORMS
            if form == "hub" or channel_graphs.has_collegiate_form
        ]

    def variant_of(self, channel: str, form: ChannelForm) -> ChannelVariant:
        """A channel in a form, or the only way it has."""
        return ChannelVariant(channel, form if self.actor_network.graphs_of(channel).has_collegiate_form else "hub")

    @cached_property
    def gain_shares(self) -> dict[tuple[int, ...], Floats]:
        """How each organisation that answers as one divides what it gains by that."""
        return {
            group: member_gain_shares(self.case, self.actor_network, name, group)
            for channel_graphs in self.actor_network.channels
            for group, name in zip(channel_graphs.merged_groups, channel_graphs.organisations, strict=True)
        }

    @cached_property
    def exactness(self) -> Exactness:
        """Whether the values were had exactly on all graphs, or on how many they were estimated, and how closely."""
        sampled_errors = [
            operator.standard_error for operator in self.operator_stack.operators if operator.method == "sampled"
        ]
        errors = [*sampled_errors, *(error for _, error in self._unit_collective_values.values() if error > 0)]
        return Exactness(len(self.graph_positions), len(sampled_errors), max(errors, default=None))

    @cached_property
    def collective_issue_values(self) -> dict[str, Floats]:
        """By issue that pairs cannot settle, its value on every graph if it is worth 1: shape (graphs, actors)."""
        return {name: value for name, (value, _) in self._unit_collective_values.items()}

    @cached_property
    def _unit_collective_values(self) -> dict[str, tuple[Floats, float]]:
        """On issues that pairs cannot settle, the value on every graph of what they are worth, and its error.

        Shape (graphs, actors).
        """
        import numpy as np

        unit_values = {}
        for name in self.issues:
            if (technology := self.case.issues[name].technology) is not None:
                users, providers = self.users_of(name), self._actors_of_parties(technology.providers)
                needed = technology.needed or len(providers)
                graph_values = [
                    threshold_myerson_value(
                        graph, player_by_actor(self.actor_network.n, merged_groups), users, providers, needed
                    )
                    for graph, merged_groups in self.graph_positions
                ]
                unit_values[name] = (
                    np.stack([value for value, _ in graph_values]),
                    max(error for _, error in graph_values),
                )
        return unit_values

    def users_of(self, issue: str) -> list[int]:
        """The actors that have the gain on an issue that pairs cannot settle; nobody on any other."""
        technology = self.case.issues[issue].technology
        return self._actors_of_parties(technology.users) if technology else []

    def user_count(self, issue: str) -> int:
        """How many actors have the gain on an issue that pairs cannot settle."""
        return len(self.users_of(issue))

    def _actors_of_parties(self, parties: list[str]) -> list[int]:
        """The actors that some parties stand for, each once."""
        return sorted({actor for party in parties for actor in actors_of_party(self.case, self.actor_network, party)})

    def channel_mixture(self, draws: NetworkDraws, variant: ChannelVariant) -> ChannelMixture:
        """The graphs that a channel may come to in a block of draws, with their chances and efficiencies."""
        channel, channel_graphs = self.case.channels[variant.channel], self.actor_network.graphs_of(variant.channel)
        exclusivity = draws.exclusivity(variant.channel)[:, None]
        opening = draws.opening(variant.channel)[:, None]
        components = []
        for possible in possible_graphs(channel_graphs, variant.form):
            is_certain = channel.displaces is None and channel.opens is None
            standing = (
                channel.displaces if possible.keeps_displaced else None,
                channel.opens if possible.has_opened else None,
            )
            components.append(
                MixtureComponent(
                    self.operator_on(possible.graph, possible.merged_groups),
                    self.graph_positions[possible.graph, possible.merged_groups],
                    1.0 if is_certain else possible.probability(exclusivity, opening),
                    self._best_efficiency(draws, variant.channel, *standing),
                    possible.merged_groups,
                )
            )
        return ChannelMixture(
            tuple(components), channel_graphs.own_graph, self.gain_shares, draws.decay, draws.link_cost
        )

    def _best_efficiency(self, draws: NetworkDraws, *channels: str | None) -> Floats:
        """What takes all members is done through whichever channel there is that gets more of it done: (draws, 1)."""
        import numpy as np

        efficiencies = [draws.efficiency(channel)[:, None] for channel in channels if channel]
        return np.max(efficiencies, axis=0) if len(efficiencies) > 1 else efficiencies[0]

    def operator_on(self, graph: Graph, merged_groups: PlayerGroups) -> ShareOperator:
        """The shares of a graph that some channel may come to."""
        return self.operator_stack.operators[self.graph_positions[graph, merged_groups]]
