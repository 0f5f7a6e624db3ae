"""Coalitions that meet criteria, counted exactly by their size, with and without each member.

Three ways, the cheapest that will do. Sums of weights that are small are the exponents of a generating function (Mann
and Shapley 1962; Brams and Affuso 1976). Large weights are dealt with by two halves of the members, whose coalitions
are put together (after Horowitz and Sahni 1974, from memory): under one criterion by sorting, under several pair by
pair. Where all weigh alike only the size matters. Beyond `MAX_BITS` or `MAX_PAIRS`, OverflowError.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, gcd, prod

from detente.methods.institutions.counts_by_halves import WeightedQuota, count_by_halves
from detente.methods.institutions.counts_by_series import count_by_series

MAX_BITS = 30_000_000
"""Bits of the generating function, beyond which it is not used."""
MAX_PAIRS = 2**32
"""Coalitions, as pairs of one of either half, that are looked at under several criteria: those of 32 members."""
MAX_SORTED = 2**20
"""Coalitions of one half of the members that are sorted, under one criterion."""
MAX_SUM = 2**62
"""The largest sum of weights that fits."""


@dataclass(frozen=True, slots=True)
class CoalitionCounts:
    """How many coalitions there are of each size, from 0 to all; and how many of these have each member in them.

    Example:
        >>> from detente.methods.institutions.coalition_counts import count_coalitions
        >>> count_coalitions(3, [((2, 1, 1), 3)]).with_min_size(3).by_size
        (0, 0, 0, 1)
    """

    by_size: tuple[int, ...]
    by_size_with_member: tuple[tuple[int, ...], ...]

    def __add__(self, other: CoalitionCounts) -> CoalitionCounts:
        return self._add_signed(other, 1)

    def __sub__(self, other: CoalitionCounts) -> CoalitionCounts:
        return self._add_signed(other, -1)

    def _add_signed(self, other: CoalitionCounts, sign: int) -> CoalitionCounts:
        pairs = zip((self.by_size, *self.by_size_with_member), (other.by_size, *other.by_size_with_member), strict=True)
        totals, *member_rows = [tuple(a + sign * b for a, b in zip(left, right, strict=True)) for left, right in pairs]
        return CoalitionCounts(totals, tuple(member_rows))

    def with_min_size(self, min_size: int) -> CoalitionCounts:
        """Only coalitions of so many members or more."""
        filtered = [
            tuple(n if size >= min_size else 0 for size, n in enumerate(row))
            for row in (self.by_size, *self.by_size_with_member)
        ]
        return CoalitionCounts(filtered[0], tuple(filtered[1:]))


def count_coalitions(members: int, criteria: Iterable[WeightedQuota]) -> CoalitionCounts:
    """The coalitions that meet all criteria.

    Raises:
        OverflowError: Where that is more than can be counted.

    Example:
        >>> from detente.methods.institutions.coalition_counts import count_coalitions
        >>> count_coalitions(3, [((2, 1, 1), 3)]).by_size  # two of two and one of three
        (0, 0, 2, 1)
    """
    min_size, weighted_criteria = 0, dict[WeightedQuota, None]()
    for weights, quota in criteria:
        if quota <= 0:
            continue
        if len(set(weights)) > 1:
            weighted_criteria[weights, quota] = None
        else:  # all weigh alike, so that only the size matters
            min_size = max(min_size, -(-quota // weights[0]) if weights and weights[0] else members + 1)
    return _count_meeting(members, tuple(weighted_criteria)).with_min_size(min_size)


def _count_meeting(members: int, criteria: tuple[WeightedQuota, ...]) -> CoalitionCounts:
    if not criteria:
        by_size = tuple(comb(members, size) for size in range(members + 1))
        by_size_with_member = tuple(comb(members - 1, size - 1) if size else 0 for size in range(members + 1))
        return CoalitionCounts(by_size, (by_size_with_member,) * members)
    reduced_criteria = [_reduce_criterion(*needs) for needs in criteria]
    series_bits = (members + 1) ** 2 * prod(sum(weights) + 1 for weights, _ in reduced_criteria)
    combinations, limit = (
        (2**members, MAX_PAIRS) if len(reduced_criteria) > 1 else (2 ** (members - members // 2), MAX_SORTED)
    )
    fits = combinations <= limit and all(sum(weights) + quota <= MAX_SUM for weights, quota in reduced_criteria)
    if series_bits <= MAX_BITS and not (fits and combinations < series_bits):
        return CoalitionCounts(*count_by_series(members, reduced_criteria))
    if fits:
        return CoalitionCounts(*count_by_halves(members, reduced_criteria))
    raise OverflowError(
        f"{members} members with weights that add up to {[sum(w) for w, _ in reduced_criteria]} are too many"
    )


def _reduce_criterion(weights: tuple[int, ...], quota: int) -> WeightedQuota:
    """The same criterion in the smallest whole numbers that have a common measure."""
    divisor = gcd(*weights)
    return tuple(weight // divisor for weight in weights), -(-quota // divisor)
