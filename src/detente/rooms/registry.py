"""The rooms of Détente, each after those whose models it builds on. To add a room: a line here."""

from __future__ import annotations

from detente.case.index.core_kinds import CORE_REGISTRY
from detente.rooms.acceptance.room import AcceptanceRoom
from detente.rooms.durability.room import DurabilityRoom
from detente.rooms.evidence.room import EvidenceRoom
from detente.rooms.gains.room import GainsRoom
from detente.rooms.record.room import RecordRoom
from detente.rooms.room import Room
from detente.rooms.rules.room import RulesRoom

ROOMS: tuple[Room, ...] = (
    RecordRoom(),
    EvidenceRoom(),
    RulesRoom(),
    GainsRoom(),
    AcceptanceRoom(),
    DurabilityRoom(),
)
REGISTRY = CORE_REGISTRY.with_kinds([kind for room in ROOMS for kind in room.entry_kinds])
"""The kinds of entries that a case may have: those of every case, and those that rooms bring."""
