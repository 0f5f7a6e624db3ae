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

from detente.text.safe_text import clean_text

NAME_WINDOW = 1000
"""So many characters of a selection are looked at when its name is compared with its text."""
_NAME_LENGTH, _MAX_COMPARED, _ELLIPSIS = 60, 1000, "…"
_MIN_WORDS, _MIN_LETTERS = 4, 16
_ASTRAL_PATTERN = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text with bare line feeds, and what was there before."""

    text: str
    byte_order_marks: int = 0
    """How many byte order marks stood at its head."""
    crlf_positions: Sequence[int] = ()
    """The line feeds that stood as CR LF."""


@dataclass(frozen=True, slots=True)
class PositionCounting:
    """A way of counting positions; as it stands, that of the standard and of QualCoder."""

    in_utf16_units: bool = False
    """In units of UTF-16 rather than code points."""
    line_break_length: int = 0
    """How many characters a line break is, 1 or 2; 0 for as many as there are."""
    counts_byte_order_mark: bool = False
    """With the byte order mark."""
    end_is_inclusive: bool = False
    """The end is the last character rather than the one after it."""

    def __str__(self) -> str:
        conditions = (
            ("UTF-16 units", self.in_utf16_units),
            (
                f"line breaks as {'one character' if self.line_break_length == 1 else 'two characters'}",
                self.line_break_length,
            ),
            ("with the byte order mark", self.counts_byte_order_mark),
            ("the end inclusive", self.end_is_inclusive),
        )
        return ", ".join(phrase for phrase, applies in conditions if applies) or "code points, the end exclusive"


@dataclass(frozen=True, slots=True)
class NamedSelection:
    """A selection as a file gives it: what it is called, and its two positions."""

    name: str
    start: int
    end: int


def normalise_text(raw: str) -> SourceText:
    """The text without byte order marks, its line breaks made line feeds."""
    body = raw.lstrip("\ufeff")
    crlf_positions = array("q", (match.start() - k for k, match in enumerate(re.finditer("\r\n", body))))
    return SourceText(body.replace("\r\n", "\n").replace("\r", "\n"), len(raw) - len(body), crlf_positions)


def collapse_spaces(text: str) -> str:
    """The text as a name: on one line, with single spaces, and cleaned of what no text is made of (nor XML holds)."""
    return " ".join(clean_text(text).split())


def selection_name(text: str, start: int, end: int) -> str:
    """The name of a selection: how its text begins, with an ellipsis where it goes on."""
    excerpt = collapse_spaces(text[start : min(end, start + NAME_WINDOW)])
    is_whole = len(excerpt) <= _NAME_LENGTH and end <= start + NAME_WINDOW
    return excerpt if is_whole or not excerpt else excerpt[:_NAME_LENGTH] + _ELLIPSIS


def position_converter(text: SourceText, counting: PositionCounting) -> Callable[[int, int], tuple[int, int] | None]:
    """A function from two positions so counted to code points of the text, or None where they do not fall into it."""
    mark_count = text.byte_order_marks if counting.counts_byte_order_mark else 0
    wide_positions = array(
        "q", (position + k + mark_count for k, position in enumerate(_wide_characters(text, counting)))
    )

    def code_point_index(position: int, upwards: bool) -> int:
        before = bisect_left(wide_positions, position)
        is_inside = before > 0 and position == wide_positions[before - 1] + 1
        return position - mark_count - before + (is_inside and upwards)

    def code_point_span(start: int, end: int) -> tuple[int, int] | None:
        if start < 0:
            return None
        first, last = max(code_point_index(start, False), 0), code_point_index(end + counting.end_is_inclusive, True)
        return (first, last) if first < last <= len(text.text) else None

    return code_point_span


def _wide_characters(text: SourceText, counting: PositionCounting) -> Iterator[int]:
    """The characters of the text that count as two, from first to last."""
    breaks: Iterable[int] = text.crlf_positions if counting.line_break_length == 0 else ()
    if counting.line_break_length == 2:
        breaks = (match.start() for match in re.finditer("\n", text.text))
    astral = (match.start() for match in _ASTRAL_PATTERN.finditer(text.text)) if counting.in_utf16_units else ()
    return merge(breaks, astral)


def misplaced_name_words(text: SourceText, name: str, place: tuple[int, int] | None) -> list[str]:
    """The words that a selection is called by, if it does not begin with them.

    A program names a selection after what its user saw; so if these words stand elsewhere in the text, the positions
    are wrong. A short name may be anybody's label, and says nothing.
    """
    words = collapse_spaces(name).rstrip(f".{_ELLIPSIS}").split()
    is_telling = len(words) >= _MIN_WORDS and sum(map(len, words)) >= _MIN_LETTERS
    return words if is_telling and not _name_agreement(collapse_spaces(name), text.text, place) else []


def find_words(text: SourceText, words: Iterable[str], place: tuple[int, int] | None) -> list[int]:
    """Where a text has some words, unless a place holds them already."""
    starts = [match.start() for match in re.finditer(r"\s+".join(map(re.escape, words)), text.text)]
    return [] if place and any(place[0] <= start < place[1] for start in starts) else starts


def likeliest_counting(text: SourceText, selections: Iterable[NamedSelection]) -> tuple[PositionCounting, int, int]:
    """The count under which most selections begin as their names say; the standard's own where none is better.

    Returns:
        The count, how many names agree under it, and how many there were to compare.
    """
    named_selections = [NamedSelection(collapse_spaces(s.name), s.start, s.end) for s in selections if s.name.strip()][
        :_MAX_COMPARED
    ]
    best, score = PositionCounting(), (-1, -1)
    for counting in _possible_countings(text) if named_selections else ():
        to_code_points = position_converter(text, counting)
        agreements = [_name_agreement(s.name, text.text, to_code_points(s.start, s.end)) for s in named_selections]
        candidate_score = (sum(a > 0 for a in agreements), sum(agreements))
        if candidate_score > score:
            best, score = counting, candidate_score
    return best, max(score[0], 0), len(named_selections)


def has_ambiguous_positions(text: SourceText) -> bool:
    """Whether the text has a character that programs count differently."""
    return bool(text.byte_order_marks or text.crlf_positions or _ASTRAL_PATTERN.search(text.text))


def _possible_countings(text: SourceText) -> list[PositionCounting]:
    """The counts that can differ on this text, those nearest the standard first."""
    either = (False, True)
    choices = product(
        either if _ASTRAL_PATTERN.search(text.text) else (False,),
        (0, *((1,) if text.crlf_positions else ()), *((2,) if "\n" in text.text else ())),
        either if text.byte_order_marks else (False,),
        either,
    )
    countings = [PositionCounting(*choice) for choice in choices]
    return sorted(
        countings,
        key=lambda c: c.in_utf16_units + bool(c.line_break_length) + c.counts_byte_order_mark + c.end_is_inclusive,
    )


def _name_agreement(name: str, text: str, span: tuple[int, int] | None) -> int:
    """2 where the name is the text or openly its beginning, 1 where it may be, 0 where it is not."""
    if span is None:
        return 0
    quote, is_cut = (
        collapse_spaces(text[span[0] : min(span[1], span[0] + NAME_WINDOW)]),
        span[1] > span[0] + NAME_WINDOW,
    )
    stem = name.rstrip(f".{_ELLIPSIS}").rstrip() if name.endswith(("...", _ELLIPSIS)) else None
    if quote == name or (stem and quote.startswith(stem)) or (is_cut and quote and name.startswith(quote)):
        return 2
    return int(quote.startswith(name))
