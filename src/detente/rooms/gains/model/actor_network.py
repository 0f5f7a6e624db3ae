"""The arena: who deals with whom through which channel in a year, as graphs of numbered actors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, Link, pair_indices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Groups = tuple[tuple[int, ...], ...]
"""Actors that are one player, group by group; the first of each stands for all."""


@dataclass(frozen=True)
class Dealing:
    """A channel as graphs: as far as it stands alone, and where the links that it would displace survive."""

    channel: str
    alone: Graph
    """Of all actors, organisations that deal as such through one member."""
    beside: Graph | None = None
    """With the links of the channel it displaces, if it displaces any."""
    merged: Groups = ()
    """The members of each organisation that answers as one where it is not led by a member."""
    organisations: tuple[str, ...] = ()
    """Which organisation each of these is."""
    as_one: Graph | None = None
    """The graph in that case, of players: each such organisation is one, numbered as by `players`."""

    @property
    def collegiate(self) -> bool:
        """Whether it is another thing where organisations answer as one."""
        return self.as_one is not None


@dataclass(frozen=True)
class Arena:
    """The actors of a year, what they can do, and the channels between them."""

    year: int
    actors: tuple[str, ...]
    capability: tuple[float, ...]
    belongs: tuple[frozenset[str], ...]
    """The organisations of each actor, among those the channels speak of."""
    leads: tuple[frozenset[str], ...]
    """The organisations that deal through it, or that it is as one player."""
    dealings: tuple[Dealing, ...]
    observed: str
    """The channel that gains are counted from."""
    within: Mapping[str, tuple[str, ...]]
    """The members of each organisation that is one player."""

    @property
    def n(self) -> int:
        """How many actors there are."""
        return len(self.actors)

    @cached_property
    def across(self) -> NDArray[np.bool_]:
        """Which pairs have no organisation in common."""
        import numpy as np

        i, j = pair_indices(self.n)
        return np.array([not self.belongs[a] & self.belongs[b] for a, b in zip(i, j, strict=True)], dtype=bool)

    @cached_property
    def peripheral(self) -> NDArray[np.bool_]:
        """Which pairs have an organisation in common that neither of them leads."""
        import numpy as np

        i, j = pair_indices(self.n)
        found = []
        for a, b in zip(i.tolist(), j.tolist(), strict=True):
            common = self.belongs[a] & self.belongs[b]
            found.append(bool(common) and not common & (self.leads[a] | self.leads[b]))
        return np.array(found, dtype=bool)

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """The pairs that make up all that is at stake: those across organisations, or all where none is."""
        return self.across if self.across.any() else ~self.across

    def dealing(self, channel: str) -> Dealing:
        """A channel by its id."""
        return next(dealing for dealing in self.dealings if dealing.channel == channel)

    def of(self, organisation: str) -> list[int]:
        """The actors that belong to an organisation."""
        return [index for index, belongs in enumerate(self.belongs) if organisation in belongs]


def players(n: int, merged: Sequence[Sequence[int]]) -> list[int]:
    """The player that stands for each actor: itself, or the first member of what answers as one."""
    found = list(range(n))
    for group in merged:
        for member in group:
            found[member] = group[0]
    return found


def quotient(n: int, links: Sequence[Link], merged: Sequence[Sequence[int]]) -> Graph:
    """The graph between players, each group of actors being one (Owen 1977); the others of a group have no links."""
    player = players(n, merged)
    return Graph.from_links(n, ((player[a], player[b]) for a, b in links))


def given_for(arena: Arena, given: Collection[str], actor: str) -> str | None:
    """Under whose name something is given for an actor: its own, or that of an organisation it belongs to."""
    if actor in given:
        return actor
    belongs = arena.belongs[arena.actors.index(actor)]
    return next((name for name in given if name in belongs), None)


def alone(arena: Arena, dealing: Dealing) -> Iterator[str]:
    """The actors that can turn to nobody in a channel."""
    for index, near in enumerate(dealing.alone.neighbour_masks):
        if not near and arena.n > 1:
            yield arena.actors[index]
