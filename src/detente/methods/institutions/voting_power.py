"""Voting power: how often a member decides the outcome, exactly.

A coalition wins if it holds every veto and meets every criterion: its weights meet the quota, or it meets another
criterion that is enough by itself (as where too few are left to block). The Banzhaf index counts the coalitions that a
member turns from losing to winning, its swings (Penrose 1946; Banzhaf 1965); Shapley-Shubik weighs them by the orders
in which members may join, (|S|-1)! (n-|S|)! / n! (Shapley and Shubik 1954). All results are exact; where there are too
many coalitions to count, OverflowError.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import factorial

from detente.methods.institutions.coalition_counts import Counts, coalitions


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the members of a winning coalition must have together: weights, and the least sum of them."""

    weights: tuple[int, ...]
    """Of each member, 0 or more."""
    quota: int
    or_else: Criterion | None = None
    """Another criterion that is enough instead; it has none of its own."""

    def met_by(self, coalition: frozenset[int]) -> bool:
        """Whether these members meet it."""
        met = sum(self.weights[i] for i in coalition) >= self.quota
        return met or (self.or_else is not None and self.or_else.met_by(coalition))


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
        every = [*self.criteria, *(c.or_else for c in self.criteria if c.or_else)]
        if not self.criteria or len({len(c.weights) for c in every}) > 1 or not self.n:
            raise ValueError("a voting game needs at least one criterion, and every criterion the same members")
        if any(w < 0 for c in every for w in c.weights):
            raise ValueError("a weight is 0 or more")
        if any(c.or_else.or_else for c in self.criteria if c.or_else):
            raise ValueError("a criterion that is enough instead of another has none that is enough instead of it")
        if not self.vetoes <= set(range(self.n)):
            raise ValueError("a veto player is a member")

    @property
    def n(self) -> int:
        """How many members there are."""
        return len(self.criteria[0].weights)

    def wins(self, coalition: frozenset[int]) -> bool:
        """Whether these members together can decide."""
        return self.vetoes <= coalition and all(criterion.met_by(coalition) for criterion in self.criteria)

    def swings(self) -> list[dict[int, int]]:
        """For each member, the coalitions that it turns, by how many others are in them."""
        free = [i for i in range(self.n) if i not in self.vetoes]  # no coalition wins without every veto player
        winning, vetoes = self._winning, len(self.vetoes)
        every_veto = {size + vetoes - 1: number for size, number in enumerate(winning.all) if number}
        result = [every_veto] * self.n
        for i, having in zip(free, winning.having, strict=True):
            # With it in they win, less those that win without it.
            without = [all_ - its for all_, its in zip(winning.all, having, strict=True)]
            turned = ((size, having[size + 1] - without[size]) for size in range(len(free)))
            result[i] = {size + vetoes: number for size, number in turned if number}
        return result

    @cached_property
    def _winning(self) -> Counts:
        """The winning coalitions, by the members in them that have no veto."""
        first, *others = list(self._signed())
        found = self._meeting(first[1])
        for sign, criteria in others:
            found = found + self._meeting(criteria) if sign > 0 else found - self._meeting(criteria)
        return found

    def _signed(self) -> Iterator[tuple[int, tuple[Criterion, ...]]]:
        """Criteria that must all be met, to be added and taken away: one or the other is both added, less both at once.

        Criteria with the same alternative are met together or by it, since (a or c) and (b or c) is (a and b) or c.
        """
        found: list[tuple[int, tuple[Criterion, ...]]] = [(1, ())]
        for or_else in dict.fromkeys(c.or_else for c in self.criteria):
            together = tuple(c for c in self.criteria if c.or_else == or_else)
            ways = [(1, together)]
            if or_else:
                ways += [(1, (or_else,)), (-1, (*together, or_else))]
            found = [(sign * s, (*so_far, *more)) for sign, so_far in found for s, more in ways]
        return iter(found)

    def _meeting(self, criteria: tuple[Criterion, ...]) -> Counts:
        free = [i for i in range(self.n) if i not in self.vetoes]
        return coalitions(
            len(free),
            [(tuple(c.weights[i] for i in free), c.quota - sum(c.weights[i] for i in self.vetoes)) for c in criteria],
        )

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
