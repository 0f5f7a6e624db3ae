"""Texts without what programs change unasked: white space, marks that are not seen, quotation marks, ways of writing é.

Each character of a folded text knows the character it comes from, so that what is found in it is found in the text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.text.safe_text import REPLACEMENT, clean

_QUOTES = dict.fromkeys("‘’‚‛‹›′`´", "'") | dict.fromkeys("“”„‟«»″", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
# Soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark; what `clean` takes out may
# stand in one copy and not in the other.
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff" + REPLACEMENT)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and the character of the text that each of its characters comes from."""

    text: str
    origins: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part that comes from a passage of the text, without white space at its ends."""
        first, last = bisect_left(self.origins, start), bisect_left(self.origins, end)
        part = self.text[first:last]
        first += len(part) - len(part.lstrip())
        return first, first + len(part.strip())

    def raw(self, first: int, last: int) -> tuple[int, int]:
        """The passage of the text that a part comes from; the part holds something."""
        return self.origins[first], self.origins[last - 1] + 1


def folded(text: str) -> Folded:
    """The text with white space as single spaces, without unseen marks, compatibility forms taken apart (NFKD)."""
    table = {c: to for c in set(text) if (to := _folded(c)) != c}
    plain = Folded(text, range(len(text)))
    if table:
        each = re.compile(f"[{re.escape(''.join(table))}]")
        plain = _replaced(plain, each, lambda found: table[found])
    return _replaced(plain, re.compile(r"\s{2,}|[^\S ]"), lambda _: " ")


def _folded(character: str) -> str:
    if character.isspace():
        return character
    if character in _UNSEEN or clean(character) != character:
        return ""
    return _QUOTES.get(character) or _DASHES.get(character) or unicodedata.normalize("NFKD", character)


def _replaced(whole: Folded, pattern: re.Pattern[str], made: Callable[[str], str]) -> Folded:
    """The text with each match replaced, what replaces it coming from where the match begins."""
    pieces: list[str] = []
    origins, at = array("q"), 0
    for match in pattern.finditer(whole.text):
        new = made(match.group())
        pieces += (whole.text[at : match.start()], new)
        origins.extend(whole.origins[at : match.start()])
        origins.extend([whole.origins[match.start()]] * len(new))
        at = match.end()
    origins.extend(whole.origins[at:])
    return Folded("".join([*pieces, whole.text[at:]]), origins)
