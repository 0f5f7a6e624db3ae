"""Decision rules: whether a proposal passes, who blocks it, and the fewest changes of mind that would let it through.

Every rule here is one or more conditions of one form: each member earns points by its stance, and the points must add
up to so much. Consensus gives none but takes one from whoever objects; unanimity wants a point from everybody; a
majority, weights; a veto, the point of one member. A condition may have another beside it that is enough instead, as
where a majority holds unless enough members stand against it. So every rule is monotone (a stance nearer to yes never
hurts), and everything below is computed alike for all of them, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Literal

from detente.methods.institutions.voting_power import Criterion, VotingGame

Stance = Literal["for", "neutral", "against", "unknown"]
Outcome = Literal["passes", "fails", "open"]
STANCES: tuple[Stance, ...] = ("for", "neutral", "against")
"""The settled stances, from yes to no."""
MOST_LOOKS = 20_000
MOST_SUMS = 50_000
KINDS: Mapping[str, str] = {
    "consensus": "nobody objects; silence and abstention do not block (as in the WTO Agreement 1994, Article IX, "
    "note 1)",
    "unanimity": "every member says yes (as for invitations by Article 10 of the North Atlantic Treaty)",
    "majority": "enough votes are in favour, by heads or by weights, under one criterion or several (Felsenthal and "
    "Machover 1998); with a veto, the yes of its holders is needed besides (as by Article 27 of the UN Charter)",
    "opt-in": "whoever wishes takes part, and enough do (as with troops for operations of NATO)",
    "delegated": "an organ decides by its own rule (as the Security Council does by Article 24 of the UN Charter)",
}
"""The kinds of decision rules, each with what lets a proposal pass and where it is described."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Points that each member earns for, neutral and against, and how many are needed together."""

    points: Mapping[str, tuple[int, int, int]]
    """By member; never more for a stance further from yes."""
    needed: int
    or_else: Condition | None = None
    """Another condition that is enough instead; it has none of its own."""

    def met(self, stances: Mapping[str, Stance]) -> bool:
        """Whether it is met where every member's stance is settled."""
        earned = sum(points[STANCES.index(stances[member])] for member, points in self.points.items())
        return earned >= self.needed or (self.or_else is not None and self.or_else.met(stances))


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """How an organisation decides: all conditions must be met."""

    name: str
    members: tuple[str, ...]
    conditions: tuple[Condition, ...]

    def passes(self, stances: Mapping[str, Stance]) -> bool:
        """Whether a proposal passes where every member's stance is settled."""
        return all(condition.met(stances) for condition in self.conditions)

    @property
    def sums(self) -> tuple[Condition, ...]:
        """Every condition by itself, those included that are enough instead of others."""
        each = [one for condition in self.conditions for one in (condition, condition.or_else) if one]
        return tuple({id(one): one for one in each}.values())


def consensus(members: Iterable[str]) -> DecisionRule:
    """Passes unless a member objects: silence and abstention do not block (WTO Agreement 1994, Art. IX, note 1)."""
    points = dict.fromkeys(members, (0, 0, -1))
    return DecisionRule("consensus", tuple(points), (Condition(points, 0),))


def unanimity(members: Iterable[str]) -> DecisionRule:
    """Every member must say yes."""
    points = dict.fromkeys(members, (1, 0, 0))
    return DecisionRule("unanimity", tuple(points), (Condition(points, len(points)),))


def majority(
    weights: Mapping[str, int], quota: Fraction | int, *, of: Literal["all", "voting"] = "all", strict: bool = False
) -> DecisionRule:
    """Enough weight says yes.

    Args:
        weights: Of each member; 1 each for a majority of heads.
        quota: A number of votes; or, as a fraction, the share of all weights, or of those that vote.
        of: Whether abstentions count: `all`, they do, as not for it; `voting`, they do not. For `voting` the quota is
            a share.
        strict: Whether more than the quota is needed.

    Raises:
        ValueError: If the quota cannot be met, or is a number of those that vote.
    """
    total = sum(weights.values())
    if isinstance(quota, int) and of == "voting":
        raise ValueError("of those that vote a majority is a share, e.g. one half")
    if isinstance(quota, Fraction) and of == "voting":
        # yes / (yes + no) >= share, without dividing
        yes, no = quota.denominator - quota.numerator, quota.numerator
        points = {m: (w * yes, 0, -w * no) for m, w in weights.items()}
        return DecisionRule("majority of those voting", tuple(points), (Condition(points, int(strict)),))
    needed = quota * total if isinstance(quota, Fraction) else Fraction(quota)
    if needed > total or (strict and needed == total):
        raise ValueError(f"the quota of {needed} is above all the weights together, {total}")
    points = {m: (w, 0, 0) for m, w in weights.items()}
    return DecisionRule("majority", tuple(points), (Condition(points, floor(needed) + 1 if strict else ceil(needed)),))


def unless_blocked(
    rule: DecisionRule, fewest: int, *, voters: Iterable[str] | None = None, abstaining: bool = True
) -> DecisionRule:
    """A rule that holds as met, whatever it asks, unless enough members stand in the way.

    As where a blocking minority must have so many members, failing which the qualified majority is deemed attained
    (Treaty on European Union, Article 16(4): four).

    Args:
        rule: What is asked otherwise.
        fewest: The fewest members that can block.
        voters: Those who count; all members, if it is not said.
        abstaining: Whether those who abstain stand in the way, or only those who are against.

    Raises:
        ValueError: If nobody could ever block.
    """
    counted = tuple(rule.members if voters is None else voters)
    if not 0 < fewest <= len(counted):
        raise ValueError(f"{fewest} members that can block are more than all that vote ({len(counted)})")
    points = dict.fromkeys(counted, (0, -1, -1) if abstaining else (0, 0, -1))
    enough = Condition(points, 1 - fewest)
    conditions = tuple(replace(condition, or_else=enough) for condition in rule.conditions)
    return DecisionRule(f"{rule.name}, or fewer than {fewest} in the way", rule.members, conditions)


def opt_in(members: Iterable[str], least: int = 1) -> DecisionRule:
    """Whoever wishes takes part: passes where so many do."""
    rule = majority(dict.fromkeys(members, 1), least)
    return DecisionRule("opt-in", rule.members, rule.conditions)


def with_vetoes(rule: DecisionRule, vetoes: Iterable[str]) -> DecisionRule:
    """A rule under which some members' yes is needed besides.

    Raises:
        ValueError: If one of them is no member.
    """
    vetoes = tuple(vetoes)
    strangers = [veto for veto in vetoes if veto not in rule.members]
    if strangers:
        raise ValueError(f"no member: {', '.join(strangers)}")
    points = dict.fromkeys(vetoes, (1, 0, 0))
    name = f"{rule.name}, with a veto for {', '.join(vetoes)}"
    return DecisionRule(name, rule.members, (*rule.conditions, Condition(points, len(vetoes))))


def together(rules: Sequence[DecisionRule]) -> DecisionRule:
    """Several rules that must all be met, e.g. that nobody objects and that enough take part."""
    members = tuple(dict.fromkeys(member for rule in rules for member in rule.members))
    conditions = tuple(condition for rule in rules for condition in rule.conditions)
    return DecisionRule(" and ".join(rule.name for rule in rules), members, conditions)


def delegated(members: Iterable[str], organ: DecisionRule) -> DecisionRule:
    """An organ decides by its own rule; the members who do not sit in it have no say."""
    return DecisionRule(f"delegated ({organ.name})", tuple(dict.fromkeys([*members, *organ.members])), organ.conditions)


def voting_game(rule: DecisionRule) -> VotingGame:
    """The simple game of a rule: which members win by saying yes while all others say no."""
    return VotingGame(tuple(_criterion(condition, rule.members) for condition in rule.conditions))


def _criterion(condition: Condition, members: Sequence[str]) -> Criterion:
    points = [condition.points.get(member, (0, 0, 0)) for member in members]
    against = sum(p[2] for p in points)
    weights = tuple(p[0] - p[2] for p in points)
    or_else = _criterion(condition.or_else, members) if condition.or_else else None
    return Criterion(weights, max(0, condition.needed - against), or_else)


def outcome(rule: DecisionRule, stances: Mapping[str, Stance]) -> Outcome:
    """Whether a proposal passes: `open` where it hangs on members whose stance is unknown, or not given."""
    if rule.passes(_settled(rule, stances, "against")):
        return "passes"
    return "open" if rule.passes(_settled(rule, stances, "for")) else "fails"


def _settled(rule: DecisionRule, stances: Mapping[str, Stance], unknown: Stance) -> dict[str, Stance]:
    given = {member: stances.get(member, "unknown") for member in rule.members}
    return {member: unknown if stance == "unknown" else stance for member, stance in given.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """Members who would all have to come to say yes: these, and so many of each of these groups of equals."""

    all_of: tuple[str, ...]
    some_of: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @property
    def number(self) -> int:
        """How many members that is."""
        return len(self.all_of) + sum(count for count, _ in self.some_of)


def unblocking(rule: DecisionRule, stances: Mapping[str, Stance]) -> list[Change]:
    """Every smallest set of members whose yes would let a proposal pass: none of them passes with one member less.

    Unknown stances are taken as they are worst, so that the sets suffice whatever these are. Members who earn alike
    and stand alike are told as a group: any two of three.

    Raises:
        OverflowError: If there are more combinations than `MOST_LOOKS`; members of equal weight do not add to them.
    """
    now = _settled(rule, stances, "against")
    if rule.passes(now):
        return []
    kinds: dict[tuple[object, ...], list[str]] = {}
    for member in rule.members:
        if now[member] != "for":
            earns = tuple(condition.points.get(member) for condition in rule.sums)
            kinds.setdefault((earns, now[member]), []).append(member)
    groups = list(kinds.values())
    # Without all of a needed member's group nothing passes: found first, since it leaves less to combine.
    least = [_least(rule, now, groups, index) for index in range(len(groups))]
    if any(count is None for count in least):
        return []
    ranges = [range(low or 0, len(group) + 1) for low, group in zip(least, groups, strict=True)]
    looks = 1
    for span in ranges:
        looks *= len(span)
    if looks > MOST_LOOKS:
        raise OverflowError(f"{looks} combinations of members are more than can be looked through")
    passing = {counts for counts in product(*ranges) if rule.passes(_changed(now, groups, counts))}
    # Every rule is monotone, so a set is smallest if it passes with no member of any group less.
    minimal = [
        counts
        for counts in sorted(passing)
        if not any((*counts[:k], count - 1, *counts[k + 1 :]) in passing for k, count in enumerate(counts) if count)
    ]
    changes = [_change(groups, counts) for counts in minimal]
    return sorted(changes, key=lambda change: change.number)


def _least(rule: DecisionRule, now: Mapping[str, Stance], groups: Sequence[Sequence[str]], index: int) -> int | None:
    """The fewest of a group without whom nothing passes, whatever the others do; None if nothing does even with all."""
    everybody = [len(group) for group in groups]
    for count in range(len(groups[index]) + 1):
        counts = [*everybody[:index], count, *everybody[index + 1 :]]
        if rule.passes(_changed(now, groups, counts)):
            return count
    return None


def _changed(now: Mapping[str, Stance], groups: Sequence[Sequence[str]], counts: Iterable[int]) -> dict[str, Stance]:
    won: dict[str, Stance] = {
        member: "for" for group, count in zip(groups, counts, strict=True) for member in group[:count]
    }
    return {**now, **won}


def _change(groups: Sequence[Sequence[str]], counts: Iterable[int]) -> Change:
    pairs = [(count, tuple(group)) for group, count in zip(groups, counts, strict=True) if count]
    whole = tuple(member for count, group in pairs if count == len(group) for member in group)
    return Change(whole, tuple((count, group) for count, group in pairs if count < len(group)))


def blockers(rule: DecisionRule, stances: Mapping[str, Stance]) -> list[str]:
    """The members who keep a proposal from passing: those in any of the smallest sets that would unblock it."""
    found = {
        member
        for change in unblocking(rule, stances)
        for member in (*change.all_of, *(m for _, group in change.some_of for m in group))
    }
    return [member for member in rule.members if member in found]


Chances = Mapping[str, tuple[float, float, float]]
"""For each member the chances of being for, neutral and against, independently of the others."""


def chance_of_passing(rule: DecisionRule, chances: Chances) -> float:
    """The chance that a proposal passes, exactly: over the sums of points, not over all combinations of stances.

    Raises:
        OverflowError: If there are more sums than `MOST_SUMS`, as with many members of very different weights.
    """
    sums: dict[tuple[int, ...], float] = {(0,) * len(rule.sums): 1.0}
    for member in rule.members:
        following: dict[tuple[int, ...], float] = {}
        for step, p in _steps(rule, member, chances[member]):
            for held, q in sums.items():
                reached = tuple(a + b for a, b in zip(held, step, strict=True))
                following[reached] = following.get(reached, 0.0) + p * q
        if len(following) > MOST_SUMS:
            raise OverflowError(f"there are more than {MOST_SUMS} sums of points to keep apart")
        sums = following
    return sum(p for held, p in sums.items() if _met(rule, held))


def _met(rule: DecisionRule, held: Sequence[int]) -> bool:
    """Whether so many points under each condition let a proposal pass."""
    met = {id(one): points >= one.needed for one, points in zip(rule.sums, held, strict=True)}
    return all(met[id(one)] or (one.or_else is not None and met[id(one.or_else)]) for one in rule.conditions)


def _steps(
    rule: DecisionRule, member: str, chances: tuple[float, float, float]
) -> Iterator[tuple[tuple[int, ...], float]]:
    for stance, p in enumerate(chances):
        if p > 0:
            yield tuple(condition.points.get(member, (0, 0, 0))[stance] for condition in rule.sums), p


def pivot_chances(rule: DecisionRule, chances: Chances) -> dict[str, float]:
    """For each member, by how much its yes rather than its no raises the chance of passing."""
    found = {}
    for member in rule.members:
        yes, no = ({**chances, member: settled} for settled in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0)))
        found[member] = chance_of_passing(rule, yes) - chance_of_passing(rule, no)
    return found
