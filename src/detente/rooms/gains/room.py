"""The gains room: who gains by which channel, by how much, how often, and through what."""

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
from detente.rooms.gains.brief_slots import fill_gains_slots
from detente.rooms.gains.checks import gains_faults
from detente.rooms.gains.findings.section import gains_section
from detente.rooms.gains.model.simulation.simulation import GainsModel, simulate_gains
from detente.rooms.gains.outcomes import KINDS, gains_outcomes
from detente.rooms.room import Room, RunOptions


class GainsRoom:
    """Who gains."""

    id = "gains"
    question = "Who gains"
    needs = "two channels or more, and issues on which actors have something at stake (`channels:`, `issues:`)"
    builds_on: tuple[str, ...] = ()
    section_ids = ("channels",)
    entry_kinds: tuple[EntryKind, ...] = ()
    outcome_kinds = KINDS

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """What is wrong with channels, issues, capabilities and threats."""
        return gains_faults(case)

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> GainsModel | None:
        """The draws of every year, to be gone through."""
        return simulate_gains(case)

    def write_sections(self, model: GainsModel) -> tuple[Section, ...]:
        """The section on who gains; none if nothing is at stake."""
        return (gains_section(model),) if model.has_stakes else ()

    def list_outcomes(self, model: GainsModel) -> tuple[Outcome, ...]:
        """Its numbers by name."""
        return tuple(gains_outcomes(model)) if model.has_stakes else ()

    def compare_claims(self, model: GainsModel) -> tuple[ClaimComparison, ...]:
        """None: it puts no claim of the documents to the test."""
        return ()

    def fill_brief(self, model: GainsModel) -> BriefSlots:
        """What it knows for the brief."""
        return fill_gains_slots(model) if model.has_stakes else BriefSlots()


ROOM: Room = GainsRoom()
