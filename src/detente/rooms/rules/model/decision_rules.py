"""How the organisations of a case decide: its declared decision rules with their members at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from detente.case.index.membership import in_force_at_stated_dates, members_at_time
from detente.case.schema import decision_rules as declared
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.decision_rules import (
    RULES_OF_MEMBERS,
    VotingRule,
    conjunction_of_rules,
    consensus_rule,
    delegated_rule,
    majority_rule,
    opt_in_rule,
    with_blocking_minority,
    with_vetoes,
)
from detente.methods.institutions.three_valued_logic import Attributes, evaluate_condition
from detente.rooms.rules.model.build_rulebooks import build_condition, proposal_attributes


@dataclass(frozen=True, slots=True)
class DecisionRuleInForce:
    """One decision rule of an organisation at a time."""

    organisation: str
    position: int
    """Its place among the organisation's rules."""
    declaration: declared.DecisionRule
    rule: VotingRule


def decision_rules_in_force(case: Case, organisation: str, when: Edtf) -> list[DecisionRuleInForce]:
    """The decision rules of an organisation that may be in force at a time; none if nobody may be a member then."""
    member_ids = members_at_time(case, organisation, when)
    rules = case.organisations[organisation].decides if member_ids else []
    return [
        DecisionRuleInForce(organisation, number, declaration, build_decision_rule(case, declaration, member_ids, when))
        for number, declaration in enumerate(rules)
        if in_force_at_stated_dates(declaration.during, when)
    ]


def rule_for_subject(rules: Sequence[DecisionRuleInForce], attributes: Attributes) -> DecisionRuleInForce | None:
    """The rule that decides on a subject: the first that surely fits."""
    for decision_rule in rules:
        if decision_rule.declaration.on is None or evaluate_condition(
            build_condition(decision_rule.declaration.on), attributes
        ):
            return decision_rule
    return None


def rule_toward_partner(
    case: Case, side: str, partner: str, year: int, proposal: str | None = None
) -> DecisionRuleInForce | None:
    """The rule by which an organisation decides on dealings with another as such; None if it has none that fits.

    Args:
        case: The case.
        side: Who decides.
        partner: With whom.
        year: When.
        proposal: The id of the proposal by whose subject the rule is chosen; without, the rule for everything.
    """
    proposal_entry = case.proposals.get(proposal or "")
    attributes = proposal_attributes(case, proposal_entry.attributes if proposal_entry else {}, "bloc", partner)
    return rule_for_subject(decision_rules_in_force(case, side, Edtf.parse(f"{year:04d}")), attributes)


def rule_or_consensus(case: Case, side: str, year: int, decision_rule: DecisionRuleInForce | None) -> VotingRule:
    """A rule that was found; else consensus of the members, or of a side that has none."""
    when = Edtf.parse(f"{year:04d}")
    member_ids = members_at_time(case, side, when) if side in case.organisations else []
    return decision_rule.rule if decision_rule else consensus_rule(member_ids or [side])


def build_decision_rule(
    case: Case, declaration: declared.DecisionRule, member_ids: Sequence[str], when: Edtf
) -> VotingRule:
    """A declared decision rule for these members.

    Raises:
        ValueError: If it cannot be met by them, or nobody sits in the organ; the checks of the case say so first.
    """
    steps = []
    for kind in declaration.by:
        if kind == "delegated":
            steps.append(delegated_rule(member_ids, _organ_rule(case, str(declaration.to), member_ids, when)))
        else:
            steps.append(_rule_of_kind(declaration, kind, member_ids))
    return _combine_steps(steps, declaration, member_ids)


def _combine_steps(
    steps: Sequence[VotingRule], declaration: declared.VotingRequirements, member_ids: Sequence[str]
) -> VotingRule:
    rule = steps[0] if len(steps) == 1 else conjunction_of_rules(steps)
    vetoes = [member for member in declaration.veto if member in member_ids]
    return with_vetoes(rule, vetoes) if vetoes else rule


def _rule_of_kind(
    declaration: declared.VotingRequirements, kind: declared.DecisionMode, member_ids: Sequence[str]
) -> VotingRule:
    if kind in RULES_OF_MEMBERS:
        return RULES_OF_MEMBERS[kind](member_ids)
    if kind == "opt-in":
        return opt_in_rule(member_ids, required_participants(declaration, len(member_ids)))
    criteria = [_majority_rule(criterion, member_ids) for criterion in (declaration, *declaration.also)]
    rule = criteria[0] if len(criteria) == 1 else conjunction_of_rules(criteria)
    if declaration.blocking is None:
        return rule
    counts_abstentions = any(criterion.of == "all" for criterion in (declaration, *declaration.also))
    return with_blocking_minority(
        rule,
        declaration.blocking,
        counted_members=voting_members(declaration, member_ids),
        abstention_blocks=counts_abstentions,
    )


def voting_members(declaration: declared.VotingRequirements, member_ids: Sequence[str]) -> list[str]:
    """The members who have a vote under some criterion of a majority."""
    criteria = (declaration, *declaration.also)
    return [
        m for m in member_ids if any(not criterion.weights or criterion.weights.get(m, 0) for criterion in criteria)
    ]


def required_participants(criterion: declared.MajorityCriterion, member_count: int) -> int:
    """How many of so many members must take part, under opt-in."""
    quota = criterion.quota
    if quota is None:
        return 1
    needed = Fraction(quota) * member_count if quota.is_share else Fraction(quota)
    return int(needed) + 1 if criterion.more_than else ceil(needed)


def _majority_rule(criterion: declared.MajorityCriterion, member_ids: Sequence[str]) -> VotingRule:
    weights: Mapping[str, int] = {
        member: criterion.weights.get(member, 0 if criterion.weights else 1) for member in member_ids
    }
    if not any(weights.values()):
        raise ValueError("nobody has a vote")
    if criterion.quota is None:
        return majority_rule(weights, Fraction(1, 2), quota_base=criterion.of, strict=True)
    quota = Fraction(criterion.quota) if criterion.quota.is_share else int(criterion.quota)
    return majority_rule(weights, quota, quota_base=criterion.of, strict=criterion.more_than)


def _organ_rule(case: Case, id: str, member_ids: Sequence[str], when: Edtf) -> VotingRule:
    organ = next(o.organs[id] for o in case.organisations.values() if id in o.organs)
    seated = [member for member in member_ids if member in organ.members] if organ.members else list(member_ids)
    if not seated or not in_force_at_stated_dates(organ.during, when) or organ.decides is None:
        raise ValueError(f"nobody sits in '{id}'")
    return _combine_steps(
        [_rule_of_kind(organ.decides, kind, seated) for kind in organ.decides.by], organ.decides, seated
    )
