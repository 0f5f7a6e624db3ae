"""Small matters of English: lists, plurals, capitals."""

from __future__ import annotations

from collections.abc import Iterable

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
