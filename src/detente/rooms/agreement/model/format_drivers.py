"""Which numbers move how often both would have an offer: its share where a number is low, and where it is high."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.inference.sign_effects import outer_third

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

CLEAR_ERRORS = 3.5
"""Standard errors beyond which a difference counts, as many numbers are looked at: of 100 that move nothing, chance
alone passes about one in 20 times (two-sided normal tail, Bonferroni)."""


@dataclass(frozen=True)
class FormatDriver:
    """A number that moves an offer: shares of the draws in which both would have it."""

    offer: str
    path: str
    where_low: float
    """In the lowest third of the draws of the number."""
    where_high: float
    """In the highest third."""
    error: float
    """The standard error of the difference."""

    @property
    def change(self) -> float:
        """By how much more it is agreed on where the number is high."""
        return self.where_high - self.where_low


def format_drivers(
    values: Mapping[str, Floats], agreed: Mapping[str, Flags], most: int | None = None
) -> tuple[FormatDriver, ...]:
    """The numbers that move each offer beyond chance, offer by offer, the strongest first.

    Args:
        values: By path, the draws of every number that varies, shape (draws,).
        agreed: By offer, in which draws both would have it.
        most: How many of each offer; all unless given.
    """
    import numpy as np

    thirds = {
        path: (outer_third(own, "low"), outer_third(own, "high")) for path, own in values.items() if np.ptp(own) > 0
    }
    found: list[FormatDriver] = []
    for offer, flags in agreed.items():
        own_drivers = [_driver(offer, path, ends, flags) for path, ends in thirds.items()]
        clear = [one for one in own_drivers if abs(one.change) > CLEAR_ERRORS * one.error]
        found += sorted(clear, key=lambda one: -abs(one.change))[:most]
    return tuple(found)


def _driver(offer: str, path: str, ends: tuple[Flags, Flags], flags: Flags) -> FormatDriver:
    low, high = flags[ends[0]], flags[ends[1]]
    shares = float(low.mean()), float(high.mean())
    variance = sum(share * (1 - share) / len(part) for share, part in zip(shares, (low, high), strict=True))
    return FormatDriver(offer, path, *shares, error=variance**0.5)
