"""The values of one block of draws: what every channel gives and brings every actor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.rooms.gains.model.salience import salience_groups, sum_over_groups
from detente.rooms.gains.model.simulation.batch_stakes import BatchStakes, CalmBaseline, stakes_of_batch
from detente.rooms.gains.model.simulation.channel_mixture import ChannelMixture, GraphValues
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.draws import NetworkDraws, actors_concerned, draw_batches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GainsBatch:
    """The values of one block of draws, as shares of all that is at stake across organisations."""

    model: ChannelModel
    mixtures: dict[ChannelVariant, ChannelMixture]
    stakes: BatchStakes
    """What is at stake, and what it comes to on every graph."""
    parameter_values: dict[str, Floats]
    """The numbers drawn, by path, each of shape (draws,)."""

    @property
    def graph_values(self) -> GraphValues:
        """The values on every graph."""
        return self.stakes.graph_values

    @property
    def issue_stakes(self) -> Floats:
        """All that is at stake across organisations, shape (issues, draws), in the units of the case."""
        return self.stakes.issue_stakes

    @property
    def calm_baseline(self) -> CalmBaseline:
        """What would be at stake without a threat, and with a grave one."""
        return self.stakes.calm_baseline

    def observed_variant(self, variant: ChannelVariant) -> ChannelVariant:
        """The observed channel in the form of another, from which its gains are counted."""
        return self.model.variant_of(self.model.actor_network.observed_channel, variant.form)

    @cached_property
    def values(self) -> dict[ChannelVariant, Floats]:
        """By channel and form, shape (issues, draws, actors), before the costs of links."""
        return self._values_on(self.graph_values)

    @cached_property
    def grave_values(self) -> dict[ChannelVariant, Floats]:
        """The values under a grave threat that all feel, after the costs of links, in the units of the case.

        By channel and form, shape (draws, actors).
        """
        total_stakes = self.issue_stakes.sum(axis=0)[:, None]
        return {
            variant: values - self.actor_link_costs[variant] * total_stakes
            for variant, values in self._values_on(self.calm_baseline.grave_graph_values).items()
        }

    def _values_on(self, graph_values: GraphValues) -> dict[ChannelVariant, Floats]:
        """What each channel gives each actor, organisations dividing what they gain beside the observed one."""
        base_values = {
            variant: self.mixtures[variant].actor_values(graph_values, None)
            for variant in dict.fromkeys(map(self.observed_variant, self.mixtures))
        }
        return {
            variant: base_values[variant]
            if variant in base_values
            else mixture.actor_values(graph_values, base_values[self.observed_variant(variant)])
            for variant, mixture in self.mixtures.items()
        }

    @cached_property
    def rerouting_gains(self) -> dict[ChannelVariant, Floats]:
        """What would change if the channel got as much done as the observed one: shape (draws, actors)."""
        issue_sums = self.graph_values.issue_sums
        gains_by_variant = {}
        for variant, mixture in self.mixtures.items():
            observed = self.mixtures[self.observed_variant(variant)]
            base_values = observed.actor_values(issue_sums, None)
            is_observed = variant == self.observed_variant(variant)
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
            for variant in dict.fromkeys(map(self.observed_variant, self.mixtures))
        }
        return {
            variant: calm_ratio
            * (
                base_costs[variant]
                if variant in base_costs
                else mixture.actor_link_costs(base_costs[self.observed_variant(variant)])
            )
            for variant, mixture in self.mixtures.items()
        }

    def issue_gains(self, variant: ChannelVariant) -> Floats:
        """What a channel brings beside the observed one before the costs of links, shape (issues, draws, actors)."""
        return self.values[variant] - self.values[self.observed_variant(variant)]

    def link_savings(self, variant: ChannelVariant) -> Floats:
        """What it saves on links, or spends more on them, shape (draws, actors)."""
        return self.actor_link_costs[self.observed_variant(variant)] - self.actor_link_costs[variant]

    def gains(self, variant: ChannelVariant) -> Floats:
        """All that it brings beside the observed one, shape (draws, actors)."""
        gains: Floats = self.issue_gains(variant).sum(axis=0) + self.link_savings(variant)
        return gains

    def mean_brokerage(self, draw_count: int) -> dict[ChannelVariant, Floats]:
        """What of its value an actor has for joining others, the mean over the first draws, shape (actors,).

        The rest is its own part: it is one of those who gain.
        """
        import numpy as np

        network = self.model.actor_network
        by_group = []
        for amount, joint_amount in self.stakes.pair_stakes:
            joint_stakes = np.zeros_like(amount)
            joint_stakes[:, network.across_organisations] = joint_amount
            by_group.append(np.stack([amount, joint_stakes]))
        groups = salience_groups(self.model.case, network)
        return {
            variant: sum_over_groups(groups, partial(_brokerage_of_group, mixture, by_group, draw_count))
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


def _brokerage_of_group(
    mixture: ChannelMixture, stakes_by_group: Sequence[Floats], draw_count: int, number: int
) -> Floats:
    """The brokerage that all would have if issues weighed for them as for one group."""
    return mixture.mean_brokerage(stakes_by_group[number], draw_count)


def evaluate_batch(model: ChannelModel, draws: NetworkDraws, stakes: BatchStakes | None = None) -> GainsBatch:
    """The values of one block of draws.

    Args:
        model: The channels.
        draws: The block.
        stakes: What is at stake in it, where that is known already.
    """
    stakes = stakes or stakes_of_batch(model, draws)
    return GainsBatch(
        model,
        {variant: model.channel_mixture(draws, variant) for variant in model.variants},
        stakes,
        draws.parameters.sampled_values,
    )


def iterate_batches(model: ChannelModel, draw_count: int) -> Iterator[GainsBatch]:
    """The blocks that hold so many draws."""
    return (evaluate_batch(model, draws) for draws in draw_batches(model.case, model.actor_network, draw_count))
