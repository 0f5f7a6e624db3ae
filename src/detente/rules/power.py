"""Voting power: how often a member decides the outcome, exactly.

A coalition wins if it holds every veto and its weights meet the quota of every criterion. The Banzhaf index counts the
coalitions that a member turns from losing to winning, its swings (Penrose 1946; Banzhaf 1965); Shapley-Shubik weighs
them by the orders in which members may join, (|S|-1)! (n-|S|)! / n! (Shapley and Shubik 1954). Coalitions are counted
by their size and sums at once, as coefficients of a generating function (Mann and Shapley 1962; Brams and Affuso 1976)
kept in one large whole number, so that adding a member is one shift and one sum. All results are exact; where the
number would grow beyond measure, OverflowError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial, prod

MOST_LISTED = 12
"""Members up to whom every coalition is listed."""
MOST_BITS = 30_000_000
"""Bits of the generating function beyond which coalitions are not counted."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the members of a winning coalition must have together: weights, and the least sum of them."""

    weights: tuple[int, ...]
    """Of each member, 0 or more."""
    quota: int


@dataclass(frozen=True)
class VotingGame:
    """Who can bring about a decision: criteria that must all be met, and members without whom nothing passes.

    Raises:
        ValueError: If the criteria are of different members, a weight is below 0, or a veto player is no member.
    """

    criteria: tuple[Criterion, ...]
    vetoes: frozenset[int] = frozenset()
    """The members with a veto, by number from 0."""

    def __post_init__(self) -> None:
        if not self.criteria or len({len(c.weights) for c in self.criteria}) > 1 or not self.n:
            raise ValueError("a voting game needs at least one criterion, and every criterion the same members")
        if any(w < 0 for c in self.criteria for w in c.weights):
            raise ValueError("a weight is 0 or more")
        if not self.vetoes <= set(range(self.n)):
            raise ValueError("a veto player is a member")

    @property
    def n(self) -> int:
        """How many members there are."""
        return len(self.criteria[0].weights)

    def wins(self, coalition: frozenset[int]) -> bool:
        """Whether these members together can decide."""
        return self.vetoes <= coalition and all(sum(c.weights[i] for i in coalition) >= c.quota for c in self.criteria)

    @cached_property
    def _free(self) -> list[int]:
        """The members without a veto: only coalitions with every veto player in them can win."""
        return [i for i in range(self.n) if i not in self.vetoes]

    @cached_property
    def _needed(self) -> list[int]:
        """What is needed of them under each criterion."""
        return [max(0, c.quota - sum(c.weights[i] for i in self.vetoes)) for c in self.criteria]

    def swings(self) -> list[dict[int, int]]:
        """For each member, the coalitions that it turns, by how many others are in them."""
        winning = self._counts(self._free, [0] * len(self.criteria))
        every_veto = {size + len(self.vetoes) - 1: number for size, number in winning.items()}
        found: dict[tuple[int, ...], dict[int, int]] = {}
        result = []
        for i in range(self.n):
            if i in self.vetoes:
                result.append(every_veto)
                continue
            weights = tuple(c.weights[i] for c in self.criteria)
            if weights not in found:  # members with the same weights swing alike
                others = [j for j in self._free if j != i]
                with_it = self._counts(others, list(weights))
                without = self._counts(others, [0] * len(weights))
                found[weights] = {
                    size + len(self.vetoes): number - without.get(size, 0)
                    for size, number in with_it.items()
                    if number > without.get(size, 0)
                }
            result.append(found[weights])
        return result

    def _counts(self, members: Sequence[int], given: Sequence[int]) -> dict[int, int]:
        """How many coalitions of these members, by size, meet what is needed, where so much is given already."""
        needed = [max(0, need - held) for need, held in zip(self._needed, given, strict=True)]
        # Sums are counted up to what is needed, all above it alike, so that no more slots are kept than tell apart.
        return _sizes([[c.weights[i] for c in self.criteria] for i in members], needed)

    def banzhaf(self) -> list[Fraction]:
        """Of all coalitions of the others, the share that each member turns."""
        return [Fraction(sum(its.values()), 2 ** (self.n - 1)) for its in self.swings()]

    def normalised_banzhaf(self) -> list[Fraction]:
        """Each member's share of all swings; 0 where nobody ever decides."""
        totals = [sum(its.values()) for its in self.swings()]
        return [Fraction(total, sum(totals)) if sum(totals) else Fraction(0) for total in totals]

    def shapley_shubik(self) -> list[Fraction]:
        """The share of all orders of joining in which each member is the one that turns the outcome."""
        orders = factorial(self.n)
        return [
            Fraction(sum(number * factorial(s) * factorial(self.n - s - 1) for s, number in its.items()), orders)
            for its in self.swings()
        ]


def _sizes(members: Sequence[Sequence[int]], needed: Sequence[int]) -> dict[int, int]:
    """How many coalitions have what is needed under every criterion, by size.

    One coefficient of the generating function stands for a size and a sum under each criterion, in slots of as many
    bits as the largest count takes; time and memory grow with the product of the sums over the criteria. Under a
    criterion by which all weigh alike only the size matters.
    """
    open_ = [k for k, need in enumerate(needed) if need > 0]
    alike = {k: members[0][k] for k in open_ if members and len({member[k] for member in members}) == 1}
    if any(weight == 0 for weight in alike.values()):
        return {}
    least = max((-(-needed[k] // weight) for k, weight in alike.items()), default=0)
    open_ = [k for k in open_ if k not in alike]
    sums = [sum(member[k] for member in members) for k in open_]
    if any(total < needed[k] for k, total in zip(open_, sums, strict=True)):
        return {}
    if len(members) <= MOST_LISTED:
        return _listed([[member[k] for k in open_] for member in members], [needed[k] for k in open_], least)
    strides = [prod(total + 1 for total in sums[:k]) for k in range(len(sums) + 1)]
    bits = len(members) + 1
    if strides[-1] * bits * bits > MOST_BITS:
        raise OverflowError(f"{len(members)} members with weights that add up to {sums} are too many to count")
    series = 1
    for member in members:
        shift = strides[-1] + sum(member[k] * stride for k, stride in zip(open_, strides, strict=False))
        series += series << (bits * shift)
    found: dict[int, int] = {}
    mask = (1 << bits) - 1
    for size in range(least, len(members) + 1):
        block = (series >> (bits * strides[-1] * size)) & ((1 << (bits * strides[-1])) - 1)
        number = 0
        for first, length in _runs(sums, [needed[k] for k in open_]):
            run = (block >> (bits * first)) & ((1 << (bits * length)) - 1)
            number += _added(run, bits, length, mask)
        if number:
            found[size] = number
    return found


def _listed(members: Sequence[Sequence[int]], needed: Sequence[int], least: int) -> dict[int, int]:
    """The same by listing every coalition: quicker for few members, whatever their weights."""
    coalitions: list[tuple[int, tuple[int, ...]]] = [(0, (0,) * len(needed))]
    for member in members:
        coalitions += [(n + 1, tuple(a + b for a, b in zip(held, member, strict=True))) for n, held in coalitions]
    sizes = Counter(
        n for n, held in coalitions if n >= least and all(a >= b for a, b in zip(held, needed, strict=True))
    )
    return dict(sizes)


def _runs(sums: Sequence[int], needed: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of slots in which every sum is large enough: where each begins and how long it is."""
    if not sums:
        yield 0, 1
        return
    # The first criterion runs fastest: its sums from what is needed upwards are neighbours.
    length = sums[0] - needed[0] + 1
    offsets = [needed[0]]
    stride = sums[0] + 1
    for total, need in zip(sums[1:], needed[1:], strict=True):
        offsets = [offset + stride * value for value in range(need, total + 1) for offset in offsets]
        stride *= total + 1
    yield from ((offset, length) for offset in offsets)


def _added(run: int, bits: int, length: int, mask: int) -> int:
    """The sum of the slots of a run: halves are added while they fit, then slot by slot."""
    # Slots hold counts of at most 2^(bits-1) together, so that sums of slots never spill over.
    while length > 1:
        half = length // 2
        high = run >> (bits * half)
        low = run & ((1 << (bits * half)) - 1)
        run, length = low + high, length - half
    return run & mask
