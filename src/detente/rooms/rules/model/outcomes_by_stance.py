"""How proposals would fare: stances of members, through the decision rule, to an outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.methods.institutions.decision_analysis import (
    CoalitionChange,
    StanceChances,
    blocking_members,
    minimal_unblocking_sets,
    passage_probability,
    pivot_probabilities,
    proposal_outcome,
)
from detente.methods.institutions.decision_rules import Stance, VoteOutcome, VotingRule
from detente.rooms.rules.model.build_rulebooks import proposal_attributes, proposal_parts
from detente.rooms.rules.model.decision_rules import DecisionRuleInForce, rule_for_subject
from detente.rooms.rules.model.docket import Docket

SETTLED_CHANCES: StanceChances = {"for": (1, 0, 0), "neutral": (0, 1, 0), "against": (0, 0, 1)}
"""The chances of yes, neither and no of who is known to stand somewhere."""


@dataclass(frozen=True, slots=True)
class Blockage:
    """Who keeps a proposal from passing, and the smallest sets of members whose yes would let it pass."""

    blockers: tuple[str, ...]
    unblocking_sets: tuple[CoalitionChange, ...]


@dataclass(frozen=True, slots=True)
class PassageChance:
    """The chance that a proposal passes, and by how much each member's yes raises it."""

    probability: float
    pivot_chances: Mapping[str, float]

    @property
    def top_member(self) -> str | None:
        """The member who is decisive most often."""
        return max(self.pivot_chances, key=lambda member: self.pivot_chances[member], default=None)


@dataclass(frozen=True, slots=True)
class StanceOutcome:
    """How a proposal would fare in one organisation."""

    proposal: str
    organisation: str
    decision_rule: DecisionRuleInForce
    unknown_count: int
    """Members of whose stance nothing is known."""
    outcome: VoteOutcome
    blockage: Blockage | None
    """None where there are too many sets to look through."""
    has_chances: bool
    """Whether the stance of some member is a chance, and that of every other is known."""
    chance: PassageChance | None
    """None without chances, or where there are too many sums to keep apart."""

    @property
    def member_count(self) -> int:
        """How many members decide."""
        return len(self.decision_rule.rule.members)


def outcomes_by_stance(docket: Docket) -> list[StanceOutcome]:
    """How proposals would fare, as far as anything is known of where members stand."""
    outcomes = (
        _stance_outcome(docket, name, party) for name in proposals_with_stances(docket) for party in docket.parties
    )
    return [outcome for outcome in outcomes if outcome]


def proposals_with_stances(docket: Docket) -> list[str]:
    """The proposals of which the case says where anybody stands."""
    return [name for name in docket.proposals if any(name in s.on for s in docket.case.stances.values())]


def _stance_outcome(docket: Docket, name: str, party: str) -> StanceOutcome | None:
    _, qualities = proposal_parts(docket.case.proposals[name])[0]
    partner = docket.answering_party if party == docket.offering_party else docket.offering_party
    decision_rule = rule_for_subject(
        docket.decision_rules(party, docket.proposal_time(name)),
        proposal_attributes(docket.case, qualities, "bloc", partner),
    )
    if decision_rule is None:
        return None
    rule = decision_rule.rule
    stances, chances = member_stances(docket.case, name, party, rule)
    is_uncertain = any(max(chances[m]) < 1 for m in rule.members if m in chances)
    has_chances = is_uncertain and all(m in chances for m in rule.members)
    return StanceOutcome(
        name,
        party,
        decision_rule,
        sum(stances.get(m, "unknown") == "unknown" and m not in chances for m in rule.members),
        proposal_outcome(rule, stances),
        _blockage(rule, stances),
        has_chances,
        _passage_chance(rule, chances) if has_chances else None,
    )


def _blockage(rule: VotingRule, stances: Mapping[str, Stance]) -> Blockage | None:
    try:
        sets = tuple(minimal_unblocking_sets(rule, stances))
        return Blockage(tuple(blocking_members(rule, stances)), sets)
    except OverflowError:
        return None


def _passage_chance(rule: VotingRule, chances: StanceChances) -> PassageChance | None:
    try:
        return PassageChance(passage_probability(rule, chances), pivot_probabilities(rule, chances))
    except OverflowError:
        return None


def member_stances(case: Case, proposal: str, party: str, rule: VotingRule) -> tuple[dict[str, Stance], StanceChances]:
    """Where the members stand on a proposal: what is said of a member comes before what is said of all."""
    stances: dict[str, Stance] = {}
    chances: dict[str, tuple[float, float, float]] = {}
    relevant_stances = [s for s in case.stances.values() if proposal in s.on]
    for declaration in [
        *(s for s in relevant_stances if party in s.of),
        *(s for s in relevant_stances if party not in s.of),
    ]:
        for member in rule.members if party in declaration.of else [m for m in declaration.of if m in rule.members]:
            if declaration.stance:
                stances[member] = declaration.stance
                chances.pop(member, None)
            elif declaration.chances:
                yes, no = declaration.chances.favour.mean, declaration.chances.against.mean
                chances[member] = (yes, max(0.0, 1 - yes - no), no)
                stances[member] = "unknown"
    chances |= {member: SETTLED_CHANCES[stance] for member, stance in stances.items() if stance in SETTLED_CHANCES}
    return stances, chances
