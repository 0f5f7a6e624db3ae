"""Dates as historians know them: imprecise, approximate, open at an end.

A subset of the Extended Date/Time Format (Library of Congress, 2019; ISO 8601-2): level 0 dates and
intervals, and of level 1 the qualifiers `?` `~` `%`, seasons `21` to `24`, unspecified digits
(`199X`, `19XX`, `2004-XX`) and open or unknown ends of an interval (`2006/..`, `2006/`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

SYNTAX = "EDTF, e.g. 2006, 2006-08, 1403-05/1403-09, 1993~ or 2006/.."
_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)", re.ASCII)
# Northern seasons; winter is the one that begins in the named year. EDTF itself leaves the months open.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_SEASON_NAMES = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_SEASON = re.compile(r"(\d{4})-(2[1-4])(?!\d)", re.ASCII)
Membership = Literal["yes", "no", "maybe"]


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or interval in EDTF, with the days it could begin and end on.

    `begins` and `ends` are (earliest, latest) days. An open end stands as `date.min` or `date.max`,
    an end that is not known as the whole range. A single date begins and ends within itself.
    """

    text: str
    begins: tuple[date, date]
    ends: tuple[date, date]

    @classmethod
    def parse(cls, text: str) -> Edtf:
        """Reads EDTF text; ValueError with the reason when it is none."""
        return _parse(text)

    @property
    def shown(self) -> str:
        """The text as a reader sees it: seasons in words."""
        return _SEASON.sub(lambda m: f"{_SEASON_NAMES[int(m[2])]} {m[1]}", self.text)

    @property
    def first(self) -> date:
        """The earliest day it may touch."""
        return self.begins[0]

    @property
    def last(self) -> date:
        """The latest day it may touch."""
        return self.ends[1]

    def covers(self, day: date) -> Membership:
        """Whether an interval of this date covers a day: `maybe` where its precision leaves it open."""
        if day < self.begins[0] or day > self.ends[1]:
            return "no"
        return "yes" if self.begins[1] <= day <= self.ends[0] else "maybe"

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _from_yaml, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        year = {"type": "integer", "minimum": 0, "maximum": 9999}
        return {"anyOf": [{"type": "string", "examples": ["2006-08", "1993~", "2006/.."]}, year]}


def _from_yaml(value: object) -> Edtf:
    if isinstance(value, Edtf):
        return value
    # A bare year is a number to YAML, and 0476 has lost its zero.
    text = f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise PydanticCustomError("edtf", "this is no date", {"remedy": SYNTAX})
    try:
        return _parse(text)
    except ValueError as error:
        raise PydanticCustomError("edtf", "{why}", {"why": str(error), "remedy": SYNTAX}) from None


@lru_cache(maxsize=4096)
def _parse(text: str) -> Edtf:
    if "/" not in text:
        span = _span(text, text)
        return Edtf(text, span, span)
    left, _, right = text.partition("/")
    if left in ("", "..") and right in ("", ".."):
        raise ValueError(f"'{text}' has neither a beginning nor an end")
    begins = (date.min, date.min) if left == ".." else None if left == "" else _span(left, text)
    ends = (date.max, date.max) if right == ".." else None if right == "" else _span(right, text)
    if begins and ends and begins[0] > ends[1]:
        raise ValueError(f"'{text}' ends before it begins")
    return Edtf(text, begins or (date.min, ends[1]), ends or (begins[0], date.max))  # type: ignore[index]


def _span(part: str, whole: str) -> tuple[date, date]:
    """The earliest and latest day of one date without a slash."""
    match = _DATE.fullmatch(part)
    if not match:
        raise ValueError(f"'{whole}' is no date")
    year, month, day, _ = match.groups()
    if "X" in year:
        if month:
            raise ValueError(f"'{whole}' gives a month to a year that is not specified")
        return _within(int(year.replace("X", "0")), 1, int(year.replace("X", "9")), 12, whole)
    y = int(year)
    if month in (None, "XX"):
        if day and day != "XX":
            raise ValueError(f"'{whole}' gives a day to a month that is not specified")
        return _within(y, 1, y, 12, whole)
    m = int(month)
    if m in _SEASONS and not day:
        low, high = _SEASONS[m]
        return _within(y, low, y + high // 13, high - 12 * (high // 13), whole)
    if not 1 <= m <= 12:
        raise ValueError(f"'{whole}' is no date: there is no month {month}")
    if day in (None, "XX"):
        return _within(y, m, y, m, whole)
    try:
        exact = date(y, m, int(day))
    except ValueError:
        raise ValueError(f"'{whole}' is no date: there is no day {day} in that month") from None
    return exact, exact


def _within(y1: int, m1: int, y2: int, m2: int, whole: str) -> tuple[date, date]:
    try:
        return date(y1, m1, 1), date(y2, m2, monthrange(y2, m2)[1])
    except ValueError:
        raise ValueError(f"'{whole}' is outside the years 1 to 9999") from None
