"""The agreement room: which offer both sides would have, in which form, order and company."""

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
from detente.rooms.agreement.brief_slots import fill_agreement_slots
from detente.rooms.agreement.checks import agreement_faults
from detente.rooms.agreement.findings.section import agreement_section
from detente.rooms.agreement.model.agreement import AgreementModel, build_agreement_model
from detente.rooms.agreement.outcomes import KINDS, agreement_outcomes
from detente.rooms.room import Room, RunOptions


class AgreementRoom:
    """What could be agreed."""

    id = "agreement"
    question = "What could be agreed"
    needs = "an offer that a side answers, and what could be offered otherwise (`depths:`, `clauses:` or `offers:`)"
    builds_on = ("gains", "rules", "acceptance", "durability")
    section_ids = ("agreement",)
    entry_kinds: tuple[EntryKind, ...] = ()
    outcome_kinds = KINDS

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """What is wrong with depths, clauses, offers, influence, objectives and signposts."""
        return agreement_faults(case)

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> AgreementModel | None:
        """Offers held against the draws that the gains are had from."""
        return build_agreement_model(models["acceptance"], models["rules"], models["durability"], options.is_deep)

    def write_sections(self, model: AgreementModel) -> tuple[Section, ...]:
        """The section; none if nothing is at stake."""
        return (agreement_section(model),) if model.acceptance.gains.has_stakes else ()

    def list_outcomes(self, model: AgreementModel) -> tuple[Outcome, ...]:
        """Its numbers by name."""
        return tuple(agreement_outcomes(model)) if model.acceptance.gains.has_stakes else ()

    def compare_claims(self, model: AgreementModel) -> tuple[ClaimComparison, ...]:
        """None: what documents advise stands in its findings."""
        return ()

    def fill_brief(self, model: AgreementModel) -> BriefSlots:
        """What it knows for the brief."""
        return fill_agreement_slots(model) if model.acceptance.gains.has_stakes else BriefSlots()


ROOM: Room = AgreementRoom()
"""The room."""
