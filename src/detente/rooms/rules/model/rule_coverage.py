"""What is known of either side's rules: how many, of what kind and from where, and what rests on silence."""

from __future__ import annotations

from dataclasses import dataclass

from detente.rooms.rules.model.build_rulebooks import rule_owners
from detente.rooms.rules.model.docket import Docket


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """The rules of one organisation, counted."""

    organisation: str
    rule_count: int
    bearing_count: int
    """Those that bear on proposals."""
    binding_otherwise_count: int
    """Those that bind without bearing on any."""
    describing_count: int
    """Those that only describe."""
    documented_count: int
    """Those with a place in the documents."""
    cited_elsewhere_count: int
    unsourced_count: int
    undated_count: int
    """Of those that bear on proposals."""
    silent_proposals: tuple[str, ...]
    """The proposals that no rule of it permits or forbids, at least in part."""


def rule_coverage(docket: Docket) -> list[RuleCoverage]:
    """The rules of each side, counted."""
    return [_coverage_of(docket, party) for party in docket.parties]


def _coverage_of(docket: Docket, party: str) -> RuleCoverage:
    rules = [rule for rule in docket.case.rules.values() if party in rule_owners(docket.case, rule)]
    bearing_rules = [rule for rule in rules if rule.effects]
    silent_proposals = (
        name
        for name in docket.proposals
        if any(not ruling.verdict.deciding_rules for ruling in docket.under_bloc_rules(name).party_rulings(party))
    )
    return RuleCoverage(
        organisation=party,
        rule_count=len(rules),
        bearing_count=len(bearing_rules),
        binding_otherwise_count=sum(not rule.effects and not rule.describes for rule in rules),
        describing_count=sum(rule.describes for rule in rules),
        documented_count=sum(bool(rule.at) for rule in rules),
        cited_elsewhere_count=sum(bool(rule.sources and not rule.at) for rule in rules),
        unsourced_count=sum(not rule.at and not rule.sources for rule in rules),
        undated_count=sum(rule.during is None for rule in bearing_rules),
        silent_proposals=tuple(silent_proposals),
    )
