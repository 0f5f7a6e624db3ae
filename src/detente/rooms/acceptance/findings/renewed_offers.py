"""The finding on asking again: when it pays to make the offer, and in which years it was made."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.by_year import OPEN_END_YEAR
from detente.case.index.entries import case_entries
from detente.case.index.offers import is_taken_up, offers_between
from detente.methods.bargaining.repeated_proposals import acceptance_belief, offer_history, offers_before_giving_up
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling, by
from detente.rooms.acceptance.model.results import beside, chance, expects
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number, per_hundred

MOST_YEARS = 60


def asking_again(tell: Telling) -> Finding | None:
    """Year by year, the chance that it is asked, beside what was asked; None with fewer than two dated offers."""
    import numpy as np
    import polars as pl

    council, judged = tell.council, tell.judged
    case, run = council.case, council.runs[0]
    offers = [offer for offer in offers_between(case, *council.sides) if offer.date]
    asked = [o.date.as_stated.first_day for o in offers if o.date]
    if len({day.year for day in asked}) < 2 or max(asked).year - min(asked).year > MOST_YEARS:
        return None
    known = case_entries(case)
    resets = [known[id].part.date.as_stated.first_day for id in case.response.resets]
    taken = [o.date.as_stated.first_day for o in offers if o.date and is_taken_up(case, o)]
    last = max(asked).year
    end = (
        case.period.as_stated.last_day.year
        if case.period and case.period.as_stated.last_day.year < OPEN_END_YEAR
        else last
    )
    years = offer_history(asked, [*resets, *taken], (min(asked).year, max(end, last)))
    rows, right, told, chances = [], 0, [], []
    for year in years:
        believed = acceptance_belief(case.response.belief, year.vain_offers)
        worth = expects(judged, run, council.whole, believed)
        asks = float(chance(beside(worth, judged.terms["noise"])).mean())
        chances.append(asks)
        agrees = (asks > 0.5) == bool(year.offer_count)
        right += agrees
        if not agrees:
            told.append(str(year.year))
        rows.append(
            {
                "year": str(year.year),
                "offers": year.offer_count,
                "in_vain": year.vain_offers,
                "reset": "yes" if year.belief_reset else "",
                "believed": f"{100 * believed:.0f}",
                "asks": per_hundred(asks),
            }
        )
    left = np.where(judged.consent[run, council.whole.id], judged.left[run, council.whole.id], 0.0)
    stops = offers_before_giving_up(case.response.belief, left, judged.terms["shown"], judged.terms["asking"])
    usual = float(np.median(stops))
    constant = max(sum(bool(y.offer_count) for y in years), sum(not y.offer_count for y in years))
    stop_told = f"gives up after {format_number(usual)} offers in vain (median)"
    if not 0 < usual < np.inf:
        stop_told = "would not ask at all, in most draws" if usual == 0 else "never gives up"
    form = tell.form(run)
    return Finding(
        id="asking",
        title="Giving up, and asking again",
        says=(
            f"{upper_first(by(council.whole))}{f', {form},' if form else ''} {tell.offers} {stop_told}. "
            f"{_always(chances)}Whether it asks in a year comes out right in "
            f"{right} of {len(years)} years, where always saying the same would be right in {constant}"
            f"{f'; wrong are {join_words(told)}' if told and len(told) < 9 else ''}. The events that make it hope again "
            f"were chosen knowing when it did, so the years in which it came back are no evidence. {_known(tell)}"
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
        rests_on=(*(o.id for o in offers), *case.response.resets),
    )


def _always(chances: Sequence[float]) -> str:
    """Whether it is the same in all years."""
    if min(chances) > 0.5:
        return "It asks in every year, more likely than not. "
    return "It asks in no year, more likely than not. " if max(chances) <= 0.5 else ""


def _known(tell: Telling) -> str:
    """What becomes of the offer where everybody knows how it would be answered."""
    import numpy as np

    judged, council = tell.judged, tell.council
    run = council.runs[0]
    accepts = judged.accepts(run, council.whole)
    left = np.where(accepts & judged.consent[run, council.whole.id], judged.left[run, council.whole.id], 0.0)
    shown, asking = judged.terms["shown"], judged.terms["asking"]
    pays = float((left + shown > asking).mean())
    shows = float(((shown > asking) & (left <= 0)).mean())
    said = f"If it knew the answer beforehand, asking would pay in {per_hundred(pays)} of 100 draws"
    if pays <= 0:
        return f"{said}: it asks in hope, or not at all."
    return f"{said}, and in {per_hundred(shows)} of 100 for nothing but being seen to ask."
