"""The finding on asking again: when it pays to make the offer, and in which years it was made."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.by_year import LAST
from detente.case.index.entries import entries
from detente.case.index.offers import offers_between, taken_up
from detente.methods.bargaining.repeated_proposals import belief, gives_up_after, history
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling, by
from detente.rooms.acceptance.model.results import beside, chance, expects
from detente.text.english import capital, listed
from detente.text.number_format import number, of_hundred

MOST_YEARS = 60


def asking_again(tell: Telling) -> Finding | None:
    """Year by year, the chance that it is asked, beside what was asked; None with fewer than two dated offers."""
    import numpy as np
    import polars as pl

    council, judged = tell.council, tell.judged
    case, run = council.case, council.runs[0]
    offers = [offer for offer in offers_between(case, *council.sides) if offer.date]
    asked = [o.date.stated.first for o in offers if o.date]
    if len({day.year for day in asked}) < 2 or max(asked).year - min(asked).year > MOST_YEARS:
        return None
    known = entries(case)
    resets = [known[id].part.date.stated.first for id in case.response.resets]
    taken = [o.date.stated.first for o in offers if o.date and taken_up(case, o)]
    last = max(asked).year
    end = case.period.stated.last.year if case.period and case.period.stated.last.year < LAST else last
    years = history(asked, [*resets, *taken], (min(asked).year, max(end, last)))
    rows, right, told, chances = [], 0, [], []
    for year in years:
        believed = belief(case.response.belief, year.vain)
        worth = expects(judged, run, council.whole, believed)
        asks = float(chance(beside(worth, judged.terms["noise"])).mean())
        chances.append(asks)
        agrees = (asks > 0.5) == bool(year.asked)
        right += agrees
        if not agrees:
            told.append(str(year.year))
        rows.append(
            {
                "year": str(year.year),
                "offers": year.asked,
                "in_vain": year.vain,
                "reset": "yes" if year.reset else "",
                "believed": f"{100 * believed:.0f}",
                "asks": of_hundred(asks),
            }
        )
    left = np.where(judged.consent[run, council.whole.id], judged.left[run, council.whole.id], 0.0)
    stops = gives_up_after(case.response.belief, left, judged.terms["shown"], judged.terms["asking"])
    usual = float(np.median(stops))
    constant = max(sum(bool(y.asked) for y in years), sum(not y.asked for y in years))
    stop_told = f"gives up after {number(usual)} offers in vain (median)"
    if not 0 < usual < np.inf:
        stop_told = "would not ask at all, in most draws" if usual == 0 else "never gives up"
    form = tell.form(run)
    return Finding(
        id="asking",
        title="Giving up, and asking again",
        says=(
            f"{capital(by(council.whole))}{f', {form},' if form else ''} {tell.offers} {stop_told}. "
            f"{_always(chances)}Whether it asks in a year comes out right in "
            f"{right} of {len(years)} years, where always saying the same would be right in {constant}"
            f"{f'; wrong are {listed(told)}' if told and len(told) < 9 else ''}. The events that make it hope again "
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
    said = f"If it knew the answer beforehand, asking would pay in {of_hundred(pays)} of 100 draws"
    if pays <= 0:
        return f"{said}: it asks in hope, or not at all."
    return f"{said}, and in {of_hundred(shows)} of 100 for nothing but being seen to ask."
