"""Who shares in what two players have to gain from each other, on graphs with cycles, exactly.

What a pair can do is done by every coalition in which the two are joined. By the multilinear extension (Owen 1972)
player k's Shapley value of that game is the integral over p from 0 to 1 of P(joined | k is in) - P(joined | k is not),
where everybody else is in with chance p. Three things make it quick:

* **Blocks.** From one player to another the way leads through a fixed sequence of blocks (parts of the graph that no
  single player can cut), so the chance is a product over blocks, and lengths add up.
* **Twins.** Inside a block, players with the same neighbours count as one who is in unless all of them are out.
* **Quadrature.** All chances are polynomials in p, of a degree below n, so Gauss-Legendre is exact.

Only pairs that no exchange of twins turns into each other are worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph, members, pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_KINDS = 14
"""Kinds of players inside one block, besides the two ends, up to which all ways of being in or out are gone through."""


class TooManyWays(ValueError):
    """A block of the graph has too many kinds of players to go through all their ways of being in or out."""


def block_shares(graph: Graph) -> Floats:
    """Each player's share in each pair, by how far the two are apart in a coalition.

    Args:
        graph: Of n players.

    Returns:
        Shape (lengths, n, pairs): entry [l, k, ij] is player k's Shapley value of the game in which a coalition is
        worth 1 if i and j are in it and just l + 1 links apart within it. Summed over l it is k's share in the pair.

    Raises:
        TooManyWays: If a block has more than 14 kinds of players besides the two ends.
    """
    import numpy as np

    n = graph.n
    at = {pair: index for index, pair in enumerate(zip(*(side.tolist() for side in pairs(n)), strict=True))}
    ways = _Ways(graph)
    found: dict[int, Floats] = defaultdict(lambda: np.zeros((n, len(at))))
    for alike in _alike(graph, list(at)):
        first = alike[0]
        shares = ways.shares(*first)
        for pair in alike:
            places = _exchange(n, dict(zip(first, pair, strict=True)))
            for length, share in shares.items():
                found[length][places, at[min(pair), max(pair)]] = share
    none = np.zeros((n, len(at)))
    return np.stack([found.get(length, none) for length in range(1, max(found, default=1) + 1)])


def _alike(graph: Graph, among: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The pairs that can be joined, those together that an exchange of twins turns into each other."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    twin = graph.twins
    for i, j in among:
        if graph.component[i] >> j & 1:
            one, other = (i, j) if twin[i] <= twin[j] else (j, i)
            found[twin[one], twin[other]].append((one, other))
    return list(found.values())


def _exchange(n: int, moved: Mapping[int, int]) -> NDArray[np.intp]:
    """The exchange of players that moves some of them as told, and as few others as it can."""
    import numpy as np

    places = np.arange(n)
    source = {end: start for start, end in moved.items()}
    for start in source.keys() - moved.keys():  # somebody must go where the first of this chain came from
        end = start
        while end in source:
            end = source[end]
        places[start] = end
    for start, end in moved.items():
        places[start] = end
    return places


class _Ways:
    """The ways between the players of a graph."""

    def __init__(self, graph: Graph):
        import numpy as np

        self.graph = graph
        self.blocks_of: dict[int, list[int]] = defaultdict(list)
        for index, block in enumerate(graph.blocks):
            for player in block:
                self.blocks_of[player].append(index)
        points, weights = np.polynomial.legendre.leggauss(graph.n // 2 + 2)
        self.p, self.weights = (points + 1) / 2, weights / 2
        self._crossed: dict[tuple[int, int, int], _Crossing] = {}

    def route(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """The blocks between two players, each with the players at which one enters and leaves it."""
        before: dict[int, tuple[int, int]] = {start: (-1, -1)}
        ahead = [start]
        while end not in before:
            player = ahead.pop()
            for index in self.blocks_of[player]:
                for other in self.graph.blocks[index]:
                    if other not in before:
                        before[other] = (index, player)
                        if len(self.blocks_of[other]) > 1:
                            ahead.append(other)
        steps = []
        while end != start:
            index, player = before[end]
            steps.append((index, player, end))
            end = player
        return steps[::-1]

    def crossing(self, block: int, enter: int, leave: int) -> _Crossing:
        """A block crossed between two of its players."""
        key = (block, enter, leave)
        if key not in self._crossed:
            self._crossed[key] = _Crossing(self.graph, self.graph.blocks[block], enter, leave, self.p)
        return self._crossed[key]

    def shares(self, i: int, j: int) -> dict[int, Floats]:
        """The share of every player in a pair, by the length of the way."""
        import numpy as np

        steps = self.route(i, j)
        crossings = [self.crossing(*step) for step in steps]
        needed = [i, *(leave for _, _, leave in steps)]
        found: dict[int, Floats] = defaultdict(lambda: np.zeros(self.graph.n))
        for length, joined in _along([crossing.joined for crossing in crossings]).items():
            found[length][needed] = (self.weights * self.p ** (len(needed) - 1)) @ joined
        for index, crossing in enumerate(crossings):
            others = [other.joined for other in crossings[:index] + crossings[index + 1 :]]
            for player, gain in crossing.gains.items():
                for length, joined in _along([*others, gain]).items():
                    found[length][player] += (self.weights * self.p ** len(needed)) @ joined
        return found


def _along(parts: Sequence[Mapping[int, Floats]]) -> dict[int, Floats]:
    """Chances by length along several parts of a way, one after the other."""
    found: dict[int, Floats] = {0: 1.0}  # type: ignore[dict-item]  # the empty way
    for part in parts:
        longer: dict[int, Floats] = {}
        for before, chance in found.items():
            for length, more in part.items():
                longer[before + length] = longer.get(before + length, 0.0) + chance * more
        found = longer
    return found


class _Crossing:
    """A block, crossed from one of its players to another who are both in.

    All chances are by the length of the shortest way there is, at each p.
    """

    def __init__(self, graph: Graph, block: Sequence[int], enter: int, leave: int, p: Floats):
        self.joined: dict[int, Floats] = {}
        """The chance that the two are joined within the block, so far apart."""
        self.gains: dict[int, dict[int, Floats]] = {}
        """By how much each other player of the block raises that chance by being in."""
        inside = sum(1 << player for player in block)
        if graph.neighbours[enter] >> leave & 1:
            self.joined[1] = p**0
            return
        kinds = _kinds(graph, inside, 1 << enter | 1 << leave)
        if len(kinds) > MOST_KINDS:
            raise TooManyWays(f"a block has {len(kinds)} kinds of players")
        lengths = _lengths(graph, kinds, enter, leave)
        present = [1 - (1 - p) ** len(kind) for kind in kinds]
        for length in sorted(set(lengths.tolist()) - {0}):
            chance, slopes = _chance(lengths == length, present)
            self.joined[length] = chance
            for kind, slope in zip(kinds, slopes, strict=True):
                gain = slope * (1 - p) ** (len(kind) - 1)
                for player in kind:
                    self.gains.setdefault(player, {})[length] = gain


def _kinds(graph: Graph, inside: int, ends: int) -> list[list[int]]:
    """The players of a block that stand in for each other on every way between its two ends.

    Two that have the same neighbours do; so do two such groups that have, taken as one player each.
    """
    kinds = {player: [player] for player in members(inside & ~ends)}
    while True:
        merged: dict[int, list[int]] = {}
        seen: dict[tuple[bool, int], int] = {}
        firsts = ends | sum(1 << first for first in kinds)
        for first, kind in kinds.items():
            near = graph.neighbours[first] & firsts
            keys = ((False, near), (True, near | 1 << first))
            same = next((seen[key] for key in keys if key in seen), None)
            if same is None:
                merged[first] = list(kind)
                seen |= dict.fromkeys(keys, first)
            else:
                merged[same] += kind
        if len(merged) == len(kinds):
            return list(merged.values())
        kinds = merged


def _lengths(graph: Graph, kinds: Sequence[Sequence[int]], enter: int, leave: int) -> NDArray[np.int64]:
    """How far apart the two ends are by way of each set of kinds, or 0 where they are not joined."""
    import numpy as np

    firsts = [kind[0] for kind in kinds]

    def near(player: int) -> int:
        return sum(1 << index for index, first in enumerate(firsts) if graph.neighbours[player] >> first & 1)

    table = np.zeros(1, dtype=np.int64)
    for first in firsts:
        table = np.concatenate([table, table | near(first)])
    every = np.arange(len(table))
    reached = every & near(enter)
    goal = near(leave)
    found = np.zeros(len(table), dtype=np.int64)
    for length in range(2, len(kinds) + 2):
        found[(found == 0) & (reached & goal != 0)] = length
        reached |= table[reached] & every
    return found


def _chance(event: NDArray[np.bool_], present: Sequence[Floats]) -> tuple[Floats, list[Floats]]:
    """The chance of an event that turns on who is present, and its slope in each one's chance of being so.

    The slopes of the chance, which is linear in each, are had together by going back over the sums.

    Args:
        event: Shape (2^k,): whether it holds for each set of those present.
        present: k chances, at each p.
    """
    import numpy as np

    folded = np.broadcast_to(event.astype(float), (len(present[0]), len(event)))
    halves = []
    for chance in reversed(present):
        half = folded.shape[1] // 2
        low, high = folded[:, :half], folded[:, half:]
        halves.append((low, high))
        folded = low + chance[:, None] * (high - low)
    slopes = []
    back = np.ones((len(present[0]), 1))
    for chance, (low, high) in zip(present, reversed(halves), strict=True):
        slopes.append((back * (high - low)).sum(axis=1))
        back = np.concatenate([back * (1 - chance[:, None]), back * chance[:, None]], axis=1)
    return folded[:, 0], slopes
