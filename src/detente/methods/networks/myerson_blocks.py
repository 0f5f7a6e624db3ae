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

from detente.methods.networks.communication_graph import Graph, pair_indices, players_in_mask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_PLAYER_KINDS = 14
"""Kinds of players inside one block, besides the two ends, up to which all ways of being in or out are gone through."""


class BlockTooLarge(ValueError):
    """A block of the graph has too many kinds of players to go through all their ways of being in or out."""


def block_shares(graph: Graph) -> Floats:
    """Each player's share in each pair, by how far the two are apart in a coalition.

    Args:
        graph: Of n players.

    Returns:
        Shape (lengths, n, pairs): entry [l, k, ij] is player k's Shapley value of the game in which a coalition is
        worth 1 if i and j are in it and just l + 1 links apart within it. Summed over l it is k's share in the pair.

    Raises:
        BlockTooLarge: If a block has more than 14 kinds of players besides the two ends.

    Example:
        >>> from detente.methods.networks.communication_graph import Graph
        >>> from detente.methods.networks.myerson_blocks import block_shares
        >>> circle = Graph.from_links(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
        >>> block_shares(circle).sum(axis=0)[:, 1].round(4).tolist()  # of what 0 and 2 have to gain
        [0.4167, 0.0833, 0.4167, 0.0833]
    """
    import numpy as np

    n = graph.n
    pair_positions = {
        pair: index for index, pair in enumerate(zip(*(side.tolist() for side in pair_indices(n)), strict=True))
    }
    routes = _BlockRoutes(graph)
    shares_by_length: dict[int, Floats] = defaultdict(lambda: np.zeros((n, len(pair_positions))))
    for equivalent_pairs in _equivalent_pairs(graph, list(pair_positions)):
        representative = equivalent_pairs[0]
        shares = routes.pair_shares(*representative)
        for pair in equivalent_pairs:
            permutation = _player_permutation(n, dict(zip(representative, pair, strict=True)))
            for length, share in shares.items():
                shares_by_length[length][permutation, pair_positions[min(pair), max(pair)]] = share
    no_share = np.zeros((n, len(pair_positions)))
    return np.stack(
        [shares_by_length.get(length, no_share) for length in range(1, max(shares_by_length, default=1) + 1)]
    )


def _equivalent_pairs(graph: Graph, candidate_pairs: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The pairs that can be joined, those together that an exchange of twins turns into each other."""
    pairs_by_twins: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    twin = graph.twins
    for i, j in candidate_pairs:
        if graph.component_masks[i] >> j & 1:
            first, second = (i, j) if twin[i] <= twin[j] else (j, i)
            pairs_by_twins[twin[first], twin[second]].append((first, second))
    return list(pairs_by_twins.values())


def _player_permutation(n: int, targets: Mapping[int, int]) -> NDArray[np.intp]:
    """The exchange of players that moves some of them as told, and as few others as it can."""
    import numpy as np

    permutation = np.arange(n)
    origins = {end: start for start, end in targets.items()}
    for start in origins.keys() - targets.keys():  # somebody must go where the first of this chain came from
        end = start
        while end in origins:
            end = origins[end]
        permutation[start] = end
    for start, end in targets.items():
        permutation[start] = end
    return permutation


class _BlockRoutes:
    """The ways between the players of a graph."""

    def __init__(self, graph: Graph):
        import numpy as np

        self.graph = graph
        self.blocks_by_player: dict[int, list[int]] = defaultdict(list)
        for index, block in enumerate(graph.blocks):
            for player in block:
                self.blocks_by_player[player].append(index)
        raw_points, raw_weights = np.polynomial.legendre.leggauss(graph.n // 2 + 2)
        self.quadrature_points, self.quadrature_weights = (raw_points + 1) / 2, raw_weights / 2
        self._crossings: dict[tuple[int, int, int], _BlockCrossing] = {}

    def block_route(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """The blocks between two players, each with the players at which one enters and leaves it."""
        reached_from: dict[int, tuple[int, int]] = {start: (-1, -1)}
        frontier = [start]
        while end not in reached_from:
            player = frontier.pop()
            for index in self.blocks_by_player[player]:
                for other in self.graph.blocks[index]:
                    if other not in reached_from:
                        reached_from[other] = (index, player)
                        if len(self.blocks_by_player[other]) > 1:
                            frontier.append(other)
        steps = []
        while end != start:
            index, player = reached_from[end]
            steps.append((index, player, end))
            end = player
        return steps[::-1]

    def block_crossing(self, block: int, enter: int, leave: int) -> _BlockCrossing:
        """A block crossed between two of its players."""
        key = (block, enter, leave)
        if key not in self._crossings:
            self._crossings[key] = _BlockCrossing(
                self.graph, self.graph.blocks[block], enter, leave, self.quadrature_points
            )
        return self._crossings[key]

    def pair_shares(self, i: int, j: int) -> dict[int, Floats]:
        """The share of every player in a pair, by the length of the way."""
        import numpy as np

        steps = self.block_route(i, j)
        crossings = [self.block_crossing(*step) for step in steps]
        required_players = [i, *(leave for _, _, leave in steps)]
        shares_by_length: dict[int, Floats] = defaultdict(lambda: np.zeros(self.graph.n))
        for length, chances in _combine_path_chances([crossing.joined_chances for crossing in crossings]).items():
            shares_by_length[length][required_players] = (
                self.quadrature_weights * self.quadrature_points ** (len(required_players) - 1)
            ) @ chances
        for index, crossing in enumerate(crossings):
            other_chances = [other.joined_chances for other in crossings[:index] + crossings[index + 1 :]]
            for player, gain in crossing.player_gains.items():
                for length, chances in _combine_path_chances([*other_chances, gain]).items():
                    shares_by_length[length][player] += (
                        self.quadrature_weights * self.quadrature_points ** len(required_players)
                    ) @ chances
        return shares_by_length


def _combine_path_chances(segments: Sequence[Mapping[int, Floats]]) -> dict[int, Floats]:
    """Chances by length along several parts of a way, one after the other."""
    chances: dict[int, Floats] = {0: 1.0}  # type: ignore[dict-item]  # the empty way
    for segment in segments:
        extended: dict[int, Floats] = {}
        for length_so_far, chance in chances.items():
            for length, segment_chance in segment.items():
                extended[length_so_far + length] = extended.get(length_so_far + length, 0.0) + chance * segment_chance
        chances = extended
    return chances


class _BlockCrossing:
    """A block, crossed from one of its players to another who are both in.

    All chances are by the length of the shortest way there is, at each p.
    """

    def __init__(self, graph: Graph, block: Sequence[int], enter: int, leave: int, p: Floats):
        self.joined_chances: dict[int, Floats] = {}
        """The chance that the two are joined within the block, so far apart."""
        self.player_gains: dict[int, dict[int, Floats]] = {}
        """By how much each other player of the block raises that chance by being in."""
        block_mask = sum(1 << player for player in block)
        if graph.neighbour_masks[enter] >> leave & 1:
            self.joined_chances[1] = p**0
            return
        kinds = _player_kinds(graph, block_mask, 1 << enter | 1 << leave)
        if len(kinds) > MAX_PLAYER_KINDS:
            raise BlockTooLarge(f"a block has {len(kinds)} kinds of players")
        lengths = _distances_by_kinds(graph, kinds, enter, leave)
        presence_chances = [1 - (1 - p) ** len(kind) for kind in kinds]
        for length in sorted(set(lengths.tolist()) - {0}):
            chance, slopes = _event_probability(lengths == length, presence_chances)
            self.joined_chances[length] = chance
            for kind, slope in zip(kinds, slopes, strict=True):
                gain = slope * (1 - p) ** (len(kind) - 1)
                for player in kind:
                    self.player_gains.setdefault(player, {})[length] = gain


def _player_kinds(graph: Graph, block_mask: int, ends: int) -> list[list[int]]:
    """The players of a block that stand in for each other on every way between its two ends.

    Two that have the same neighbours do; so do two such groups that have, taken as one player each.
    """
    kinds = {player: [player] for player in players_in_mask(block_mask & ~ends)}
    while True:
        merged: dict[int, list[int]] = {}
        first_by_key: dict[tuple[bool, int], int] = {}
        representatives = ends | sum(1 << representative for representative in kinds)
        for representative, kind in kinds.items():
            adjacent = graph.neighbour_masks[representative] & representatives
            keys = ((False, adjacent), (True, adjacent | 1 << representative))
            equivalent = next((first_by_key[key] for key in keys if key in first_by_key), None)
            if equivalent is None:
                merged[representative] = list(kind)
                first_by_key |= dict.fromkeys(keys, representative)
            else:
                merged[equivalent] += kind
        if len(merged) == len(kinds):
            return list(merged.values())
        kinds = merged


def _distances_by_kinds(graph: Graph, kinds: Sequence[Sequence[int]], enter: int, leave: int) -> NDArray[np.int64]:
    """How far apart the two ends are by way of each set of kinds, or 0 where they are not joined."""
    import numpy as np

    representatives = [kind[0] for kind in kinds]

    def adjacent_kinds(player: int) -> int:
        return sum(
            1 << index
            for index, representative in enumerate(representatives)
            if graph.neighbour_masks[player] >> representative & 1
        )

    neighbour_table = np.zeros(1, dtype=np.int64)
    for representative in representatives:
        neighbour_table = np.concatenate([neighbour_table, neighbour_table | adjacent_kinds(representative)])
    kind_sets = np.arange(len(neighbour_table))
    reached = kind_sets & adjacent_kinds(enter)
    kinds_before_exit = adjacent_kinds(leave)
    distances = np.zeros(len(neighbour_table), dtype=np.int64)
    for length in range(2, len(kinds) + 2):
        distances[(distances == 0) & (reached & kinds_before_exit != 0)] = length
        reached |= neighbour_table[reached] & kind_sets
    return distances


def _event_probability(event: NDArray[np.bool_], presence_chances: Sequence[Floats]) -> tuple[Floats, list[Floats]]:
    """The chance of an event that turns on who is present, and its slope in each one's chance of being so.

    The slopes of the chance, which is linear in each, are had together by going back over the sums.

    Args:
        event: Shape (2^k,): whether it holds for each set of those present.
        presence_chances: k chances, at each p.
    """
    import numpy as np

    folded = np.broadcast_to(event.astype(float), (len(presence_chances[0]), len(event)))
    halves = []
    for chance in reversed(presence_chances):
        middle = folded.shape[1] // 2
        absent_half, present_half = folded[:, :middle], folded[:, middle:]
        halves.append((absent_half, present_half))
        folded = absent_half + chance[:, None] * (present_half - absent_half)
    slopes = []
    prefix_weights = np.ones((len(presence_chances[0]), 1))
    for chance, (absent_half, present_half) in zip(presence_chances, reversed(halves), strict=True):
        slopes.append((prefix_weights * (present_half - absent_half)).sum(axis=1))
        prefix_weights = np.concatenate(
            [prefix_weights * (1 - chance[:, None]), prefix_weights * chance[:, None]], axis=1
        )
    return folded[:, 0], slopes
