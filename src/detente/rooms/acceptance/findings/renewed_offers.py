"""The finding on asking again: when it pays to make the offer, and in which years it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil, isinf

from detente.results.finding import Finding
from detente.results.pictures import TimeKind, Timeline, TimeMark, TimeRow
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import at_head, range_phrase
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.renewed_offers import EVEN, AskingYear, RenewedOffers
from detente.text.english import cardinal, count_noun, upper_first

COLUMNS = (
    Column("year", format="year"),
    Column("offers", format="count", unit="offers"),
    Column("in_vain", "in vain before", "count", "offers"),
    Column("reset", "hopes again", "yes_no"),
    Column("believed", "believed chance", "of_100", "probability"),
    Column("asks", "asks", "of_100", "probability"),
    Column("by_numbers_of", "by the numbers of", "year"),
)
MOST_TOLD_OFFERS = 99
"""Offers in vain, of which more are not counted in a sentence."""
HINDSIGHT_SENTENCE = (
    "The events that renew its hope were chosen knowing when it came back, so those years are no evidence."
)


def renewed_offers_finding(labels: AcceptanceLabels, renewed: RenewedOffers | None) -> Finding | None:
    """Year by year, the chance that it is asked, beside what was asked; None with fewer than two dated offers."""
    if renewed is None:
        return None
    year_count = len(renewed.years)
    return Finding(
        id="asking",
        title="Giving up, and asking again",
        question=f"Does it explain when {labels.offering_side} asks",
        short_answer=f"right in {_number(renewed.right_count)} of {count_noun(year_count, 'year')}",
        place="detail",
        says=" ".join(_sentences(labels, renewed)),
        picture=_picture(renewed),
        see="The approaches of each year, how many had been in vain, the chance that is believed in, and that of "
        "asking.",
        table=make_table(COLUMNS, [_row(year) for year in renewed.years]),
        method=(
            "Every approach counts that the side which offers makes, or others make on its behalf, of whatever kind. "
            "That side believes in a chance of acceptance with a beta distribution and learns from every "
            "offer that is not accepted; events of the record that the case names make it believe again what it did at "
            "first. An offer that is answered with another one teaches it nothing of that chance. It asks where the "
            "believed chance times what acceptance would leave its leading member, and what asking shows, is more than "
            "asking costs (ours). When it gives up, and what it would do if it knew the answer, is worked out by the "
            f"numbers of {labels.year}."
        ),
        rests_on=(*renewed.offer_ids, *labels.deciders.case.response.resets),
    )


def _row(year: AskingYear) -> dict[str, object]:
    return {
        "year": year.history.year,
        "offers": year.history.offer_count,
        "in_vain": year.history.vain_offers,
        "reset": year.history.belief_reset,
        "believed": year.believed_probability,
        "asks": year.asking_probability,
        "by_numbers_of": year.numbers_year,
    }


def _sentences(labels: AcceptanceLabels, renewed: RenewedOffers) -> Iterator[str]:
    """In how many years it is right, when it would give up, and what is no evidence of that."""
    right, constant = renewed.right_count, renewed.constant_right_count
    side = labels.offering_side
    told = f"{_number(right)} of {count_noun(len(renewed.years), 'year')}"
    yield f"The model is right in {told} on whether {side} asks."
    also = ", too" if constant == right else ""
    yield f"The same answer every year would be right in {cardinal(constant)}{also}."
    first_form = labels.deciders.offered_variants[0]
    yield at_head(labels, first_form, f"{side} {_stop_phrase(renewed.median_stop)}, by the numbers of {labels.year}.")
    if labels.deciders.case.response.resets:
        yield HINDSIGHT_SENTENCE
    yield from _counter_offer_sentences(renewed.countered_count)
    yield _foreknowledge_sentence(renewed)


def _number(count: int) -> str:
    return cardinal(count) if count else "none"


def _stop_phrase(median_stop: float) -> str:
    """When it gives up."""
    if median_stop == 0:
        return "would not ask at all in most simulations"
    if isinf(median_stop):
        return "never gives up in most simulations"
    if median_stop > MOST_TOLD_OFFERS:
        return f"gives up only after more than {MOST_TOLD_OFFERS} offers in vain in most simulations"
    offers = count_noun(ceil(median_stop), "offer")
    return f"gives up after at most {offers} in half of the simulations"


def _counter_offer_sentences(count: int) -> Iterator[str]:
    """That offers which were answered with another one were not made in vain."""
    if count:
        subject, verb = (
            ("One of its offers", "was") if count == 1 else (f"{upper_first(cardinal(count))} of its offers", "were")
        )
        yield f"{subject} {verb} answered with another offer, and so {verb} not in vain."


def _foreknowledge_sentence(renewed: RenewedOffers) -> str:
    """What becomes of the offer where everybody knows how it would be answered."""
    sentence = f"If it knew the answer beforehand, asking would pay {range_phrase([renewed.paying_share])}"
    if renewed.paying_share <= 0:
        return f"{sentence}."
    if renewed.showing_share <= 0:
        return f"{sentence}, never only for being seen to ask."
    if round(100 * renewed.showing_share) == round(100 * renewed.paying_share):
        almost = "" if renewed.showing_share == renewed.paying_share else "almost "
        return f"{sentence}, {almost}always only for being seen to ask."
    return f"{sentence}, {range_phrase([renewed.showing_share], '')} only for being seen to ask."


def _picture(renewed: RenewedOffers) -> Timeline:
    """The years in which it asked, above those in which the model has it ask, and the events that renew its hope."""
    asked = [one.history.year for one in renewed.years if one.history.offer_count]
    expected = [one.history.year for one in renewed.years if one.asking_probability > EVEN]
    hopeful = [one.history.year for one in renewed.years if one.history.belief_reset]
    rows = [
        TimeRow("It asked", tuple(_spells(asked, "offer", 0)), count_noun(len(asked), "year")),
        TimeRow("The model has it ask", tuple(_spells(expected, "spell", None)), count_noun(len(expected), "year")),
    ]
    if hopeful:
        events = tuple(TimeMark(year, year, "event") for year in hopeful)
        rows.append(TimeRow("Its hope is renewed", events, count_noun(len(hopeful), "year")))
    return Timeline(
        says="The years in which it asked, and those in which the model expects it to.",
        rows=tuple(rows),
        heading="Years",
    )


def _spells(years: Sequence[int], kind: TimeKind, side: int | None) -> Iterator[TimeMark]:
    """Years as marks, those that follow each other as one."""
    for _, run in groupby(enumerate(years), key=lambda numbered: numbered[1] - numbered[0]):
        of_run = [year for _, year in run]
        yield TimeMark(of_run[0], of_run[-1] + 1, kind, side)
