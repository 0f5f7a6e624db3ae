"""What the acceptance room knows for the brief."""

from __future__ import annotations

from detente.results.brief import BriefSlots
from detente.rooms.acceptance.model.acceptance import AcceptanceModel


def fill_acceptance_slots(model: AcceptanceModel) -> BriefSlots:
    """Nothing yet."""
    return BriefSlots()
