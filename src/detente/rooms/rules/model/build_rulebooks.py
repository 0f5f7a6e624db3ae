"""From a case to rulebooks: whose rules bind whom, at what time, through which channel, by which source's version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod

from detente.case.index.membership import is_in_force, members_at_time, parent_organisation
from detente.case.schema import legal_rules as declared
from detente.case.schema.case import Case
from detente.case.schema.coding import Proposal
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import LegalRule, VerdictState
from detente.methods.institutions.three_valued_logic import (
    AttributeIn,
    Conjunction,
    Disjunction,
    LegalCondition,
    Negation,
)

CHANNELS = ("bloc", "bilateral")
CHANNEL_ATTRIBUTES = ("channel", "partner")
"""What conditions may ask besides the attributes of proposals."""
MOST_DISPUTED = 8
"""Rules in one dispute, beyond which its versions are not told apart."""
MOST_DISPUTES = 6
"""Disputes, beyond which their versions are not combined."""
MOST_VERSIONS = 1000
"""Versions, all disputes combined, beyond which they are not told apart."""


def build_condition(declaration: declared.Condition | None) -> LegalCondition:
    """A condition of a case; one that is not given always holds."""
    parts = conjunct_conditions(declaration) if declaration else ()
    return parts[0] if len(parts) == 1 else Conjunction(parts)


def conjunct_conditions(declaration: declared.Condition) -> tuple[LegalCondition, ...]:
    """The conditions that must all hold for this one to hold."""
    parts: list[LegalCondition] = [
        AttributeIn(name, frozenset(values)) for name, values in declaration.required_attributes.items()
    ]
    parts += [part for inner in declaration.all or () for part in conjunct_conditions(inner)]
    if declaration.any is not None:
        parts.append(Disjunction(tuple(build_condition(inner) for inner in declaration.any)))
    if declaration.negated is not None:
        parts.append(Negation(build_condition(declaration.negated)))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class DisputeVersion:
    """One way to resolve what the sources dispute: which of the rules in dispute hold, and which do not."""

    upheld: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()


def disputed_pairs(case: Case) -> set[frozenset[str]]:
    """The pairs of rules of which one disputes the other."""
    return {frozenset((name, other)) for name, rule in case.rules.items() for other in rule.disputes}


def exceeds_dispute_limits(case: Case) -> bool:
    """Whether more rules are in dispute than versions of them could be told apart."""
    pairs = disputed_pairs(case)
    groups = _dispute_groups(pairs)
    if any(len(group) > MOST_DISPUTED for group in groups) or len(groups) > MOST_DISPUTES:
        return True
    return prod(len(list(_maximal_consistent_sets(group, pairs))) for group in groups) > MOST_VERSIONS


def dispute_versions(pairs: set[frozenset[str]]) -> list[DisputeVersion]:
    """Every way to resolve disputes between pairs of rules: as many of the rules as can hold together."""
    version_list = [DisputeVersion()]
    for group in _dispute_groups(pairs):
        choices = [frozenset(upheld) for upheld in _maximal_consistent_sets(group, pairs)]
        version_list = [
            DisputeVersion(old.upheld | upheld, old.rejected | (group - upheld))
            for old, upheld in product(version_list, choices)
        ]
    return version_list


def _dispute_groups(pairs: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    groups: list[frozenset[str]] = []
    for pair in sorted(pairs, key=sorted):
        touching = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair] + [frozenset(pair).union(*touching)]
    return groups


def _maximal_consistent_sets(group: frozenset[str], pairs: set[frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """The largest sets of rules of a dispute that do not dispute each other: none could take in one more."""
    names = sorted(group)
    consistent_sets = [
        chosen
        for size in range(1, len(names) + 1)
        for chosen in combinations(names, size)
        if not any(frozenset(pair) in pairs for pair in combinations(chosen, 2))
    ]
    for chosen in consistent_sets:
        if not any(set(chosen) < set(other) for other in consistent_sets):
            yield chosen


def rules_with_effects(case: Case) -> dict[str, LegalRule]:
    """The rules of a case that bear on proposals, as rules that are in force."""
    return {
        name: LegalRule(
            name,
            effects[0],  # type: ignore[arg-type]
            build_condition(rule.applies),
            conjunct_conditions(rule.requires) if rule.requires else (),
            overrides=tuple(rule.overrides),
        )
        for name, rule in case.rules.items()
        if (effects := rule.effects)
    }


def rule_owners(case: Case, rule: declared.Rule) -> set[str]:
    """Whose rule it is: that of an organ is one of its organisation."""
    return {parent_organisation(case, party) for party in rule.of}


def binding_rules(case: Case, case_rules: Mapping[str, LegalRule], party: str, when: Edtf) -> tuple[LegalRule, ...]:
    """The rules that bind an organisation or a state at a time.

    A state is bound by its own rules and by those of its organisations that bind each member.
    """
    organisations_joined: set[str] = set()
    if party not in case.organisations:
        organisations_joined = {name for name in case.organisations if party in members_at_time(case, name, when)}
    rules_found = []
    for name, template in case_rules.items():
        rule = case.rules[name]
        owners = rule_owners(case, rule)
        if party in owners or (rule.members_too and organisations_joined & owners):
            force_status = is_in_force(rule.during, when)
            if force_status is not False:
                rules_found.append(template if force_status else replace(template, in_force=None))
    return tuple(rules_found)


def party_default_state(case: Case, party: str) -> VerdictState:
    """The verdict of a party where none of its rules applies.

    A state may do as it likes, as the Lotus judgment has it (PCIJ 1927, Series A No. 10, p. 18).
    """
    organisation = case.organisations.get(party)
    if organisation is None:
        return "open"
    return organisation.otherwise.verdict if organisation.otherwise else "undetermined"


def build_rulebook(case: Case, rules: tuple[LegalRule, ...], default_state: VerdictState) -> Rulebook:
    """The rulebook with these rules, and what holds where none of them applies."""
    settable = frozenset(name for name, part in case.attributes.items() if part.by) | set(CHANNEL_ATTRIBUTES)
    return Rulebook(
        rules, default_state, {name: tuple(part.values) for name, part in case.attributes.items()}, settable
    )


def proposal_parts(proposal: Proposal) -> list[tuple[str, dict[str, declared.AttributeAnswer]]]:
    """What a proposal holds: its parts by title, or itself as a whole, each with what is said of it."""
    if not proposal.parts:
        return [("", dict(proposal.attributes))]
    return [(part.title, {**proposal.attributes, **part.attributes}) for part in proposal.parts]


def proposal_attributes(
    case: Case, qualities: dict[str, declared.AttributeAnswer], channel: str, partner: str
) -> dict[str, str | None]:
    """The attributes of a thing proposed: what is said of it, what is presumed, and the channel it would take."""
    presumed = {name: part.presumed for name, part in case.attributes.items() if part.presumed}
    stated = {name: quality.value for name, quality in qualities.items()}
    return {**presumed, **stated, "channel": channel, "partner": partner}
