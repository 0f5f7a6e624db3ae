"""The rooms of Détente, each after those whose models it builds on. To add a room: its folder, and a line here."""

from __future__ import annotations

from importlib import import_module

from detente.case.entries.core_kinds import CORE_REGISTRY
from detente.case.fault import CaseCheck
from detente.rooms.acceptance.default_checks import carrying_default_faults
from detente.rooms.acceptance.together_checks import certain_together_faults
from detente.rooms.agreement.checks import certain_signpost_faults
from detente.rooms.room import Room

FOLDERS = (
    "record",
    "evidence",
    "rules",
    "gains",
    "acceptance",
    "durability",
    "agreement",
    "certainty",
)
ROOMS: tuple[Room, ...] = tuple(import_module(f"detente.rooms.{folder}.room").ROOM for folder in FOLDERS)
REGISTRY = CORE_REGISTRY.with_kinds([kind for room in ROOMS for kind in room.entry_kinds])
"""The kinds of entries that a case may have: those of every case, and those that rooms bring."""
ADVICE: tuple[CaseCheck, ...] = (carrying_default_faults, certain_together_faults, certain_signpost_faults)
"""What is worth a warning in a case that nothing is wrong with, and takes more than a look at it."""
