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

from detente.methods.institutions.coalition_counts import CoalitionCounts, count_coalitions


@dataclass(frozen=True, slots=True)
class WinningCriterion:
    """What the members of a winning coalition must have together: weights, and the least sum of them.

    Example:
        >>> from detente.methods.institutions.voting_power import WinningCriterion
        >>> WinningCriterion((3, 2, 1), quota=4).is_met_by(frozenset({0, 2}))
        True
    """

    weights: tuple[int, ...]
    """Of each member, 0 or more."""
    quota: int
    alternative: WinningCriterion | None = None
    """Another criterion that is enough instead; it has none of its own."""

    def is_met_by(self, coalition: frozenset[int]) -> bool:
        """Whether these members meet it."""
        quota_met = sum(self.weights[i] for i in coalition) >= self.quota
        return quota_met or (self.alternative is not None and self.alternative.is_met_by(coalition))


@dataclass(frozen=True)
class VotingGame:
    """Who can bring about a decision: criteria that must all be met, and members without whom nothing passes.

    Raises:
        ValueError: If the criteria are of different members, a weight is below 0, or a veto player is no member.

    Example:
        >>> from detente.methods.institutions.voting_power import VotingGame, WinningCriterion
        >>> council = VotingGame((WinningCriterion((7,) * 5 + (1,) * 10, quota=39),))  # the Security Council of the UN
        >>> permanent, other = council.shapley_shubik_index()[0], council.shapley_shubik_index()[-1]
        >>> round(float(permanent), 4), str(other)  # 0.1963 and 4/2145
        (0.1963, '4/2145')
        >>> round(float(council.normalised_banzhaf_index()[0]), 4)
        0.1669
    """

    criteria: tuple[WinningCriterion, ...]
    veto_players: frozenset[int] = frozenset()
    """The members with a veto, by number from 0."""

    def __post_init__(self) -> None:
        all_criteria = [*self.criteria, *(c.alternative for c in self.criteria if c.alternative)]
        if not self.criteria or len({len(c.weights) for c in all_criteria}) > 1 or not self.n:
            raise ValueError("a voting game needs at least one criterion, and every criterion the same members")
        if any(w < 0 for c in all_criteria for w in c.weights):
            raise ValueError("a weight is 0 or more")
        if any(c.alternative.alternative for c in self.criteria if c.alternative):
            raise ValueError("a criterion that is enough instead of another has none that is enough instead of it")
        if not self.veto_players <= set(range(self.n)):
            raise ValueError("a veto player is a member")

    @property
    def n(self) -> int:
        """How many members there are."""
        return len(self.criteria[0].weights)

    def wins(self, coalition: frozenset[int]) -> bool:
        """Whether these members together can decide."""
        return self.veto_players <= coalition and all(criterion.is_met_by(coalition) for criterion in self.criteria)

    def swings(self) -> list[dict[int, int]]:
        """For each member, the coalitions that it turns, by how many others are in them."""
        non_vetoers = [
            i for i in range(self.n) if i not in self.veto_players
        ]  # no coalition wins without every veto player
        winning_counts, veto_count = self._winning_counts, len(self.veto_players)
        every_veto = {size + veto_count - 1: number for size, number in enumerate(winning_counts.by_size) if number}
        result = [every_veto] * self.n
        for i, with_member in zip(non_vetoers, winning_counts.by_size_with_member, strict=True):
            # With it in they win, less those that win without it.
            without_member = [total - counts for total, counts in zip(winning_counts.by_size, with_member, strict=True)]
            swing_counts = ((size, with_member[size + 1] - without_member[size]) for size in range(len(non_vetoers)))
            result[i] = {size + veto_count: number for size, number in swing_counts if number}
        return result

    @cached_property
    def _winning_counts(self) -> CoalitionCounts:
        """The winning coalitions, by the members in them that have no veto."""
        first_term, *other_terms = list(self._signed_criteria())
        counts = self._count_meeting(first_term[1])
        for sign, criteria in other_terms:
            counts = counts + self._count_meeting(criteria) if sign > 0 else counts - self._count_meeting(criteria)
        return counts

    def _signed_criteria(self) -> Iterator[tuple[int, tuple[WinningCriterion, ...]]]:
        """Criteria that must all be met, to be added and taken away: one or the other is both added, less both at once.

        Criteria with the same alternative are met together or by it, since (a or c) and (b or c) is (a and b) or c.
        """
        terms: list[tuple[int, tuple[WinningCriterion, ...]]] = [(1, ())]
        for alternative in dict.fromkeys(c.alternative for c in self.criteria):
            same_alternative = tuple(c for c in self.criteria if c.alternative == alternative)
            expansions = [(1, same_alternative)]
            if alternative:
                expansions += [(1, (alternative,)), (-1, (*same_alternative, alternative))]
            terms = [(sign * s, (*so_far, *added)) for sign, so_far in terms for s, added in expansions]
        return iter(terms)

    def _count_meeting(self, criteria: tuple[WinningCriterion, ...]) -> CoalitionCounts:
        non_vetoers = [i for i in range(self.n) if i not in self.veto_players]
        return count_coalitions(
            len(non_vetoers),
            [
                (tuple(c.weights[i] for i in non_vetoers), c.quota - sum(c.weights[i] for i in self.veto_players))
                for c in criteria
            ],
        )

    def banzhaf_index(self) -> list[Fraction]:
        """Of all coalitions of the others, the share that each member turns."""
        return [Fraction(sum(counts.values()), 2 ** (self.n - 1)) for counts in self.swings()]

    def normalised_banzhaf_index(self) -> list[Fraction]:
        """Each member's share of all swings; 0 where nobody ever decides."""
        totals = [sum(counts.values()) for counts in self.swings()]
        return [Fraction(total, sum(totals)) if sum(totals) else Fraction(0) for total in totals]

    def shapley_shubik_index(self) -> list[Fraction]:
        """The share of all orders of joining in which each member is the one that turns the outcome."""
        orders = factorial(self.n)
        return [
            Fraction(sum(number * factorial(s) * factorial(self.n - s - 1) for s, number in counts.items()), orders)
            for counts in self.swings()
        ]
