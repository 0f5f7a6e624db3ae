"""Small matters of English: lists, plurals, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count(n: int, noun: str, plural: str | None = None) -> str:
    """`one offer`, `seven offers`, `23 offers`."""
    word = _SMALL[n] if n < len(_SMALL) else str(n)
    return f"{word} {noun if n == 1 else plural or noun + 's'}"


def number(x: float | Fraction) -> str:
    """A number with no more digits than it deserves: `3`, `2.5`, `.84`."""
    text = f"{float(x):.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def sentence(text: str) -> str:
    """With a capital at its head and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
