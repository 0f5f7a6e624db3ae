"""What analysts write into a matrix of hypotheses: ratings, weights and totals, as different programs have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

RATING_BY_WORD: Mapping[str, int | str] = {
    **{"++": 2, "cc": 2, "very consistent": 2, "+": 1, "c": 1, "consistent": 1},
    **{"n": 0, "neutral": 0, "-": -1, "i": -1, "inconsistent": -1},
    **{"--": -2, "ii": -2, "very inconsistent": -2},
    **{"n/a": "n/a", "na": "n/a", "not applicable": "n/a", "": "n/a"},
}
"""Ratings by sign, by the letters of PARC's program for the method, and by the words of Open Synthesis."""

TOTALS_PATTERN = re.compile(
    r"(?:(?:weighted|total|overall|sum of|raw|normali[sz]ed) )*"
    r"(?:(?:in)?consistency (?:scores?|counts?|totals?|sums?)|(?:in)?consistency|scores?|(?:sub|grand )?totals?|sums?"
    r"|rank(?:ing)?|diagnosticity|average|mean)(?: scores?)?:?",
)
"""How a row or column is headed that is worked out from the others."""
REMARK_HEADINGS = frozenset(
    (
        *("#", "no", "no.", "nr", "order", "type", "source", "sources", "date", "note", "notes", "comment", "comments"),
        *("remark", "remarks", "code", "classification"),
    )
)
"""How a column is headed that says something else of a piece of evidence."""

_MINUS_SIGNS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\u207b\ufe63", "-"))
_DEGREE_WORDS = re.compile(r"\b(?:strongly|highly)\b")
_NUMBER_PATTERN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?", re.ASCII)


def normalise_cell(text: str) -> str:
    """A cell in small letters with single spaces, ASCII digits, and the signs + and - in whatever form they stand."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_MINUS_SIGNS).casefold().split())


def parse_rating(text: str, decimal_comma: bool) -> int | str | None:
    """The rating from -2 to 2 that a cell says, `n/a` where it does not apply; None if it is no rating."""
    cell = normalise_cell(text)
    rating_words = _DEGREE_WORDS.sub("very", re.sub(r"[\s_-]+", " ", cell)) if cell[:1].isalpha() else cell
    if rating_words in RATING_BY_WORD:
        return RATING_BY_WORD[rating_words]
    number = parse_decimal(text, decimal_comma)
    return int(number) if number is not None and number in (-2, -1, 0, 1, 2) else None


def parse_decimal(text: str, decimal_comma: bool) -> float | None:
    """The number that a cell says; a comma is its decimal sign where commas do not separate the cells. 80% is 0.8."""
    cell = normalise_cell(text)
    if decimal_comma:
        cell = cell.replace(",", ".", 1) if "." not in cell else cell
    is_percent = cell.endswith("%")
    cell = cell.removesuffix("%").strip()
    if not _NUMBER_PATTERN.fullmatch(cell):
        return None
    return float(cell) / 100 if is_percent else float(cell)


def is_totals_heading(heading: str) -> bool:
    """Whether a row or column is headed as one that is worked out from the others."""
    return bool(TOTALS_PATTERN.fullmatch(normalise_cell(heading).replace("-", " ").replace("_", " ")))


def is_remark_heading(heading: str) -> bool:
    """Whether a column is headed as one of remarks."""
    return normalise_cell(heading) in REMARK_HEADINGS
