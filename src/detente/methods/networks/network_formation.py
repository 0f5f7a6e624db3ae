"""Every network that a set of possible links allows: what it is worth, who gains by it, which ones would last.

A network game gives every network a worth (Jackson and Wolinsky 1996). The network of a coalition is what is left of
the whole one when all links of others are cut, so what coalitions are worth can be read off the worths of networks.
Networks are numbered by their links: bit l of a number says whether possible link l is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.methods.networks.coalitional_games import shapley
from detente.methods.networks.communication_graph import Link, pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_LINKS = 16
"""Possible links beyond which the networks are too many to be listed."""
MOST_PLAYERS = 14
"""Players up to which it is worth while to work out the values of all networks."""
_AT_ONCE = 4_096


def lengths(n: int, links: Sequence[Link]) -> NDArray[np.int8]:
    """How far apart each pair is in every network: shape (2^links, pairs), 0 where the two are not joined.

    Raises:
        ValueError: If there are more than 16 possible links.
    """
    if len(links) > MOST_LINKS:
        raise ValueError(f"at most {MOST_LINKS} links")
    return _lengths(n, tuple(links))


@lru_cache(maxsize=8)
def _lengths(n: int, links: tuple[Link, ...]) -> NDArray[np.int8]:
    import numpy as np

    i, j = pairs(n)
    found = np.zeros((2 ** len(links), len(i)), dtype=np.int8)
    for start in range(0, len(found), _AT_ONCE):
        network = np.arange(start, min(start + _AT_ONCE, len(found)))
        linked = np.zeros((len(network), n, n), dtype=np.float32)
        for index, (a, b) in enumerate(links):
            linked[:, a, b] = linked[:, b, a] = network >> index & 1
        reach = linked
        part = found[start : start + len(network)]
        for length in range(1, n):
            part[(part == 0) & (reach[:, i, j] > 0)] = length
            reach = np.minimum(reach @ linked, 1)
    found.flags.writeable = False
    return found


def pair_worth(apart: NDArray[np.int8], synergies: Floats, decay: float = 1.0) -> Floats:
    """What every network is worth if each pair in it has what it gains, less for every further link.

    Args:
        apart: Of `lengths`, shape (networks, pairs).
        synergies: Shape (pairs,).
        decay: What is left for every further link.

    Returns:
        Shape (networks,).
    """
    import numpy as np

    by_length = np.concatenate([[0.0], decay ** np.arange(max(int(apart.max(initial=1)), 1))])
    return by_length[apart] @ synergies


def inside(n: int, links: Sequence[Link]) -> NDArray[np.int64]:
    """The network that is left to every coalition: that of the links between its own members, shape (2^n,)."""
    import numpy as np

    coalition = np.arange(2**n)
    found = np.zeros(2**n, dtype=np.int64)
    for index, (a, b) in enumerate(links):
        found |= (coalition >> a & coalition >> b & 1) << index
    return found


def network_values(n: int, links: Sequence[Link], worth: Floats) -> Floats:
    """The Myerson value of every network, for network games as Jackson and Wolinsky (1996) have it.

    Args:
        n: How many players.
        links: The possible links.
        worth: Of every network, shape (2^links,); the empty one is worth nothing.

    Returns:
        Shape (2^links, n).
    """
    import numpy as np

    left = inside(n, links)
    value = np.empty((len(worth), n))
    step = max(1, 2**22 >> n)
    for start in range(0, len(worth), step):
        network = np.arange(start, min(start + step, len(worth)))
        value[network] = shapley(worth[network[:, None] & left])
    return value


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
        ValueError: As for `game_of`, the links being the players: the network without any must be worth nothing, so
            what players are worth alone is to be taken from the game first.
    """
    import numpy as np

    ends = np.zeros((len(links), n))
    for index, link in enumerate(links):
        ends[index, list(link)] = 0.5
    value: Floats = link_value(worth) @ ends
    return value


def link_value(worth: Floats) -> Floats:
    """What each link is worth: its Shapley value among the links, shape (..., links)."""
    return shapley(worth)


def coalition_worth(n: int, links: Sequence[Link], worth: Floats) -> Floats:
    """What every network is worth under a game of coalitions: the sum over its connected parts.

    Args:
        n: How many players.
        links: The possible links.
        worth: Of every coalition, shape (2^n,); that of one player alone counts too.

    Returns:
        Shape (2^links,).
    """
    import numpy as np

    apart = lengths(n, links)
    i, j = pairs(n)
    joined = np.zeros((len(apart), n), dtype=np.int64) + (1 << np.arange(n))
    for index, (a, b) in enumerate(zip(i.tolist(), j.tolist(), strict=True)):
        there = (apart[:, index] > 0).astype(np.int64)
        joined[:, a] |= there << b
        joined[:, b] |= there << a
    leads = (joined & -joined) == 1 << np.arange(n)
    found: Floats = np.where(leads, worth[joined], 0.0).sum(axis=1)
    return found


def kept(links: Sequence[Link], values: Floats, cost: float, near: float = 1e-9) -> NDArray[np.bool_]:
    """Which networks are pairwise stable (Jackson and Wolinsky 1996).

    Nobody would rather cut one of its links, and no two who are not linked would both rather be, one of them strictly.
    Each bears half of what a link costs. Gains below `near` times the largest value count as none.

    Args:
        links: The possible links.
        values: What each player has in each network before costs, shape (2^links, n).
        cost: Of a link.
        near: What counts as nothing.

    Returns:
        Shape (2^links,).
    """
    import numpy as np

    none = near * max(float(np.abs(values).max(initial=0.0)), 1e-300)
    network = np.arange(len(values))
    stable = np.ones(len(values), dtype=bool)
    for index, (a, b) in enumerate(links):
        without = network[network >> index & 1 == 0]
        with_it = without | 1 << index
        gain_a = values[with_it, a] - values[without, a] - cost / 2
        gain_b = values[with_it, b] - values[without, b] - cost / 2
        stable[with_it] &= (gain_a >= -none) & (gain_b >= -none)
        wanted = (gain_a > none) & (gain_b >= -none) | (gain_a >= -none) & (gain_b > none)
        stable[without] &= ~wanted
    return stable
