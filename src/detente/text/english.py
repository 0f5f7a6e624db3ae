"""Small matters of English: lists, plurals, capitals."""

from __future__ import annotations

from collections.abc import Iterable

_SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def join_words(words: Iterable[str], conjunction: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def cardinal(n: int) -> str:
    """`one`, `seven`, `23`."""
    return _SMALL_NUMBERS[n] if n < len(_SMALL_NUMBERS) else str(n)


def count_noun(n: int, noun: str, plural: str | None = None) -> str:
    """`one offer`, `seven offers`, `23 offers`."""
    return f"{cardinal(n)} {noun if n == 1 else plural or noun + 's'}"


def clip_text(text: str, max_length: int) -> str:
    """Text of at most so many letters, cut at a word where it is longer."""
    return text if len(text) <= max_length else f"{text[: max_length - 2].rsplit(' ', 1)[0]} …"


def upper_first(text: str) -> str:
    """With a capital at its head."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """As within a sentence: with a small letter at its head, unless that begins an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def without_article(name: str) -> str:
    """A name as it stands by itself, in a picture or a heading: `Soviet Union` for `the Soviet Union`."""
    return upper_first(name[4:]) if name[:4].lower() == "the " else name


def as_sentence(text: str) -> str:
    """With a capital at its head and a full stop at its end."""
    text = text.strip()
    return upper_first(text) + ("" if text.endswith((".", "!", "?")) else ".")
