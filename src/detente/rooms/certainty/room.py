"""The certainty room: how sure the answers are, and which choices and numbers they hang on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.case.entries.registry import EntryKind
from detente.case.fault import Fault
from detente.case.schema.case import Case
from detente.results.brief import BriefSlots, DrivingNumber
from detente.results.claim_comparison import ClaimComparison
from detente.results.finding import Section
from detente.results.outcome import Outcome
from detente.rooms.certainty.findings.section import certainty_section
from detente.rooms.certainty.model.certainty import CertaintyModel, build_certainty_model
from detente.rooms.certainty.outcomes import KINDS, certainty_outcomes
from detente.rooms.room import Room, RunOptions


class CertaintyRoom:
    """How sure, and what matters."""

    id = "certainty"
    question = "How sure, and what matters"
    needs = "an offer that a side answers, or games, with numbers that may vary or choices that may be otherwise"
    builds_on = ("gains", "acceptance", "durability")
    section_ids = ("sure",)
    entry_kinds: tuple[EntryKind, ...] = ()
    outcome_kinds = KINDS

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """Nothing: what varies is checked by the rooms whose numbers these are."""
        return ()

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> CertaintyModel | None:
        """What the answers of the other rooms hang on."""
        return build_certainty_model(case, models["acceptance"], models["durability"], options.is_deep)

    def write_sections(self, model: CertaintyModel) -> tuple[Section, ...]:
        """The section on what matters; none where nothing varies."""
        section = certainty_section(model)
        return (section,) if section else ()

    def list_outcomes(self, model: CertaintyModel) -> tuple[Outcome, ...]:
        """Its numbers by name."""
        return tuple(certainty_outcomes(model))

    def compare_claims(self, model: CertaintyModel) -> tuple[ClaimComparison, ...]:
        """No claim of a document is on how sure a model is."""
        return ()

    def fill_brief(self, model: CertaintyModel) -> BriefSlots:
        """The numbers that drive the answer, and whether they have a source."""
        driving = (DrivingNumber(path, model.has_source(path)) for path in model.driving_paths)
        return BriefSlots(driving=tuple(driving))


ROOM: Room = CertaintyRoom()
"""The room."""
