"""Coalitions counted by a generating function: for weights of small sums, whatever the number of members.

One coefficient stands for a size and a sum under each criterion (Mann and Shapley 1962; Brams and Affuso 1976), in
slots of one large whole number, of as many bits as the largest count takes; adding a member is one shift and one sum.
Time and memory grow with the product of the sums over the criteria.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from detente.methods.institutions.counts_by_halves import WeightedQuota


def count_by_series(
    members: int, criteria: Sequence[WeightedQuota]
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """How many coalitions meet all criteria, by size: all of them, and those with each member in them."""
    weights = list(zip(*(member_weights for member_weights, _ in criteria), strict=True))
    quotas = [quota for _, quota in criteria]
    counts_by_weights: dict[tuple[int, ...], tuple[int, ...]] = {}
    for member, member_weights in enumerate(weights):
        if member_weights not in counts_by_weights:  # members with the same weights are in as many
            other_weights = [*weights[:member], *weights[member + 1 :]]
            deficits = [quota - weight for quota, weight in zip(quotas, member_weights, strict=True)]
            counts_by_weights[member_weights] = (0, *_count_by_size(other_weights, deficits))
    return _count_by_size(weights, quotas), tuple(counts_by_weights[member_weights] for member_weights in weights)


def _count_by_size(weights: Sequence[Sequence[int]], quotas: Sequence[int]) -> tuple[int, ...]:
    """How many coalitions have what is needed under every criterion, by size."""
    quotas = [max(0, quota) for quota in quotas]
    sums = [sum(member_weights[k] for member_weights in weights) for k in range(len(quotas))]
    if any(total < quota for total, quota in zip(sums, quotas, strict=True)):
        return (0,) * (len(weights) + 1)
    strides = [prod(total + 1 for total in sums[:k]) for k in range(len(sums) + 1)]
    bits = len(weights) + 1
    series = 1
    for member_weights in weights:
        shift = strides[-1] + sum(weight * stride for weight, stride in zip(member_weights, strides, strict=False))
        series += series << (bits * shift)
    counts, slot_bits = [], bits * strides[-1]
    for size in range(len(weights) + 1):
        coefficients = (series >> (slot_bits * size)) & ((1 << slot_bits) - 1)
        for total, quota, stride in reversed(list(zip(sums, quotas, strides, strict=False))):
            coefficients = _sum_rows(coefficients >> (bits * stride * quota), bits * stride, total - quota + 1)
        counts.append(coefficients)
    return tuple(counts)


def _sum_rows(rows: int, slot_bits: int, row_count: int) -> int:
    """The sum of so many rows of slots, each of so many bits: halves are added while there are two."""
    # All counts together are at most 2^members, so that sums of slots never spill over.
    while row_count > 1:
        half = row_count // 2
        rows = (rows >> (slot_bits * half)) + (rows & ((1 << (slot_bits * half)) - 1))
        row_count -= half
    return rows
