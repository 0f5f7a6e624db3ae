"""How the organisations of a case decide: its declared decision rules with their members at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from detente.case.index.membership import in_force_as_stated, members
from detente.case.schema import decision_rules as declared
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.decision_rules import (
    DecisionRule,
    consensus,
    delegated,
    majority,
    opt_in,
    together,
    unanimity,
    unless_blocked,
    with_vetoes,
)
from detente.methods.institutions.three_valued_logic import Attributes, holds
from detente.rooms.rules.model.build_rulebooks import condition, settled
from detente.text.english import listed


@dataclass(frozen=True, slots=True)
class Decides:
    """One decision rule of an organisation at a time."""

    organisation: str
    number: int
    """Its place among the organisation's rules."""
    given: declared.DecisionRule
    rule: DecisionRule


def decides(case: Case, organisation: str, when: Edtf) -> list[Decides]:
    """The decision rules of an organisation that may be in force at a time; none if nobody may be a member then."""
    who = members(case, organisation, when)
    rules = case.organisations[organisation].decides if who else []
    return [
        Decides(organisation, number, given, decision_rule(case, given, who, when))
        for number, given in enumerate(rules)
        if in_force_as_stated(given.during, when)
    ]


def by_words(name: Callable[[str], str], found: Decides) -> str:
    """The kinds of a decision rule in words, with the organ that decides where it is delegated."""
    given = found.given
    return listed(f"delegation to {name(str(given.to))}" if kind == "delegated" else kind for kind in given.by)


def for_subject(rules: Sequence[Decides], attributes: Attributes) -> Decides | None:
    """The rule that decides on a subject: the first that surely fits."""
    for found in rules:
        if found.given.on is None or holds(condition(found.given.on), attributes):
            return found
    return None


def toward(case: Case, side: str, other: str, year: int, proposal: str | None = None) -> Decides | None:
    """The rule by which an organisation decides on dealings with another as such; None if it has none that fits.

    Args:
        case: The case.
        side: Who decides.
        other: With whom.
        year: When.
        proposal: The id of the proposal by whose subject the rule is chosen; without, the rule for everything.
    """
    about = case.proposals.get(proposal or "")
    attributes = settled(case, about.attributes if about else {}, "bloc", other)
    return for_subject(decides(case, side, Edtf.parse(f"{year:04d}")), attributes)


def rule_of(case: Case, side: str, year: int, found: Decides | None) -> DecisionRule:
    """A rule that was found; else consensus of the members, or of a side that has none."""
    when = Edtf.parse(f"{year:04d}")
    who = members(case, side, when) if side in case.organisations else []
    return found.rule if found else consensus(who or [side])


def decision_rule(case: Case, given: declared.DecisionRule, who: Sequence[str], when: Edtf) -> DecisionRule:
    """A declared decision rule for these members.

    Raises:
        ValueError: If it cannot be met by them, or nobody sits in the organ; the checks of the case say so first.
    """
    steps = []
    for kind in given.by:
        if kind == "delegated":
            steps.append(delegated(who, _of_organ(case, str(given.to), who, when)))
        else:
            steps.append(_step(given, kind, who))
    return _with_vetoes(steps, given, who)


def _with_vetoes(steps: Sequence[DecisionRule], given: declared.Voting, who: Sequence[str]) -> DecisionRule:
    rule = steps[0] if len(steps) == 1 else together(steps)
    vetoes = [member for member in given.veto if member in who]
    return with_vetoes(rule, vetoes) if vetoes else rule


def _step(given: declared.Voting, kind: declared.Kind, who: Sequence[str]) -> DecisionRule:
    match kind:
        case "consensus":
            return consensus(who)
        case "unanimity":
            return unanimity(who)
        case "opt-in":
            return opt_in(who, least(given, len(who)))
    criteria = [_majority(criterion, who) for criterion in (given, *given.also)]
    rule = criteria[0] if len(criteria) == 1 else together(criteria)
    if given.blocking is None:
        return rule
    abstaining = any(criterion.of == "all" for criterion in (given, *given.also))
    return unless_blocked(rule, given.blocking, voters=voters(given, who), abstaining=abstaining)


def voters(given: declared.Voting, who: Sequence[str]) -> list[str]:
    """The members who have a vote under some criterion of a majority."""
    criteria = (given, *given.also)
    return [m for m in who if any(not one.weights or one.weights.get(m, 0) for one in criteria)]


def least(given: declared.Criterion, members: int) -> int:
    """How many of so many members must take part, under opt-in."""
    quota = given.quota
    if quota is None:
        return 1
    needed = Fraction(quota) * members if quota.is_share else Fraction(quota)
    return int(needed) + 1 if given.more_than else ceil(needed)


def _majority(given: declared.Criterion, who: Sequence[str]) -> DecisionRule:
    weights: Mapping[str, int] = {member: given.weights.get(member, 0 if given.weights else 1) for member in who}
    if not any(weights.values()):
        raise ValueError("nobody has a vote")
    if given.quota is None:
        return majority(weights, Fraction(1, 2), of=given.of, strict=True)
    quota = Fraction(given.quota) if given.quota.is_share else int(given.quota)
    return majority(weights, quota, of=given.of, strict=given.more_than)


def _of_organ(case: Case, id: str, who: Sequence[str], when: Edtf) -> DecisionRule:
    organ = next(o.organs[id] for o in case.organisations.values() if id in o.organs)
    seated = [member for member in who if member in organ.members] if organ.members else list(who)
    if not seated or not in_force_as_stated(organ.during, when) or organ.decides is None:
        raise ValueError(f"nobody sits in '{id}'")
    return _with_vetoes([_step(organ.decides, kind, seated) for kind in organ.decides.by], organ.decides, seated)
