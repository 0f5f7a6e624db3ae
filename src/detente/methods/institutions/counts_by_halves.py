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

WeightedQuota = tuple[tuple[int, ...], int]
"""The weights of all members under one criterion, and the least sum of them."""


@dataclass(frozen=True)
class _HalfCoalitions:
    """All coalitions of some of the members, by size."""

    member_count: int
    subsets: Numbers
    """Who is in each: member k is bit k."""
    sizes: Numbers
    sums: Sequence[Numbers]
    """Of the weights of each coalition, under each criterion."""
    size_ends: Sequence[int]
    """Where the coalitions of each size end."""

    def size_slice(self, size: int) -> slice:
        """Where the coalitions of a size stand."""
        return slice(self.size_ends[size - 1] if size else 0, self.size_ends[size])


def count_by_halves(
    members: int, criteria: Sequence[WeightedQuota]
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """How many coalitions meet all criteria, by size: all of them, and those with each member in them.

    Args:
        members: How many there are, two or more.
        criteria: Sums of weights and what is needed stay below 2^63.
    """
    first_members, second_members = range(members // 2), range(members // 2, members)
    left, right = (
        _list_half_coalitions([[weights[i] for i in half_members] for weights, _ in criteria])
        for half_members in (first_members, second_members)
    )
    needed = [needed for _, needed in criteria]
    if len(criteria) == 1:
        matches = _count_by_sorting(left, right, needed[0]), _count_by_sorting(right, left, needed[0])
    else:
        matches = _count_by_pairs(left, right, needed)
    by_size_with_member = [
        _totals_by_size(half, half_matches, members, member)
        for half, half_matches in zip((left, right), matches, strict=True)
        for member in range(half.member_count)
    ]
    return _totals_by_size(left, matches[0], members), tuple(by_size_with_member)


def _list_half_coalitions(weights: Sequence[Sequence[int]]) -> _HalfCoalitions:
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
    return _HalfCoalitions(members, subsets, sizes[order], sums, [int(end) for end in ends])


def _count_by_sorting(half: _HalfCoalitions, other_half: _HalfCoalitions, quota: int) -> Numbers:
    """For each coalition of one half, how many of each size of the other make up what it lacks."""
    import numpy as np

    matches = np.empty((len(half.subsets), other_half.member_count + 1), dtype=np.int64)
    for size in range(other_half.member_count + 1):
        sums = np.sort(other_half.sums[0][other_half.size_slice(size)])
        matches[:, size] = len(sums) - np.searchsorted(sums, quota - half.sums[0], side="left")
    return matches


def _count_by_pairs(
    half: _HalfCoalitions, other_half: _HalfCoalitions, quotas: Sequence[int]
) -> tuple[Numbers, Numbers]:
    """The same under several criteria, for the coalitions of both halves."""
    import numpy as np

    half_matches = np.empty((len(half.subsets), other_half.member_count + 1), dtype=np.int64)
    other_matches = np.zeros((half.member_count + 1, len(other_half.subsets)), dtype=np.int64)
    slices = [other_half.size_slice(size) for size in range(other_half.member_count + 1)]
    for index, size in enumerate(half.sizes.tolist()):
        deficits = [quota - int(sums[index]) for quota, sums in zip(quotas, half.sums, strict=True)]
        meets = other_half.sums[0] >= deficits[0]
        for sums, deficit in zip(other_half.sums[1:], deficits[1:], strict=True):
            meets &= sums >= deficit
        half_matches[index] = [np.count_nonzero(meets[its]) for its in slices]
        other_matches[size] += meets
    return half_matches, other_matches.T


def _totals_by_size(
    half: _HalfCoalitions, matches: Numbers, members: int, member: int | None = None
) -> tuple[int, ...]:
    """The coalitions of all members by size; those with one member of the half in them, if it is named."""
    totals = [0] * (members + 1)
    for size in range(half.member_count + 1):
        size_rows = half.size_slice(size)
        rows = matches[size_rows] if member is None else matches[size_rows][half.subsets[size_rows] >> member & 1 == 1]
        for other_size, matching in enumerate(rows.sum(axis=0).tolist()):
            totals[size + other_size] += matching
    return tuple(totals)
