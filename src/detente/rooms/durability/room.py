"""The durability room: whether cooperation would last with nobody to enforce it, and what would make it."""

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
from detente.rooms.durability.brief_slots import fill_durability_slots
from detente.rooms.durability.checks import durability_faults
from detente.rooms.durability.claim_comparisons import durability_claims
from detente.rooms.durability.findings.section import durability_section
from detente.rooms.durability.model.durability import DurabilityModel, build_durability_model
from detente.rooms.durability.outcomes import KINDS, durability_outcomes
from detente.rooms.room import Room, RunOptions


class DurabilityRoom:
    """Would it last."""

    id = "durability"
    question = "Would it last"
    needs = "the games between its sides, with what each gets and how much the future counts (`games:`)"
    builds_on = ("rules",)
    section_ids = ("lasting",)
    entry_kinds: tuple[EntryKind, ...] = ()
    outcome_kinds = KINDS

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """What is wrong with games, common goods, arms races and strategies."""
        return durability_faults(case)

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> DurabilityModel | None:
        """The games, worked out."""
        return build_durability_model(case)

    def write_sections(self, model: DurabilityModel) -> tuple[Section, ...]:
        """The section on whether cooperation would last."""
        return (durability_section(model),)

    def list_outcomes(self, model: DurabilityModel) -> tuple[Outcome, ...]:
        """Its numbers by name."""
        return tuple(durability_outcomes(model))

    def compare_claims(self, model: DurabilityModel) -> tuple[ClaimComparison, ...]:
        """Claims on what institutions do, and on where to begin."""
        return tuple(durability_claims(model))

    def fill_brief(self, model: DurabilityModel) -> BriefSlots:
        """What it knows for the brief."""
        return fill_durability_slots(model)


ROOM: Room = DurabilityRoom()
