"""The finding on asking again: when it pays to make the offer, and in which years it was made."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.renewed_offers import AskingYear, RenewedOffers
from detente.text.english import cardinal, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

COLUMNS = (
    Column("year", format="year"),
    Column("offers", format="count", unit="offers"),
    Column("in_vain", "in vain before", "count", "offers"),
    Column("reset", "hopes again", "yes_no"),
    Column("believed", "believed chance", "of_100", "probability"),
    Column("asks", "asks", "of_100", "probability"),
    Column("by_numbers_of", "by the numbers of", "year"),
)


def renewed_offers_finding(labels: AcceptanceLabels, renewed: RenewedOffers | None) -> Finding | None:
    """Year by year, the chance that it is asked, beside what was asked; None with fewer than two dated offers."""
    if renewed is None:
        return None
    deciders = labels.deciders
    wrong_years = [str(year.history.year) for year in renewed.years if not year.is_right]
    right_count, constant_right = renewed.right_count, renewed.constant_right_count
    stop_phrase = _stop_phrase(renewed.median_stop)
    form = labels.form_phrase(deciders.offered_variants[0])
    return Finding(
        id="asking",
        title="Giving up, and asking again",
        says=(
            f"{upper_first(by_theory(deciders.full_theory))}{f', {form},' if form else ''} "
            f"{labels.offering_side} {stop_phrase}. "
            f"{_constancy_sentence([year.asking_probability for year in renewed.years])}Whether it asks in a "
            "year comes out right in "
            f"{right_count} of {len(renewed.years)} years, where always saying the same would be right in "
            f"{constant_right}"
            f"{f'; wrong are {join_words(wrong_years)}' if wrong_years and len(wrong_years) < 9 else ''}. The "
            "events that make it hope again "
            "were chosen knowing when it did, so the years in which it came back are no evidence. "
            f"{_counter_offers_sentence(renewed.countered_count)}"
            f"{_foreknowledge_sentence(renewed)}"
        ),
        see="Approaches of every kind made in each year by the side that offers, or on its behalf, how many had been "
        "in vain before, the chance that it believes the next one has, and the chance that it asks, of 100.",
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
        rests_on=(*renewed.offer_ids, *deciders.case.response.resets),
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


def _stop_phrase(median_stop: float) -> str:
    """When it gives up."""
    if median_stop == 0:
        return "would not ask at all, in most draws"
    if isinf(median_stop):
        return "never gives up"
    return f"gives up after {format_number(median_stop)} offers in vain (median)"


def _constancy_sentence(asking_probabilities: Sequence[float]) -> str:
    """Whether it is the same in all years."""
    if min(asking_probabilities) > 0.5:
        return "It asks in every year, more likely than not. "
    return "It asks in no year, more likely than not. " if max(asking_probabilities) <= 0.5 else ""


def _counter_offers_sentence(count: int) -> str:
    """That offers which were answered with another one were not made in vain."""
    if not count:
        return ""
    subject, verb = (
        ("One of its offers", "was") if count == 1 else (f"{upper_first(cardinal(count))} of its offers", "were")
    )
    return f"{subject} {verb} answered with another offer, and so {verb} not made in vain. "


def _foreknowledge_sentence(renewed: RenewedOffers) -> str:
    """What becomes of the offer where everybody knows how it would be answered."""
    paying_phrase = per_hundred(renewed.paying_share)
    sentence = f"If it knew the answer beforehand, asking would pay in {paying_phrase} of 100 draws"
    if renewed.paying_share <= 0:
        return f"{sentence}: it asks in hope, or not at all."
    return f"{sentence}, and in {per_hundred(renewed.showing_share)} of 100 for nothing but being seen to ask."
