"""Games with transferable utility over all coalitions, and their values on a communication graph.

A game of n players is an array of 2^n numbers: what each coalition is worth, where bit i of the index says whether
player i is in it, and the empty coalition is worth nothing. Arrays may carry leading axes: one game a draw.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from detente.methods.networks.communication_graph import Graph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

MAX_GAME_PLAYERS = 24
"""Players beyond which the coalitions are too many to be listed."""


def shapley_value(worth: ArrayLike) -> NDArray[np.float64]:
    """The Shapley value of every player (Shapley 1953), exactly.

    Every coalition is visited once: with a(S) = v(S) (w(s-1) + w(s)), where w(s) = s!(n-s-1)!/n!, player i has
    the sum of a(S) over the coalitions with i, less the sum of v(S) w(s) over all. The first sums are had for all
    players together by folding the array in halves. About 2^(n+2) additions.

    Args:
        worth: Shape (..., 2^n).

    Returns:
        Shape (..., n).

    Raises:
        ValueError: If there are not 2^n values for at most 24 players, a worth is no finite number, or the empty
            coalition is worth something.

    Example:
        >>> from detente.methods.networks.coalitional_games import shapley_value
        >>> worth = [0, 0, 0, 60, 0, 60, 60, 72]  # Aumann and Myerson (1988): 60 for two, 72 for three
        >>> shapley_value(worth).round(4).tolist()
        [24.0, 24.0, 24.0]
    """
    import numpy as np

    worth, n = _game_array(worth)
    if n == 0:
        return np.zeros((*worth.shape[:-1], 0))
    weights = np.array([1 / (n * comb(n - 1, s)) if s < n else 0.0 for s in range(n + 1)])
    size = np.bitwise_count(np.arange(2**n, dtype=np.uint32))
    folded = worth * (np.concatenate([[0.0], weights[:-1]]) + weights)[size]
    value = np.empty((*worth.shape[:-1], n))
    for player in reversed(range(n)):
        half = 2**player
        value[..., player] = folded[..., half:].sum(axis=-1)
        folded = folded[..., :half] + folded[..., half:]
    common_part: NDArray[np.float64] = (worth * weights[size]).sum(axis=-1, keepdims=True)
    return value - common_part


def weighted_shapley_value(worth: ArrayLike, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weighted Shapley value (Kalai and Samet 1987): coalitions divide their dividends in proportion to weights.

    Of the restricted game it is the weighted Myerson value, which need not grow with a player's weight (Kongo 2007).

    Args:
        worth: Shape (2^n,).
        weights: Above 0, shape (n,).

    Returns:
        Shape (n,).

    Raises:
        ValueError: As for `shapley_value`, or if there is not a weight above 0 for each player.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.coalitional_games import weighted_shapley_value
        >>> weighted_shapley_value([0, 0, 0, 1], np.array([2.0, 1.0])).round(4).tolist()  # a unit divided two to one
        [0.6667, 0.3333]
    """
    import numpy as np

    worth, n = _game_array(worth, one_game=True)
    weights = np.asarray(weights, dtype=float)
    if weights.shape != (n,) or not ((weights > 0) & np.isfinite(weights)).all():
        raise ValueError(f"there is a weight above 0 for each of {n} players")
    dividends = worth.copy()
    weight_sums = np.zeros(1)
    for player in range(n):
        halves = dividends.reshape(-1, 2, 2**player)
        halves[:, 1] -= halves[:, 0]
        weight_sums = np.concatenate([weight_sums, weight_sums + weights[player]])
    weight_sums[0] = 1.0
    share = dividends / weight_sums
    value = np.empty(n)
    for player in reversed(range(n)):
        half = 2**player
        value[player] = share[half:].sum()
        share = share[:half] + share[half:]
    return value * weights


def restricted_game(worth: ArrayLike, graph: Graph) -> NDArray[np.float64]:
    """The graph-restricted game: a coalition is worth what its connected parts are worth (Myerson 1977).

    The part of S that holds its highest player k is found by growing {k} within S for all S at once; the rest of S has
    only lower players and is known by then.

    Args:
        worth: Shape (..., 2^n).
        graph: Of the same n players.

    Returns:
        Shape (..., 2^n).

    Raises:
        ValueError: As for `shapley_value`, or if graph and game have different players.

    Example:
        >>> from detente.methods.networks.coalitional_games import restricted_game
        >>> from detente.methods.networks.communication_graph import Graph
        >>> worth = [0, 0, 0, 60, 0, 60, 60, 72]  # Aumann and Myerson (1988): 60 for two, 72 for three
        >>> restricted_game(worth, Graph.from_links(3, [(0, 1), (1, 2)])).tolist()
        [0.0, 0.0, 0.0, 60.0, 0.0, 0.0, 60.0, 72.0]
    """
    import numpy as np

    worth, n = _game_array(worth)
    if graph.n != n:
        raise ValueError(f"the graph has {graph.n} players and the game {n}")
    neighbourhoods = np.zeros(2**n, dtype=np.uint32)
    for player in range(n):
        neighbourhoods[2**player : 2 ** (player + 1)] = neighbourhoods[: 2**player] | np.uint32(
            graph.neighbour_masks[player]
        )
    restricted_worth = np.zeros(worth.shape)
    for player in range(n):
        coalition = np.arange(2**player, 2 ** (player + 1), dtype=np.uint32)
        component = np.full_like(coalition, 2**player)
        while True:
            enlarged = (component | neighbourhoods[component]) & coalition
            if np.array_equal(enlarged, component):
                break
            component = enlarged
        restricted_worth[..., coalition] = worth[..., component] + restricted_worth[..., coalition ^ component]
    return restricted_worth


def myerson_value(worth: ArrayLike, graph: Graph) -> NDArray[np.float64]:
    """The Myerson value: the Shapley value of the graph-restricted game (Myerson 1977), exactly.

    It is the only value under which every component divides what it is worth, and two players gain alike by the link
    between them.

    Args:
        worth: Shape (..., 2^n).
        graph: Of the same n players.

    Returns:
        Shape (..., n).

    Raises:
        ValueError: As for `restricted_game`.

    Example:
        >>> from detente.methods.networks.coalitional_games import myerson_value
        >>> from detente.methods.networks.communication_graph import Graph
        >>> worth = [0, 0, 0, 60, 0, 60, 60, 72]  # Aumann and Myerson (1988): 60 for two, 72 for three
        >>> myerson_value(worth, Graph.from_links(3, [(0, 1), (1, 2)])).round(4).tolist()
        [14.0, 44.0, 14.0]
    """
    return shapley_value(restricted_game(worth, graph))


def owen_value(worth: ArrayLike, unions: list[list[int]]) -> NDArray[np.float64]:
    """The Owen value: unions divide among themselves, then each among its members (Owen 1977), exactly.

    Of the restricted game it is the Owen graph value (Vazquez-Brage, Garcia-Jurado and Carreras 1996).

    Args:
        worth: Shape (2^n,).
        unions: The players of each union; every player in one.

    Returns:
        Shape (n,).

    Raises:
        ValueError: As for `shapley_value`, or if a player is in no union, or in two.

    Example:
        >>> from detente.methods.networks.coalitional_games import owen_value
        >>> worth = [0, 0, 0, 60, 0, 60, 60, 72]  # Aumann and Myerson (1988): 60 for two, 72 for three
        >>> owen_value(worth, [[0, 1], [2]]).round(4).tolist()
        [33.0, 33.0, 6.0]
    """
    import numpy as np

    worth, n = _game_array(worth, one_game=True)
    if sorted(player for union in unions for player in union) != list(range(n)):
        raise ValueError("every player must be in one union")
    value = np.zeros(n)
    union_masks = [sum(1 << player for player in union) for union in unions]
    for union_index, union in enumerate(unions):
        other_unions = _unions_of_subsets([bits for index, bits in enumerate(union_masks) if index != union_index])
        union_weights = np.array(
            [1 / (len(unions) * comb(len(unions) - 1, int(size))) for size in _subset_sizes(len(unions) - 1)]
        )
        for player in union:
            mate_sets = _unions_of_subsets([1 << mate for mate in union if mate != player])
            member_weights = np.array(
                [1 / (len(union) * comb(len(union) - 1, int(size))) for size in _subset_sizes(len(union) - 1)]
            )
            coalitions_without = other_unions[:, None] | mate_sets[None, :]
            value[player] = (
                union_weights @ (worth[coalitions_without | 1 << player] - worth[coalitions_without]) @ member_weights
            )
    return value


def _game_array(worth: ArrayLike, one_game: bool = False) -> tuple[NDArray[np.float64], int]:
    """A game as an array, and how many players it has.

    Args:
        worth: What every coalition is worth, shape (..., 2^n).
        one_game: Whether it must be one game, shape (2^n,).

    Raises:
        ValueError: If the length is no power of two, there are more than 24 players, a worth is no number, or the
            empty coalition is worth something.
    """
    import numpy as np

    values = np.asarray(worth, dtype=float)
    length = values.shape[-1] if values.ndim else 0
    n = length.bit_length() - 1
    if length != 2 ** max(n, 0) or n > MAX_GAME_PLAYERS:
        raise ValueError(f"a game has 2^n values, for at most {MAX_GAME_PLAYERS} players")
    if one_game and values.ndim != 1:
        raise ValueError(f"this is for one game, of shape (2^n,), and not for {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError("what a coalition is worth must be a finite number")
    if values[..., 0].any():
        raise ValueError(
            f"the empty coalition is worth nothing, and is given {np.abs(values[..., 0]).max():g}: "
            "values stand in the order of the bits of their index, the empty coalition first"
        )
    return values, n


def _unions_of_subsets(masks: list[int]) -> NDArray[np.int64]:
    """The unions of every selection of some sets, given as bits."""
    import numpy as np

    unions = np.zeros(1, dtype=np.int64)
    for mask in masks:
        unions = np.concatenate([unions, unions | mask])
    return unions


def _subset_sizes(n: int) -> NDArray[np.uint8]:
    """How many of n things each selection of them has."""
    import numpy as np

    return np.bitwise_count(np.arange(2**n, dtype=np.uint32))
