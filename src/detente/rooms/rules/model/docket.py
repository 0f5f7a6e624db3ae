"""The docket: every proposal of a case, held against the rules that each channel must pass, at its own time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from detente.case.index.membership import case_sides, members_at_time
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import LegalRule
from detente.methods.institutions.minimal_openings import MAX_CHANGES
from detente.methods.institutions.three_valued_logic import Attributes
from detente.rooms.rules.model.build_rulebooks import (
    DisputeVersion,
    binding_rules,
    build_rulebook,
    dispute_versions,
    disputed_pairs,
    exceeds_dispute_limits,
    party_default_state,
    proposal_attributes,
    proposal_parts,
    rules_with_effects,
)
from detente.rooms.rules.model.decision_rules import DecisionRuleInForce, decision_rules_in_force
from detente.rooms.rules.model.rulings import ProposalRulings, Ruling

MOST_PROPOSALS_SEARCHED = 150
"""Proposals beyond which only single changes are looked at for what would open each."""
MOST_SEARCHES = 4000
"""Searches for openings, of each thing proposed under each rulebook, beyond which only single changes are looked at."""


@dataclass(frozen=True)
class Docket:
    """The proposals of a case, and the rulebooks they are held against."""

    case: Case
    offering_party: str
    """The organisation that offers."""
    answering_party: str
    """The organisation that answers."""
    versions: Sequence[DisputeVersion]
    _rulebook_cache: dict[tuple[str, str], list[tuple[Rulebook, tuple[int, ...]]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _decision_rule_cache: dict[tuple[str, str], list[DecisionRuleInForce]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _full_rulebook_cache: dict[tuple[str, str], Rulebook] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _distinct_rulebooks: dict[object, Rulebook] = field(default_factory=dict, init=False, repr=False, compare=False)
    _rulings_cache: dict[tuple[str, str, str, str], ProposalRulings] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def parties(self) -> tuple[str, str]:
        """The two organisations, the offering one first."""
        return self.offering_party, self.answering_party

    @cached_property
    def proposals(self) -> list[str]:
        """The proposals that say something of themselves: the others cannot be held against any rule."""
        return [name for name, part in self.case.proposals.items() if part.attributes or part.parts]

    @cached_property
    def comparison_time(self) -> Edtf:
        """The time at which all proposals are compared: the last snapshot, or the last year that the case speaks of."""
        if self.case.snapshots:
            return max(self.case.snapshots, key=lambda when: when.as_stated.last_day)
        dates = [self.case.period, *(e.date for e in self.case.record), *(p.date for p in self.case.proposals.values())]
        years = {day.year for when in dates if when for day in (when.as_stated.first_day, when.as_stated.last_day)}
        return Edtf.parse(f"{max(years - {1, 9999}, default=1):04d}")

    @property
    def comparison_year(self) -> int:
        """The year of that time, the last one where it is a span."""
        return self.comparison_time.as_stated.last_day.year

    def proposal_time(self, name: str) -> Edtf:
        """When a proposal is made: its date, that of the first offer that makes it, or else the time of comparison."""
        return self.case.proposals[name].date or self._first_offers.get(name, self.comparison_time)

    @cached_property
    def _first_offers(self) -> dict[str, Edtf]:
        dated = ((name, offer.date) for offer in reversed(self.case.recorded_offers) for name in offer.proposes)
        return {name: when for name, when in dated if when}

    def agenda_year(self, name: str) -> int | None:
        """The year of the agenda that a proposal is part of, if it is part of any."""
        return self._years_by_proposal.get(name)

    @cached_property
    def _years_by_proposal(self) -> dict[str, int]:
        agendas = (offer for offer in reversed(self.case.recorded_offers) if offer.is_agenda)
        return {
            name: offer.date.as_stated.begin_range[1].year for offer in agendas if offer.date for name in offer.proposes
        }

    def decision_rules(self, party: str, when: Edtf) -> list[DecisionRuleInForce]:
        """The decision rules of an organisation that may be in force at a time."""
        key = (party, when.text)
        if key not in self._decision_rule_cache:
            self._decision_rule_cache[key] = decision_rules_in_force(self.case, party, when)
        return self._decision_rule_cache[key]

    def under_bloc_rules(self, name: str, when: Edtf | None = None) -> ProposalRulings:
        """A proposal held against the rules of both organisations."""
        return self._cached_rulings(name, "bloc", self.offering_party, when or self.proposal_time(name))

    def parts_under_all_rules(self, name: str, when: Edtf) -> Iterator[tuple[str, Rulebook, Attributes]]:
        """Each thing proposed, between the organisations: before whom, with the book of its every rule at a time."""
        for party, partner in (self.parties, self.parties[::-1]):
            for _, qualities in proposal_parts(self.case.proposals[name]):
                yield (
                    party,
                    self._full_rulebook(party, when),
                    proposal_attributes(self.case, qualities, "bloc", partner),
                )

    def under_member_rules(self, name: str, when: Edtf | None = None) -> dict[str, ProposalRulings]:
        """A proposal held against the rules of the answering organisation and of each member of the other by itself."""
        when = when or self.proposal_time(name)
        member_ids = members_at_time(self.case, self.offering_party, when)
        return {member: self._cached_rulings(name, "bilateral", member, when) for member in member_ids}

    def _cached_rulings(self, name: str, channel: str, offering_party: str, when: Edtf) -> ProposalRulings:
        key = (name, channel, offering_party, when.text)
        if key not in self._rulings_cache:
            self._rulings_cache[key] = self._make_rulings(name, channel, offering_party, when)
        return self._rulings_cache[key]

    def _make_rulings(self, name: str, channel: str, offering_party: str, when: Edtf) -> ProposalRulings:
        proposal = self.case.proposals[name]
        shared_attributes = frozenset(proposal.attributes)
        rulings = []
        for party, partner in ((offering_party, self.answering_party), (self.answering_party, offering_party)):
            rulebooks = self.rulebooks(party, when)
            for part_title, qualities in proposal_parts(proposal):
                attributes = proposal_attributes(self.case, qualities, channel, partner)
                presumed_attributes = (
                    frozenset(name for name in attributes if name in self.case.attributes) - qualities.keys()
                )
                rulings += [
                    Ruling(
                        party,
                        part_title,
                        attributes,
                        shared_attributes,
                        presumed_attributes,
                        version_numbers,
                        rulebook,
                        rulebook.verdict(attributes),
                        self.search_depth,
                    )
                    for rulebook, version_numbers in rulebooks
                ]
        return ProposalRulings(name, channel, offering_party, tuple(rulings))

    def rulebooks(self, party: str, when: Edtf) -> list[tuple[Rulebook, tuple[int, ...]]]:
        """The rulebooks of a party at a time, each with the versions of what is disputed that have the same rules."""
        key = (party, when.text)
        if key not in self._rulebook_cache:
            rules = self._full_rulebook(party, when).rules
            rule_ids = {rule.id for rule in rules}
            numbers_by_rejected: dict[frozenset[str], list[int]] = {}
            for number, version in enumerate(self.versions):
                numbers_by_rejected.setdefault(version.rejected & rule_ids, []).append(number)
            self._rulebook_cache[key] = [
                (
                    self._shared_rulebook(party, tuple(rule for rule in rules if rule.id not in left_out)),
                    tuple(version_numbers),
                )
                for left_out, version_numbers in numbers_by_rejected.items()
            ]
        return self._rulebook_cache[key]

    def _full_rulebook(self, party: str, when: Edtf) -> Rulebook:
        key = (party, when.text)
        if key not in self._full_rulebook_cache:
            self._full_rulebook_cache[key] = self._shared_rulebook(
                party, binding_rules(self.case, self._case_rules, party, when)
            )
        return self._full_rulebook_cache[key]

    def _shared_rulebook(self, party: str, rules: tuple[LegalRule, ...]) -> Rulebook:
        """A rulebook, the same one for all who have the same rules, so that nothing is worked out twice."""
        default_state = party_default_state(self.case, party)
        key = default_state, tuple((rule.id, rule.in_force) for rule in rules)
        if key not in self._distinct_rulebooks:
            self._distinct_rulebooks[key] = build_rulebook(self.case, rules, default_state)
        return self._distinct_rulebooks[key]

    @property
    def search_count(self) -> int:
        """How many searches for openings there are at most: of each thing proposed, under each rulebook."""
        rulebooks = {
            name: [self.rulebooks(party, self.proposal_time(name)) for party in self.parties] for name in self.proposals
        }
        return sum(
            len(proposal_parts(self.case.proposals[name])) * sum(map(len, party_rulebooks))
            for name, party_rulebooks in rulebooks.items()
        )

    @cached_property
    def search_depth(self) -> int:
        """How many changes together are looked at for what would open a proposal."""
        return (
            MAX_CHANGES if len(self.proposals) <= MOST_PROPOSALS_SEARCHED and self.search_count <= MOST_SEARCHES else 1
        )

    @cached_property
    def _case_rules(self) -> dict[str, LegalRule]:
        return rules_with_effects(self.case)


def build_docket(case: Case) -> Docket | None:
    """The docket of a case; none if it does not say between whom, or no proposal says anything of itself."""
    two_sides = case_sides(case)
    if two_sides is None or exceeds_dispute_limits(case):
        return None
    docket = Docket(case, *two_sides, dispute_versions(disputed_pairs(case)))
    return docket if docket.proposals and any(rule.effects for rule in case.rules.values()) else None
