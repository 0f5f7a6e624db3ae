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

from detente.text.safe_text import REPLACEMENT_CHARACTER, clean_text

_QUOTES = dict.fromkeys("‘’‚‛‹›′`´", "'") | dict.fromkeys("“”„‟«»″", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
# Soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark; what `clean_text` takes
# out may stand in one copy and not in the other.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff" + REPLACEMENT_CHARACTER)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text, and the character of the text that each of its characters comes from."""

    text: str
    origins: Sequence[int]

    def folded_span(self, start: int, end: int) -> tuple[int, int]:
        """The part that comes from a passage of the text, without white space at its ends."""
        first, last = bisect_left(self.origins, start), bisect_left(self.origins, end)
        part = self.text[first:last]
        first += len(part) - len(part.lstrip())
        return first, first + len(part.strip())

    def original_span(self, first: int, last: int) -> tuple[int, int]:
        """The passage of the text that a part comes from; the part holds something."""
        return self.origins[first], self.origins[last - 1] + 1


def fold_text(text: str) -> FoldedText:
    """The text with white space as single spaces, without unseen marks, compatibility forms taken apart (NFKD)."""
    replacements = {c: replacement for c in set(text) if (replacement := _fold_character(c)) != c}
    result = FoldedText(text, range(len(text)))
    if replacements:
        pattern = re.compile(f"[{re.escape(''.join(replacements))}]")
        result = _replace_matches(result, pattern, lambda character: replacements[character])
    return _replace_matches(result, re.compile(r"\s{2,}|[^\S ]"), lambda _: " ")


def _fold_character(character: str) -> str:
    if character.isspace():
        return character
    if character in _INVISIBLE or clean_text(character) != character:
        return ""
    return _QUOTES.get(character) or _DASHES.get(character) or unicodedata.normalize("NFKD", character)


def _replace_matches(source: FoldedText, pattern: re.Pattern[str], replace_text: Callable[[str], str]) -> FoldedText:
    """The text with each match replaced, what replaces it coming from where the match begins."""
    pieces: list[str] = []
    origins, position = array("q"), 0
    for match in pattern.finditer(source.text):
        replacement = replace_text(match.group())
        pieces += (source.text[position : match.start()], replacement)
        origins.extend(source.origins[position : match.start()])
        origins.extend([source.origins[match.start()]] * len(replacement))
        position = match.end()
    origins.extend(source.origins[position:])
    return FoldedText("".join([*pieces, source.text[position:]]), origins)
