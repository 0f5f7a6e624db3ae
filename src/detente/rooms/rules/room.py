"""The rules room: what each organisation may decide, who can stop it, what would unblock it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.case.entries.registry import EntryKind
from detente.case.fault import Fault
from detente.case.schema.case import Case
from detente.results.brief import BriefSlots
from detente.results.claim_comparison import ClaimComparison
from detente.results.finding import Section
from detente.results.outcome import Outcome
from detente.rooms.room import Room, RunOptions
from detente.rooms.rules.brief_slots import fill_rules_slots
from detente.rooms.rules.checks import rules_faults
from detente.rooms.rules.findings.section import rules_section
from detente.rooms.rules.model.rules import RulesModel, apply_rules
from detente.rooms.rules.outcomes import KINDS, rules_outcomes


class RulesRoom:
    """What the rules allow."""

    id = "rules"
    question = "What the rules allow"
    needs = "two organisations, rules with effects, and proposals with attributes (`sides:`, `rules:`, `attributes:`)"
    builds_on: tuple[str, ...] = ()
    section_ids = ("rules",)
    entry_kinds: tuple[EntryKind, ...] = ()
    outcome_kinds = KINDS

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """What is wrong with rules, attributes, stances and decision rules."""
        return rules_faults(case)

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> RulesModel | None:
        """The proposals, held against the rules of both sides."""
        return apply_rules(case)

    def write_sections(self, model: RulesModel) -> tuple[Section, ...]:
        """The section on the rules."""
        return (rules_section(model),)

    def list_outcomes(self, model: RulesModel) -> tuple[Outcome, ...]:
        """Its numbers by name."""
        return tuple(rules_outcomes(model))

    def compare_claims(self, model: RulesModel) -> tuple[ClaimComparison, ...]:
        """None: it puts no claim of the documents to the test."""
        return ()

    def fill_brief(self, model: RulesModel) -> BriefSlots:
        """What it knows for the brief."""
        return fill_rules_slots(model)


ROOM: Room = RulesRoom()
