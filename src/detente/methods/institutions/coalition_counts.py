"""Coalitions that meet criteria, counted exactly by their size, with and without each member.

Three ways, the cheapest that will do. Sums of weights that are small are the exponents of a generating function (Mann
and Shapley 1962; Brams and Affuso 1976). Large weights are dealt with by two halves of the members, whose coalitions
are put together (after Horowitz and Sahni 1974, from memory): under one criterion by sorting, under several pair by
pair. Where all weigh alike only the size matters. Beyond `MOST_BITS` or `MOST_PAIRS`, OverflowError.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, gcd, prod

from detente.methods.institutions.counts_by_halves import Needs, meeting_by_halves
from detente.methods.institutions.counts_by_series import meeting_by_series

MOST_BITS = 30_000_000
"""Bits of the generating function, beyond which it is not used."""
MOST_PAIRS = 2**32
"""Coalitions, as pairs of one of either half, that are looked at under several criteria: those of 32 members."""
MOST_SORTED = 2**20
"""Coalitions of one half of the members that are sorted, under one criterion."""
MOST_SUM = 2**62
"""The largest sum of weights that fits."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many coalitions there are of each size, from 0 to all; and how many of these have each member in them."""

    all: tuple[int, ...]
    having: tuple[tuple[int, ...], ...]

    def __add__(self, other: Counts) -> Counts:
        return self._with(other, 1)

    def __sub__(self, other: Counts) -> Counts:
        return self._with(other, -1)

    def _with(self, other: Counts, sign: int) -> Counts:
        pairs = zip((self.all, *self.having), (other.all, *other.having), strict=True)
        first, *rest = [tuple(a + sign * b for a, b in zip(one, two, strict=True)) for one, two in pairs]
        return Counts(first, tuple(rest))

    def from_size(self, least: int) -> Counts:
        """Only coalitions of so many members or more."""
        kept = [tuple(n if size >= least else 0 for size, n in enumerate(row)) for row in (self.all, *self.having)]
        return Counts(kept[0], tuple(kept[1:]))


def coalitions(members: int, criteria: Iterable[Needs]) -> Counts:
    """The coalitions that meet all criteria.

    Raises:
        OverflowError: Where that is more than can be counted.
    """
    least, telling = 0, dict[Needs, None]()
    for weights, needed in criteria:
        if needed <= 0:
            continue
        if len(set(weights)) > 1:
            telling[weights, needed] = None
        else:  # all weigh alike, so that only the size matters
            least = max(least, -(-needed // weights[0]) if weights and weights[0] else members + 1)
    return _meeting(members, tuple(telling)).from_size(least)


def _meeting(members: int, criteria: tuple[Needs, ...]) -> Counts:
    if not criteria:
        row = tuple(comb(members, size) for size in range(members + 1))
        having = tuple(comb(members - 1, size - 1) if size else 0 for size in range(members + 1))
        return Counts(row, (having,) * members)
    reduced = [_reduced(*needs) for needs in criteria]
    bits = (members + 1) ** 2 * prod(sum(weights) + 1 for weights, _ in reduced)
    looks, most = (2**members, MOST_PAIRS) if len(reduced) > 1 else (2 ** (members - members // 2), MOST_SORTED)
    fits = looks <= most and all(sum(weights) + needed <= MOST_SUM for weights, needed in reduced)
    if bits <= MOST_BITS and not (fits and looks < bits):
        return Counts(*meeting_by_series(members, reduced))
    if fits:
        return Counts(*meeting_by_halves(members, reduced))
    raise OverflowError(f"{members} members with weights that add up to {[sum(w) for w, _ in reduced]} are too many")


def _reduced(weights: tuple[int, ...], needed: int) -> Needs:
    """The same criterion in the smallest whole numbers that have a common measure."""
    measure = gcd(*weights)
    return tuple(weight // measure for weight in weights), -(-needed // measure)
