"""The same gains by other values, other decays, other players: how far they turn on the concept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from detente.methods.networks.coalitional_games import shapley_value, weighted_shapley_value
from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.network_formation import (
    MAX_LINKS,
    MAX_PLAYERS_FOR_VALUES,
    pairwise_network_worth,
    path_lengths,
    position_value,
    subnetwork_masks,
)
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.model_draws import mean_numbers
from detente.rooms.gains.model.network.actor_network import ActorNetwork, PlayerGroups
from detente.rooms.gains.model.network.build_network import InternalLinks, build_actor_network
from detente.rooms.gains.model.network.variants import possible_graphs
from detente.rooms.gains.model.point_estimates import (
    PointStakes,
    merge_pairs_to_players,
    point_estimate_stakes,
    salient_point_stakes,
)
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.results import YearGains

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    ValueFunction = Callable[[Graph, PlayerGroups, Floats], Floats]

PRINTED_TOLERANCE = 5e-5
"""Gains below this are no gain either way: they would be printed as 0."""
DECAYS_VARIED = (1.0, 0.9, 0.7)
"""What each further link leaves of a gain."""
CAPABILITY_POWERS = (0.5, 1.0)
"""The powers of capability that weigh players."""


@dataclass(frozen=True)
class SolutionConcept:
    """A way of working out a channel's gains."""

    kind: Literal[
        "myerson",
        "myerson_at_decay",
        "position",
        "weighted_myerson",
        "independent_survival",
        "equal_division",
        "organisation_as_members",
    ]
    decay: float
    """What each further link leaves of a gain."""
    power: float | None = None
    """The power of capability that weighs players, where it does."""
    organisation: str | None = None
    """The organisation that is taken as its members."""
    internal_links: InternalLinks | None = None
    """How these are linked."""
    member_count: int | None = None
    """How many they are."""


@dataclass(frozen=True)
class ConceptGains:
    """The gains by a channel at the central estimates, worked out one way."""

    concept: SolutionConcept
    gains: Floats
    """Before the costs of links, as shares of all that is at stake, shape (actors,)."""

    def opposes(self, other: ConceptGains, actors: list[int]) -> bool:
        """Whether any of some actors gains by one way of working it out and loses by the other."""
        own_gains, other_gains = self.gains[actors], other.gains[actors]
        return bool(
            (
                (own_gains > PRINTED_TOLERANCE) & (other_gains < -PRINTED_TOLERANCE)
                | (own_gains < -PRINTED_TOLERANCE) & (other_gains > PRINTED_TOLERANCE)
            ).any()
        )


def gains_by_concept(year: YearGains, channel: str) -> Mapping[ChannelVariant, list[ConceptGains]]:
    """By form of a channel, its gains by every concept that applies, the Myerson value first."""
    return {variant: list(_concept_gains(year.model, variant)) for variant in year.variants_of(channel)}


def _concept_gains(model: ChannelModel, variant: ChannelVariant) -> Iterator[ConceptGains]:
    estimates = _CentralEstimates(model, variant)
    decay = estimates.decay
    yield ConceptGains(SolutionConcept("myerson", decay), estimates.myerson_gains(decay))
    for decay_tried in DECAYS_VARIED:
        yield ConceptGains(SolutionConcept("myerson_at_decay", decay_tried), estimates.myerson_gains(decay_tried))
    if estimates.can_list_networks:
        yield ConceptGains(SolutionConcept("position", decay), estimates.position_value_gains())
        for power in CAPABILITY_POWERS:
            concept = SolutionConcept("weighted_myerson", decay, power)
            yield ConceptGains(concept, estimates.weighted_myerson_gains(power))
        if estimates.channel_graphs.displaced_links and variant.form == "hub" and not estimates.opens_another:
            yield ConceptGains(SolutionConcept("independent_survival", decay), estimates.independent_survival_gains())
    if estimates.merged_groups:
        yield ConceptGains(SolutionConcept("equal_division", decay), estimates.equal_division_gains())
    for organisation in model.case.network.as_one:
        yield from _gains_as_members(model, variant, organisation, decay)


def _gains_as_members(
    model: ChannelModel, variant: ChannelVariant, organisation: str, decay: float
) -> Iterator[ConceptGains]:
    """With an organisation that is one player taken as its members, around the one that leads or all linked."""
    ways_linked: tuple[InternalLinks, ...] = ("star", "clique")
    for internal_links in ways_linked:
        expanded_network = build_actor_network(model.case, model.actor_network.year, {organisation: internal_links})
        if expanded_network.n > model.actor_network.n:
            member_gains = _CentralEstimates(ChannelModel(model.case, expanded_network), variant).myerson_gains(decay)
            member_count = len(expanded_network.members_of(organisation))
            yield ConceptGains(
                SolutionConcept("organisation_as_members", decay, None, organisation, internal_links, member_count),
                _sum_over_members(model.actor_network, expanded_network, member_gains),
            )


def _sum_over_members(actor_network: ActorNetwork, expanded_network: ActorNetwork, gains: Floats) -> Floats:
    """The gains of members added up to those of the organisation that is one player."""
    import numpy as np

    return np.array(
        [
            gains[expanded_network.actors.index(actor)]
            if actor in expanded_network.actors
            else gains[expanded_network.members_of(actor)].sum()
            for actor in actor_network.actors
        ]
    )


@dataclass(frozen=True)
class _Component:
    """A graph that a channel may come to, with its chance and what pairs have through it."""

    graph: Graph
    probability: float
    merged_groups: PlayerGroups
    stakes: PointStakes


class _CentralEstimates:
    """A channel at the central estimates: what pairs have through it and through the observed one."""

    def __init__(self, model: ChannelModel, variant: ChannelVariant):
        self.model, self.actor_network = model, model.actor_network
        self.n = model.actor_network.n
        self.channel_graphs = self.actor_network.graphs_of(variant.channel)
        self.observed_graph = self.actor_network.graphs_of(self.actor_network.observed_channel).own_graph
        _, self.decay = point_estimate_stakes(model, self.actor_network.observed_channel)
        self.observed_stakes = salient_point_stakes(model, self.actor_network.observed_channel)
        channel, draws = model.case.channels[variant.channel], mean_numbers(model.description_without_graphs)
        row = next(one for one in draws.network.channels if one.id == variant.channel)
        self.exclusivity = float(draws.values[row.exclusivity, 0])
        opening = float(draws.values[row.opening, 0])
        self.components = []
        for possible in possible_graphs(self.channel_graphs, variant.form):
            beside = (
                channel.displaces if possible.keeps_displaced else None,
                channel.opens if possible.has_opened else None,
            )
            stakes = salient_point_stakes(model, variant.channel, *(other for other in beside if other))
            probability = possible.probability(self.exclusivity, opening)
            self.components.append(_Component(possible.graph, probability, possible.merged_groups, stakes))
        self.merged_groups = self.components[0].merged_groups

    def _gains_by_value(
        self, value: ValueFunction, gain_shares: Mapping[tuple[int, ...], Floats] | None = None
    ) -> Floats:
        """Gains beside the observed channel, by some way of giving each actor its value on a graph."""
        observed_values = self.observed_stakes.values(lambda amount: value(self.observed_graph, (), amount))
        gains = -observed_values
        for component in self.components:
            values = component.stakes.values(partial(value, component.graph, component.merged_groups))
            for group in component.merged_groups:
                members = list(group)
                group_gain = values[members].sum() - observed_values[members].sum()
                values[members] = observed_values[members] + group_gain * (gain_shares or self.model.gain_shares)[group]
            gains = gains + component.probability * values
        return gains

    def myerson_gains(self, decay: float) -> Floats:
        """By the Myerson value."""
        return self._gains_by_value(self._myerson_function(decay))

    def _myerson_function(self, decay: float) -> ValueFunction:
        import numpy as np

        def value(graph: Graph, merged_groups: PlayerGroups, amount: Floats) -> Floats:
            shares = self.model.operator_on(graph, merged_groups).shares_by_length
            values: Floats = np.tensordot(decay ** np.arange(len(shares)), shares, 1) @ amount
            return values

        return value

    def equal_division_gains(self) -> Floats:
        """By the Myerson value, what is gained as one being divided equally."""
        import numpy as np

        equal_shares = {group: np.full(len(group), 1 / len(group)) for group in self.model.gain_shares}
        return self._gains_by_value(self._myerson_function(self.decay), equal_shares)

    def weighted_myerson_gains(self, power: float) -> Floats:
        """By the Myerson value weighted by capabilities to a power."""
        import numpy as np

        capabilities = np.maximum(np.array(self.actor_network.capabilities), 1e-12)

        def value(graph: Graph, merged_groups: PlayerGroups, amount: Floats) -> Floats:
            player_amount, own_amount = merge_pairs_to_players(self.n, amount, merged_groups)
            player_capabilities = capabilities.copy()
            for group in merged_groups:
                player_capabilities[group[0]] = capabilities[list(group)].sum()
            worth = pairwise_network_worth(path_lengths(self.n, graph.links), player_amount, self.decay)
            return (
                weighted_shapley_value(worth[subnetwork_masks(self.n, graph.links)], player_capabilities**power)
                + own_amount
            )

        return self._gains_by_value(value)

    def position_value_gains(self) -> Floats:
        """By the position value."""

        def value(graph: Graph, merged_groups: PlayerGroups, amount: Floats) -> Floats:
            player_amount, own_amount = merge_pairs_to_players(self.n, amount, merged_groups)
            worth = pairwise_network_worth(path_lengths(self.n, graph.links), player_amount, self.decay)
            return position_value(self.n, graph.links, worth) + own_amount

        return self._gains_by_value(value)

    @property
    def opens_another(self) -> bool:
        """Whether the channel opens another."""
        return self.channel_graphs.opened_graph is not None

    @property
    def can_list_networks(self) -> bool:
        """Whether all networks of each graph can be listed."""
        graphs = [self.observed_graph, *(component.graph for component in self.components)]
        return self.n <= MAX_PLAYERS_FOR_VALUES and all(len(graph.links) <= MAX_LINKS for graph in graphs)

    def independent_survival_gains(self) -> Floats:
        """By the Myerson value if each displaced link survives by itself, and the channel is as efficient as alone."""
        import numpy as np

        assert self.channel_graphs.coexisting_graph is not None
        links, displaced_links = self.channel_graphs.coexisting_graph.links, self.channel_graphs.displaced_links
        networks = np.arange(2 ** len(links))
        probabilities = np.ones(len(networks))
        for index, link in enumerate(links):
            survival_probability = 1 - self.exclusivity if link in displaced_links else 1.0
            probabilities *= np.where(networks >> index & 1, survival_probability, 1 - survival_probability)
        lengths, masks = path_lengths(self.n, links), subnetwork_masks(self.n, links).tolist()

        def expected_value(amount: Floats) -> Floats:
            worth = pairwise_network_worth(lengths, amount, self.decay)
            return shapley_value(np.array([probabilities @ worth[networks & mask] for mask in masks]))

        observed = self.observed_stakes.values(partial(self._myerson_function(self.decay), self.observed_graph, ()))
        return self.components[0].stakes.values(expected_value) - observed
