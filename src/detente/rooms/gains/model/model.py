"""Who gains by which channel: values on every graph, put together into channels, for blocks of draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.methods.networks.aggregation_technology import threshold_myerson_value
from detente.methods.networks.communication_graph import Graph, pair_indices
from detente.methods.networks.gravity_stakes import IssueStakes
from detente.methods.networks.gravity_stakes import compute_issue_stakes as at_stake_of
from detente.rooms.gains.model.actor_network import ActorNetwork, PlayerGroups, player_by_actor
from detente.rooms.gains.model.channel_mixture import ChannelMixture, GraphValues, MixtureComponent
from detente.rooms.gains.model.draws import (
    ParameterDraws,
    actors_concerned,
    actors_of_party,
    draw_batches,
    issues_with_stakes,
)
from detente.rooms.gains.model.graph_operators import OperatorStack, ShareOperator, actor_share_operator, number_graphs
from detente.rooms.gains.model.internal_division import member_gain_shares
from detente.text.english import count_noun

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ChannelForm = Literal["hub", "collegiate"]
CHANNEL_FORMS: tuple[ChannelForm, ...] = ("hub", "collegiate")
"""The two ways a channel between organisations is run: each through its leading member, or each as one."""


@dataclass(frozen=True)
class ChannelVariant:
    """A channel, run one way."""

    channel: str
    form: ChannelForm


@dataclass(frozen=True)
class CalmBaseline:
    """What is at stake without any grave threat, and what would be with one that all feel in full."""

    issue_stakes: Floats
    """By issue, shape (issues, draws), in the units of the case."""
    actor_stakes: Floats
    """What each actor has at stake across organisations, on all issues, shape (draws, actors)."""
    grave_graph_values: GraphValues
    """The values under a grave threat, summed over issues: shape (graphs, draws, actors)."""
    grave_total_stakes: Floats
    """All that would be at stake then, shape (draws,)."""

    @cached_property
    def total_stakes(self) -> Floats:
        """All that is at stake, shape (draws,), never 0."""
        import numpy as np

        total = self.issue_stakes.sum(axis=0)
        return np.where(total > 0, total, 1.0)


@dataclass(frozen=True)
class GainsBatch:
    """The values of one block of draws, as shares of all that is at stake across organisations."""

    model: ChannelModel
    mixtures: dict[ChannelVariant, ChannelMixture]
    graph_values: GraphValues
    pair_stakes: tuple[Floats, Floats]
    """What pairs have at stake on all issues, and what of it takes all members together."""
    issue_stakes: Floats
    """All that is at stake across organisations, shape (issues, draws), in the units of the case."""
    parameter_values: dict[str, Floats]
    """The numbers drawn, by path, each of shape (draws,)."""
    calm_baseline: CalmBaseline

    def _observed_variant(self, variant: ChannelVariant) -> ChannelVariant:
        return self.model.variant_of(self.model.actor_network.observed_channel, variant.form)

    @cached_property
    def grave_values(self) -> dict[ChannelVariant, Floats]:
        """The values under a grave threat that all feel, after the costs of links, in the units of the case.

        By channel and form, shape (draws, actors).
        """
        observed_variants = dict.fromkeys(map(self._observed_variant, self.mixtures))
        base_values = {
            variant: self.mixtures[variant].actor_values(self.calm_baseline.grave_graph_values, None)
            for variant in observed_variants
        }
        return {
            variant: (
                base_values[variant]
                if variant in base_values
                else mixture.actor_values(
                    self.calm_baseline.grave_graph_values, base_values[self._observed_variant(variant)]
                )
            )
            - self.actor_link_costs[variant] * self.issue_stakes.sum(axis=0)[:, None]
            for variant, mixture in self.mixtures.items()
        }

    @cached_property
    def values(self) -> dict[ChannelVariant, Floats]:
        """By channel and form, shape (issues, draws, actors), before the costs of links."""
        base_values = {
            variant: self.mixtures[variant].actor_values(self.graph_values, None)
            for variant in dict.fromkeys(map(self._observed_variant, self.mixtures))
        }
        return {
            variant: base_values[variant]
            if variant in base_values
            else mixture.actor_values(self.graph_values, base_values[self._observed_variant(variant)])
            for variant, mixture in self.mixtures.items()
        }

    @cached_property
    def rerouting_gains(self) -> dict[ChannelVariant, Floats]:
        """What would change if the channel got as much done as the observed one: shape (draws, actors)."""
        issue_sums = self.graph_values.issue_sums
        gains_by_variant = {}
        for variant, mixture in self.mixtures.items():
            observed = self.mixtures[self._observed_variant(variant)]
            base_values = observed.actor_values(issue_sums, None)
            is_observed = variant == self._observed_variant(variant)
            gains_by_variant[variant] = (
                0 * base_values
                if is_observed
                else mixture.actor_values(issue_sums, base_values, observed.efficiency) - base_values
            )
        return gains_by_variant

    @cached_property
    def actor_link_costs(self) -> dict[ChannelVariant, Floats]:
        """Of links, shape (draws, actors): they do not grow with what a threat adds to the stakes."""
        import numpy as np

        total_stakes = self.issue_stakes.sum(axis=0)
        calm_ratio = (self.calm_baseline.total_stakes / np.where(total_stakes > 0, total_stakes, 1.0))[:, None]
        base_costs = {
            variant: self.mixtures[variant].actor_link_costs(None)
            for variant in dict.fromkeys(map(self._observed_variant, self.mixtures))
        }
        return {
            variant: calm_ratio
            * (
                base_costs[variant]
                if variant in base_costs
                else mixture.actor_link_costs(base_costs[self._observed_variant(variant)])
            )
            for variant, mixture in self.mixtures.items()
        }

    def mean_brokerage(self, draw_count: int) -> dict[ChannelVariant, Floats]:
        """What of its value an actor has for joining others, the mean over the first draws, shape (actors,).

        The rest is its own part: it is one of those who gain.
        """
        import numpy as np

        joint_stakes = np.zeros_like(self.pair_stakes[0])
        joint_stakes[:, self.model.actor_network.across_organisations] = self.pair_stakes[1]
        stakes_and_joint = np.stack([self.pair_stakes[0], joint_stakes])
        return {
            variant: mixture.mean_brokerage(stakes_and_joint, draw_count)
            + self._collective_brokerage(variant, draw_count)
            for variant, mixture in self.mixtures.items()
        }

    def _collective_brokerage(self, variant: ChannelVariant, draw_count: int) -> Floats:
        """What actors have of issues that pairs cannot settle and that do not name them, the mean over the draws."""
        import numpy as np

        model = self.model
        total = np.zeros(model.actor_network.n)
        for name in model.collective_issue_values:
            is_broker = np.ones(model.actor_network.n, dtype=bool)
            is_broker[actors_concerned(model.case, model.actor_network, model.case.issues[name])] = False
            total += self.values[variant][model.issues.index(name), :draw_count].mean(axis=0) * is_broker
        return total


BatchStakes = tuple[GraphValues, tuple["Floats", "Floats"], "Floats", CalmBaseline]
"""What is at stake in a block of draws: values on every graph, what pairs have, all of it by issue, and what would be
without a threat and with a grave one."""
STAKE_SECTIONS = ("issues", "network", "threat")
"""The parts of a case with numbers on which it hangs what is at stake."""
MOST_CACHED_PAIRS = 1_000
"""Pairs, up to which what is at stake is kept for the next who asks."""


class ChannelModel:
    """The channels of one year, ready to be run on draws."""

    def __init__(self, case: Case, actor_network: ActorNetwork):
        self.case, self.actor_network = case, actor_network
        self.issues = issues_with_stakes(case)
        self._stakes_cache: tuple[dict[str, Estimate], dict[tuple[int, ...], BatchStakes]] = {}, {}
        self.graph_positions = number_graphs(actor_network)
        seed = case.network.seed
        operators = tuple(
            actor_share_operator(actor_network.n, graph, merged_groups, seed)
            for graph, merged_groups in self.graph_positions
        )
        self.operator_stack = OperatorStack(operators, actor_network.across_organisations)

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
    def exactness_note(self) -> str:
        """How the values were had: exactly on all graphs, or on how many they were estimated, and how closely."""
        sampled_errors = [
            operator.standard_error for operator in self.operator_stack.operators if operator.method == "sampled"
        ]
        errors = [*sampled_errors, *(error for _, error in self._unit_collective_values.values() if error > 0)]
        if not errors:
            return f"Here they are exact on all {count_noun(len(self.graph_positions), 'graph')}."
        scope = (
            f"on {len(sampled_errors)} of {len(self.graph_positions)} graphs"
            if sampled_errors
            else "of issues that pairs cannot settle"
        )
        precision = f"by drawing orders of arrival, with standard errors of shares up to {max(errors):.2g}"
        return f"Here values {scope} are estimated {precision}."

    @property
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
                users = self._actors_of_parties(technology.users)
                providers = self._actors_of_parties(technology.providers)
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

    def user_count(self, issue: str) -> int:
        """How many actors have the gain on an issue that pairs cannot settle."""
        technology = self.case.issues[issue].technology
        return len(self._actors_of_parties(technology.users)) if technology else 0

    def _actors_of_parties(self, parties: list[str]) -> list[int]:
        """The actors that some parties stand for, each once."""
        return sorted({actor for party in parties for actor in actors_of_party(self.case, self.actor_network, party)})

    def evaluate_batch(self, draws: ParameterDraws) -> GainsBatch:
        """The values of one block of draws."""
        graph_values, pair_stakes, issue_stakes, calm_baseline = self._batch_stakes(draws)
        mixtures = {variant: self._channel_mixture(draws, variant) for variant in self.variants}
        return GainsBatch(
            self, mixtures, graph_values, pair_stakes, issue_stakes, draws.parameter_values, calm_baseline
        )

    def _batch_stakes(self, draws: ParameterDraws) -> BatchStakes:
        """What is at stake in a block of draws, and what that comes to on every graph.

        Where other estimates are put in the place of some numbers, none of which it hangs on, it is what it was for
        the others before: the greatest part of the work of asking what else is so much likelier.
        """
        if not draws.overrides or len(self.actor_network.across_organisations) > MOST_CACHED_PAIRS:
            return self._compute_stakes(draws)
        changed_stakes = {
            path: estimate for path, estimate in draws.overrides.items() if path.split(".")[0] in STAKE_SECTIONS
        }
        if changed_stakes != self._stakes_cache[0]:
            self._stakes_cache = changed_stakes, {}
        cache, key = self._stakes_cache[1], (draws.batch_index, *draws.batch_part)
        if key not in cache:
            cache[key] = self._compute_stakes(draws)
        return cache[key]

    def _compute_stakes(self, draws: ParameterDraws) -> BatchStakes:
        import numpy as np

        shape = (len(self.graph_positions), len(self.issues), draws.draw_count, self.actor_network.n)
        graph_values = GraphValues(np.empty(shape), np.empty(shape))
        issue_stakes = np.empty(shape[1:3])
        across_organisations = self.actor_network.across_organisations
        pair_stakes = (
            np.zeros((draws.draw_count, len(across_organisations))),
            np.zeros((draws.draw_count, int(across_organisations.sum()))),
        )
        grave_values = GraphValues(np.zeros((shape[0], *shape[2:])), np.zeros((shape[0], *shape[2:])))
        calm_baseline = CalmBaseline(
            np.empty(shape[1:3]), np.zeros(shape[2:]), grave_values, np.zeros(draws.draw_count)
        )
        for issue_index, name in enumerate(self.issues):
            if name in self._unit_collective_values:
                self._add_collective_issue(draws, name, issue_index, graph_values, issue_stakes, calm_baseline)
                continue
            weight, stake_parameters = draws.pair_weights(name), draws.stake_parameters(name)
            stakes = at_stake_of(weight, *stake_parameters, draws.pair_threat, across_organisations)
            self._fill_issue_values(
                draws,
                weight,
                stake_parameters,
                stakes,
                (graph_values.amount[:, issue_index], graph_values.joint[:, issue_index]),
                grave_values,
            )
            self._add_calm_baseline(weight, stake_parameters, issue_index, calm_baseline, draws.threat_within)
            issue_stakes[issue_index] = stakes.amount @ self.actor_network.counted_pairs
            pair_stakes[0][:] += stakes.amount
            pair_stakes[1][:] += stakes.joint_amount
        total = issue_stakes.sum(axis=0)[:, None]
        total[total <= 0] = 1.0
        for values in (graph_values.amount, graph_values.joint, *pair_stakes):
            values /= total
        return graph_values, pair_stakes, issue_stakes, calm_baseline

    def _add_collective_issue(
        self,
        draws: ParameterDraws,
        name: str,
        issue_index: int,
        graph_values: GraphValues,
        issue_stakes: Floats,
        calm_baseline: CalmBaseline,
    ) -> None:
        """Works out an issue that pairs cannot settle."""
        import numpy as np

        unit_values = self._unit_collective_values[name][0][:, None, :]
        stakes = draws.collective_stakes(name)
        graph_values.amount[:, issue_index], graph_values.joint[:, issue_index] = (
            stakes.amount * unit_values,
            stakes.joint_amount * unit_values,
        )
        user_count = self.user_count(name)
        issue_stakes[issue_index] = stakes.amount[:, 0] * user_count
        calm_stakes, grave_stakes = (draws.collective_stakes(name, np.full((1, 1), threat)) for threat in (0.0, 1.0))
        calm_baseline.grave_graph_values.amount[:] += grave_stakes.amount * unit_values
        calm_baseline.grave_graph_values.joint[:] += grave_stakes.joint_amount * unit_values
        calm_baseline.issue_stakes[issue_index] = calm_stakes.amount[:, 0] * user_count
        calm_baseline.grave_total_stakes[:] += grave_stakes.amount[:, 0] * user_count
        technology = self.case.issues[name].technology
        calm_baseline.actor_stakes[:, self._actors_of_parties(technology.users if technology else [])] += (
            calm_stakes.amount
        )

    def _fill_issue_values(
        self,
        draws: ParameterDraws,
        weight: Floats,
        stake_parameters: tuple[Floats, Floats, Floats],
        stakes: IssueStakes,
        targets: tuple[Floats, Floats],
        grave_values: GraphValues,
    ) -> None:
        """The values of an issue on every graph, as it is and under a grave threat that all feel.

        Values are linear in what pairs have at stake, and without a threat what takes all members is the same share of
        it for every pair: so values of what pairs weigh, across organisations and within, are all that is needed.
        """
        across_organisations = self.actor_network.across_organisations
        sigma, added_by_threat, joint_share = (column[:, None] for column in stake_parameters)
        across_values = self.operator_stack.myerson_values(weight[:, across_organisations], draws.decay, "across")
        within_values = self.operator_stack.myerson_values(weight[:, ~across_organisations], draws.decay, "within")
        if draws.pair_threat is None:
            targets[0][:] = sigma * (across_values + within_values)
            targets[1][:] = joint_share * sigma * across_values
        else:
            targets[0][:] = self.operator_stack.myerson_values(stakes.amount, draws.decay)
            targets[1][:] = self.operator_stack.myerson_values(stakes.joint_amount, draws.decay, "across")
        grave_values.amount[:] += (sigma + added_by_threat) * across_values + (
            sigma + added_by_threat * draws.threat_within[:, None]
        ) * within_values
        grave_values.joint[:] += (joint_share * sigma + added_by_threat) * across_values

    def _add_calm_baseline(
        self,
        weight: Floats,
        stake_parameters: tuple[Floats, Floats, Floats],
        issue_index: int,
        calm_baseline: CalmBaseline,
        threat_within: Floats,
    ) -> None:
        """Adds up what is at stake on an issue without a threat, and with a grave one."""
        sigma, added_by_threat, _ = stake_parameters
        total_weight = weight @ self.actor_network.counted_pairs
        calm_baseline.issue_stakes[issue_index] = sigma * total_weight
        has_across_pairs = bool(self.actor_network.across_organisations.any())
        calm_baseline.grave_total_stakes[:] += (
            sigma + (added_by_threat if has_across_pairs else added_by_threat * threat_within)
        ) * total_weight
        calm_baseline.actor_stakes[:] += sigma[:, None] * (weight @ self._pair_ends)

    @cached_property
    def _pair_ends(self) -> Floats:
        """Which actors the pairs that are counted are of, shape (pairs, actors)."""
        import numpy as np

        ends = np.zeros((len(self.actor_network.across_organisations), self.actor_network.n))
        pair_rows = np.arange(len(self.actor_network.across_organisations))
        for actors in pair_indices(self.actor_network.n):
            ends[pair_rows, actors] = self.actor_network.counted_pairs
        return ends

    def _channel_mixture(self, draws: ParameterDraws, variant: ChannelVariant) -> ChannelMixture:
        """The graphs that a channel may come to in a block of draws, with their chances and efficiencies."""
        import numpy as np

        channel_graphs = self.actor_network.graphs_of(variant.channel)
        displaced = self.case.channels[variant.channel].displaces
        efficiency = draws.efficiency(variant.channel)[:, None]
        is_collegiate = variant.form == "collegiate" and channel_graphs.collegiate_graph is not None
        graph_key = (
            (channel_graphs.collegiate_graph, channel_graphs.merged_groups)
            if is_collegiate and channel_graphs.collegiate_graph
            else (channel_graphs.own_graph, ())
        )
        components = [
            MixtureComponent(
                self._operator_on(*graph_key), self.graph_positions[graph_key], 1.0, efficiency, graph_key[1]
            )
        ]
        if channel_graphs.coexisting_graph is not None:
            probability = draws.exclusivity(variant.channel)[:, None]
            # Where the links survive, what takes all members is done through whichever gets more of it done.
            best_efficiency = np.maximum(efficiency, draws.efficiency(displaced)[:, None]) if displaced else efficiency
            coexisting_position = self.graph_positions[channel_graphs.coexisting_graph, ()]
            coexisting_component = MixtureComponent(
                self.operator_stack.operators[coexisting_position],
                coexisting_position,
                1 - probability,
                best_efficiency,
                (),
            )
            components = [replace(components[0], probability=probability), coexisting_component]
        return ChannelMixture(
            tuple(components), channel_graphs.own_graph, self.gain_shares, draws.decay, draws.link_cost
        )

    def _operator_on(self, graph: Graph, merged_groups: PlayerGroups) -> ShareOperator:
        return self.operator_stack.operators[self.graph_positions[graph, merged_groups]]

    def iterate_batches(self, draw_count: int) -> Iterator[GainsBatch]:
        """The blocks that hold so many draws."""
        return (
            self.evaluate_batch(parameter_draws)
            for parameter_draws in draw_batches(self.case, self.actor_network, draw_count)
        )
