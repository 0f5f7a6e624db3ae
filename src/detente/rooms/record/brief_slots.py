"""What the record room knows for the brief."""

from __future__ import annotations

from detente.results.brief import BriefSlots
from detente.rooms.record.model.record import RecordModel


def fill_record_slots(model: RecordModel) -> BriefSlots:
    """Nothing yet."""
    return BriefSlots()
