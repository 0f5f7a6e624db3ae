"""Offers and replies: who made how many to whom, what became of them, and how long each waited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.case.index.membership import offer_addressees, offer_maker, offer_principal
from detente.case.index.offers import (
    accepted_offers,
    answers_by_offer,
    offers_accepted_by_others,
    offers_accepted_elsewhere,
    partly_accepted_offers,
)
from detente.case.schema.case import Case
from detente.case.schema.record import AnswerKind, Authorship, Manner, Offer, OfferAnswer, Reply, Statement
from detente.methods.chronology.response_time import WaitingTime, earliest_date, response_time
from detente.rooms.record.model.fates import OfferFate, OffersOfSide, offer_fate, offers_of_side


@dataclass(frozen=True, slots=True)
class OfferWait:
    """How long an offer waited for an answer of one party that is not a silence."""

    offer: Offer
    party: str
    """Whose answer it waited for, or who answered unasked."""
    is_addressee: bool
    """Whether the offer was made to that party."""
    first_answer: OfferAnswer | None
    """A reply, or the offer that counters it."""
    silences: tuple[str, ...]
    """The replies that are silences."""
    wait: WaitingTime | None
    """None where the offer or every answer to it is undated."""


@dataclass(frozen=True, slots=True)
class OfferAuthor:
    """Who makes an approach, and for whom."""

    maker: str
    principal: str
    """For whom it is made: the maker itself, or somebody else."""
    authorship: Authorship


@dataclass(frozen=True, slots=True)
class OfferRecord:
    """The offers and replies of a case, counted: an offer to several counts once."""

    recipients: tuple[str, ...]
    author_counts: Mapping[OfferAuthor, Mapping[Manner, int]]
    """Approaches of each kind by who makes them for whom, in the order of the record."""
    counter_count: int
    """Offers that answer another."""
    years: tuple[int, int] | None
    """The first and the last year of an offer; None where none is known."""
    years_with_replies: tuple[int, int] | None
    """The first and the last year of an offer or a reply; None where none is known."""
    accepted_count: int
    """Those accepted by all whom they were made to."""
    partly_accepted_count: int
    """Those accepted by some whom they were made to, and not by all."""
    accepted_elsewhere_count: int
    """Those among the accepted that are taken up through another channel than the sides are asked about."""
    accepted_by_others_count: int
    """Those accepted by others than they were made to."""
    answer_counts: Mapping[AnswerKind, int]
    """Replies by their kind; offers that answer another are a kind of their own."""
    substance_counts: Mapping[AnswerKind, int]
    """What replies are in substance, besides their form."""
    unanswered: tuple[str, ...]
    """The offers to which the record holds no reply."""
    partly_unanswered: tuple[str, ...]
    """The offers to which it holds replies, of some whom they were made to and not of others."""
    answered_by_others: tuple[str, ...]
    """The offers to which it holds replies, and none of anybody whom they were made to."""
    fates: tuple[OfferFate, ...]
    """What became of each offer, in order of time."""
    of_side: OffersOfSide | None
    """Those of the side that offers to the one that answers; None where the case does not tell the sides."""
    waits: tuple[OfferWait, ...]
    """For each offer in order of time, each whom it was made to, then who else answered."""

    @property
    def manner_counts(self) -> Counter[Manner]:
        """How many approaches are of each kind."""
        return sum((Counter(counts) for counts in self.author_counts.values()), Counter[Manner]())

    @property
    def doubtful_count(self) -> int:
        """Of how many approaches it is disputed or unclear whose they are."""
        return sum(
            sum(counts.values()) for author, counts in self.author_counts.items() if author.authorship != "clear"
        )

    @property
    def dated_answer_count(self) -> int:
        """How many offers got a dated answer, other than silence, of somebody whom they were made to."""
        return len({item.offer.id for item in self.waits if item.is_addressee and item.wait})

    @property
    def silence_only_count(self) -> int:
        """How many offers met with silence, and with nothing else."""
        answered_ids = {item.offer.id for item in self.waits if item.first_answer}
        return len({item.offer.id for item in self.waits if item.silences} - answered_ids)

    @property
    def longest_wait(self) -> OfferWait | None:
        """The longest wait that the dates allow, for an answer of somebody whom the offer was made to."""
        dated = [item for item in self.waits if item.is_addressee and item.wait]
        return max(dated, key=lambda item: item.wait.longest_months if item.wait else 0, default=None)


def date_sort_key(entry: Offer | Reply | Statement) -> tuple[date, date]:
    """By the earliest and the latest day of its date as it is stated; the undated last."""
    return (entry.date.as_stated.first_day, entry.date.as_stated.last_day) if entry.date else (date.max, date.max)


def offer_record(case: Case) -> OfferRecord:
    """The offers and replies of a case, counted."""
    answers = answers_by_offer(case)
    addressees = {offer.id: offer_addressees(case, offer) for offer in case.recorded_offers}
    ordered_offers = sorted(case.recorded_offers, key=date_sort_key)
    ordered_answers = sorted(case.answers, key=date_sort_key)
    answerers = {id: {party for party, _ in answers.get(id, ())} for id in addressees}
    return OfferRecord(
        recipients=tuple(dict.fromkeys(party for parties in addressees.values() for party in parties)),
        author_counts=_count_by_author(case),
        counter_count=sum(offer.counters is not None for offer in case.recorded_offers),
        years=_years_of(case.recorded_offers),
        years_with_replies=_years_of([*case.recorded_offers, *case.replies]),
        accepted_count=len(accepted_offers(case)),
        partly_accepted_count=len(partly_accepted_offers(case)),
        accepted_elsewhere_count=len(offers_accepted_elsewhere(case)),
        accepted_by_others_count=len(offers_accepted_by_others(case)),
        answer_counts=Counter(answer.answer_kind for answer in case.answers),
        substance_counts=Counter(answer for reply in case.replies for answer in reply.in_substance),
        unanswered=tuple(id for id, parties in answerers.items() if not parties),
        partly_unanswered=tuple(
            id for id, parties in answerers.items() if parties & {*addressees[id]} and not parties >= {*addressees[id]}
        ),
        answered_by_others=tuple(
            id for id, parties in answerers.items() if parties and not parties & {*addressees[id]}
        ),
        fates=tuple(offer_fate(case, offer, ordered_answers) for offer in ordered_offers),
        of_side=offers_of_side(case),
        waits=tuple(wait for offer in ordered_offers for wait in _offer_waits(case, offer)),
    )


def _count_by_author(case: Case) -> Mapping[OfferAuthor, Mapping[Manner, int]]:
    """Approaches of each kind by who makes them for whom."""
    counts: dict[OfferAuthor, Counter[Manner]] = {}
    for offer in case.recorded_offers:
        author = OfferAuthor(offer_maker(case, offer), offer_principal(case, offer), offer.authorship)
        counts.setdefault(author, Counter())[offer.manner] += 1
    return counts


def _years_of(entries: Sequence[Offer | Reply]) -> tuple[int, int] | None:
    """The first and the last year of some entries as they are stated, ends that are open left out."""
    dates = [entry.date.as_stated for entry in entries if entry.date]
    years = [day.year for when in dates for day in (when.first_day, when.last_day) if day.year not in (1, 9999)]
    return (min(years), max(years)) if years else None


def _offer_waits(case: Case, offer: Offer) -> Iterator[OfferWait]:
    """How long an offer waited for each whom it was made to, and for those who answered unasked."""
    addressees = offer_addressees(case, offer)
    answers: dict[str, list[OfferAnswer]] = {party: [] for party in addressees}
    for party, answer in answers_by_offer(case).get(offer.id, ()):
        answers.setdefault(party, []).append(answer)
    for party, own_answers in answers.items():
        yield _offer_wait(offer, party, own_answers, is_addressee=party in addressees)


def _offer_wait(offer: Offer, party: str, answers: Sequence[OfferAnswer], *, is_addressee: bool) -> OfferWait:
    spoken = [answer for answer in answers if answer.answer_kind != "silence"]
    silences = [answer for answer in answers if answer.answer_kind == "silence"]
    answer_dates = [answer.date for answer in spoken if answer.date]
    wait = None
    if answer_dates and offer.date:
        wait = response_time(offer.date, earliest_date(answer_dates), [s.date for s in silences if s.date])
    first_answer = min(spoken, key=date_sort_key, default=None)
    return OfferWait(offer, party, is_addressee, first_answer, tuple(s.id for s in silences), wait)
