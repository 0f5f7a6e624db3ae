"""Standard normal numbers for many things at once, such as all pairs of actors: a hash of stream, draw and place.

Two things share a word of 32 bits, so each takes one of 65,536 values, the middles of as many equal shares of the
normal distribution. That is their distribution, with standard deviation 0.99998.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from detente.methods.sampling.keyed_hypercube import StreamKeys, mix_words
from detente.methods.sampling.normal_quantile import normal_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Words = NDArray[np.uint32]

LEVELS = 65_536
"""Values that each number may take."""
STEP_OF_PLACES = 0x9E3779B9
"""By what the word of one place differs from that before it: 2^32 divided by the golden ratio."""


@lru_cache(maxsize=1)
def normal_levels() -> Floats:
    """The values, in rising order, shape (LEVELS,).

    Example:
        >>> from detente.methods.sampling.keyed_normals import normal_levels
        >>> normal_levels()[[0, 32_768]].round(4).tolist()
        [-4.3249, 0.0]
    """
    import numpy as np

    levels: Floats = normal_quantile((np.arange(LEVELS) + 0.5) / LEVELS)
    levels.flags.writeable = False
    return levels


def keyed_levels(indices: Words, places: int, keys: StreamKeys) -> NDArray[np.intp]:
    """Which value each thing takes in each draw, shape (draws, places).

    Args:
        indices: Which draws, shape (draws,).
        places: How many things.
        keys: Of the stream.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sampling.keyed_hypercube import stream_keys
        >>> from detente.methods.sampling.keyed_normals import keyed_levels
        >>> keyed_levels(np.arange(2, dtype=np.uint32), 3, stream_keys(1, "pairs")).tolist()
        [[1176, 23733, 53711], [53857, 18909, 27703]]
    """
    import numpy as np

    first, second = (np.uint32(key) for key in keys)
    with np.errstate(over="ignore"):
        draws = mix_words(mix_words(indices + first) ^ second)
        words = mix_words(draws[:, None] + np.uint32(STEP_OF_PLACES) * np.arange(-(-places // 2), dtype=np.uint32))
    halves = np.stack([words & np.uint32(0xFFFF), words >> np.uint32(16)], axis=-1)
    return halves.reshape(len(indices), -1)[:, :places].astype(np.intp)


def keyed_normals(indices: Words, places: int, keys: StreamKeys) -> Floats:
    """Standard normal numbers, shape (draws, places).

    Args:
        indices: Which draws, shape (draws,).
        places: How many things.
        keys: Of the stream.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sampling.keyed_hypercube import stream_keys
        >>> from detente.methods.sampling.keyed_normals import keyed_normals
        >>> keys, indices = stream_keys(1, "pairs"), np.arange(9, dtype=np.uint32)
        >>> whole, part = keyed_normals(indices, 3, keys), keyed_normals(indices[5:], 3, keys)
        >>> (whole[5:] == part).all()
        np.True_
    """
    return normal_levels()[keyed_levels(indices, places, keys)]
