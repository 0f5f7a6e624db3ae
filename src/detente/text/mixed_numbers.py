"""Small sums in words that a reader says aloud: `2½` rather than `2.5`."""

from __future__ import annotations

from fractions import Fraction

_QUARTERS = {1: "¼", 2: "½", 3: "¾"}


def format_mixed(number: float | Fraction) -> str:
    """A sum of whole numbers and quarters as `3`, `2½`, `¾`; any other with one digit after the point, as `0.3`."""
    value = float(number)
    quarters = round(4 * value)
    if abs(4 * value - quarters) > 1e-9:
        return f"{value:.1f}".removesuffix(".0")
    whole, rest = divmod(quarters, 4)
    return f"{whole or ''}{_QUARTERS[rest]}" if rest else str(whole)
