"""Who belonged where and when: throughout a period, at each offer, and at the snapshots of a case."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.index.membership import offer_addressees, offer_principal
from detente.case.schema.case import Case
from detente.case.schema.record import Offer
from detente.methods.chronology.membership_spells import (
    competing_datings,
    members_throughout,
)
from detente.rooms.record.model.offers import date_sort_key
from detente.rooms.record.model.spells import membership_spells


@dataclass(frozen=True, slots=True)
class DisputedMembership:
    """A membership that the sources date in more than one way."""

    organisation: str
    actor: str
    dating_count: int


@dataclass(frozen=True, slots=True)
class MembersAtOffer:
    """The members of one side when an offer was made."""

    offer: Offer
    organisation: str
    certain: tuple[str, ...]
    doubtful: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MembersAtSnapshots:
    """The members of an organisation at each snapshot, and who surely came and went from the first to the last."""

    organisation: str
    counts: tuple[int, ...]
    """Those who are certain, at each snapshot."""
    came: tuple[str, ...]
    went: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Whose membership cannot be told at some snapshot."""


def disputed_memberships(case: Case) -> list[DisputedMembership]:
    """The memberships that the sources date differently."""
    return [
        DisputedMembership(name, actor, len({spell.dating for spell in spells}))
        for name, organisation in case.organisations.items()
        for actor, spells in competing_datings(membership_spells(organisation)).items()
    ]


def members_at_offers(case: Case) -> list[MembersAtOffer]:
    """The members of each side at each dated offer."""
    rows = []
    for offer in sorted((offer for offer in case.recorded_offers if offer.date), key=date_sort_key):
        assert offer.date
        for party in dict.fromkeys([offer_principal(case, offer), *offer_addressees(case, offer)]):
            organisation = case.organisations.get(party)
            if organisation and organisation.members:
                certain, doubtful = members_throughout(membership_spells(organisation), offer.date)
                rows.append(MembersAtOffer(offer, party, tuple(certain), tuple(doubtful)))
    return rows


def members_at_snapshots(case: Case) -> list[MembersAtSnapshots]:
    """The members of each organisation at the snapshots of a case; those without any then are left out."""
    rows = []
    for name, organisation in case.organisations.items():
        spells = membership_spells(organisation)
        by_snapshot = [members_throughout(spells, snapshot) for snapshot in case.snapshots]
        if not any(sure or unsure for sure, unsure in by_snapshot):
            continue
        first, last = by_snapshot[0][0], by_snapshot[-1][0]
        doubtful = tuple(dict.fromkeys(actor for _, unsure in by_snapshot for actor in unsure))
        rows.append(
            MembersAtSnapshots(
                name,
                tuple(len(sure) for sure, _ in by_snapshot),
                tuple(actor for actor in last if actor not in {*first, *doubtful}),
                tuple(actor for actor in first if actor not in {*last, *doubtful}),
                doubtful,
            )
        )
    return rows
