"""What the durability room knows for the brief."""

from __future__ import annotations

from detente.results.brief import BriefSlots
from detente.rooms.durability.model.durability import DurabilityModel


def fill_durability_slots(model: DurabilityModel) -> BriefSlots:
    """Nothing yet."""
    return BriefSlots()
