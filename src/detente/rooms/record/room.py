"""The record room: what was offered and answered, who belonged where, what was said, foretold and contradicted."""

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
from detente.rooms.record.brief_slots import fill_record_slots
from detente.rooms.record.checks import record_faults
from detente.rooms.record.findings.section import record_sections
from detente.rooms.record.model.record import RecordModel, compile_record
from detente.rooms.record.outcomes import KINDS, record_outcomes
from detente.rooms.room import Room, RunOptions


class RecordRoom:
    """What happened."""

    id = "record"
    question = "What happened"
    needs = "offers and replies, or organisations with dated members (`record:`, `organisations:`)"
    builds_on: tuple[str, ...] = ()
    section_ids = ("record", "contradictions", "predictions")
    entry_kinds: tuple[EntryKind, ...] = ()
    outcome_kinds = KINDS

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """What is wrong with the record."""
        return record_faults(case)

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> RecordModel:
        """The record, counted and checked."""
        return compile_record(case)

    def write_sections(self, model: RecordModel) -> tuple[Section, ...]:
        """The sections on the record."""
        return record_sections(model)

    def list_outcomes(self, model: RecordModel) -> tuple[Outcome, ...]:
        """Its numbers by name."""
        return tuple(record_outcomes(model))

    def compare_claims(self, model: RecordModel) -> tuple[ClaimComparison, ...]:
        """None: it puts no claim of the documents to the test."""
        return ()

    def fill_brief(self, model: RecordModel) -> BriefSlots:
        """What it knows for the brief."""
        return fill_record_slots(model)


ROOM: Room = RecordRoom()
