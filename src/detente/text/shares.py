"""Shares in words: in per cent with a sign, and as so many of 100 simulations."""

from __future__ import annotations

from collections.abc import Iterable

from detente.text.number_format import per_hundred


def frequency_phrase(share: float) -> str:
    """`in every simulation`, `in 30 of 100 simulations`, `in no simulation`."""
    if share in (0, 1):
        return "in every simulation" if share else "in no simulation"
    return f"in {per_hundred(share)} of 100 simulations"


def in_share(share: float) -> str:
    """After what it is of has been said: `in 26`, `in none`, `in all`."""
    return ("in all" if share else "in none") if share in (0, 1) else f"in {per_hundred(share)}"


def as_percent(share: float) -> float:
    """A share in per cent, with one digit after the point."""
    return round(100 * float(share), 1) + 0.0


def signed_percent(share: float) -> str:
    """`+6.0`, `−2.6`: per cent with a sign."""
    value = as_percent(share)
    return f"{value:+.1f}".replace("-", "−") if value else "0"


NEXT_TO_NOTHING = 0.005
"""Shares below which, either way, a size is called next to nothing."""


def size_phrase(shares: Iterable[float]) -> str:
    """Sizes of one or several, signed: `+2.5 per cent`, `−1.2 to −0.5 per cent`, `next to nothing either way`."""
    values = [float(share) for share in shares]
    if max(map(abs, values)) < NEXT_TO_NOTHING:
        return "next to nothing either way"
    return f"{signed_range(values, NEXT_TO_NOTHING / 5)} per cent"


def signed_interval(low: float, high: float) -> str:
    """`−14.8 to +8.2`."""
    return f"{signed_percent(low)} to {signed_percent(high)}"


def signed_range(shares: Iterable[float], tolerance: float) -> str:
    """`−14.8 to +8.2`, or `−2.6` for shares that differ by less than a tolerance."""
    values = [float(share) for share in shares]
    low, high = min(values), max(values)
    return signed_percent(low) if high - low < tolerance else signed_interval(low, high)
