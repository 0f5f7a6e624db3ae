"""Why who is not answered asks again, gives up, and comes back.

The side that offers believes that an offer is accepted with a chance of which it has a beta distribution, and learns
from what becomes of its offers; an event may make it believe again what it did at first. It asks where what it expects
of that, and what asking brings by itself, is more than asking costs. The rule is ours; of a beta distribution with a
and b the expected chance after t offers that were not accepted is a / (a + b + t), by conjugate updating.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def acceptance_belief(prior: tuple[float, float], refusals: int) -> float:
    """The chance that the next offer is accepted, as it is believed to be after so many that were not.

    Example:
        >>> from detente.methods.bargaining.repeated_proposals import acceptance_belief
        >>> acceptance_belief((1, 3), refusals=4)  # a quarter at first
        0.125
    """
    a, b = prior
    return a / (a + b + refusals)


def net_value_of_offer(
    acceptance_chance: Floats | float,
    acceptance_value: Floats,
    signalling_value: Floats | float,
    offer_cost: Floats | float,
) -> Floats:
    """What it is worth to make an offer.

    Args:
        acceptance_chance: The chance that it is accepted.
        acceptance_value: What that would bring, after all that has to be paid for it.
        signalling_value: What asking brings by itself.
        offer_cost: What it costs.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.repeated_proposals import net_value_of_offer
        >>> net_value_of_offer(0.25, np.array([10.0, 2.0]), signalling_value=0.5, offer_cost=1.5).tolist()
        [1.5, -0.5]
    """
    net_value: Floats = acceptance_chance * acceptance_value + signalling_value - offer_cost
    return net_value


def offers_before_giving_up(
    prior: tuple[float, float], acceptance_value: Floats, signalling_value: Floats, offer_cost: Floats
) -> Floats:
    """After how many offers that were not accepted it no longer pays to ask: the least number at or above
    a U / (c - r) - a - b.

    0 where it never pays, infinite where asking pays by itself.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.repeated_proposals import offers_before_giving_up
        >>> offers_before_giving_up((1, 1), np.array([10.0, 1.0]), np.array(0.0), np.array(1.0)).tolist()
        [8.0, 0.0]
    """
    import numpy as np

    a, b = prior
    net_cost = np.asarray(offer_cost) - np.asarray(signalling_value)
    with np.errstate(divide="ignore", invalid="ignore"):
        threshold = np.where(
            net_cost > 0, a * np.asarray(acceptance_value) / np.where(net_cost > 0, net_cost, 1) - a - b, np.inf
        )
    return np.maximum(np.ceil(threshold - 1e-12), 0.0)


@dataclass(frozen=True)
class OfferYear:
    """A year in which it may be asked."""

    year: int
    offer_count: int
    """How many offers were made."""
    vain_offers: int
    """How many had been made in vain before the first of them, or by the end of the year if there was none."""
    belief_reset: bool
    """Whether something happened upon which the belief was as at the start."""


def offer_history(
    vain_days: Iterable[date],
    reset_days: Iterable[date],
    year_span: tuple[int, int],
    met_days: Iterable[date] = (),
) -> list[OfferYear]:
    """Year by year, how many offers were made and how many had been in vain.

    Args:
        vain_days: The day of each offer that was made in vain.
        reset_days: The days on which the belief was as at the start again: events that gave hope, accepted offers.
        year_span: The first and the last year.
        met_days: The day of each offer that was accepted, or answered with another one: made, and not in vain.

    Example:
        >>> from datetime import date
        >>> from detente.methods.bargaining.repeated_proposals import offer_history
        >>> years = offer_history([date(2001, 5, 1), date(2002, 3, 1)], [date(2002, 1, 9)], (2001, 2003))
        >>> [(year.year, year.offer_count, year.vain_offers, year.belief_reset) for year in years]
        [(2001, 1, 0, False), (2002, 1, 0, True), (2003, 0, 1, False)]
    """
    events = sorted(  # hope before an offer of the same day
        [
            *((day, "hope") for day in reset_days),
            *((day, "met") for day in met_days),
            *((day, "vain") for day in vain_days),
        ]
    )
    years, vain_offers = [], 0
    for year in range(year_span[0], year_span[1] + 1):
        vain_before: int | None = None
        kinds_this_year = [kind for day, kind in events if day.year == year]
        for kind in kinds_this_year:
            vain_before = vain_offers if kind != "hope" and vain_before is None else vain_before
            vain_offers = 0 if kind == "hope" else vain_offers + (kind == "vain")
        years.append(
            OfferYear(
                year,
                sum(kind != "hope" for kind in kinds_this_year),
                vain_offers if vain_before is None else vain_before,
                "hope" in kinds_this_year,
            )
        )
    return years
