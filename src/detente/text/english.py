"""Small matters of English: lists, plurals, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.case.schema.edtf import Edtf

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def cardinal(n: int) -> str:
    """`one`, `seven`, `23`."""
    return _SMALL[n] if n < len(_SMALL) else str(n)


def count(n: int, noun: str, plural: str | None = None) -> str:
    """`one offer`, `seven offers`, `23 offers`."""
    return f"{cardinal(n)} {noun if n == 1 else plural or noun + 's'}"


def number(x: float | Fraction) -> str:
    """A number with no more digits than it deserves: `3`, `2.5`, `.84`."""
    value = float(x)
    text = f"{value:.2g}" if 0 < abs(value) < 0.01 else f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def of_hundred(share: float) -> str:
    """A share as so many of 100, never rounded to none or all."""
    if share in (0, 1):
        return str(round(100 * share))
    rounded = round(100 * share)
    return "fewer than 1" if rounded == 0 else "more than 99" if rounded == 100 else str(rounded)


def chance(p: float) -> str:
    """A probability in two digits, never rounded to certainty."""
    if 0 < p < 0.01:
        return "below .01"
    return "above .99" if 0.99 < p < 1 else number(p)


def period(when: Edtf) -> str:
    """`1993 to 2013`, `1993`, `from 1993`, `until 2013`."""
    stated = when.stated
    first, last = stated.first.year, stated.last.year
    if stated.last == date.max:
        return f"from {first}"
    return f"until {last}" if stated.first == date.min else f"{first} to {last}" if first != last else str(first)


def clipped(text: str, most: int) -> str:
    """Text of at most so many letters, cut at a word where it is longer."""
    return text if len(text) <= most else f"{text[: most - 2].rsplit(' ', 1)[0]} …"


def capital(text: str) -> str:
    """With a capital at its head."""
    return text[:1].upper() + text[1:]


def within(text: str) -> str:
    """As within a sentence: with a small letter at its head, unless that begins an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """With a capital at its head and a full stop at its end."""
    text = text.strip()
    return capital(text) + ("" if text.endswith((".", "!", "?")) else ".")
