"""Decision rules: whether a proposal passes, who blocks it, and the fewest changes of mind that would let it through.

Every rule here is one or more conditions of one form: each member earns points by its stance, and the points must add
up to so much. Consensus gives none but takes one from whoever objects; unanimity wants a point from everybody; a
majority, weights; a veto, the point of one member. A condition may have another beside it that is enough instead, as
where a majority holds unless enough members stand against it. So every rule is monotone (a stance nearer to yes never
hurts), and everything below is computed alike for all of them, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from detente.methods.institutions.voting_power import VotingGame, WinningCriterion

Stance = Literal["for", "neutral", "against", "unknown"]
VoteOutcome = Literal["passes", "fails", "open"]
STANCES: tuple[Stance, ...] = ("for", "neutral", "against")
"""The settled stances, from yes to no."""


@dataclass(frozen=True, slots=True)
class VoteCondition:
    """Points that each member earns for, neutral and against, and how many are needed together.

    Example:
        >>> from detente.methods.institutions.decision_rules import VoteCondition
        >>> VoteCondition({"a": (1, 0, 0), "b": (1, 0, 0)}, required_points=1).is_met({"a": "for", "b": "against"})
        True
    """

    points: Mapping[str, tuple[int, int, int]]
    """By member; never more for a stance further from yes."""
    required_points: int
    alternative: VoteCondition | None = None
    """Another condition that is enough instead; it has none of its own."""

    def is_met(self, stances: Mapping[str, Stance]) -> bool:
        """Whether it is met where every member's stance is settled."""
        earned = sum(points[STANCES.index(stances[member])] for member, points in self.points.items())
        return earned >= self.required_points or (self.alternative is not None and self.alternative.is_met(stances))


@dataclass(frozen=True, slots=True)
class VotingRule:
    """How an organisation decides: all conditions must be met.

    Example:
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> majority_rule({"a": 2, "b": 1}, 2).passes({"a": "for", "b": "against"})
        True
    """

    name: str
    members: tuple[str, ...]
    conditions: tuple[VoteCondition, ...]

    def passes(self, stances: Mapping[str, Stance]) -> bool:
        """Whether a proposal passes where every member's stance is settled."""
        return all(condition.is_met(stances) for condition in self.conditions)

    @property
    def single_conditions(self) -> tuple[VoteCondition, ...]:
        """Every condition by itself, those included that are enough instead of others."""
        singles = [single for condition in self.conditions for single in (condition, condition.alternative) if single]
        return tuple({id(single): single for single in singles}.values())


def consensus_rule(members: Iterable[str]) -> VotingRule:
    """Passes unless a member objects: silence and abstention do not block (WTO Agreement 1994, Art. IX, note 1).

    Example:
        >>> from detente.methods.institutions.decision_rules import consensus_rule
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> proposal_outcome(consensus_rule("abc"), {"a": "for", "b": "neutral", "c": "neutral"})
        'passes'
    """
    points = dict.fromkeys(members, (0, 0, -1))
    return VotingRule("consensus", tuple(points), (VoteCondition(points, 0),))


def unanimity_rule(members: Iterable[str]) -> VotingRule:
    """Every member must say yes.

    Example:
        >>> from detente.methods.institutions.decision_rules import unanimity_rule
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> proposal_outcome(unanimity_rule("abc"), {"a": "for", "b": "for", "c": "neutral"})
        'fails'
    """
    points = dict.fromkeys(members, (1, 0, 0))
    return VotingRule("unanimity", tuple(points), (VoteCondition(points, len(points)),))


RULES_OF_MEMBERS: Mapping[str, Callable[[Iterable[str]], VotingRule]] = {
    "consensus": consensus_rule,
    "unanimity": unanimity_rule,
}
"""The kinds of decision rules that take nothing but the members."""


def majority_rule(
    weights: Mapping[str, int],
    quota: Fraction | int,
    *,
    quota_base: Literal["all", "voting"] = "all",
    strict: bool = False,
) -> VotingRule:
    """Enough weight says yes.

    Args:
        weights: Of each member; 1 each for a majority of heads.
        quota: A number of votes; or, as a fraction, the share of all weights, or of those that vote.
        quota_base: Whether abstentions count: `all`, they do, as not for it; `voting`, they do not. For `voting` the
            quota is a share.
        strict: Whether more than the quota is needed.

    Raises:
        ValueError: If the quota cannot be met, or is a number of those that vote.

    Example:
        >>> from fractions import Fraction
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> rule = majority_rule({"a": 1, "b": 1, "c": 1}, Fraction(1, 2), strict=True)
        >>> proposal_outcome(rule, {"a": "for", "b": "for", "c": "against"})
        'passes'
    """
    total = sum(weights.values())
    if isinstance(quota, int) and quota_base == "voting":
        raise ValueError("of those that vote a majority is a share, e.g. one half")
    if isinstance(quota, Fraction) and quota_base == "voting":
        # yes / (yes + no) >= share, without dividing
        yes, no = quota.denominator - quota.numerator, quota.numerator
        points = {m: (w * yes, 0, -w * no) for m, w in weights.items()}
        return VotingRule("majority (voting)", tuple(points), (VoteCondition(points, int(strict)),))
    required_votes = quota * total if isinstance(quota, Fraction) else Fraction(quota)
    if required_votes > total or (strict and required_votes == total):
        raise ValueError(f"the quota of {required_votes} is above all the weights together, {total}")
    points = {m: (w, 0, 0) for m, w in weights.items()}
    return VotingRule(
        "majority",
        tuple(points),
        (VoteCondition(points, floor(required_votes) + 1 if strict else ceil(required_votes)),),
    )


def with_blocking_minority(
    rule: VotingRule, min_blockers: int, *, counted_members: Iterable[str] | None = None, abstention_blocks: bool = True
) -> VotingRule:
    """A rule that holds as met, whatever it asks, unless enough members stand in the way.

    As where a blocking minority must have so many members, failing which the qualified majority is deemed attained
    (Treaty on European Union, Article 16(4): four).

    Args:
        rule: What is asked otherwise.
        min_blockers: The fewest members that can block.
        counted_members: Those who count; all members, if it is not said.
        abstention_blocks: Whether those who abstain stand in the way, or only those who are against.

    Raises:
        ValueError: If nobody could ever block.

    Example:
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> from detente.methods.institutions.decision_rules import unanimity_rule
        >>> from detente.methods.institutions.decision_rules import with_blocking_minority
        >>> rule = with_blocking_minority(unanimity_rule("abcd"), min_blockers=2)
        >>> proposal_outcome(rule, {"a": "for", "b": "for", "c": "for", "d": "against"})
        'passes'
    """
    voting_members = tuple(rule.members if counted_members is None else counted_members)
    if not 0 < min_blockers <= len(voting_members):
        raise ValueError(f"{min_blockers} members that can block are more than all that vote ({len(voting_members)})")
    points = dict.fromkeys(voting_members, (0, -1, -1) if abstention_blocks else (0, 0, -1))
    too_few_blockers = VoteCondition(points, 1 - min_blockers)
    conditions = tuple(replace(condition, alternative=too_few_blockers) for condition in rule.conditions)
    return VotingRule(f"{rule.name} or blockers < {min_blockers}", rule.members, conditions)


def opt_in_rule(members: Iterable[str], min_participants: int = 1) -> VotingRule:
    """Whoever wishes takes part: passes where so many do.

    Example:
        >>> from detente.methods.institutions.decision_rules import opt_in_rule
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> proposal_outcome(opt_in_rule("abc", min_participants=2), {"a": "for", "b": "for", "c": "against"})
        'passes'
    """
    rule = majority_rule(dict.fromkeys(members, 1), min_participants)
    return VotingRule("opt-in", rule.members, rule.conditions)


def with_vetoes(rule: VotingRule, veto_players: Iterable[str]) -> VotingRule:
    """A rule under which some members' yes is needed besides.

    Raises:
        ValueError: If one of them is no member.

    Example:
        >>> from detente.methods.institutions.decision_rules import majority_rule, with_vetoes
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> rule = with_vetoes(majority_rule({"a": 1, "b": 1, "c": 1}, 2), ["c"])
        >>> proposal_outcome(rule, {"a": "for", "b": "for", "c": "against"})
        'fails'
    """
    veto_players = tuple(veto_players)
    non_members = [veto for veto in veto_players if veto not in rule.members]
    if non_members:
        raise ValueError(f"no member: {', '.join(non_members)}")
    points = dict.fromkeys(veto_players, (1, 0, 0))
    return VotingRule(f"{rule.name} + veto", rule.members, (*rule.conditions, VoteCondition(points, len(veto_players))))


def conjunction_of_rules(rules: Sequence[VotingRule]) -> VotingRule:
    """Several rules that must all be met, e.g. that nobody objects and that enough take part.

    Example:
        >>> from detente.methods.institutions.decision_rules import conjunction_of_rules
        >>> from detente.methods.institutions.decision_rules import consensus_rule
        >>> from detente.methods.institutions.decision_rules import opt_in_rule
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> rule = conjunction_of_rules([consensus_rule("abc"), opt_in_rule("abc", min_participants=2)])
        >>> proposal_outcome(rule, {"a": "for", "b": "neutral", "c": "neutral"})  # nobody objects, too few take part
        'fails'
    """
    members = tuple(dict.fromkeys(member for rule in rules for member in rule.members))
    conditions = tuple(condition for rule in rules for condition in rule.conditions)
    return VotingRule(" and ".join(rule.name for rule in rules), members, conditions)


def delegated_rule(members: Iterable[str], organ: VotingRule) -> VotingRule:
    """An organ decides by its own rule; the members who do not sit in it have no say.

    Example:
        >>> from detente.methods.institutions.decision_rules import delegated_rule
        >>> from detente.methods.institutions.decision_analysis import proposal_outcome
        >>> from detente.methods.institutions.decision_rules import unanimity_rule
        >>> rule = delegated_rule("abcd", unanimity_rule("ab"))
        >>> proposal_outcome(rule, {"a": "for", "b": "for", "c": "against", "d": "against"})
        'passes'
    """
    return VotingRule(f"delegated ({organ.name})", tuple(dict.fromkeys([*members, *organ.members])), organ.conditions)


def rule_as_voting_game(rule: VotingRule) -> VotingGame:
    """The simple game of a rule: which members win by saying yes while all others say no.

    Example:
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> from detente.methods.institutions.decision_rules import rule_as_voting_game
        >>> from detente.methods.institutions.decision_rules import with_vetoes
        >>> game = rule_as_voting_game(with_vetoes(majority_rule({"a": 1, "b": 1, "c": 1}, 2), ["c"]))
        >>> [str(index) for index in game.shapley_shubik_index()]
        ['1/6', '1/6', '2/3']
    """
    return VotingGame(tuple(_as_winning_criterion(condition, rule.members) for condition in rule.conditions))


def _as_winning_criterion(condition: VoteCondition, members: Sequence[str]) -> WinningCriterion:
    points = [condition.points.get(member, (0, 0, 0)) for member in members]
    against = sum(p[2] for p in points)
    weights = tuple(p[0] - p[2] for p in points)
    alternative = _as_winning_criterion(condition.alternative, members) if condition.alternative else None
    return WinningCriterion(weights, max(0, condition.required_points - against), alternative)
