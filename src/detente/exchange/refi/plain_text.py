"""How programs count the characters of a text, and which count a document's positions were made by.

Programs that write REFI-QDA count alike on plain English text with bare line feeds, and differ on the rest. QualCoder
slices Python strings: code points, end exclusive. In its `load_text_source` it tells that NVivo counts the two
characters CR LF as two and ATLAS.ti as one; its pull request 1312 is of text stored with a byte order mark and shown
without. Programs built on UTF-16 count an emoji as two, and some may name the last character as the end.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import product

from detente.text.safe_text import clean

WINDOW = 1000
"""So many characters of a selection are looked at when its name is compared with its text."""
_NAME, _COMPARED, _ELLIPSIS = 60, 1000, "…"
_WORDS, _LETTERS = 4, 16
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text with bare line feeds, and what was there before."""

    text: str
    marks: int = 0
    """How many byte order marks stood at its head."""
    pairs: Sequence[int] = ()
    """The line feeds that stood as CR LF."""


@dataclass(frozen=True, slots=True)
class Count:
    """A way of counting positions; as it stands, that of the standard and of QualCoder."""

    utf16: bool = False
    """In units of UTF-16 rather than code points."""
    breaks: int = 0
    """How many characters a line break is, 1 or 2; 0 for as many as there are."""
    marks: bool = False
    """With the byte order mark."""
    inclusive: bool = False
    """The end is the last character rather than the one after it."""

    def __str__(self) -> str:
        said = (
            ("UTF-16 units", self.utf16),
            (f"line breaks as {'one character' if self.breaks == 1 else 'two characters'}", self.breaks),
            ("with the byte order mark", self.marks),
            ("the end inclusive", self.inclusive),
        )
        return ", ".join(words for words, holds in said if holds) or "code points, the end exclusive"


@dataclass(frozen=True, slots=True)
class Named:
    """A selection as a file gives it: what it is called, and its two positions."""

    name: str
    start: int
    end: int


def normalised(raw: str) -> Text:
    """The text without byte order marks, its line breaks made line feeds."""
    body = raw.lstrip("\ufeff")
    pairs = array("q", (found.start() - k for k, found in enumerate(re.finditer("\r\n", body))))
    return Text(body.replace("\r\n", "\n").replace("\r", "\n"), len(raw) - len(body), pairs)


def collapsed(text: str) -> str:
    """The text as a name: on one line, with single spaces, and cleaned of what no text is made of (nor XML holds)."""
    return " ".join(clean(text).split())


def beginning(text: str, start: int, end: int) -> str:
    """The name of a selection: how its text begins, with an ellipsis where it goes on."""
    seen = collapsed(text[start : min(end, start + WINDOW)])
    whole = len(seen) <= _NAME and end <= start + WINDOW
    return seen if whole or not seen else seen[:_NAME] + _ELLIPSIS


def spans(text: Text, count: Count) -> Callable[[int, int], tuple[int, int] | None]:
    """A function from two positions so counted to code points of the text, or None where they do not fall into it."""
    lead = text.marks if count.marks else 0
    begins = array("q", (at + k + lead for k, at in enumerate(_wide(text, count))))

    def place(at: int, upwards: bool) -> int:
        before = bisect_left(begins, at)
        within = before > 0 and at == begins[before - 1] + 1
        return at - lead - before + (within and upwards)

    def span(start: int, end: int) -> tuple[int, int] | None:
        if start < 0:
            return None
        first, last = max(place(start, False), 0), place(end + count.inclusive, True)
        return (first, last) if first < last <= len(text.text) else None

    return span


def _wide(text: Text, count: Count) -> Iterator[int]:
    """The characters of the text that count as two, from first to last."""
    breaks: Iterable[int] = text.pairs if count.breaks == 0 else ()
    if count.breaks == 2:
        breaks = (found.start() for found in re.finditer("\n", text.text))
    astral = (found.start() for found in _ASTRAL.finditer(text.text)) if count.utf16 else ()
    return merge(breaks, astral)


def other_words(text: Text, name: str, place: tuple[int, int] | None) -> list[str]:
    """The words that a selection is called by, if it does not begin with them.

    A program names a selection after what its user saw; so if these words stand elsewhere in the text, the positions
    are wrong. A short name may be anybody's label, and says nothing.
    """
    words = collapsed(name).rstrip(f".{_ELLIPSIS}").split()
    telling = len(words) >= _WORDS and sum(map(len, words)) >= _LETTERS
    return words if telling and not _agreement(collapsed(name), text.text, place) else []


def stand(text: Text, words: Iterable[str], place: tuple[int, int] | None) -> list[int]:
    """Where a text has some words, unless a place holds them already."""
    found = [match.start() for match in re.finditer(r"\s+".join(map(re.escape, words)), text.text)]
    return [] if place and any(place[0] <= start < place[1] for start in found) else found


def likeliest(text: Text, selections: Iterable[Named]) -> tuple[Count, int, int]:
    """The count under which most selections begin as their names say; the standard's own where none is better.

    Returns:
        The count, how many names agree under it, and how many there were to compare.
    """
    named = [Named(collapsed(s.name), s.start, s.end) for s in selections if s.name.strip()][:_COMPARED]
    best, score = Count(), (-1, -1)
    for count in _counts(text) if named else ():
        span = spans(text, count)
        agreed = [_agreement(s.name, text.text, span(s.start, s.end)) for s in named]
        found = (sum(a > 0 for a in agreed), sum(agreed))
        if found > score:
            best, score = count, found
    return best, max(score[0], 0), len(named)


def ambiguous(text: Text) -> bool:
    """Whether the text has a character that programs count differently."""
    return bool(text.marks or text.pairs or _ASTRAL.search(text.text))


def _counts(text: Text) -> list[Count]:
    """The counts that can differ on this text, those nearest the standard first."""
    both = (False, True)
    choices = product(
        both if _ASTRAL.search(text.text) else (False,),
        (0, *((1,) if text.pairs else ()), *((2,) if "\n" in text.text else ())),
        both if text.marks else (False,),
        both,
    )
    counts = [Count(*choice) for choice in choices]
    return sorted(counts, key=lambda c: c.utf16 + bool(c.breaks) + c.marks + c.inclusive)


def _agreement(name: str, text: str, span: tuple[int, int] | None) -> int:
    """2 where the name is the text or openly its beginning, 1 where it may be, 0 where it is not."""
    if span is None:
        return 0
    quote, cut = collapsed(text[span[0] : min(span[1], span[0] + WINDOW)]), span[1] > span[0] + WINDOW
    stem = name.rstrip(f".{_ELLIPSIS}").rstrip() if name.endswith(("...", _ELLIPSIS)) else None
    if quote == name or (stem and quote.startswith(stem)) or (cut and quote and name.startswith(quote)):
        return 2
    return int(quote.startswith(name))
