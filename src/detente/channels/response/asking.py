"""Why who is not answered asks again, gives up, and comes back.

The side that offers believes that an offer is accepted with a chance of which it has a beta distribution, and learns
from what becomes of its offers; an event may make it believe again what it did at first. It asks where what it expects
of that, and what asking brings by itself, is more than asking costs. The rule is ours; with a beta distribution the
expected chance after t offers that were not accepted is a / (a + b + t).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def belief(prior: tuple[float, float], refused: int, accepted: int = 0) -> float:
    """The chance that the next offer is accepted, as it is believed to be."""
    a, b = prior
    return (a + accepted) / (a + b + refused + accepted)


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
    """After how many offers that were not accepted it no longer pays to ask: a U / (c - r) - a - b.

    0 where it never pays, infinite where asking pays by itself.
    """
    import numpy as np

    a, b = prior
    cost = np.asarray(asking) - np.asarray(shown)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(cost > 0, a * np.asarray(worth) / np.where(cost > 0, cost, 1) - a - b, np.inf)
    return np.maximum(found, 0.0)


@dataclass(frozen=True)
class Year:
    """A year in which it may be asked."""

    year: int
    asked: int
    """How many offers were made."""
    refused: int
    """How many had not been accepted before, since the belief was last as at the start."""
    reset: bool
    """Whether something happened upon which the belief was as at the start."""


def history(asked: Iterable[int], resets: Iterable[int], accepted: Iterable[int], span: tuple[int, int]) -> list[Year]:
    """Year by year, how many offers were made and how many had been in vain.

    Args:
        asked: The year of each offer.
        resets: The years in which the belief was reset, before any offer of the same year.
        accepted: Years in which an offer was accepted, which resets the count, too.
        span: The first and the last year.
    """
    asked, starts, taken = list(asked), set(resets), set(accepted)
    found, vain = [], 0
    for year in range(span[0], span[1] + 1):
        if year in starts:
            vain = 0
        count = asked.count(year)
        found.append(Year(year, count, vain, year in starts))
        vain = 0 if year in taken else vain + count
    return found
