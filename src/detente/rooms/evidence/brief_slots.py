"""What the evidence room knows for the brief."""

from __future__ import annotations

from detente.results.brief import BriefSlots
from detente.rooms.evidence.model.evidence import EvidenceModel


def fill_evidence_slots(model: EvidenceModel) -> BriefSlots:
    """Nothing yet."""
    return BriefSlots()
