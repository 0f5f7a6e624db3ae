"""What the gains room knows for the brief."""

from __future__ import annotations

from detente.results.brief import BriefSlots
from detente.rooms.gains.model.simulation.simulation import GainsModel


def fill_gains_slots(model: GainsModel) -> BriefSlots:
    """Nothing yet."""
    return BriefSlots()
