"""Numbers in words: no more digits than they deserve, and never rounded to certainty."""

from __future__ import annotations

from fractions import Fraction


def format_number(x: float | Fraction) -> str:
    """A number with no more digits than it deserves: `3`, `2.5`, `0.84`."""
    value = float(x)
    return f"{value:.2g}" if 0 < abs(value) < 0.01 else f"{value:.2f}".rstrip("0").rstrip(".")


def per_hundred(share: float) -> str:
    """A share as so many of 100, never rounded to none or all."""
    if share in (0, 1):
        return str(round(100 * share))
    rounded = round(100 * share)
    return "fewer than 1" if rounded == 0 else "more than 99" if rounded == 100 else str(rounded)


def format_probability(p: float) -> str:
    """A probability in two digits, never rounded to certainty."""
    if 0 < p < 0.01:
        return "below 0.01"
    return "above 0.99" if 0.99 < p < 1 else format_number(p)
