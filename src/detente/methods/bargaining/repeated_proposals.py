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


def belief(prior: tuple[float, float], refused: int) -> float:
    """The chance that the next offer is accepted, as it is believed to be after so many that were not."""
    a, b = prior
    return a / (a + b + refused)


def worth_asking(believed: Floats | float, worth: Floats, shown: Floats | float, asking: Floats | float) -> Floats:
    """What it is worth to make an offer.

    Args:
        believed: The chance that it is accepted.
        worth: What that would bring, after all that has to be paid for it.
        shown: What asking brings by itself.
        asking: What it costs.
    """
    found: Floats = believed * worth + shown - asking
    return found


def gives_up_after(prior: tuple[float, float], worth: Floats, shown: Floats, asking: Floats) -> Floats:
    """After how many offers that were not accepted it no longer pays to ask: the least number at or above
    a U / (c - r) - a - b.

    0 where it never pays, infinite where asking pays by itself.
    """
    import numpy as np

    a, b = prior
    cost = np.asarray(asking) - np.asarray(shown)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(cost > 0, a * np.asarray(worth) / np.where(cost > 0, cost, 1) - a - b, np.inf)
    return np.maximum(np.ceil(found - 1e-12), 0.0)


@dataclass(frozen=True)
class Year:
    """A year in which it may be asked."""

    year: int
    asked: int
    """How many offers were made."""
    vain: int
    """How many had been made in vain before the first of them, or by the end of the year if there was none."""
    reset: bool
    """Whether something happened upon which the belief was as at the start."""


def history(asked: Iterable[date], resets: Iterable[date], span: tuple[int, int]) -> list[Year]:
    """Year by year, how many offers were made and how many had been in vain.

    Args:
        asked: The day of each offer.
        resets: The days on which the belief was as at the start again: events that gave hope, accepted offers.
        span: The first and the last year.
    """
    events = sorted([(day, 0) for day in resets] + [(day, 1) for day in asked])  # hope before an offer of the same day
    found, vain = [], 0
    for year in range(span[0], span[1] + 1):
        before: int | None = None
        here = [kind for day, kind in events if day.year == year]
        for kind in here:
            before = vain if kind == 1 and before is None else before
            vain = vain + 1 if kind == 1 else 0
        found.append(Year(year, sum(here), vain if before is None else before, 0 in here))
    return found
