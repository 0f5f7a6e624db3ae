"""The evidence room: which theory the codings support, and how fragile that is."""

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
from detente.rooms.evidence.brief_slots import fill_evidence_slots
from detente.rooms.evidence.checks import evidence_faults
from detente.rooms.evidence.findings.section import evidence_section
from detente.rooms.evidence.model.evidence import EvidenceModel, weigh_evidence
from detente.rooms.evidence.outcomes import KINDS, evidence_outcomes
from detente.rooms.room import Room, RunOptions


class EvidenceRoom:
    """What the evidence supports."""

    id = "evidence"
    question = "What the evidence supports"
    needs = "tables of motives, codings of the motives, and at least two theories (`tables:`, `codings:`, `theories:`)"
    builds_on: tuple[str, ...] = ()
    section_ids = ("evidence",)
    entry_kinds: tuple[EntryKind, ...] = ()
    outcome_kinds = KINDS

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """What is wrong with codings, tables and the numbers of weighing."""
        return evidence_faults(case)

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> EvidenceModel | None:
        """The evidence, tallied and weighed."""
        return weigh_evidence(case)

    def write_sections(self, model: EvidenceModel) -> tuple[Section, ...]:
        """The section on the evidence."""
        return (evidence_section(model),)

    def list_outcomes(self, model: EvidenceModel) -> tuple[Outcome, ...]:
        """Its numbers by name."""
        return tuple(evidence_outcomes(model))

    def compare_claims(self, model: EvidenceModel) -> tuple[ClaimComparison, ...]:
        """None: it puts no claim of the documents to the test."""
        return ()

    def fill_brief(self, model: EvidenceModel) -> BriefSlots:
        """What it knows for the brief."""
        return fill_evidence_slots(model)


ROOM: Room = EvidenceRoom()
