"""What became of each offer: the answers of those whom it was made to, and whether others or nobody answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case.index.membership import case_sides, offer_addressees
from detente.case.index.offers import ACCEPTING_ANSWERS, answers_by_offer, is_answered_with, offers_between
from detente.case.schema.case import Case
from detente.case.schema.record import AnswerKind, Offer, OfferAnswer


@dataclass(frozen=True, slots=True)
class AnswerOfSome:
    """One kind of answer to an offer, and how many of those whom the offer was made to gave it."""

    kind: AnswerKind
    party_count: int
    is_elsewhere: bool
    """Whether all of them take it up through another channel than the sides are asked about."""


@dataclass(frozen=True, slots=True)
class OfferFate:
    """What became of an offer."""

    offer: Offer
    addressee_count: int
    answers: tuple[AnswerOfSome, ...]
    """Of those whom it was made to, in order of time; silence only where they gave no other answer."""
    is_answered_by_others: bool
    """Whether others than those whom it was made to answered it."""


@dataclass(frozen=True, slots=True)
class OffersOfSide:
    """The offers of the side that offers to the one that answers."""

    offering: str
    answering: str
    ids: tuple[str, ...]
    accepted_count: int
    """How many of them the side that answers accepts."""


def offer_fate(case: Case, offer: Offer, ordered_answers: Sequence[OfferAnswer]) -> OfferFate:
    """What became of an offer.

    Args:
        case: The case.
        offer: The offer.
        ordered_answers: The answers of the case in order of time.
    """
    addressees = offer_addressees(case, offer)
    given = answers_by_offer(case).get(offer.id, ())
    own_pairs = [(party, answer) for party, answer in given if party in addressees]
    position = {answer.id: index for index, answer in enumerate(ordered_answers)}
    own_pairs.sort(key=lambda pair: position[pair[1].id])
    return OfferFate(
        offer, len(addressees), tuple(_answers_of_some(own_pairs)), any(party not in addressees for party, _ in given)
    )


def _answers_of_some(pairs: Sequence[tuple[str, OfferAnswer]]) -> Iterator[AnswerOfSome]:
    """Each kind of answer once, in the order in which it first came."""
    spoken = [(party, answer) for party, answer in pairs if answer.answer_kind != "silence"]
    for kind in dict.fromkeys(answer.answer_kind for _, answer in spoken or pairs):
        of_kind = [(party, answer) for party, answer in pairs if answer.answer_kind == kind]
        yield AnswerOfSome(
            kind, len({party for party, _ in of_kind}), all(answer.through is not None for _, answer in of_kind)
        )


def offers_of_side(case: Case) -> OffersOfSide | None:
    """The offers of the side that offers to the one that answers; None where the case does not tell the sides."""
    sides = case_sides(case)
    if sides is None:
        return None
    offers = offers_between(case, *sides)
    accepted = [offer for offer in offers if is_answered_with(case, offer, sides[1], ACCEPTING_ANSWERS)]
    return OffersOfSide(*sides, tuple(offer.id for offer in offers), len(accepted))
