"""The acceptance room: who proposes, who must be won, who accepts, and what would turn it."""

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
from detente.rooms.acceptance.brief_slots import fill_acceptance_slots
from detente.rooms.acceptance.checks import acceptance_faults
from detente.rooms.acceptance.claim_comparisons import acceptance_claims
from detente.rooms.acceptance.findings.section import acceptance_sections
from detente.rooms.acceptance.model.acceptance import AcceptanceModel, build_acceptance_model
from detente.rooms.acceptance.outcomes import KINDS, acceptance_outcomes
from detente.rooms.room import Room, RunOptions


class AcceptanceRoom:
    """Who accepts, and what would turn it."""

    id = "acceptance"
    question = "Who accepts, and what would turn it"
    needs = (
        "two sides (`sides:`), each with members in the channels, and a channel that deals with both as such "
        "(`joins:`), or `response.channel`"
    )
    builds_on = ("gains", "rules")
    section_ids = ("response", "against")
    entry_kinds: tuple[EntryKind, ...] = ()
    outcome_kinds = KINDS

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """What is wrong with mechanisms, theories, outside options, priors and outcomes."""
        return acceptance_faults(case)

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> AcceptanceModel | None:
        """Those who decide, who look at the draws of the gains."""
        gains = models["gains"]
        if gains is None:
            return None
        return build_acceptance_model(gains, is_deep=options.is_deep)

    def write_sections(self, model: AcceptanceModel) -> tuple[Section, ...]:
        """The section on the answer, and the one that holds it against what happened; none if nothing is at stake."""
        return acceptance_sections(model) if model.gains.has_stakes else ()

    def list_outcomes(self, model: AcceptanceModel) -> tuple[Outcome, ...]:
        """Its numbers by name."""
        return tuple(acceptance_outcomes(model)) if model.gains.has_stakes else ()

    def compare_claims(self, model: AcceptanceModel) -> tuple[ClaimComparison, ...]:
        """Claims on motives, other courses and kinds of organisation."""
        return tuple(acceptance_claims(model)) if model.gains.has_stakes else ()

    def fill_brief(self, model: AcceptanceModel) -> BriefSlots:
        """What it knows for the brief."""
        return fill_acceptance_slots(model) if model.gains.has_stakes else BriefSlots()


ROOM: Room = AcceptanceRoom()
