"""The record of a case: offers and waits, memberships, agendas, statements, predictions, and what is contradicted."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.rooms.record.model.agendas import AgendaDrift, agenda_drift
from detente.rooms.record.model.contradictions import ComparedContradiction, compared_contradictions
from detente.rooms.record.model.membership import (
    DisputedMembership,
    MembersAtOffer,
    MembersAtSnapshots,
    disputed_memberships,
    members_at_offers,
    members_at_snapshots,
)
from detente.rooms.record.model.offers import OfferRecord, offer_record
from detente.rooms.record.model.predictions import PredictionGroup, group_predictions, judged_predictions
from detente.rooms.record.model.statements import StatementRecord, statement_record


@dataclass(frozen=True, slots=True)
class RecordModel:
    """What the record of a case comes to."""

    case: Case
    offers: OfferRecord
    agendas: AgendaDrift | None
    """None without any."""
    disputed_memberships: tuple[DisputedMembership, ...]
    members_at_offers: tuple[MembersAtOffer, ...]
    members_at_snapshots: tuple[MembersAtSnapshots, ...]
    statements: StatementRecord | None
    """None without any."""
    predictions: tuple[PredictionGroup, ...]
    """Each once, in all its wordings."""
    contradictions: tuple[ComparedContradiction, ...]


def compile_record(case: Case) -> RecordModel:
    """The record of a case, counted and checked."""
    return RecordModel(
        case,
        offer_record(case),
        agenda_drift(case),
        tuple(disputed_memberships(case)),
        tuple(members_at_offers(case)),
        tuple(members_at_snapshots(case)),
        statement_record(case),
        tuple(group_predictions(judged_predictions(case))),
        compared_contradictions(case),
    )
