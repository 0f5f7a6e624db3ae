"""The finding on asking again: when it pays to make the offer, and in which years it was made."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.by_year import OPEN_END_YEAR
from detente.case.index.entries import case_entries
from detente.case.index.offers import is_taken_up, offers_between
from detente.methods.bargaining.repeated_proposals import acceptance_belief, offer_history, offers_before_giving_up
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.results import log_odds, logit_probability, value_of_offering
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number, per_hundred

MOST_YEARS = 60


def renewed_offers_finding(labels: AcceptanceLabels) -> Finding | None:
    """Year by year, the chance that it is asked, beside what was asked; None with fewer than two dated offers."""
    import numpy as np
    import polars as pl

    deciders, result = labels.deciders, labels.result
    case, variant = deciders.case, deciders.offered_variants[0]
    offers = [offer for offer in offers_between(case, *deciders.sides) if offer.date]
    offer_days = [dated_offer.date.as_stated.first_day for dated_offer in offers if dated_offer.date]
    if len({day.year for day in offer_days}) < 2 or max(offer_days).year - min(offer_days).year > MOST_YEARS:
        return None
    entries = case_entries(case)
    resets = [entries[id].part.date.as_stated.first_day for id in case.response.resets]
    acceptance_days = [
        dated_offer.date.as_stated.first_day
        for dated_offer in offers
        if dated_offer.date and is_taken_up(case, dated_offer)
    ]
    last_year = max(offer_days).year
    end_year = (
        case.period.as_stated.last_day.year
        if case.period and case.period.as_stated.last_day.year < OPEN_END_YEAR
        else last_year
    )
    years = offer_history(offer_days, [*resets, *acceptance_days], (min(offer_days).year, max(end_year, last_year)))
    rows, right_count, wrong_years, asking_probabilities = [], 0, [], []
    for year in years:
        believed_probability = acceptance_belief(case.response.belief, year.vain_offers)
        worth = value_of_offering(result, variant, deciders.full_theory, believed_probability)
        asking_probability = float(logit_probability(log_odds(worth, result.asking_terms["noise"])).mean())
        asking_probabilities.append(asking_probability)
        is_right = (asking_probability > 0.5) == bool(year.offer_count)
        right_count += is_right
        if not is_right:
            wrong_years.append(str(year.year))
        rows.append(
            {
                "year": str(year.year),
                "offers": year.offer_count,
                "in_vain": year.vain_offers,
                "reset": "yes" if year.belief_reset else "",
                "believed": f"{100 * believed_probability:.0f}",
                "asks": per_hundred(asking_probability),
            }
        )
    leader_remainder = np.where(
        result.bloc_consents[variant, deciders.full_theory.id],
        result.leader_remainder[variant, deciders.full_theory.id],
        0.0,
    )
    offers_before_stopping = offers_before_giving_up(
        case.response.belief, leader_remainder, result.asking_terms["shown"], result.asking_terms["asking"]
    )
    median_stop = float(np.median(offers_before_stopping))
    constant_right = max(
        sum(bool(offer_year.offer_count) for offer_year in years),
        sum(not offer_year.offer_count for offer_year in years),
    )
    stop_phrase = f"gives up after {format_number(median_stop)} offers in vain (median)"
    if not 0 < median_stop < np.inf:
        stop_phrase = "would not ask at all, in most draws" if median_stop == 0 else "never gives up"
    form = labels.form_phrase(variant)
    return Finding(
        id="asking",
        title="Giving up, and asking again",
        says=(
            f"{upper_first(by_theory(deciders.full_theory))}{f', {form},' if form else ''} {labels.offering_side} {stop_phrase}. "
            f"{_constancy_sentence(asking_probabilities)}Whether it asks in a year comes out right in "
            f"{right_count} of {len(years)} years, where always saying the same would be right in {constant_right}"
            f"{f'; wrong are {join_words(wrong_years)}' if wrong_years and len(wrong_years) < 9 else ''}. The events that make it hope again "
            f"were chosen knowing when it did, so the years in which it came back are no evidence. {_foreknowledge_sentence(labels)}"
        ),
        see="Offers made in each year, how many had been in vain before, the chance that it believes the next one has, "
        "and the chance that it asks, of 100.",
        table=pl.DataFrame(rows),
        headers={"in_vain": "in vain before", "reset": "hopes again", "believed": "believed chance", "asks": "asks"},
        method=(
            "The side that offers believes in a chance of acceptance with a beta distribution and learns from every "
            "offer that is not accepted; events of the record that the case names make it believe again what it did at "
            "first. It asks where the believed chance times what acceptance would leave its leading member, and what "
            "asking shows, is more than asking costs (ours). Worked out with the numbers of the last year."
        ),
        rests_on=(*(dated_offer.id for dated_offer in offers), *case.response.resets),
    )


def _constancy_sentence(asking_probabilities: Sequence[float]) -> str:
    """Whether it is the same in all years."""
    if min(asking_probabilities) > 0.5:
        return "It asks in every year, more likely than not. "
    return "It asks in no year, more likely than not. " if max(asking_probabilities) <= 0.5 else ""


def _foreknowledge_sentence(labels: AcceptanceLabels) -> str:
    """What becomes of the offer where everybody knows how it would be answered."""
    import numpy as np

    result, deciders = labels.result, labels.deciders
    variant = deciders.offered_variants[0]
    is_accepted = result.accepting_draws(variant, deciders.full_theory)
    leader_remainder = np.where(
        is_accepted & result.bloc_consents[variant, deciders.full_theory.id],
        result.leader_remainder[variant, deciders.full_theory.id],
        0.0,
    )
    showing_value, asking_cost = result.asking_terms["shown"], result.asking_terms["asking"]
    paying_share = float((leader_remainder + showing_value > asking_cost).mean())
    showing_share = float(((showing_value > asking_cost) & (leader_remainder <= 0)).mean())
    sentence = f"If it knew the answer beforehand, asking would pay in {per_hundred(paying_share)} of 100 draws"
    if paying_share <= 0:
        return f"{sentence}: it asks in hope, or not at all."
    return f"{sentence}, and in {per_hundred(showing_share)} of 100 for nothing but being seen to ask."
