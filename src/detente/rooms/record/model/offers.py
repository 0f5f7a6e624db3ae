"""Offers and replies: who made how many to whom, what became of them, and how long each waited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from detente.case.index.membership import represented_party
from detente.case.index.offers import accepted_offers, offers_accepted_by_others
from detente.case.schema.case import Case
from detente.case.schema.record import Offer, Reply, ReplyAnswer, Statement
from detente.methods.chronology.response_time import WaitingTime, earliest_date, response_time


@dataclass(frozen=True, slots=True)
class OfferWait:
    """How long an offer waited for an answer that is not a silence."""

    offer: Offer
    first_answer: Reply | None
    silences: tuple[str, ...]
    """The replies that are silences."""
    wait: WaitingTime | None
    """None where the offer or every answer to it is undated."""

    @property
    def is_silence_only(self) -> bool:
        """Whether silence is all that it met with."""
        return self.first_answer is None and bool(self.silences)


@dataclass(frozen=True, slots=True)
class OfferRecord:
    """The offers and replies of a case, counted."""

    recipients: tuple[str, ...]
    maker_counts: Mapping[str, int]
    public_count: int
    """Offers that were made only in public."""
    years: tuple[int, int] | None
    """The first and the last year; None where none is known."""
    accepted_count: int
    accepted_by_others_count: int
    """Those accepted by others than they were made to."""
    answer_counts: Mapping[ReplyAnswer, int]
    substance_counts: Mapping[ReplyAnswer, int]
    """What replies are in substance, besides their form."""
    unanswered: tuple[str, ...]
    """The offers to which the record holds no reply."""
    waits: tuple[OfferWait, ...]
    """In order of time."""

    @property
    def longest_wait(self) -> OfferWait | None:
        """The offer with the longest wait that the dates allow."""
        dated = [item for item in self.waits if item.wait]
        return max(dated, key=lambda item: item.wait.longest_months if item.wait else 0, default=None)


def date_sort_key(entry: Offer | Reply | Statement) -> tuple[date, date]:
    """By the earliest and the latest day of its date as it is stated; the undated last."""
    return (entry.date.as_stated.first_day, entry.date.as_stated.last_day) if entry.date else (date.max, date.max)


def offer_record(case: Case) -> OfferRecord:
    """The offers and replies of a case, counted."""
    answered_ids = {offer_id for reply in case.replies for offer_id in reply.to}
    return OfferRecord(
        tuple(dict.fromkeys(represented_party(case, offer.to, offer.date) for offer in case.offers)),
        Counter(represented_party(case, offer.by, offer.date) for offer in case.offers),
        sum(offer.manner == "public" for offer in case.offers),
        _years_of_offers(case),
        len(accepted_offers(case)),
        len(offers_accepted_by_others(case)),
        Counter(reply.answer for reply in case.replies),
        Counter(answer for reply in case.replies for answer in reply.in_substance),
        tuple(offer.id for offer in case.offers if offer.id not in answered_ids),
        tuple(_offer_wait(case, offer) for offer in sorted(case.offers, key=date_sort_key)),
    )


def _years_of_offers(case: Case) -> tuple[int, int] | None:
    dates = [offer.date.as_stated for offer in case.offers if offer.date]
    years = [day.year for when in dates for day in (when.first_day, when.last_day) if day.year not in (1, 9999)]
    return (min(years), max(years)) if years else None


def _offer_wait(case: Case, offer: Offer) -> OfferWait:
    replies = [reply for reply in case.replies if offer.id in reply.to]
    answers = [reply for reply in replies if reply.answer != "silence"]
    silences = [reply for reply in replies if reply.answer == "silence"]
    answer_dates = [reply.date for reply in answers if reply.date]
    wait = None
    if answer_dates and offer.date:
        wait = response_time(offer.date, earliest_date(answer_dates), [s.date for s in silences if s.date])
    return OfferWait(offer, min(answers, key=date_sort_key, default=None), tuple(s.id for s in silences), wait)
