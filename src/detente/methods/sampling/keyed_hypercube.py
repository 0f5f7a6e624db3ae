"""A Latin hypercube without end, keyed by name: 256 draws fall into 256 equal parts of the unit interval, one in each.

Draw i belongs to group i // 256. Within a group a keyed permutation gives each draw a part of the interval (McKay,
Beckman and Conover 1979), and a keyed hash its place in that part. Groups are independent of each other, so each is a
replicate: the standard error of a mean is that of the means of groups. All is 32-bit arithmetic on whole numbers, which
Python, compiled code and a browser do to the bit. The hash is Wellons' `lowbias32` (2018; from memory); the permutation
is ours, as are the tests of both.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Words = NDArray[np.uint32]

GROUP_SIZE = 256
"""Draws in a group, one in each of as many equal parts of the unit interval."""
StreamKeys = tuple[int, int]
"""Two whole numbers of 32 bits that are a stream's own."""


def stream_keys(seed: int, name: str, replicate: int = 0) -> StreamKeys:
    """The keys of a stream.

    Args:
        seed: Of the whole.
        name: What is drawn, such as the path of a number in a case.
        replicate: Another one gives other draws of the same number.

    Example:
        >>> from detente.methods.sampling.keyed_hypercube import stream_keys
        >>> stream_keys(1, "network.gravity")
        (2361089807, 147899252)
    """
    digest = hashlib.blake2b(f"{seed}/{replicate}/{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def mix_words(words: Words) -> Words:
    """A hash of whole numbers of 32 bits that changes about half of the bits for each that is changed.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sampling.keyed_hypercube import mix_words
        >>> mix_words(np.array([1, 2], dtype=np.uint32)).tolist()
        [1753845952, 3507691905]
    """
    import numpy as np

    with np.errstate(over="ignore"):
        words = words ^ (words >> np.uint32(16))
        words = words * np.uint32(0x7FEB352D)
        words = words ^ (words >> np.uint32(15))
        words = words * np.uint32(0x846CA68B)
        return words ^ (words >> np.uint32(16))


def _permute_bytes(bytes_in: Words, keys: Words) -> Words:
    """A permutation of 0 to 255 for each key: rounds of adding, of multiplying by what is odd, and of folding."""
    import numpy as np

    mask, one = np.uint32(255), np.uint32(1)
    with np.errstate(over="ignore"):
        permuted = (bytes_in + keys) & mask
        permuted = (permuted * ((keys >> np.uint32(7)) | one)) & mask
        permuted = permuted ^ (permuted >> np.uint32(4))
        permuted = (permuted + (keys >> np.uint32(16))) & mask
        permuted = (permuted * ((keys >> np.uint32(22)) | one)) & mask
        permuted = permuted ^ (permuted >> np.uint32(3))
        other_keys = keys * np.uint32(0x9E3779B1)
        permuted = (permuted + (other_keys >> np.uint32(24))) & mask
        permuted = (permuted * ((other_keys >> np.uint32(11)) | one)) & mask
        permuted = permuted ^ (permuted >> np.uint32(5))
        permuted = permuted * ((other_keys >> np.uint32(3)) | one) + (other_keys >> np.uint32(17))
    return np.asarray(permuted & mask)


def hypercube_words(indices: Words, keys: StreamKeys) -> Words:
    """The draws of a stream as whole numbers of 32 bits: the first 8 are the part of the interval.

    Args:
        indices: Which draws, from 0, below 2^32; of any shape.
        keys: Of the stream.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sampling.keyed_hypercube import hypercube_words, stream_keys
        >>> hypercube_words(np.array([0, 4095], dtype=np.uint32), stream_keys(1, "network.gravity")).tolist()
        [2893686872, 1680355312]
    """
    import numpy as np

    first, second = (np.uint32(key) for key in keys)
    with np.errstate(over="ignore"):
        group_keys = mix_words(mix_words((indices >> np.uint32(8)) + first) ^ second)
        parts = _permute_bytes(indices & np.uint32(255), group_keys)
        places = mix_words(mix_words(indices + second) ^ first)
    return (parts << np.uint32(24)) | (places >> np.uint32(8))


def words_to_uniforms(words: Words) -> Floats:
    """Whole numbers of 32 bits as shares between 0 and 1: the middles of 2^32 equal parts.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sampling.keyed_hypercube import words_to_uniforms
        >>> words_to_uniforms(np.array([2**31], dtype=np.uint32)).round(6).tolist()
        [0.5]
    """
    import numpy as np

    return np.asarray((words + 0.5) * 2.0**-32, dtype=float)


def hypercube_uniforms(start: int, count: int, keys: StreamKeys) -> Floats:
    """The draws of a stream as shares between 0 and 1.

    Args:
        start: The first draw.
        count: How many.
        keys: Of the stream.

    Returns:
        Shape (count,).

    Example:
        >>> from detente.methods.sampling.keyed_hypercube import hypercube_uniforms, stream_keys
        >>> draws = hypercube_uniforms(0, 256, stream_keys(1, "network.gravity"))
        >>> sorted((draws * 256).astype(int).tolist()) == list(range(256))  # one in each of 256 parts
        True
    """
    import numpy as np

    return words_to_uniforms(hypercube_words(np.arange(start, start + count, dtype=np.uint32), keys))
