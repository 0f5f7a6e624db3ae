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
    """An undirected graph of players 0 to n - 1. Two players can deal with each other if a path joins them.

    Example:
        >>> from detente.methods.networks.communication_graph import Graph
        >>> path = Graph.from_links(4, [(0, 1), (1, 2)])
        >>> path.is_forest, path.blocks, path.component_masks  # player 3 stands alone
        (True, ((1, 2), (0, 1)), (7, 7, 7, 8))
        >>> path.without_links([(1, 2)]).links
        ((0, 1),)
    """

    n: int
    links: tuple[Link, ...]
    """Pairs of players, the lower one first, in order, none twice."""

    @classmethod
    def from_links(cls, n: int, links: Iterable[tuple[int, int]]) -> Graph:
        """A graph from its links, in any order and direction; links of a player with itself are dropped.

        Raises:
            ValueError: If a link names a player outside 0 to n - 1.
        """
        ordered_links = sorted({(i, j) if i < j else (j, i) for i, j in links if i != j})
        if ordered_links and not (ordered_links[0][0] >= 0 and max(j for _, j in ordered_links) < n):
            raise ValueError(f"links are between players 0 to {n - 1}")
        return cls(n, tuple(ordered_links))

    @cached_property
    def neighbour_masks(self) -> tuple[int, ...]:
        """The neighbours of each player, as bits."""
        bits = [0] * self.n
        for i, j in self.links:
            bits[i] |= 1 << j
            bits[j] |= 1 << i
        return tuple(bits)

    @cached_property
    def component_masks(self) -> tuple[int, ...]:
        """The component that each player is in, as bits."""
        masks = [0] * self.n
        for player in range(self.n):
            if not masks[player]:
                reachable = reachable_from(1 << player, self.neighbour_masks)
                for member in players_in_mask(reachable):
                    masks[member] = reachable
        return tuple(masks)

    @cached_property
    def is_forest(self) -> bool:
        """Whether there is no cycle, so that at most one path joins any two players."""
        return len(self.links) == self.n - len(set(self.component_masks))

    @cached_property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """The parts of the graph that no single player can cut: cycles grown together, and links that are in none.

        Hopcroft and Tarjan (1973): a walk in depth, with how far back each part of it can reach.
        """
        node_sets: list[tuple[int, ...]] = []
        discovery: dict[int, int] = {}
        low_points: dict[int, int] = {}
        for root in range(self.n):
            if root in discovery:
                continue
            discovery[root] = low_points[root] = len(discovery)
            open_links: list[Link] = []
            stack = [(root, root, iter(list(players_in_mask(self.neighbour_masks[root]))))]
            while stack:
                parent, player, remaining_neighbours = stack[-1]
                for other in remaining_neighbours:
                    if other == parent or discovery.get(other, -1) > discovery[player]:
                        continue
                    open_links.append((player, other))
                    if other in discovery:
                        low_points[player] = min(low_points[player], discovery[other])
                        continue
                    discovery[other] = low_points[other] = len(discovery)
                    stack.append((player, other, iter(list(players_in_mask(self.neighbour_masks[other])))))
                    break
                else:
                    stack.pop()
                    if stack and low_points[player] >= discovery[parent]:
                        first_link = open_links.index((parent, player))
                        node_sets.append(tuple(sorted({end for link in open_links[first_link:] for end in link})))
                        del open_links[first_link:]
                    elif stack:
                        low_points[parent] = min(low_points[parent], low_points[player])
        return tuple(node_sets)

    @cached_property
    def twins(self) -> tuple[int, ...]:
        """For each player the first one that has the same neighbours, the two themselves apart.

        Exchanging two twins leaves the graph as it is.
        """
        first_with_key: dict[tuple[bool, int], int] = {}
        first_twins = []
        for player, adjacent in enumerate(self.neighbour_masks):
            keys = ((False, adjacent), (True, adjacent | 1 << player))  # apart from each other, or linked
            twin = next((first_with_key[key] for key in keys if key in first_with_key), player)
            first_twins.append(twin)
            for key in keys:
                first_with_key.setdefault(key, twin)
        return tuple(first_twins)

    def without_links(self, links: Iterable[Link]) -> Graph:
        """The graph with some links cut."""
        return Graph.from_links(self.n, set(self.links) - set(links))

    def restricted_to(self, players: int) -> Graph:
        """The graph with only the links inside a set of players, given as bits."""
        return Graph(self.n, tuple(link for link in self.links if players >> link[0] & players >> link[1] & 1))


def players_in_mask(players: int) -> Iterable[int]:
    """The players in a set given as bits.

    Example:
        >>> from detente.methods.networks.communication_graph import players_in_mask
        >>> list(players_in_mask(0b1101))
        [0, 2, 3]
    """
    while players:
        lowest_bit = players & -players
        yield lowest_bit.bit_length() - 1
        players ^= lowest_bit


def reachable_from(start: int, neighbours: tuple[int, ...], within: int = -1) -> int:
    """All players that can be reached from some, as bits, by way of players `within` only.

    Example:
        >>> from detente.methods.networks.communication_graph import Graph, reachable_from
        >>> path = Graph.from_links(4, [(0, 1), (1, 2)])
        >>> bin(reachable_from(0b0001, path.neighbour_masks))
        '0b111'
    """
    reached = frontier = start & within
    while frontier:
        adjacent = 0
        for player in players_in_mask(frontier):
            adjacent |= neighbours[player]
        frontier = adjacent & within & ~reached
        reached |= frontier
    return reached


def pair_indices(n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The n(n - 1)/2 pairs of players in the order in which arrays of pairs have them: 01, 02, ..., 12, ...

    Example:
        >>> from detente.methods.networks.communication_graph import pair_indices
        >>> [side.tolist() for side in pair_indices(3)]
        [[0, 0, 1], [1, 2, 2]]
    """
    import numpy as np

    return np.triu_indices(n, 1)
