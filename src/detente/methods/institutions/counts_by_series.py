"""Coalitions counted by a generating function: for weights of small sums, whatever the number of members.

One coefficient stands for a size and a sum under each criterion (Mann and Shapley 1962; Brams and Affuso 1976), in
slots of one large whole number, of as many bits as the largest count takes; adding a member is one shift and one sum.
Time and memory grow with the product of the sums over the criteria.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from detente.methods.institutions.counts_by_halves import Needs


def meeting_by_series(members: int, criteria: Sequence[Needs]) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """How many coalitions meet all criteria, by size: all of them, and those with each member in them."""
    weights = list(zip(*(its for its, _ in criteria), strict=True))
    needed = [need for _, need in criteria]
    alike: dict[tuple[int, ...], tuple[int, ...]] = {}
    for member, its in enumerate(weights):
        if its not in alike:  # members with the same weights are in as many
            others = [*weights[:member], *weights[member + 1 :]]
            lacking = [need - weight for need, weight in zip(needed, its, strict=True)]
            alike[its] = (0, *_sizes(others, lacking))
    return _sizes(weights, needed), tuple(alike[its] for its in weights)


def _sizes(members: Sequence[Sequence[int]], needed: Sequence[int]) -> tuple[int, ...]:
    """How many coalitions have what is needed under every criterion, by size."""
    needed = [max(0, need) for need in needed]
    sums = [sum(member[k] for member in members) for k in range(len(needed))]
    if any(total < need for total, need in zip(sums, needed, strict=True)):
        return (0,) * (len(members) + 1)
    strides = [prod(total + 1 for total in sums[:k]) for k in range(len(sums) + 1)]
    bits = len(members) + 1
    series = 1
    for member in members:
        shift = strides[-1] + sum(weight * stride for weight, stride in zip(member, strides, strict=False))
        series += series << (bits * shift)
    found, slots = [], bits * strides[-1]
    for size in range(len(members) + 1):
        block = (series >> (slots * size)) & ((1 << slots) - 1)
        for total, need, stride in reversed(list(zip(sums, needed, strides, strict=False))):
            block = _added(block >> (bits * stride * need), bits * stride, total - need + 1)
        found.append(block)
    return tuple(found)


def _added(rows: int, bits: int, length: int) -> int:
    """The sum of so many rows of slots, each of so many bits: halves are added while there are two."""
    # All counts together are at most 2^members, so that sums of slots never spill over.
    while length > 1:
        half = length // 2
        rows = (rows >> (bits * half)) + (rows & ((1 << (bits * half)) - 1))
        length -= half
    return rows
