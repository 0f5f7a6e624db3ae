"""What becomes of a proposal under a decision rule: its outcome, who blocks it, what would unblock it, its chances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from detente.methods.institutions.decision_rules import Stance, VoteOutcome, VotingRule

MAX_MEMBER_COMBINATIONS = 20_000
MAX_POINT_SUMS = 50_000


def proposal_outcome(rule: VotingRule, stances: Mapping[str, Stance]) -> VoteOutcome:
    """Whether a proposal passes: `open` where it hangs on members whose stance is unknown, or not given.

    Example:
        >>> from detente.methods.institutions.decision_rules import unanimity_rule
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> rule = unanimity_rule("ab")
        >>> proposal_outcome(rule, {"a": "for"}), proposal_outcome(rule, {"a": "against"})
        ('open', 'fails')
    """
    if rule.passes(_settle_unknown(rule, stances, "against")):
        return "passes"
    return "open" if rule.passes(_settle_unknown(rule, stances, "for")) else "fails"


def _settle_unknown(rule: VotingRule, stances: Mapping[str, Stance], assumed_stance: Stance) -> dict[str, Stance]:
    stance_by_member = {member: stances.get(member, "unknown") for member in rule.members}
    return {member: assumed_stance if stance == "unknown" else stance for member, stance in stance_by_member.items()}


@dataclass(frozen=True, slots=True)
class CoalitionChange:
    """Members who would all have to come to say yes: these, and so many of each of these groups of equals.

    Example:
        >>> from detente.methods.institutions.decision_analysis import CoalitionChange
        >>> CoalitionChange(("a",), ((2, ("b", "c", "d")),)).size  # a, and any two of three
        3
    """

    required_members: tuple[str, ...]
    group_choices: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def size(self) -> int:
        """How many members that is."""
        return len(self.required_members) + sum(count for count, _ in self.group_choices)


def minimal_unblocking_sets(rule: VotingRule, stances: Mapping[str, Stance]) -> list[CoalitionChange]:
    """Every smallest set of members whose yes would let a proposal pass: none of them passes with one member less.

    Unknown stances are taken as they are worst, so that the sets suffice whatever these are. Members who earn alike
    and stand alike are told as a group: any two of three.

    Raises:
        OverflowError: If there are more combinations than `MAX_MEMBER_COMBINATIONS`; members of equal weight do not add
            to them.

    Example:
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> from detente.methods.institutions.decision_analysis import minimal_unblocking_sets
        >>> rule = majority_rule(dict.fromkeys("abcd", 1), 3)
        >>> minimal_unblocking_sets(rule, {"a": "for", "b": "against", "c": "against", "d": "against"})
        [CoalitionChange(required_members=(), group_choices=((2, ('b', 'c', 'd')),))]
    """
    current_stances = _settle_unknown(rule, stances, "against")
    if rule.passes(current_stances):
        return []
    members_by_kind: dict[tuple[object, ...], list[str]] = {}
    for member in rule.members:
        if current_stances[member] != "for":
            member_points = tuple(condition.points.get(member) for condition in rule.single_conditions)
            members_by_kind.setdefault((member_points, current_stances[member]), []).append(member)
    groups = list(members_by_kind.values())
    # Without all of a needed member's group nothing passes: found first, since it leaves less to combine.
    min_counts = [_min_group_count(rule, current_stances, groups, index) for index in range(len(groups))]
    if any(count is None for count in min_counts):
        return []
    ranges = [range(low or 0, len(group) + 1) for low, group in zip(min_counts, groups, strict=True)]
    combinations = 1
    for count_range in ranges:
        combinations *= len(count_range)
    if combinations > MAX_MEMBER_COMBINATIONS:
        raise OverflowError(f"{combinations} combinations of members are more than can be looked through")
    passing_counts = {
        counts for counts in product(*ranges) if rule.passes(_stances_after(current_stances, groups, counts))
    }
    # Every rule is monotone, so a set is smallest if it passes with no member of any group less.
    minimal = [
        counts
        for counts in sorted(passing_counts)
        if not any(
            (*counts[:k], count - 1, *counts[k + 1 :]) in passing_counts for k, count in enumerate(counts) if count
        )
    ]
    changes = [_as_coalition_change(groups, counts) for counts in minimal]
    return sorted(changes, key=lambda change: change.size)


def _min_group_count(
    rule: VotingRule, current_stances: Mapping[str, Stance], groups: Sequence[Sequence[str]], index: int
) -> int | None:
    """The fewest of a group without whom nothing passes, whatever the others do; None if nothing does even with all."""
    full_counts = [len(group) for group in groups]
    for count in range(len(groups[index]) + 1):
        counts = [*full_counts[:index], count, *full_counts[index + 1 :]]
        if rule.passes(_stances_after(current_stances, groups, counts)):
            return count
    return None


def _stances_after(
    current_stances: Mapping[str, Stance], groups: Sequence[Sequence[str]], counts: Iterable[int]
) -> dict[str, Stance]:
    changed: dict[str, Stance] = {
        member: "for" for group, count in zip(groups, counts, strict=True) for member in group[:count]
    }
    return {**current_stances, **changed}


def _as_coalition_change(groups: Sequence[Sequence[str]], counts: Iterable[int]) -> CoalitionChange:
    chosen_groups = [(count, tuple(group)) for group, count in zip(groups, counts, strict=True) if count]
    complete_members = tuple(member for count, group in chosen_groups if count == len(group) for member in group)
    return CoalitionChange(
        complete_members, tuple((count, group) for count, group in chosen_groups if count < len(group))
    )


def blocking_members(rule: VotingRule, stances: Mapping[str, Stance]) -> list[str]:
    """The members who keep a proposal from passing: those in any of the smallest sets that would unblock it.

    Example:
        >>> from detente.methods.institutions.decision_rules import consensus_rule
        >>> from detente.methods.institutions.decision_analysis import blocking_members
        >>> blocking_members(consensus_rule("abc"), {"a": "for", "b": "against", "c": "neutral"})
        ['b']
    """
    blocking = {
        member
        for change in minimal_unblocking_sets(rule, stances)
        for member in (*change.required_members, *(m for _, group in change.group_choices for m in group))
    }
    return [member for member in rule.members if member in blocking]


StanceChances = Mapping[str, tuple[float, float, float]]
"""For each member the chances of being for, neutral and against, independently of the others."""


def passage_probability(rule: VotingRule, chances: StanceChances) -> float:
    """The chance that a proposal passes, exactly: over the sums of points, not over all combinations of stances.

    Raises:
        OverflowError: If there are more sums than `MAX_POINT_SUMS`, as with many members of very different weights.

    Example:
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> from detente.methods.institutions.decision_analysis import passage_probability
        >>> passage_probability(majority_rule(dict.fromkeys("abc", 1), 2), dict.fromkeys("abc", (0.5, 0.0, 0.5)))
        0.5
    """
    distribution: dict[tuple[int, ...], float] = {(0,) * len(rule.single_conditions): 1.0}
    for member in rule.members:
        next_distribution: dict[tuple[int, ...], float] = {}
        for step, p in _point_steps(rule, member, chances[member]):
            for point_sums, q in distribution.items():
                new_sums = tuple(a + b for a, b in zip(point_sums, step, strict=True))
                next_distribution[new_sums] = next_distribution.get(new_sums, 0.0) + p * q
        if len(next_distribution) > MAX_POINT_SUMS:
            raise OverflowError(f"there are more than {MAX_POINT_SUMS} sums of points to keep apart")
        distribution = next_distribution
    return sum(p for point_sums, p in distribution.items() if _passes_with_points(rule, point_sums))


def _passes_with_points(rule: VotingRule, earned_points: Sequence[int]) -> bool:
    """Whether so many points under each condition let a proposal pass."""
    met = {
        id(condition): points >= condition.required_points
        for condition, points in zip(rule.single_conditions, earned_points, strict=True)
    }
    return all(
        met[id(condition)] or (condition.alternative is not None and met[id(condition.alternative)])
        for condition in rule.conditions
    )


def _point_steps(
    rule: VotingRule, member: str, chances: tuple[float, float, float]
) -> Iterator[tuple[tuple[int, ...], float]]:
    for stance, p in enumerate(chances):
        if p > 0:
            yield tuple(condition.points.get(member, (0, 0, 0))[stance] for condition in rule.single_conditions), p


def pivot_probabilities(rule: VotingRule, chances: StanceChances) -> dict[str, float]:
    """For each member, by how much its yes rather than its no raises the chance of passing.

    Example:
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> from detente.methods.institutions.decision_analysis import pivot_probabilities
        >>> pivot_probabilities(majority_rule(dict.fromkeys("abc", 1), 2), dict.fromkeys("abc", (0.5, 0.0, 0.5)))
        {'a': 0.5, 'b': 0.5, 'c': 0.5}
    """
    probabilities = {}
    for member in rule.members:
        yes, no = ({**chances, member: certain} for certain in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0)))
        probabilities[member] = passage_probability(rule, yes) - passage_probability(rule, no)
    return probabilities
