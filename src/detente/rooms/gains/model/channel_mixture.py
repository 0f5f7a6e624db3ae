"""How the values on graphs make up what a channel brings, in one block of draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.myerson import link_costs
from detente.rooms.gains.model.actor_network import Groups
from detente.rooms.gains.model.graph_operators import Operator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OnGraphs:
    """Values on every graph, shape (graphs, issues, draws, actors), or without issues where they are summed."""

    amount: Floats
    """Of all that is at stake."""
    joint: Floats
    """Of what takes all members together."""

    @cached_property
    def summed(self) -> OnGraphs:
        """Over all issues."""
        return OnGraphs(self.amount.sum(axis=1), self.joint.sum(axis=1))


@dataclass(frozen=True)
class Part:
    """A graph that a channel may come to."""

    operator: Operator
    place: int
    """Of the graph among all of the arena."""
    chance: Floats | float
    """Shape (draws, 1)."""
    efficiency: Floats
    """How much of what takes all members together it gets done, shape (draws, 1)."""
    merged: Groups
    """The members of each organisation that is one player in it."""


def half_links(graph: Graph, members_linked: Graph, merged: Groups) -> Floats:
    """Half the number of links that each player keeps up; in one that is an organisation, all between its members."""
    half = link_costs(graph, 1.0)
    for group in merged:
        half[group[0]] += len(members_linked.restricted_to(sum(1 << member for member in group)).links)
    return half


@dataclass(frozen=True)
class Mixture:
    """A channel in a block of draws: the graphs that it may come to."""

    parts: tuple[Part, ...]
    members_linked: Graph
    """The links of the channel among members, which keep up an organisation where it is one player, too."""
    divisions: Mapping[tuple[int, ...], Floats]
    decay: Floats
    link_cost: Floats

    @property
    def efficiency(self) -> Floats:
        """That of the channel as far as it stands alone."""
        return self.parts[0].efficiency

    def values(self, on_graphs: OnGraphs, base: Floats | None, efficiency: Floats | None = None) -> Floats:
        """What the channel gives each actor, shape (issues, draws, actors), or (draws, actors) if summed.

        Args:
            on_graphs: The values on every graph.
            base: What each actor has in the observed channel: what an organisation gains beside that by answering as
                one is divided among its members. None to divide all that it has.
            efficiency: How much gets done of what takes all members together, if not as much as by the channel itself.
        """
        import numpy as np

        found: Floats | None = None
        for part in self.parts:
            lost = 1 - (part.efficiency if efficiency is None else efficiency)
            value = lost * on_graphs.joint[part.place]
            np.subtract(on_graphs.amount[part.place], value, out=value)
            self._divide(value, base, part.merged)
            value *= part.chance
            found = value if found is None else found + value
        assert found is not None
        return found

    def _divide(self, value: Floats, base: Floats | None, merged: Groups) -> None:
        """Divides what each organisation that is one player has beside the base among its members, in place."""
        for group in merged:
            members = list(group)
            whole = value[..., members].sum(axis=-1, keepdims=True)
            before = 0.0 if base is None else base[..., members]
            beside = whole if base is None else whole - base[..., members].sum(axis=-1, keepdims=True)
            value[..., members] = before + beside * self.divisions[group]

    def costs(self, base: Floats | None) -> Floats:
        """What links cost each actor, who bears half of each of its own, shape (draws, actors).

        What an organisation saves or adds beside the base by answering as one is divided like its gains.
        """
        found = 0.0 * self.decay[:, None]
        for part in self.parts:
            each = half_links(part.operator.graph, self.members_linked, part.merged) * self.link_cost[:, None]
            self._divide(each, base, part.merged)
            found = found + part.chance * each
        return found

    def brokerage(self, summed: Floats, count: int) -> Floats:
        """What an actor has for joining others who gain; the mean over the first draws, shape (actors,).

        Args:
            summed: What pairs have at stake, and what of it takes all members together: shape (2, draws, pairs).
            count: How many draws count.
        """
        import numpy as np

        found = np.zeros(self.members_linked.n)
        for part in self.parts:
            amount = part.chance * (summed[0] - (1 - part.efficiency) * summed[1])
            lengths = range(len(part.operator.by_length))
            mean = np.stack([(self.decay[:, None] ** length * amount)[:count].mean(axis=0) for length in lengths])
            joining = (part.operator.by_length * mean[:, None, :] * ~part.operator.own).sum(axis=(0, 2))
            for group in part.merged:
                joining[list(group)] = joining[group[0]] * self.divisions[group]
            found += joining
        return found
