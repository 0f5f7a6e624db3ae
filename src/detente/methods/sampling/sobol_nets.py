"""Sobol nets scrambled by name: several numbers spread evenly at once, block by block.

The first 2,048 points of Sobol's sequence (1967), with the direction numbers of Joe and Kuo (2008), are a net: they
fill every box of a certain kind alike. Each number takes a dimension, and its bits are scrambled by a hash keyed by its
name and the block (nested uniform scrambling of Owen 1995 by the hash of Laine and Karras 2011, with the constants of
Burley 2020; all from memory). So a block is one net, and blocks are independent of each other. Which dimension a number
takes is its rank among all that vary: another number more moves the others, which in a hypercube it does not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from detente.methods.sampling.keyed_hypercube import stream_keys, words_to_uniforms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Words = NDArray[np.uint32]

NET_SIZE = 2_048
"""Points of a net."""
MOST_DIMENSIONS = 21_201
"""Numbers for which there are direction numbers."""
_MULTIPLIERS = (0x6C50B47C, 0xB82F1E52, 0xC7AFE638, 0x8D22F6E6)


@lru_cache(maxsize=4)
def _plain_net(dimensions: int) -> Words:
    """The net before it is scrambled, shape (NET_SIZE, dimensions)."""
    import numpy as np
    from scipy.stats.qmc import Sobol

    points = Sobol(dimensions, scramble=False, bits=32).random(NET_SIZE)
    return np.asarray(points * 2.0**32).astype(np.uint32)


def net_directions(dimensions: int) -> list[list[int]]:
    """The direction numbers of the net: point i differs from that before it by number k, the zeros at the end of i.

    Args:
        dimensions: How many.

    Returns:
        For each dimension 11 whole numbers of 32 bits, since 2^11 is `NET_SIZE`.

    Example:
        >>> from detente.methods.sampling.sobol_nets import net_directions
        >>> [hex(word) for word in net_directions(2)[1][:3]]
        ['0x80000000', '0xc0000000', '0xa0000000']
    """
    import numpy as np

    net = _plain_net(dimensions)
    places = 2 ** np.arange(NET_SIZE.bit_length() - 1)
    words: list[list[int]] = (net[places] ^ net[places - 1]).T.tolist()
    return words


def _reverse_bits(words: Words) -> Words:
    import numpy as np

    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF), (16, 0x0000FFFF)):
        words = ((words >> np.uint32(shift)) & np.uint32(mask)) | ((words & np.uint32(mask)) << np.uint32(shift))
    return words


def _scramble(words: Words, keys: tuple[int, int]) -> Words:
    """Nested uniform scrambling: whether a bit is turned depends on the bits above it, and on the keys."""
    import numpy as np

    words = _reverse_bits(words)
    with np.errstate(over="ignore"):
        for key in keys:
            words = words + np.uint32(key)
            for multiplier in _MULTIPLIERS:
                words = words ^ (words * np.uint32(multiplier))
    return _reverse_bits(words)


def sobol_uniforms(start: int, count: int, name: str, dimension: int, dimensions: int, seed: int) -> Floats:
    """The draws of one number as shares between 0 and 1.

    Args:
        start: The first draw.
        count: How many.
        name: Of the number, such as its path in a case.
        dimension: Its dimension, from 0.
        dimensions: How many numbers there are.
        seed: Of the whole.

    Returns:
        Shape (count,).

    Raises:
        ValueError: If there are more numbers than dimensions.

    Example:
        >>> from detente.methods.sampling.sobol_nets import sobol_uniforms
        >>> draws = sobol_uniforms(0, 2048, "network.gravity", 3, 8, seed=1)
        >>> sorted((draws * 2048).astype(int).tolist()) == list(range(2048))
        True
    """
    import numpy as np

    if dimensions > MOST_DIMENSIONS:
        raise ValueError(f"more than {MOST_DIMENSIONS} numbers")
    column = _plain_net(dimensions)[:, dimension]
    blocks = range(start // NET_SIZE, -(-(start + count) // NET_SIZE))
    words = [_scramble(column, stream_keys(seed, f"{name}/net/{block}")) for block in blocks]
    first = start - blocks.start * NET_SIZE
    return words_to_uniforms(np.concatenate(words)[first : first + count])
