"""Whose offers and replies those of the record are, and which offers were accepted."""

from __future__ import annotations

from collections.abc import Collection

from detente.case.index.membership import speaks_for
from detente.case.schema.case import Case
from detente.case.schema.record import Answer, Offer, Reply

ACCEPTED: tuple[Answer, ...] = ("accept",)
TAKEN_UP: tuple[Answer, ...] = ("accept", "contact")
"""The replies by which an offer is accepted, and by which it is taken up if only briefly."""


def offers_between(case: Case, by: str, to: str) -> list[Offer]:
    """The offers of one party to another, made by or to any of those who speak for them."""
    return [
        offer
        for offer in case.offers
        if (speaks_for(case, offer.by, offer.date), speaks_for(case, offer.to, offer.date)) == (by, to)
    ]


def replies_by(case: Case, party: str) -> list[Reply]:
    """The replies of a party, given by any of those who speak for it."""
    return [reply for reply in case.replies if speaks_for(case, reply.by, reply.date) == party]


def replies_of_others(case: Case, party: str) -> list[Reply]:
    """The replies to offers that were made to a party, by those who do not speak for it, such as single members."""
    made = {offer.id for offer in case.offers if speaks_for(case, offer.to, offer.date) == party}
    own = {reply.id for reply in replies_by(case, party)}
    return [reply for reply in case.replies if reply.id not in own and made & set(reply.to)]


def taken_up(case: Case, offer: Offer, answers: Collection[Answer] = TAKEN_UP) -> bool:
    """Whether the party that an offer is made to gave one of these answers to it, once or several times."""
    asked = speaks_for(case, offer.to, offer.date)
    given = (reply for reply in case.replies if offer.id in reply.to and reply.answer in answers)
    return any(speaks_for(case, reply.by, reply.date) == asked for reply in given)


def accepted(case: Case) -> list[Offer]:
    """The offers that those to whom they were made accept: each once, however many replies say so."""
    return [offer for offer in case.offers if taken_up(case, offer, ACCEPTED)]


def accepted_by_others(case: Case) -> list[Offer]:
    """The offers that nobody accepts but parties to whom they were not made."""
    yes = {id for reply in case.replies if reply.answer == "accept" for id in reply.to}
    own = {offer.id for offer in accepted(case)}
    return [offer for offer in case.offers if offer.id in yes - own]
