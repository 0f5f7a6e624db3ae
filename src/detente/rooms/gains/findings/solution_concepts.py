"""The finding on robustness: the same gains by other values, other decays, other players."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.coalitional_games import shapley_value, weighted_shapley_value
from detente.methods.networks.communication_graph import Graph, Link
from detente.methods.networks.network_formation import (
    MAX_LINKS,
    MAX_PLAYERS_FOR_VALUES,
    pairwise_network_worth,
    path_lengths,
    position_value,
    subnetwork_masks,
)
from detente.results.finding import Finding, Robustness
from detente.rooms.gains.findings.labels import GainsLabels, signed_percent
from detente.rooms.gains.findings.text import leading_and_other_actors
from detente.rooms.gains.model.actor_network import ActorNetwork, PlayerGroups
from detente.rooms.gains.model.build_network import InternalLinks
from detente.rooms.gains.model.build_network import build_actor_network as arena_of
from detente.rooms.gains.model.draws import ParameterDraws
from detente.rooms.gains.model.model import ChannelModel, ChannelVariant
from detente.rooms.gains.model.point_estimates import merge_pairs_to_players, point_estimate_stakes
from detente.rooms.gains.model.results import YearGains
from detente.text.english import join_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    ValueFunction = Callable[[Graph, PlayerGroups, Floats], Floats]

PRINTED_TOLERANCE = 5e-5
"""Gains below this are no gain either way: they would be printed as 0."""


@dataclass(frozen=True)
class ConceptGains:
    """One way of working out a channel's gains at the central estimates."""

    title: str
    gains: Floats
    """Before the costs of links, shape (actors,)."""


def solution_concepts_finding(year: YearGains, channel: str, labels: GainsLabels) -> Finding:
    """The gains by a channel at the central estimates, by other concepts and with other players."""
    import polars as pl

    leading_actors, other_actors = leading_and_other_actors(year)
    groups = [
        (labels.party_name(year.actor_network.actors[actor_index]), [actor_index]) for actor_index in leading_actors
    ]
    if other_actors:
        groups.append(
            (
                "the others"
                if len(other_actors) > 1
                else labels.party_name(year.actor_network.actors[other_actors[0]]),
                other_actors,
            )
        )
    rows, sign_changes = [], []
    for form in year.forms_of(channel):
        variant = ChannelVariant(channel, form)
        concepts = list(_gains_by_concept(year, variant))
        myerson_gains = concepts[0].gains
        for concept in concepts:
            row: dict[str, object] = {
                "run": labels.form_phrase(year.actor_network, variant),
                "worked_out": concept.title,
            }
            for group_name, group in groups:
                lowest, highest = float(concept.gains[group].min()), float(concept.gains[group].max())
                row[group_name] = (
                    signed_percent(lowest)
                    if highest - lowest < PRINTED_TOLERANCE
                    else f"{signed_percent(lowest)} to {signed_percent(highest)}"
                )
            rows.append(row)
            differing_groups = [
                group_name
                for group_name, group in groups
                if _has_opposite_sign(myerson_gains[group], concept.gains[group])
            ]
            if differing_groups:
                sign_changes.append(
                    f"{concept.title}, {labels.form_phrase(year.actor_network, variant)}: {join_words(differing_groups)}"
                )
    says = "At the central estimates every sign is the same by all these ways of dividing the same stakes."
    if sign_changes:
        says = f"At the central estimates somebody's gain has another sign by some ways: {'; '.join(sign_changes)}."
    says += " Efficiency, exclusivity and the costs of links, which are assumed, are not varied here."
    return Finding(
        id=f"otherwise-{channel}",
        title=f"By other concepts: {labels.channel_title(channel)}",
        says=says,
        see="Gains before the costs of links, in per cent of all that is at stake, without issues that pairs cannot "
        "settle. Where an organisation is taken as its members more is at stake in all, so only signs compare.",
        table=pl.DataFrame(rows),
        headers={"run": "run", "worked_out": "worked out"},
        method=(
            "The position value gives each link its Shapley value among links, half of it to either end (Borm, Owen "
            "and Tijs 1992). Weighted by capability, coalitions divide what they add in proportion to it (Kalai and "
            "Samet 1987); such a value need not grow with a weight (Kongo 2007), so it is no default. Links that a "
            "channel displaces may survive one by one instead of all together (Calvo, Lasaga and van den Nouweland "
            "1999). An organisation that is one player may be taken as its members, with their own capabilities, and "
            "dealing through the one that leads; their gains are added up."
        ),
        rests_on=(channel,),
        robustness=Robustness("moderate", says) if sign_changes else Robustness("descriptive"),
    )


def _has_opposite_sign(own_gains: Floats, other_gains: Floats) -> bool:
    return bool(
        (
            (own_gains > PRINTED_TOLERANCE) & (other_gains < -PRINTED_TOLERANCE)
            | (own_gains < -PRINTED_TOLERANCE) & (other_gains > PRINTED_TOLERANCE)
        ).any()
    )


def _gains_by_concept(year: YearGains, variant: ChannelVariant) -> Iterator[ConceptGains]:
    model = year.model
    estimates = _CentralEstimates(model, variant)
    yield ConceptGains("Myerson value", estimates.myerson_gains(estimates.decay))
    for decay in (1.0, 0.9, 0.7):
        yield ConceptGains(f"each further link leaves {decay:g}", estimates.myerson_gains(decay))
    if estimates.can_list_networks:
        yield ConceptGains("position value", estimates.position_value_gains())
        for power in (0.5, 1.0):
            yield ConceptGains(
                f"Myerson value, weighted by capability to the power {power:g}", estimates.weighted_myerson_gains(power)
            )
        if estimates.displaced_links and variant.form == "hub":
            yield ConceptGains("links survive one by one", estimates.independent_survival_gains())
    if estimates.merged_groups:
        yield ConceptGains("what is gained as one divided equally", estimates.equal_division_gains())
    for organisation in model.case.network.as_one:
        ways_linked: tuple[tuple[InternalLinks, str], ...] = (
            ("star", "around the member that leads"),
            ("clique", "all linked"),
        )
        for internal_links, links_phrase in ways_linked:
            expanded_network = arena_of(model.case, model.actor_network.year, {organisation: internal_links})
            if expanded_network.n > model.actor_network.n:
                member_gains = _CentralEstimates(ChannelModel(model.case, expanded_network), variant).myerson_gains(
                    estimates.decay
                )
                label = model.case.organisations[organisation].label
                title = f"{label} as its {len(expanded_network.members_of(organisation))} members, {links_phrase}"
                yield ConceptGains(title, _sum_over_members(model.actor_network, expanded_network, member_gains))


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
    amount: Floats


class _CentralEstimates:
    """A channel at the central estimates: what pairs have through it and through the observed one."""

    def __init__(self, model: ChannelModel, variant: ChannelVariant):
        self.model, self.actor_network = model, model.actor_network
        self.n = model.actor_network.n
        self.channel_graphs = self.actor_network.graphs_of(variant.channel)
        self.observed_graph = self.actor_network.graphs_of(self.actor_network.observed_channel).own_graph
        self.observed_amount, self.decay = point_estimate_stakes(model, self.actor_network.observed_channel)
        self.merged_groups = self.channel_graphs.merged_groups if variant.form == "collegiate" else ()
        graph = (
            self.channel_graphs.collegiate_graph
            if self.merged_groups and self.channel_graphs.collegiate_graph
            else self.channel_graphs.own_graph
        )
        draws = ParameterDraws(model.case, self.actor_network, 0, at_means=True)
        displaced = model.case.channels[variant.channel].displaces
        probability = float(draws.exclusivity(variant.channel)[0]) if self.channel_graphs.coexisting_graph else 1.0
        self.components = [
            _Component(graph, probability, self.merged_groups, point_estimate_stakes(model, variant.channel)[0])
        ]
        if self.channel_graphs.coexisting_graph and displaced:
            amount_with_displaced = point_estimate_stakes(model, variant.channel, displaced)[0]
            self.components.append(
                _Component(self.channel_graphs.coexisting_graph, 1 - probability, (), amount_with_displaced)
            )

    def _gains_by_value(
        self, value: ValueFunction, gain_shares: Mapping[tuple[int, ...], Floats] | None = None
    ) -> Floats:
        """Gains beside the observed channel, by some way of giving each actor its value on a graph."""
        observed_values = value(self.observed_graph, (), self.observed_amount)
        gains = -observed_values
        for component in self.components:
            values = value(component.graph, component.merged_groups, component.amount)
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
            shares = self.model.operator_stack.operators[
                self.model.graph_positions[graph, merged_groups]
            ].shares_by_length
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
    def can_list_networks(self) -> bool:
        """Whether all networks of each graph can be listed."""
        graphs = [self.observed_graph, *(component.graph for component in self.components)]
        return self.n <= MAX_PLAYERS_FOR_VALUES and all(len(graph.links) <= MAX_LINKS for graph in graphs)

    @property
    def displaced_links(self) -> list[Link]:
        """The links that may or may not survive."""
        return (
            sorted(set(self.channel_graphs.coexisting_graph.links) - set(self.channel_graphs.own_graph.links))
            if self.channel_graphs.coexisting_graph
            else []
        )

    def independent_survival_gains(self) -> Floats:
        """By the Myerson value if each displaced link survives by itself, and the channel is as efficient as alone."""
        import numpy as np

        assert self.channel_graphs.coexisting_graph is not None
        links = self.channel_graphs.coexisting_graph.links
        networks = np.arange(2 ** len(links))
        probabilities = np.ones(len(networks))
        for index, link in enumerate(links):
            survival_probability = 1 - self.components[0].probability if link in self.displaced_links else 1.0
            probabilities *= np.where(networks >> index & 1, survival_probability, 1 - survival_probability)
        worth = pairwise_network_worth(path_lengths(self.n, links), self.components[0].amount, self.decay)
        expected = np.array(
            [probabilities @ worth[networks & mask] for mask in subnetwork_masks(self.n, links).tolist()]
        )
        return shapley_value(expected) - self._myerson_function(self.decay)(
            self.observed_graph, (), self.observed_amount
        )
