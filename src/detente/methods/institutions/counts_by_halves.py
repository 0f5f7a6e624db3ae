"""Coalitions counted by two halves of the members, whose coalitions are put together: for weights of any size.

After Horowitz and Sahni (1974, from memory), who so find subsets with a sum. All coalitions of a half are listed by
size with their sums. Under one criterion those of the other half that make up what is lacking are found by bisection;
under several, every pair is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

Needs = tuple[tuple[int, ...], int]
"""The weights of all members under one criterion, and the least sum of them."""


@dataclass(frozen=True)
class _Half:
    """All coalitions of some of the members, by size."""

    members: int
    subsets: Numbers
    """Who is in each: member k is bit k."""
    sizes: Numbers
    sums: Sequence[Numbers]
    """Of the weights of each coalition, under each criterion."""
    ends: Sequence[int]
    """Where the coalitions of each size end."""

    def of_size(self, size: int) -> slice:
        """Where the coalitions of a size stand."""
        return slice(self.ends[size - 1] if size else 0, self.ends[size])


def meeting_by_halves(members: int, criteria: Sequence[Needs]) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """How many coalitions meet all criteria, by size: all of them, and those with each member in them.

    Args:
        members: How many there are, two or more.
        criteria: Sums of weights and what is needed stay below 2^63.
    """
    first, second = range(members // 2), range(members // 2, members)
    one, other = (_half([[weights[i] for i in part] for weights, _ in criteria]) for part in (first, second))
    needed = [needed for _, needed in criteria]
    if len(criteria) == 1:
        matches = _sorted(one, other, needed[0]), _sorted(other, one, needed[0])
    else:
        matches = _paired(one, other, needed)
    having = [
        _by_size(half, found, members, member)
        for half, found in zip((one, other), matches, strict=True)
        for member in range(half.members)
    ]
    return _by_size(one, matches[0], members), tuple(having)


def _half(weights: Sequence[Sequence[int]]) -> _Half:
    import numpy as np

    members = len(weights[0])
    subsets = np.arange(2**members, dtype=np.int64)
    sizes = sum((subsets >> member & 1 for member in range(members)), np.zeros_like(subsets))
    order = np.argsort(sizes, kind="stable")
    subsets = subsets[order]
    sums = [
        sum(((subsets >> member & 1) * weight for member, weight in enumerate(its)), np.zeros_like(subsets))
        for its in weights
    ]
    ends = np.cumsum(np.bincount(sizes, minlength=members + 1))
    return _Half(members, subsets, sizes[order], sums, [int(end) for end in ends])


def _sorted(one: _Half, other: _Half, needed: int) -> Numbers:
    """For each coalition of one half, how many of each size of the other make up what it lacks."""
    import numpy as np

    found = np.empty((len(one.subsets), other.members + 1), dtype=np.int64)
    for size in range(other.members + 1):
        sums = np.sort(other.sums[0][other.of_size(size)])
        found[:, size] = len(sums) - np.searchsorted(sums, needed - one.sums[0], side="left")
    return found


def _paired(one: _Half, other: _Half, needed: Sequence[int]) -> tuple[Numbers, Numbers]:
    """The same under several criteria, for the coalitions of both halves."""
    import numpy as np

    of_one = np.empty((len(one.subsets), other.members + 1), dtype=np.int64)
    of_other = np.zeros((one.members + 1, len(other.subsets)), dtype=np.int64)
    slices = [other.of_size(size) for size in range(other.members + 1)]
    for number, size in enumerate(one.sizes.tolist()):
        lacking = [need - int(sums[number]) for need, sums in zip(needed, one.sums, strict=True)]
        meets = other.sums[0] >= lacking[0]
        for sums, lack in zip(other.sums[1:], lacking[1:], strict=True):
            meets &= sums >= lack
        of_one[number] = [np.count_nonzero(meets[its]) for its in slices]
        of_other[size] += meets
    return of_one, of_other.T


def _by_size(half: _Half, matches: Numbers, members: int, member: int | None = None) -> tuple[int, ...]:
    """The coalitions of all members by size; those with one member of the half in them, if it is named."""
    counted = [0] * (members + 1)
    for size in range(half.members + 1):
        its = half.of_size(size)
        rows = matches[its] if member is None else matches[its][half.subsets[its] >> member & 1 == 1]
        for others, number in enumerate(rows.sum(axis=0).tolist()):
            counted[size + others] += number
    return tuple(counted)
