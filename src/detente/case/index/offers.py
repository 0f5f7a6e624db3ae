"""Whose offers and replies those of the record are, and which offers were accepted."""

from __future__ import annotations

from collections.abc import Collection

from detente.case.index.membership import represented_party
from detente.case.schema.case import Case
from detente.case.schema.record import Offer, Reply, ReplyAnswer

ACCEPTING_ANSWERS: tuple[ReplyAnswer, ...] = ("accept",)
TAKE_UP_ANSWERS: tuple[ReplyAnswer, ...] = ("accept", "contact")
"""The replies by which an offer is accepted, and by which it is taken up if only briefly."""


def offers_between(case: Case, offering: str, addressee: str) -> list[Offer]:
    """The offers of one party to another, made by or to any of those who speak for them."""
    return [
        offer
        for offer in case.offers
        if (represented_party(case, offer.by, offer.date), represented_party(case, offer.to, offer.date))
        == (offering, addressee)
    ]


def replies_by(case: Case, party: str) -> list[Reply]:
    """The replies of a party, given by any of those who speak for it."""
    return [reply for reply in case.replies if represented_party(case, reply.by, reply.date) == party]


def replies_of_others(case: Case, party: str) -> list[Reply]:
    """The replies to offers that were made to a party, by those who do not speak for it, such as single members."""
    offer_ids = {offer.id for offer in case.offers if represented_party(case, offer.to, offer.date) == party}
    own_reply_ids = {reply.id for reply in replies_by(case, party)}
    return [reply for reply in case.replies if reply.id not in own_reply_ids and offer_ids & set(reply.to)]


def is_taken_up(case: Case, offer: Offer, answers: Collection[ReplyAnswer] = TAKE_UP_ANSWERS) -> bool:
    """Whether the party that an offer is made to gave one of these answers to it, once or several times."""
    addressee = represented_party(case, offer.to, offer.date)
    fitting_replies = (reply for reply in case.replies if offer.id in reply.to and reply.answer in answers)
    return any(represented_party(case, reply.by, reply.date) == addressee for reply in fitting_replies)


def accepted_offers(case: Case) -> list[Offer]:
    """The offers that those to whom they were made accept: each once, however many replies say so."""
    return [offer for offer in case.offers if is_taken_up(case, offer, ACCEPTING_ANSWERS)]


def offers_accepted_by_others(case: Case) -> list[Offer]:
    """The offers that nobody accepts but parties to whom they were not made."""
    accepted_ids = {id for reply in case.replies if reply.answer == "accept" for id in reply.to}
    duly_accepted_ids = {offer.id for offer in accepted_offers(case)}
    return [offer for offer in case.offers if offer.id in accepted_ids - duly_accepted_ids]
