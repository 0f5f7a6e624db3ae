"""Whose offers and answers those of the record are, and what became of the offers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from detente.case.entries.cache import once_per_case
from detente.case.index.membership import offer_addressees, offer_principal, represented_party
from detente.case.schema.case import Case
from detente.case.schema.record import AnswerKind, Offer, OfferAnswer
from detente.methods.chronology.edtf import Edtf

ACCEPTING_ANSWERS: tuple[AnswerKind, ...] = ("accept",)
TAKE_UP_ANSWERS: tuple[AnswerKind, ...] = ("accept", "contact")
"""The answers by which an offer is accepted, and by which it is taken up if only briefly."""


def offers_between(case: Case, offering: str, addressee: str) -> list[Offer]:
    """The approaches of one party to another, of every kind, made by or to any of those who speak for them.

    What others make on behalf of that party counts; what they make for themselves does not.
    """
    return [
        offer
        for offer in case.recorded_offers
        if offer_principal(case, offer) == offering and addressee in offer_addressees(case, offer)
    ]


def answering_party(case: Case, answer: OfferAnswer) -> str:
    """The actor or organisation whose answer it is."""
    return represented_party(case, answer.by, answer.date)


@once_per_case
def answers_by_offer(case: Case) -> Mapping[str, Sequence[tuple[str, OfferAnswer]]]:
    """By the id of each offer that was answered, its answers, each after the party that gave it."""
    answers: dict[str, list[tuple[str, OfferAnswer]]] = {}
    for answer in case.answers:
        for offer_id in answer.answered_offers:
            answers.setdefault(offer_id, []).append((answering_party(case, answer), answer))
    return answers


def answers_to(case: Case, offer: Offer, party: str) -> list[OfferAnswer]:
    """The answers of one party to an offer: its replies, and the offers by which it countered it."""
    return [answer for answerer, answer in answers_by_offer(case).get(offer.id, ()) if answerer == party]


def answers_by(case: Case, party: str) -> list[OfferAnswer]:
    """The answers of a party to any offers, given by any of those who speak for it."""
    return [answer for answer in case.answers if answering_party(case, answer) == party]


def answers_on_channel(case: Case, party: str, channel: str) -> list[OfferAnswer]:
    """The answers of a party, but for those by which it takes something up through another channel than this."""
    return [answer for answer in answers_by(case, party) if (answer.through or channel) == channel]


def answers_of_others(case: Case, party: str) -> list[OfferAnswer]:
    """The answers to offers that were made to a party, by those who do not speak for it, such as single members."""
    offer_ids = {offer.id for offer in case.recorded_offers if party in offer_addressees(case, offer)}
    own_ids = {answer.id for answer in answers_by(case, party)}
    return [answer for answer in case.answers if answer.id not in own_ids and offer_ids & set(answer.answered_offers)]


def is_answered_with(case: Case, offer: Offer, party: str, kinds: Collection[AnswerKind]) -> bool:
    """Whether a party gave an answer of one of these kinds to an offer, once or several times."""
    return any(answer.answer_kind in kinds for answer in answers_to(case, offer, party))


def is_taken_up(case: Case, offer: Offer, party: str) -> bool:
    """Whether one of those to whom an offer is made accepts it, or takes it up if only briefly."""
    return party in offer_addressees(case, offer) and is_answered_with(case, offer, party, TAKE_UP_ANSWERS)


def decision_date(case: Case, offer: Offer, party: str) -> Edtf | None:
    """When a party decided on an offer: when it took it up, where it did, and else when the offer was made."""
    taking_up = [answer for answer in answers_to(case, offer, party) if answer.answer_kind in TAKE_UP_ANSWERS]
    return next((answer.date for answer in taking_up if answer.date), offer.date)


def is_countered(case: Case, offer: Offer, party: str) -> bool:
    """Whether a party answers an offer with another one, and neither takes it up nor refuses it besides."""
    kinds = {answer.answer_kind for answer in answers_to(case, offer, party)}
    return "counter" in kinds and kinds.isdisjoint((*TAKE_UP_ANSWERS, "refuse"))


def accepting_addressees(case: Case, offer: Offer) -> list[str]:
    """Those among the addressees of an offer who accept it."""
    return [party for party in offer_addressees(case, offer) if is_answered_with(case, offer, party, ACCEPTING_ANSWERS)]


def accepted_offers(case: Case) -> list[Offer]:
    """The offers that all to whom they were made accept: each once, however many replies say so."""
    return [
        offer for offer in case.recorded_offers if accepting_addressees(case, offer) == offer_addressees(case, offer)
    ]


def offers_accepted_elsewhere(case: Case) -> list[Offer]:
    """The accepted offers that nobody takes up but through another channel than the sides are asked about."""
    return [
        offer
        for offer in accepted_offers(case)
        if all(
            answer.through for _, answer in answers_by_offer(case)[offer.id] if answer.answer_kind in ACCEPTING_ANSWERS
        )
    ]


def partly_accepted_offers(case: Case) -> list[Offer]:
    """The offers that some of those to whom they were made accept, and others do not."""
    return [
        offer
        for offer in case.recorded_offers
        if 0 < len(accepting_addressees(case, offer)) < len(offer_addressees(case, offer))
    ]


def offers_accepted_by_others(case: Case) -> list[Offer]:
    """The offers that nobody accepts but parties to whom they were not made."""
    accepted_ids = {
        id for answer in case.answers if answer.answer_kind in ACCEPTING_ANSWERS for id in answer.answered_offers
    }
    return [
        offer for offer in case.recorded_offers if offer.id in accepted_ids and not accepting_addressees(case, offer)
    ]
