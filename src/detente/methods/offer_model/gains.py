"""The values of one batch of draws: what every channel gives and brings every actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from detente.methods.offer_model.channel_values import RunInDraws
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.network_rows import ModelNetwork
from detente.methods.offer_model.stakes import (
    BatchStakes,
    CalmBaseline,
    GraphValues,
    compute_stakes,
    salience_groups,
    sum_over_groups,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GainsBatch:
    """The values of one batch of draws, as shares of all that is at stake across organisations.

    Example:
        >>> from detente.methods.offer_model.channel_variants import ChannelVariant
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.gains import evaluate_gains
        >>> from detente.methods.offer_model.model_draws import mean_numbers
        >>> batch = evaluate_gains(mean_numbers(two_states()))
        >>> batch.gains(ChannelVariant("talks", "hub")).tolist()  # by draw and actor
        [[0.5, 0.5]]
    """

    draws: ModelDraws
    stakes: BatchStakes
    """What is at stake, and what it comes to on every graph."""

    @property
    def network(self) -> ModelNetwork:
        """Who deals with whom."""
        return self.draws.network

    @cached_property
    def runs(self) -> dict[ChannelVariant, RunInDraws]:
        """Every channel, in each way it may be run."""
        return {
            variant: RunInDraws(run, self.draws)
            for variant, run in zip(self.network.variants, self.network.runs, strict=True)
        }

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
        return self.network.variant(self.runs[variant].run.base)

    @cached_property
    def _base_variants(self) -> list[ChannelVariant]:
        return list(dict.fromkeys(map(self.observed_variant, self.runs)))

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

    def grave_values_without_links(self, variant: ChannelVariant) -> tuple[Floats, Floats]:
        """The values of a channel and of the observed one under a grave threat, in the units of the case.

        Before the costs of links, each of shape (draws, actors).
        """
        values = self._values_on(self.calm_baseline.grave_graph_values)
        return values[variant], values[self.observed_variant(variant)]

    def _values_on(self, graph_values: GraphValues) -> dict[ChannelVariant, Floats]:
        """What each channel gives each actor, organisations dividing what they gain beside the observed one."""
        base_values = {variant: self.runs[variant].actor_values(graph_values, None) for variant in self._base_variants}
        return {
            variant: base_values[variant]
            if variant in base_values
            else run.actor_values(graph_values, base_values[self.observed_variant(variant)])
            for variant, run in self.runs.items()
        }

    @cached_property
    def rerouting_gains(self) -> dict[ChannelVariant, Floats]:
        """What would change if the channel got as much done as the observed one: shape (draws, actors)."""
        issue_sums = self.graph_values.issue_sums
        gains_by_variant = {}
        for variant, run in self.runs.items():
            observed = self.runs[self.observed_variant(variant)]
            base_values = observed.actor_values(issue_sums, None)
            is_observed = variant == self.observed_variant(variant)
            gains_by_variant[variant] = (
                0 * base_values
                if is_observed
                else run.actor_values(issue_sums, base_values, observed.own_efficiency) - base_values
            )
        return gains_by_variant

    @cached_property
    def actor_link_costs(self) -> dict[ChannelVariant, Floats]:
        """Of links, shape (draws, actors): they do not grow with what a threat adds to the stakes."""
        import numpy as np

        total_stakes = self.issue_stakes.sum(axis=0)
        calm_ratio = (self.calm_baseline.total_stakes / np.where(total_stakes > 0, total_stakes, 1.0))[:, None]
        base_costs = {variant: self.runs[variant].actor_link_costs(None) for variant in self._base_variants}
        return {
            variant: calm_ratio
            * (
                base_costs[variant]
                if variant in base_costs
                else run.actor_link_costs(base_costs[self.observed_variant(variant)])
            )
            for variant, run in self.runs.items()
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

    def mean_brokerage(self) -> dict[ChannelVariant, Floats]:
        """What of its value an actor has for joining others, the mean over the draws, shape (actors,).

        The rest is its own part: it is one of those who gain.
        """
        import numpy as np

        by_group = []
        for amount, joint_amount in self.stakes.pair_stakes:
            joint_stakes = np.zeros_like(amount)
            joint_stakes[:, self.network.across_pairs] = joint_amount
            by_group.append(np.stack([amount, joint_stakes]))
        groups = salience_groups(self.network)
        return {
            variant: sum_over_groups(groups, partial(_brokerage_of_group, run, by_group))
            + self._collective_brokerage(variant)
            for variant, run in self.runs.items()
        }

    def _collective_brokerage(self, variant: ChannelVariant) -> Floats:
        """What actors have of issues that pairs cannot settle and that do not name them, the mean over the draws."""
        import numpy as np

        total = np.zeros(len(self.network.actors))
        for number, issue in enumerate(self.network.issues):
            if issue.collective:
                is_broker = np.ones(len(total), dtype=bool)
                is_broker[list(issue.collective.concerned)] = False
                total += self.values[variant][number].mean(axis=0) * is_broker
        return total


def _brokerage_of_group(run: RunInDraws, stakes_by_group: Sequence[Floats], number: int) -> Floats:
    """The brokerage that all would have if issues weighed for them as for one group."""
    return run.mean_brokerage(stakes_by_group[number])


def evaluate_gains(draws: ModelDraws, stakes: BatchStakes | None = None) -> GainsBatch:
    """The values of one batch of draws.

    Args:
        draws: The numbers.
        stakes: What is at stake in it, where that is known already.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.gains import evaluate_gains
        >>> from detente.methods.offer_model.model_draws import mean_numbers
        >>> evaluate_gains(mean_numbers(two_states())).issue_stakes.tolist()
        [[2.0]]
    """
    return GainsBatch(draws, stakes or compute_stakes(draws))
