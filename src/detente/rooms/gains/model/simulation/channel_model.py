"""The channels of a year, ready to be run on draws: graphs, the shares on them, and what a channel may come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.methods.networks.aggregation_technology import threshold_myerson_value
from detente.methods.networks.communication_graph import Graph
from detente.methods.offer_model.channel_variants import CHANNEL_FORMS, ChannelForm, ChannelVariant
from detente.methods.offer_model.description import DESCRIPTION_VERSION, ModelDescription
from detente.methods.offer_model.graph_operators import player_by_actor
from detente.rooms.gains.model.describe_network import NetworkSource, NumberRegister, describe_network
from detente.rooms.gains.model.network.actor_network import ActorNetwork, PlayerGroups
from detente.rooms.gains.model.network.graph_operators import ShareOperator, actor_share_operator, number_graphs
from detente.rooms.gains.model.network.internal_division import member_gain_shares
from detente.rooms.gains.model.network.parties import actors_of_parties, issues_with_stakes

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
    def operators(self) -> tuple[ShareOperator, ...]:
        """The shares on all graphs: worked out when first asked for, as who decides may be asked without."""
        n, seed = self.actor_network.n, self.case.network.seed
        return tuple(actor_share_operator(n, graph, merged, seed) for graph, merged in self.graph_positions)

    @cached_property
    def description(self) -> ModelDescription:
        """The model as data, as far as gains go."""
        return self.description_under(self.case.threat)

    @cached_property
    def two_sided_threat_description(self) -> ModelDescription:
        """The same where either side has a threat of its own, for levers that set how much each perceives."""
        return self.description_under(perceived_threats(self.case))

    @cached_property
    def description_without_graphs(self) -> ModelDescription:
        """The same without any way to deal, for what is at stake: graphs of many actors are dear."""
        source = NetworkSource(self.case, self.actor_network, self.issues, [], {}, [], {}, {})
        return self._describe(source, self.case.threat)

    def description_under(self, threat: Mapping[str, Estimate]) -> ModelDescription:
        """The same where others perceive a threat than the case says."""
        source = NetworkSource(
            self.case,
            self.actor_network,
            self.issues,
            self.variants,
            self.graph_positions,
            self.operators,
            self.gain_shares,
            self.collective_issue_values,
        )
        return self._describe(source, threat)

    def _describe(self, source: NetworkSource, threat: Mapping[str, Estimate]) -> ModelDescription:
        register = NumberRegister(self.case)
        network = describe_network(source, register, threat)
        settings = self.case.network
        return ModelDescription(
            version=DESCRIPTION_VERSION,
            seed=settings.seed,
            sampling=settings.sampling,
            numbers=register.numbers,
            together=register.together,
            network=network,
            decision=None,
        )

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
        sampled_errors = [operator.standard_error for operator in self.operators if operator.method == "sampled"]
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
                users = self.users_of(name)
                providers = actors_of_parties(self.case, self.actor_network, technology.providers)
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
        return actors_of_parties(self.case, self.actor_network, technology.users) if technology else []

    def user_count(self, issue: str) -> int:
        """How many actors have the gain on an issue that pairs cannot settle."""
        return len(self.users_of(issue))

    def operator_on(self, graph: Graph, merged_groups: PlayerGroups) -> ShareOperator:
        """The shares of a graph that some channel may come to."""
        return self.operators[self.graph_positions[graph, merged_groups]]


def perceived_threats(case: Case) -> dict[str, Estimate]:
    """What everybody perceives of a threat, either side's own always among it."""
    return {**dict.fromkeys(case_sides(case) or (), Estimate(value=0)), **case.threat}
