"""What the rules room knows for the brief."""

from __future__ import annotations

from detente.results.brief import BriefSlots
from detente.rooms.rules.model.rules import RulesModel


def fill_rules_slots(model: RulesModel) -> BriefSlots:
    """Nothing yet."""
    return BriefSlots()
