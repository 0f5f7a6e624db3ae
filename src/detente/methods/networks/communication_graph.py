"""Communication graphs: who can deal with whom directly (Myerson 1977)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Link = tuple[int, int]


@dataclass(frozen=True)
class Graph:
    """An undirected graph of players 0 to n - 1. Two players can deal with each other if a path joins them."""

    n: int
    links: tuple[Link, ...]
    """Pairs of players, the lower one first, in order, none twice."""

    @classmethod
    def of(cls, n: int, links: Iterable[tuple[int, int]]) -> Graph:
        """A graph from its links, in any order and direction; links of a player with itself are dropped.

        Raises:
            ValueError: If a link names a player outside 0 to n - 1.
        """
        made = sorted({(i, j) if i < j else (j, i) for i, j in links if i != j})
        if made and not (made[0][0] >= 0 and max(j for _, j in made) < n):
            raise ValueError(f"links are between players 0 to {n - 1}")
        return cls(n, tuple(made))

    @cached_property
    def neighbours(self) -> tuple[int, ...]:
        """The neighbours of each player, as bits."""
        bits = [0] * self.n
        for i, j in self.links:
            bits[i] |= 1 << j
            bits[j] |= 1 << i
        return tuple(bits)

    @cached_property
    def component(self) -> tuple[int, ...]:
        """The component that each player is in, as bits."""
        found = [0] * self.n
        for player in range(self.n):
            if not found[player]:
                reached = grown(1 << player, self.neighbours)
                for member in members(reached):
                    found[member] = reached
        return tuple(found)

    @cached_property
    def is_forest(self) -> bool:
        """Whether there is no cycle, so that at most one path joins any two players."""
        return len(self.links) == self.n - len(set(self.component))

    @cached_property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """The parts of the graph that no single player can cut: cycles grown together, and links that are in none.

        Hopcroft and Tarjan (1973): a walk in depth, with how far back each part of it can reach.
        """
        found: list[tuple[int, ...]] = []
        seen: dict[int, int] = {}
        back: dict[int, int] = {}
        for root in range(self.n):
            if root in seen:
                continue
            seen[root] = back[root] = len(seen)
            open_links: list[Link] = []
            walk = [(root, root, iter(list(members(self.neighbours[root]))))]
            while walk:
                before, player, ahead = walk[-1]
                for other in ahead:
                    if other == before or seen.get(other, -1) > seen[player]:
                        continue
                    open_links.append((player, other))
                    if other in seen:
                        back[player] = min(back[player], seen[other])
                        continue
                    seen[other] = back[other] = len(seen)
                    walk.append((player, other, iter(list(members(self.neighbours[other])))))
                    break
                else:
                    walk.pop()
                    if walk and back[player] >= seen[before]:
                        cut = open_links.index((before, player))
                        found.append(tuple(sorted({end for link in open_links[cut:] for end in link})))
                        del open_links[cut:]
                    elif walk:
                        back[before] = min(back[before], back[player])
        return tuple(found)

    @cached_property
    def twins(self) -> tuple[int, ...]:
        """For each player the first one that has the same neighbours, the two themselves apart.

        Exchanging two twins leaves the graph as it is.
        """
        first: dict[tuple[bool, int], int] = {}
        found = []
        for player, near in enumerate(self.neighbours):
            keys = ((False, near), (True, near | 1 << player))  # apart from each other, or linked
            twin = next((first[key] for key in keys if key in first), player)
            found.append(twin)
            for key in keys:
                first.setdefault(key, twin)
        return tuple(found)

    def without(self, links: Iterable[Link]) -> Graph:
        """The graph with some links cut."""
        return Graph.of(self.n, set(self.links) - set(links))

    def restricted(self, players: int) -> Graph:
        """The graph with only the links inside a set of players, given as bits."""
        return Graph(self.n, tuple(link for link in self.links if players >> link[0] & players >> link[1] & 1))


def members(players: int) -> Iterable[int]:
    """The players in a set given as bits."""
    while players:
        low = players & -players
        yield low.bit_length() - 1
        players ^= low


def grown(start: int, neighbours: tuple[int, ...], within: int = -1) -> int:
    """All players that can be reached from some, as bits, by way of players `within` only."""
    reached = frontier = start & within
    while frontier:
        near = 0
        for player in members(frontier):
            near |= neighbours[player]
        frontier = near & within & ~reached
        reached |= frontier
    return reached


def pairs(n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The n(n - 1)/2 pairs of players in the order in which arrays of pairs have them: 01, 02, ..., 12, ..."""
    import numpy as np

    return np.triu_indices(n, 1)
