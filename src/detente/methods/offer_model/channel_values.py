"""How the values on graphs make up what a channel brings, in one batch of draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.network_rows import ChannelRun, MemberGroup, PossibleGraph
from detente.methods.offer_model.stakes import GraphValues

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RunInDraws:
    """A channel, run one way, in a batch of draws: the graphs that it may come to."""

    run: ChannelRun
    draws: ModelDraws

    @cached_property
    def probabilities(self) -> tuple[Floats | float, ...]:
        """How likely each graph is, of shape (draws, 1), or 1 where there is but one."""
        channel = self.draws.network.channels[self.run.channel]
        if channel.displaces is None and channel.opens is None:
            return (1.0,)
        exclusivity = self.draws.values[channel.exclusivity][:, None]
        opening = self.draws.values[channel.opening][:, None]
        return tuple(
            (1 - exclusivity if graph.keeps_displaced else exclusivity) * (opening if graph.has_opened else 1 - opening)
            for graph in self.run.graphs
        )

    @cached_property
    def efficiencies(self) -> tuple[Floats, ...]:
        """How much of what takes all members gets done on each graph, shape (draws, 1).

        It is done through whichever channel there is that gets more of it done.
        """
        import numpy as np

        by_channel = {
            channel: self.draws.efficiency(channel)[:, None]
            for channel in dict.fromkeys(channel for graph in self.run.graphs for channel in graph.channels)
        }
        return tuple(np.max([by_channel[channel] for channel in graph.channels], axis=0) for graph in self.run.graphs)

    @property
    def own_efficiency(self) -> Floats:
        """That of the channel as far as it stands alone."""
        return self.efficiencies[0]

    def actor_values(
        self, graph_values: GraphValues, base_values: Floats | None, efficiency: Floats | None = None
    ) -> Floats:
        """What the channel gives each actor, shape (issues, draws, actors), or (draws, actors) if summed.

        Args:
            graph_values: The values on every graph.
            base_values: What each actor has in the observed channel: what an organisation gains beside that by
                answering as one is divided among its members. None to divide all that it has.
            efficiency: How much gets done of what takes all members together, if not as much as by the channel itself.
        """
        import numpy as np

        total: Floats | None = None
        for graph, probability, own_efficiency in self._possible:
            share_undone = 1 - (own_efficiency if efficiency is None else efficiency)
            value = share_undone * graph_values.joint[graph.graph]
            np.subtract(graph_values.amount[graph.graph], value, out=value)
            _divide_among_members(value, base_values, graph.groups)
            value *= probability
            total = value if total is None else total + value
        assert total is not None
        return total

    @property
    def _possible(self) -> list[tuple[PossibleGraph, Floats | float, Floats]]:
        return list(zip(self.run.graphs, self.probabilities, self.efficiencies, strict=True))

    def actor_link_costs(self, base_costs: Floats | None) -> Floats:
        """What links cost each actor, who bears half of each of its own, shape (draws, actors).

        What an organisation saves or adds beside the base by answering as one is divided like its gains.
        """
        import numpy as np

        link_cost = self.draws.values[self.draws.network.link_cost][:, None]
        total: Floats = np.zeros_like(link_cost)
        for graph, probability in zip(self.run.graphs, self.probabilities, strict=True):
            graph_costs = np.array(graph.half_links) * link_cost
            _divide_among_members(graph_costs, base_costs, graph.groups)
            total = total + probability * graph_costs
        return total

    def mean_brokerage(self, pair_stakes: Floats) -> Floats:
        """What an actor has for joining others who gain; the mean over the draws, shape (actors,).

        Args:
            pair_stakes: What pairs have at stake, and what of it takes all members together: shape (2, draws, pairs).
        """
        import numpy as np

        network, actor_count = self.draws.network, len(self.draws.network.actors)
        decay = self.draws.values[network.decay][:, None]
        total = np.zeros(actor_count)
        for graph, probability, efficiency in self._possible:
            amount = probability * (pair_stakes[0] - (1 - efficiency) * pair_stakes[1])
            shares = network.graphs[graph.graph]
            lengths, pairs = np.array(shares.lengths, dtype=int), np.array(shares.pairs, dtype=int)
            mean = np.stack([(decay**length * amount).mean(axis=0) for length in range(network.longest_path)])
            parts = np.array(shares.shares) * mean[lengths, pairs] * shares.brokerage_mask(actor_count)
            brokerage = np.bincount(np.array(shares.actors, dtype=int), parts, actor_count)
            for group in graph.groups:
                brokerage[list(group.members)] = brokerage[group.members[0]] * np.array(group.shares)
            total += brokerage
        return total


def _divide_among_members(value: Floats, base_values: Floats | None, groups: Sequence[MemberGroup]) -> None:
    """Divides what each organisation that is one player has beside the base among its members, in place."""
    import numpy as np

    for group in groups:
        members = list(group.members)
        group_value = value[..., members].sum(axis=-1, keepdims=True)
        members_before = 0.0 if base_values is None else base_values[..., members]
        group_gain = (
            group_value if base_values is None else group_value - base_values[..., members].sum(axis=-1, keepdims=True)
        )
        value[..., members] = members_before + group_gain * np.array(group.shares)
