"""The sections of one room, for tests."""

from __future__ import annotations

from detente import Case, Section
from detente.rooms.registry import ROOMS
from detente.rooms.room import assess_rooms


def sections_of(case: Case, *rooms: str) -> tuple[Section, ...]:
    """The sections that rooms write of a case, in their order."""
    chosen = [room for room in ROOMS if room.id in rooms]
    needed = [room for room in ROOMS if room in chosen or any(room.id in other.builds_on for other in chosen)]
    answers = assess_rooms(case, needed)
    return tuple(section for room in chosen for section in answers[room.id].sections)
