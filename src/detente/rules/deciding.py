"""How the organisations of a case decide: its declared decision rules with their members at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from detente.case import deciding as declared
from detente.case.dates import Edtf
from detente.case.schema import Case
from detente.rules.decision import (
    DecisionRule,
    consensus,
    delegated,
    majority,
    opt_in,
    together,
    unanimity,
    with_vetoes,
)
from detente.rules.kleene import Attributes, holds
from detente.rules.translation import condition, in_force, members


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
        if in_force(given.during, when) is not False
    ]


def for_subject(rules: Sequence[Decides], attributes: Attributes) -> Decides | None:
    """The rule that decides on a subject: the first that surely fits."""
    for found in rules:
        on = found.given.on
        if isinstance(on, str) or holds(condition(on), attributes):
            return found
    return None


def decision_rule(case: Case, given: declared.DecisionRule, who: Sequence[str], when: Edtf) -> DecisionRule:
    """A declared decision rule for these members.

    Raises:
        ValueError: If its quota cannot be met by them; the checks of the case say so first.
    """
    steps = []
    for kind in given.by:
        match kind:
            case "consensus":
                steps.append(consensus(who))
            case "unanimity":
                steps.append(unanimity(who))
            case "majority":
                steps += [_majority(criterion, who) for criterion in (given, *given.also)]
            case "opt-in":
                steps.append(opt_in(who, int(given.quota or 1)))
            case "delegated":
                steps.append(delegated(who, _of_organ(case, str(given.to), who, when)))
    rule = steps[0] if len(steps) == 1 else together(steps)
    vetoes = [member for member in given.veto if member in who]
    return with_vetoes(rule, vetoes) if vetoes else rule


def _majority(given: declared.Criterion, who: Sequence[str]) -> DecisionRule:
    weights: Mapping[str, int] = {member: given.weights.get(member, 0 if given.weights else 1) for member in who}
    if given.quota is None:
        return majority(weights, Fraction(1, 2), of=given.of, strict=True)
    quota = Fraction(given.quota) if given.quota.is_share else int(given.quota)
    return majority(weights, quota, of=given.of, strict=given.more_than)


def _of_organ(case: Case, id: str, who: Sequence[str], when: Edtf) -> DecisionRule:
    organ = next(o.organs[id] for o in case.organisations.values() if id in o.organs)
    seated = [member for member in who if member in organ.members] if organ.members else list(who)
    rules = [given for given in organ.decides if in_force(given.during, when) is not False]
    return decision_rule(case, rules[0], seated, when)
