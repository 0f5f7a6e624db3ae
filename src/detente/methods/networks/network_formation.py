"""Every network that a set of possible links allows: what it is worth, who gains by it, which ones would last.

A network game gives every network a worth (Jackson and Wolinsky 1996). The network of a coalition is what is left of
the whole one when all links of others are cut, so what coalitions are worth can be read off the worths of networks.
Networks are numbered by their links: bit l of a number says whether possible link l is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.methods.networks.coalitional_games import shapley_value
from detente.methods.networks.communication_graph import Link, pair_indices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MAX_LINKS = 16
"""Possible links beyond which the networks are too many to be listed."""
MAX_PLAYERS_FOR_VALUES = 14
"""Players up to which it is worth while to work out the values of all networks."""
_BATCH_SIZE = 4_096


def path_lengths(n: int, links: Sequence[Link]) -> NDArray[np.int8]:
    """How far apart each pair is in every network: shape (2^links, pairs), 0 where the two are not joined.

    Raises:
        ValueError: If there are more than 16 possible links.

    Example:
        >>> from detente.methods.networks.network_formation import path_lengths
        >>> path_lengths(3, [(0, 1), (1, 2)]).tolist()  # without links, with either, with both
        [[0, 0, 0], [1, 0, 0], [0, 0, 1], [1, 2, 1]]
    """
    if len(links) > MAX_LINKS:
        raise ValueError(f"at most {MAX_LINKS} links")
    return _cached_path_lengths(n, tuple(links))


@lru_cache(maxsize=8)
def _cached_path_lengths(n: int, links: tuple[Link, ...]) -> NDArray[np.int8]:
    import numpy as np

    i, j = pair_indices(n)
    lengths_table = np.zeros((2 ** len(links), len(i)), dtype=np.int8)
    for start in range(0, len(lengths_table), _BATCH_SIZE):
        network = np.arange(start, min(start + _BATCH_SIZE, len(lengths_table)))
        linked = np.zeros((len(network), n, n), dtype=np.float32)
        for index, (a, b) in enumerate(links):
            linked[:, a, b] = linked[:, b, a] = network >> index & 1
        reachable = linked
        batch_lengths = lengths_table[start : start + len(network)]
        for length in range(1, n):
            batch_lengths[(batch_lengths == 0) & (reachable[:, i, j] > 0)] = length
            reachable = np.minimum(reachable @ linked, 1)
    lengths_table.flags.writeable = False
    return lengths_table


def pairwise_network_worth(pair_lengths: NDArray[np.int8], synergies: Floats, decay: float = 1.0) -> Floats:
    """What every network is worth if each pair in it has what it gains, less for every further link.

    Args:
        pair_lengths: Of `path_lengths`, shape (networks, pairs).
        synergies: Shape (pairs,).
        decay: What is left for every further link.

    Returns:
        Shape (networks,).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.network_formation import pairwise_network_worth, path_lengths
        >>> lengths = path_lengths(3, [(0, 1), (1, 2)])
        >>> pairwise_network_worth(lengths, np.ones(3), decay=0.5).tolist()
        [0.0, 1.0, 1.0, 2.5]
    """
    import numpy as np

    decay_by_length = np.concatenate([[0.0], decay ** np.arange(max(int(pair_lengths.max(initial=1)), 1))])
    return decay_by_length[pair_lengths] @ synergies


def subnetwork_masks(n: int, links: Sequence[Link]) -> NDArray[np.int64]:
    """The network that is left to every coalition: that of the links between its own members, shape (2^n,).

    Example:
        >>> from detente.methods.networks.network_formation import subnetwork_masks
        >>> subnetwork_masks(3, [(0, 1), (1, 2)]).tolist()
        [0, 0, 0, 1, 0, 0, 2, 3]
    """
    import numpy as np

    coalition = np.arange(2**n)
    masks = np.zeros(2**n, dtype=np.int64)
    for index, (a, b) in enumerate(links):
        masks |= (coalition >> a & coalition >> b & 1) << index
    return masks


def network_myerson_values(n: int, links: Sequence[Link], worth: Floats) -> Floats:
    """The Myerson value of every network, for network games as Jackson and Wolinsky (1996) have it.

    Args:
        n: How many players.
        links: The possible links.
        worth: Of every network, shape (2^links,); the empty one is worth nothing.

    Returns:
        Shape (2^links, n).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.network_formation import network_myerson_values
        >>> from detente.methods.networks.network_formation import pairwise_network_worth
        >>> from detente.methods.networks.network_formation import path_lengths
        >>> links = [(0, 1), (1, 2)]
        >>> worth = pairwise_network_worth(path_lengths(3, links), np.ones(3))
        >>> network_myerson_values(3, links, worth).round(4).tolist()[-1]
        [0.8333, 1.3333, 0.8333]
    """
    import numpy as np

    subnetworks = subnetwork_masks(n, links)
    values = np.empty((len(worth), n))
    batch_size = max(1, 2**22 >> n)
    for start in range(0, len(worth), batch_size):
        network = np.arange(start, min(start + batch_size, len(worth)))
        values[network] = shapley_value(worth[network[:, None] & subnetworks])
    return values


def position_value(n: int, links: Sequence[Link], worth: Floats) -> Floats:
    """The position value of the network of all links: each link's Shapley value, half to either end.

    Borm, Owen and Tijs (1992). The links are the players, and a set of them is worth what the network is.

    Args:
        n: How many players.
        links: The links.
        worth: Of every network, shape (..., 2^links).

    Returns:
        Shape (..., n).

    Raises:
        ValueError: As for `shapley_value`, the links being the players: the network without any must be worth nothing,
            so what players are worth alone is to be taken from the game first.

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.network_formation import componentwise_network_worth, position_value
        >>> links = [(0, 1), (1, 2)]
        >>> worth = componentwise_network_worth(3, links, np.array([0, 0, 0, 60, 0, 60, 60, 72.0]))
        >>> position_value(3, links, worth).round(4).tolist()
        [18.0, 36.0, 18.0]
    """
    import numpy as np

    ends = np.zeros((len(links), n))
    for index, link in enumerate(links):
        ends[index, list(link)] = 0.5
    value: Floats = link_value(worth) @ ends
    return value


def link_value(worth: Floats) -> Floats:
    """What each link is worth: its Shapley value among the links, shape (..., links).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.network_formation import link_value
        >>> link_value(np.array([0.0, 60.0, 60.0, 72.0])).tolist()
        [36.0, 36.0]
    """
    return shapley_value(worth)


def componentwise_network_worth(n: int, links: Sequence[Link], worth: Floats) -> Floats:
    """What every network is worth under a game of coalitions: the sum over its connected parts.

    Args:
        n: How many players.
        links: The possible links.
        worth: Of every coalition, shape (2^n,); that of one player alone counts too.

    Returns:
        Shape (2^links,).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.network_formation import componentwise_network_worth
        >>> componentwise_network_worth(3, [(0, 1), (1, 2)], np.array([0, 0, 0, 60, 0, 60, 60, 72.0])).tolist()
        [0.0, 60.0, 60.0, 72.0]
    """
    import numpy as np

    pair_lengths = path_lengths(n, links)
    i, j = pair_indices(n)
    component_masks = np.zeros((len(pair_lengths), n), dtype=np.int64) + (1 << np.arange(n))
    for index, (a, b) in enumerate(zip(i.tolist(), j.tolist(), strict=True)):
        is_joined = (pair_lengths[:, index] > 0).astype(np.int64)
        component_masks[:, a] |= is_joined << b
        component_masks[:, b] |= is_joined << a
    is_lowest_member = (component_masks & -component_masks) == 1 << np.arange(n)
    network_worth: Floats = np.where(is_lowest_member, worth[component_masks], 0.0).sum(axis=1)
    return network_worth


def pairwise_stable_networks(
    links: Sequence[Link], values: Floats, cost: float, tolerance: float = 1e-9
) -> NDArray[np.bool_]:
    """Which networks are pairwise stable (Jackson and Wolinsky 1996).

    Nobody would rather cut one of its links, and no two who are not linked would both rather be, one of them strictly.
    Each bears half of what a link costs. Gains below `tolerance` times the largest value count as none.

    Args:
        links: The possible links.
        values: What each player has in each network before costs, shape (2^links, n).
        cost: Of a link.
        tolerance: What counts as nothing.

    Returns:
        Shape (2^links,).

    Example:
        >>> import numpy as np
        >>> from detente.methods.networks.network_formation import network_myerson_values
        >>> from detente.methods.networks.network_formation import pairwise_network_worth
        >>> from detente.methods.networks.network_formation import pairwise_stable_networks
        >>> from detente.methods.networks.network_formation import path_lengths
        >>> links = [(0, 1), (0, 2), (1, 2)]
        >>> worth = pairwise_network_worth(path_lengths(3, links), np.ones(3))
        >>> stable = pairwise_stable_networks(links, network_myerson_values(3, links, worth), cost=0.5)
        >>> np.flatnonzero(stable).tolist()  # the three paths, and not the triangle
        [3, 5, 6]
    """
    import numpy as np

    negligible_gain = tolerance * max(float(np.abs(values).max(initial=0.0)), 1e-300)
    network = np.arange(len(values))
    stable = np.ones(len(values), dtype=bool)
    for index, (a, b) in enumerate(links):
        without_link = network[network >> index & 1 == 0]
        with_link = without_link | 1 << index
        gain_a = values[with_link, a] - values[without_link, a] - cost / 2
        gain_b = values[with_link, b] - values[without_link, b] - cost / 2
        stable[with_link] &= (gain_a >= -negligible_gain) & (gain_b >= -negligible_gain)
        is_wanted = (gain_a > negligible_gain) & (gain_b >= -negligible_gain) | (gain_a >= -negligible_gain) & (
            gain_b > negligible_gain
        )
        stable[without_link] &= ~is_wanted
    return stable
