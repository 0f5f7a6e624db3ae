"""Verdicts in a word, under all versions of what is disputed: had from one book of every rule, whatever is left out.

The full verdicts of `ProposalRulings` say what stands behind them; these are for where so many are asked that only the
word is wanted: every year of a period, and every rule taken out in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import VerdictState
from detente.methods.institutions.rulebook_bitsets import RuleApplicability
from detente.methods.institutions.truth_bitsets import set_bits
from detente.rooms.rules.model.build_rulebooks import DisputeVersion, dispute_versions, disputed_pairs
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import worst_states

RuleSubsets = Sequence[tuple[int, Sequence[int]]]
"""Rules that are left, each a bit, with the versions of what is disputed that leave these."""


@dataclass(frozen=True)
class PartyReading:
    """One thing proposed, as every rule of one party reads on it, those in dispute all at once."""

    party: str
    rulebook: Rulebook
    reading: RuleApplicability

    def applying_rules(self) -> Iterator[str]:
        """The rules that apply or may: the others change no verdict by being taken out."""
        return (self.rulebook.rules[number].id for number in set_bits(self.reading.applies | self.reading.may_apply))

    def states_by_version(self, rule_subsets: RuleSubsets) -> Iterator[tuple[Sequence[int], VerdictState]]:
        """The verdict by each part of the rules."""
        relevant_rules, states = self.reading.applies | self.reading.may_apply, dict[int, VerdictState]()
        for remaining_rules, version_numbers in rule_subsets:
            if remaining_rules & relevant_rules not in states:
                states[remaining_rules & relevant_rules] = self.rulebook.masks.combined_effect(
                    self.reading, remaining_rules
                ).state
            yield version_numbers, states[remaining_rules & relevant_rules]


@dataclass(frozen=True)
class VersionVerdicts:
    """The proposals of a docket before the whole of the rules."""

    docket: Docket
    _subset_cache: dict[tuple[int, str | None], RuleSubsets] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def party_readings(self, name: str, when: Edtf) -> list[PartyReading]:
        """Each thing that is proposed, between the organisations, before either's rules at a time."""
        return [
            PartyReading(party, book, book.rule_applicability(attributes))
            for party, book, attributes in self.docket.parts_under_all_rules(name, when)
        ]

    def states_without_rule(
        self, reading: PartyReading, removed_rule: str | None = None
    ) -> Iterator[tuple[Sequence[int], VerdictState]]:
        """The verdicts on a thing proposed, each with the versions of what is disputed that come to it.

        Args:
            reading: What is proposed, before one party.
            removed_rule: A rule to take out; what it overrides or disputes then stands by itself.
        """
        return reading.states_by_version(self._subsets_after_removal(reading.rulebook, removed_rule))

    def combined_states(self, readings: Iterable[PartyReading]) -> tuple[VerdictState, ...]:
        """The verdicts on all of these together by the versions of what is disputed, from worst to best."""
        return worst_states(verdict for reading in readings for verdict in self.states_without_rule(reading))

    def _subsets_after_removal(self, rulebook: Rulebook, removed_rule: str | None) -> RuleSubsets:
        key = id(rulebook), removed_rule
        if key not in self._subset_cache:
            versions_left = (
                self.versions_without.get(removed_rule, self.docket.versions) if removed_rule else self.docket.versions
            )
            dropped_ids = {removed_rule} if removed_rule else set()
            numbers_by_rules: dict[int, list[int]] = {}
            for number, version in enumerate(versions_left):
                remaining_rules = rulebook.masks.all_rules & ~rulebook.mask_of_rules(version.rejected | dropped_ids)
                numbers_by_rules.setdefault(remaining_rules, []).append(number)
            self._subset_cache[key] = list(numbers_by_rules.items())
        return self._subset_cache[key]

    @cached_property
    def versions_without(self) -> Mapping[str, Sequence[DisputeVersion]]:
        """For each rule in dispute, the ways to resolve what is in dispute without it."""
        pairs = disputed_pairs(self.docket.case)
        names = {name for pair in pairs for name in pair}
        return {name: dispute_versions({pair for pair in pairs if name not in pair}) for name in names}
