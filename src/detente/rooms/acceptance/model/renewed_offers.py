"""When it is asked again: the chance that the offer is made, year by year, beside what was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.entries.entries import case_entries
from detente.case.index.by_year import OPEN_END_YEAR
from detente.case.index.offers import is_countered, is_taken_up, offers_between
from detente.case.schema.case import Case
from detente.methods.bargaining.repeated_proposals import (
    OfferYear,
    acceptance_belief,
    net_value_of_offer,
    offer_history,
    offers_before_giving_up,
)
from detente.methods.chronology.edtf import Edtf
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.record_fit.judging_years import judging_index
from detente.rooms.acceptance.model.record_fit.outcome_odds import log_odds, logit_probability
from detente.rooms.acceptance.model.results import AcceptanceResult

MOST_YEARS = 60
EVEN = 0.5
"""The chance above which it is likelier than not that it asks."""


@dataclass(frozen=True)
class AskingYear:
    """A year: the offers made, and the chances that the model gives."""

    history: OfferYear
    believed_probability: float
    """That the next offer is accepted, as the side that offers believes."""
    asking_probability: float
    """That it asks, mean over draws."""
    numbers_year: int
    """By the numbers of which year that is worked out."""

    @property
    def is_right(self) -> bool:
        """Whether it asked where the model has it more likely than not, and not where it has not."""
        return (self.asking_probability > EVEN) == bool(self.history.offer_count)


@dataclass(frozen=True)
class RenewedOffers:
    """All years from the first offer on, in the first form of the channel, by all that counts."""

    years: tuple[AskingYear, ...]
    offer_ids: tuple[str, ...]
    countered_count: int
    """How many of them were answered with another offer, and so were not made in vain."""
    median_stop: float
    """After how many offers in vain it gives up, the median over draws: 0 for at once, infinite for never."""
    paying_share: float
    """In which share of the draws asking would pay if it knew the answer beforehand."""
    showing_share: float
    """In which share it would pay for nothing but being seen to ask."""

    @property
    def right_count(self) -> int:
        """In how many years the model is right."""
        return sum(year.is_right for year in self.years)

    @property
    def constant_right_count(self) -> int:
        """In how many years always saying the same would be right, at best."""
        asked = sum(bool(year.history.offer_count) for year in self.years)
        return max(asked, len(self.years) - asked)


def follow_offers(results: Sequence[AcceptanceResult]) -> RenewedOffers | None:
    """The years of asking, each by the numbers of its time; None with fewer than two dated offers, or too many years.

    Args:
        results: The draws of each year that is worked out, that of the answer last, which says when it would give up.
    """
    import numpy as np

    result, all_deciders = results[-1], [one.deciders for one in results]
    deciders = result.deciders
    case, variant, theory = deciders.case, deciders.offered_variants[0], deciders.full_theory
    offers = [offer for offer in offers_between(case, *deciders.sides) if offer.date]
    history = _history(deciders)
    if not history:
        return None
    remainder, terms = result.consenting_remainder(variant, theory), result.asking_terms
    years = []
    for year in history:
        believed = acceptance_belief(case.response.belief, year.vain_offers)
        judge = results[judging_index(all_deciders, Edtf.parse(f"{year.year:04d}"))]
        own_terms, own_variant = judge.asking_terms, judge.deciders.offered_variants[0]
        own_remainder = judge.consenting_remainder(own_variant, theory)
        worth = net_value_of_offer(believed, own_remainder, own_terms.shown, own_terms.cost)
        asking = float(logit_probability(log_odds(worth, own_terms.noise)).mean())
        years.append(AskingYear(year, believed, asking, judge.deciders.actor_network.year))
    stops = offers_before_giving_up(case.response.belief, remainder, terms.shown, terms.cost)
    known_remainder = np.where(result.accepting_draws(variant, theory), remainder, 0.0)
    is_paying = known_remainder + terms.shown > terms.cost
    is_showing = (terms.shown > terms.cost) & (known_remainder <= 0)
    return RenewedOffers(
        tuple(years),
        tuple(offer.id for offer in offers),
        sum(is_countered(case, offer, deciders.sides[1]) for offer in offers),
        float(np.median(stops)),
        float(is_paying.mean()),
        float(is_showing.mean()),
    )


def _history(deciders: DecisionMakers) -> Sequence[OfferYear]:
    """The offers year by year; none where they are too few, or span too many years."""
    case, answering_side = deciders.case, deciders.sides[1]
    offers = [(offer, offer.date.as_stated.first_day) for offer in offers_between(case, *deciders.sides) if offer.date]
    offer_years = [day.year for _, day in offers]
    if len(set(offer_years)) < 2 or max(offer_years) - min(offer_years) > MOST_YEARS:
        return []
    entries = case_entries(case)
    resets = [entries[id].part.date.as_stated.first_day for id in case.response.resets]
    accepted = [day for offer, day in offers if is_taken_up(case, offer, answering_side)]
    countered = [day for offer, day in offers if is_countered(case, offer, answering_side)]
    in_vain = (Counter(day for _, day in offers) - Counter([*accepted, *countered])).elements()
    end_year = max(max(offer_years), _last_year_of_period(case) or 0)
    return offer_history(in_vain, [*resets, *accepted], (min(offer_years), end_year), [*accepted, *countered])


def _last_year_of_period(case: Case) -> int | None:
    """The year in which the period of the case ends; None where it is open."""
    year = case.period.as_stated.last_day.year if case.period else OPEN_END_YEAR
    return year if year < OPEN_END_YEAR else None
