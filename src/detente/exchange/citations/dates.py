"""Dates of citations: from CSL-JSON, EDTF and BibTeX to one form, and from it to EDTF.

The one form is CSL's: `{"date-parts": [[2007, 6, 1]]}`, two dates for a range; `season` from 1 (spring) to 4 for a
single date, months 21 to 24 within a range; `circa: true` for what is approximate or uncertain; `edtf` where the text
says more than that (`1723?`); and `{"raw": ...}` for words that are no such date. The fields are those of CSL's schema
(schemas/input/csl-data.json of citation-style-language/schema); that months 13 to 16 and 21 to 24 are seasons is how
citeproc-js and pandoc read them. The marks `~ ? %` and the seasons 21 to 24 are level 1 of EDTF (ISO 8601-2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date as calendar_date
from typing import Any

from detente.exchange.citations.latex import clean_spaces
from detente.text.english import join_words
from detente.text.safe_text import clean_text

CslDate = dict[str, Any]
"""A date in the fields of CSL-JSON."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's words for the months."""
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
"""CSL's numbers of the seasons."""

_EDTF = re.compile(r"(-?\d{1,4})(?:-(\d\d))?(?:-(\d\d))?(T[0-9:.,+\-Z]*)?([?~%]?)", re.ASCII)
_FULL_YEAR_EDTF = re.compile(r"-?\d{4}\b[-0-9/?~%]*", re.ASCII)
_RANGE = re.compile(r"\s*(?:/|-+|–|—|\band\b|\bto\b)\s*")
_DAY_MONTH = re.compile(r"(?:(\d{1,2})\.?\s+)?([^\W\d]{3,})\.?(?:\s+(\d{1,2}))?")
_CSL_DATE_FIELDS = ("date-parts", "season", "circa", "literal", "raw", "edtf")


def date_from_csl(value: Any) -> tuple[CslDate | None, list[str]]:
    """A date of CSL-JSON in the one form, and what is to be said of it; None where there is no date in it."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return date_from_text(f"{value:g}" if isinstance(value, float) else str(value))
    if not isinstance(value, dict):
        return None, ["is no date: left out"]
    unknown_fields = [clean_text(str(name))[:40] for name in value if name not in _CSL_DATE_FIELDS]
    extra_remarks = [f"has {join_words(unknown_fields)} besides: left out"] if unknown_fields else []
    words = {name: clean_spaces(str(value[name])) for name in ("edtf", "raw", "literal") if value.get(name)}
    date, remarks = _date_from_parts(value.get("date-parts"))
    if date is None:
        text = next(iter(words.values()), "")
        date = (date_from_edtf(text) if _FULL_YEAR_EDTF.fullmatch(text) else None) or ({"raw": text} if text else None)
        remarks = [] if date else remarks or ["holds no date"]
    elif "raw" not in date:
        date |= _season_field(date, value.get("season"), remarks)
        if edtf := words.pop("edtf", ""):
            date |= date_from_edtf(edtf) or {"edtf": edtf}
        remarks += [
            f"has the words '{text[:40]}' besides: left out" for text in words.values() if date_from_edtf(text) != date
        ]
    if date and _is_true(value.get("circa")):
        date["circa"] = True
    return date, remarks + extra_remarks


def date_from_text(text: str) -> tuple[CslDate | None, list[str]]:
    """A date from text, by EDTF where it is that, else in words; and what is to be said of it."""
    text = clean_spaces(text)
    if date := date_from_edtf(text):
        return date, ["has a time of day: left out"] if "T" in text else []
    return ({"raw": text}, []) if text else (None, ["holds no date"])


def date_from_edtf(text: str) -> CslDate | None:
    """A date or range in EDTF; None where it is none that CSL can hold: open ends, digits not specified."""
    ends = [_EDTF.fullmatch(part) for part in text.split("/")]
    parts = [[int(number) for number in end.groups()[:3] if number] for end in ends if end]
    if not 1 <= len(parts) == len(ends) <= 2 or not all(_is_possible_date(part) for part in parts):
        return None
    date = _canonical_date(parts)
    marks = {end[5] for end in ends if end}
    if marks != {""}:
        date["circa"] = True
    if marks - {"~"} and "circa" in date:
        date["edtf"] = text
    return date


def date_from_bibtex(year: str, month: str, day: str) -> tuple[CslDate | None, bool]:
    """A date from BibTeX's fields `year`, `month` and `day`, and whether all of it was read.

    The year may be any text; the month a word, a number, a season, a range of these, or hold the day.
    """
    if not year:
        return None, not (month or day)
    if not re.fullmatch(r"-?\d{1,4}", year, re.ASCII):
        return date_from_edtf(year) or {"raw": year}, not (month or day)
    ends = [_parse_month(end) for end in _RANGE.split(month)] if month else []
    if len(ends) == 2 and ends[1][1:] and len(ends[0]) == 1 and month[0].isdigit():
        ends[0] = [ends[1][0], ends[0][0]]  # 2-5 June
    ends = [end if len(end) != 1 or not day.isdecimal() else [*end, int(day)] for end in ends]
    parts = [[int(year), *end] for end in ends] or [[int(year)]]
    if len(parts) > 2 or not all(_is_possible_date(part) for part in parts) or any(not end for end in ends):
        return {"date-parts": [[int(year)]]}, False
    return _canonical_date(parts), not day or len(parts[0]) == 3


def date_to_edtf(date: CslDate) -> str:
    """A date in EDTF, or in its own words."""
    if "edtf" in date:
        return str(date["edtf"])
    if "date-parts" not in date:
        return str(date.get("raw", ""))
    season = date.get("season")
    mark = "~" if date.get("circa") else ""
    parts = date["date-parts"]
    if len(parts) == 1 and len(parts[0]) == 1 and isinstance(season, int):
        parts = [[parts[0][0], 20 + season]]
    return "/".join(f"{_format_date_parts(part)}{mark}" for part in parts)


def _format_date_parts(part: list[int]) -> str:
    year, *rest = part
    return "-".join([f"{'-' if year < 0 else ''}{abs(year):04}", *(f"{number:02}" for number in rest)])


def _canonical_date(parts: list[list[int]]) -> CslDate:
    """One or two dates with their seasons as the one form has them."""
    if len(parts) == 1 and len(parts[0]) == 2 and parts[0][1] > 12:
        return {"date-parts": [parts[0][:1]], "season": _season_of_month(parts[0][1])}
    return {"date-parts": [[p[0], *(20 + _season_of_month(m) if m > 12 else m for m in p[1:2]), *p[2:]] for p in parts]}


def _season_of_month(month: int) -> int:
    return (month - 12) if month < 20 else month - 20


def _is_possible_date(part: list[int]) -> bool:
    """Whether there is such a year, month or season, and day."""
    year, month, day = (*part, 1, 1)[:3] if len(part) < 3 else part
    if abs(year) > 9999 or not 1 <= len(part) <= 3:
        return False
    if len(part) == 2 and (13 <= month <= 16 or 21 <= month <= 24):
        return True
    # The calendar of the module knows no year 0 and none before it; every fourth of them is a leap year, too.
    equivalent_year = year if calendar_date.min.year <= year else 2000 + year % 4
    return 1 <= month <= 12 and 1 <= day <= monthrange(equivalent_year, month)[1]


def _date_from_parts(value: Any) -> tuple[CslDate | None, list[str]]:
    """`date-parts` in the one form; words where they are no date, None where they are empty."""
    if value is None or not isinstance(value, list):
        return None, [] if value is None else ["is no date: left out"]
    part_lists = [part if isinstance(part, list) else [part] for part in value]
    filled = [_strip_empty_parts(part) for part in part_lists]
    try:
        parts = [[_whole_number(number) for number in part] for part in filled if part]
    except (TypeError, ValueError):
        parts = []
    if not any(filled):
        return None, ["holds no date"]
    if not 1 <= len(parts) <= 2 or not all(_is_possible_date(part) for part in parts):
        words = "/".join("-".join(clean_text(str(number)) for number in part) for part in filled if part)
        return {"raw": words}, [f"is no date of the calendar and kept in words ({words[:40]})"]
    return _canonical_date(parts), ["has one end only, and is read as that day or year"] if len(parts) < len(
        part_lists
    ) else []


def _strip_empty_parts(part: list[Any]) -> list[Any]:
    """The numbers of a date without those left empty at its end; a month or day of 0 is empty."""
    numbers = list(part)
    while numbers and (numbers[-1] in (None, "") or (len(numbers) > 1 and numbers[-1] in (0, "0", "00"))):
        numbers.pop()
    return numbers


def _whole_number(number: Any) -> int:
    if isinstance(number, bool) or (isinstance(number, float) and not number.is_integer()):
        raise ValueError
    return int(number)


def _season_field(date: CslDate, value: Any, remarks: list[str]) -> CslDate:
    """The season to be added to a date; what cannot be added is said."""
    if value in (None, "") or "season" in date:
        return {}
    if len(date["date-parts"]) > 1 or len(date["date-parts"][0]) > 1:
        remarks.append(f"has a season ({clean_text(str(value))[:40]}) besides its months: left out")
        return {}
    word = clean_text(str(value)).strip()
    number = SEASONS.get(word.casefold()) or (int(word) if word.isdecimal() and word.isascii() and len(word) < 3 else 0)
    number = number if number <= 4 else _season_of_month(number) if 13 <= number <= 16 or 21 <= number <= 24 else 0
    return {"season": number or word}


def _is_true(value: Any) -> bool:
    return bool(value) and str(value).strip().casefold() not in ("", "0", "false", "no")


def _parse_month(text: str) -> list[int]:
    """The month, and perhaps the day, that a text names; nothing where it names none."""
    if re.fullmatch(r"\d{1,2}", text, re.ASCII):
        return [int(text)]
    match = _DAY_MONTH.fullmatch(text)
    if not match:
        return []
    day_before, word, day_after = match.groups()
    if season := SEASONS.get(word.casefold()):
        return [20 + season]
    if word[:3].casefold() not in MONTHS:
        return []
    day = day_before or day_after
    return [MONTHS.index(word[:3].casefold()) + 1, *([int(day)] if day else [])]
