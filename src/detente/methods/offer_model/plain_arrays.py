"""Rows of a model as plain arrays: numbers by their places, sets as masks, lists of lists by where each begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from detente.methods.offer_model.network_rows import ByActor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Masks = NDArray[np.bool_]
    Words = NDArray[np.uint32]

NONE = -1
"""In the place of a number, that there is none."""


def place_or_none(number: int | None) -> int:
    """The place of a number; NONE if there is none."""
    return NONE if number is None else number


def actor_places(numbers: ByActor | None, actor_count: int) -> Integers:
    """The place of each actor's number, shape (actors,); NONE where there is none."""
    return integer_array(place_or_none(number) for number in (numbers or (None,) * actor_count))


def integer_array(values: Iterable[int]) -> Integers:
    """Whole numbers, shape (values,)."""
    import numpy as np

    return np.array(list(values), dtype=np.int64)


def integer_matrix(rows: Sequence[Sequence[int] | Integers], width: int) -> Integers:
    """Whole numbers, shape (rows, width), without rows as well."""
    import numpy as np

    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def mask_rows(rows: Sequence[Sequence[int]], width: int) -> Masks:
    """Sets as masks of whom they hold, shape (rows, width)."""
    import numpy as np

    masks = np.zeros((len(rows), width), dtype=bool)
    for number, row in enumerate(rows):
        masks[number, list(row)] = True
    return masks


def list_starts(counts: Iterable[int]) -> Integers:
    """Where each of several lists begins if they stand one after another, and where the last ends.

    Args:
        counts: How long each is.

    Returns:
        Shape (lists + 1,).
    """
    import numpy as np

    return np.concatenate([[0], np.cumsum(list(counts), dtype=np.int64)]).astype(np.int64)
