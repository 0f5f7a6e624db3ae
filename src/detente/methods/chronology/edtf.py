"""Dates as historians know them: imprecise, approximate, open at an end.

A subset of the Extended Date/Time Format (Library of Congress, 2019; ISO 8601-2): level 0 dates and
intervals, and of level 1 the qualifiers `?` `~` `%`, seasons `21` to `24`, unspecified digits
(`199X`, `19XX`, `2004-XX`) and open or unknown ends of an interval (`2006/..`, `2006/`).

EDTF does not say how far an approximate or uncertain date may be off. Here it may be off by so many of its own units
(`ABOUT`, unless said): years for `1993~`, months for `1993-05~`, days, seasons, decades for
`199X~`; by twice as many where it is both (`%`). For years, decades and centuries these are the defaults of python-edtf
5.0.2 (its padding constants); for months and days that adds a year and a month, which is wider.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)", re.ASCII)
# Northern seasons; winter is the one that begins in the named year. EDTF itself leaves the months open.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_QUALIFIERS = {"": 0, "~": 1, "?": 1, "%": 2}
"""How many times its width a date may be off, by its qualifier."""
_MONTHS_A_SEASON = 3
ABOUT = 1
"""By how many of its own units an approximate or uncertain date may be off, unless the case says otherwise."""
MOST_ABOUT = 100
Membership = Literal["yes", "no", "maybe"]


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or interval in EDTF, with the days it could begin and end on.

    `begins` and `ends` are (earliest, latest) days, those that an approximate date may mean included. An open end
    stands as `date.min` or `date.max`, an end that is not known as the whole range. A single date begins and ends
    within itself.
    """

    text: str
    begins: tuple[date, date]
    ends: tuple[date, date]

    @classmethod
    def parse(cls, text: str, about: int = ABOUT) -> Edtf:
        """Reads EDTF text.

        Args:
            text: The date or interval.
            about: By how many of its own units a date with `~`, `?` or (twice that) `%` may be off.

        Raises:
            ValueError: With the reason, where it is no date.
        """
        return _parse(text, about)

    @property
    def first(self) -> date:
        """The earliest day it may touch."""
        return self.begins[0]

    @property
    def last(self) -> date:
        """The latest day it may touch."""
        return self.ends[1]

    @property
    def approximate(self) -> bool:
        """Whether any of it is approximate or uncertain."""
        return not {"~", "?", "%"}.isdisjoint(self.text)

    @property
    def stated(self) -> Edtf:
        """The date taken at its word, as if nothing of it were approximate: to name and to order it, not to compare."""
        return _parse(self.text, 0)

    def covers(self, first: date, last: date | None = None) -> Membership:
        """Whether an interval of this date covers a day, or every day from a first to a last.

        `maybe` where its precision leaves that open, or where it covers only some of the days.
        """
        last = last or first
        if last < self.begins[0] or first > self.ends[1]:
            return "no"
        return "yes" if self.begins[1] <= first and last <= self.ends[0] else "maybe"

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def _parse(text: str, about: int) -> Edtf:
    if "/" not in text:
        span = _span(text, text, about)
        return Edtf(text, span, span)
    left, _, right = text.partition("/")
    if left in ("", "..") and right in ("", ".."):
        raise ValueError(f"'{text}' has neither a beginning nor an end")
    if about:
        _parse(text, 0)  # an end before its beginning is a mistake even where both are approximate
    begins = (date.min, date.min) if left == ".." else None if left == "" else _span(left, text, about)
    ends = (date.max, date.max) if right == ".." else None if right == "" else _span(right, text, about)
    if begins and ends and begins[0] > ends[1]:
        raise ValueError(f"'{text}' ends before it begins")
    return Edtf(text, begins or (date.min, ends[1]), ends or (begins[0], date.max))  # type: ignore[index]


def _span(part: str, whole: str, about: int) -> tuple[date, date]:
    """The earliest and latest day of one date without a slash."""
    match = _DATE.fullmatch(part)
    if not match:
        raise ValueError(f"'{whole}' is no date")
    year, month, day, qualifier = match.groups()
    off = about * _QUALIFIERS[qualifier]
    if "X" in year:
        if month:
            raise ValueError(f"'{whole}' gives a month to a year that is not specified")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return _months(12 * low, 12 * high + 11, 12 * off * (high - low + 1), whole)
    first = 12 * int(year)
    if month in (None, "XX"):
        if day and day != "XX":
            raise ValueError(f"'{whole}' gives a day to a month that is not specified")
        return _months(first, first + 11, 12 * off, whole)
    m = int(month)
    if m in _SEASONS and not day:
        low, high = _SEASONS[m]
        return _months(first + low - 1, first + high - 1, _MONTHS_A_SEASON * off, whole)
    if not 1 <= m <= 12:
        raise ValueError(f"'{whole}' is no date: there is no month {month}")
    if day in (None, "XX"):
        return _months(first + m - 1, first + m - 1, off, whole)
    return _days(int(year), m, int(day), off, whole)


def _days(year: int, month: int, day: int, off: int, whole: str) -> tuple[date, date]:
    """A day and so many more on both sides."""
    try:
        exact = date(year, month, day)
    except ValueError:
        raise ValueError(f"'{whole}' is no date: there is no day {day} in that month") from None
    try:
        return exact - timedelta(off), exact + timedelta(off)
    except OverflowError:
        raise ValueError(_outside(whole)) from None


def _months(first: int, last: int, off: int, whole: str) -> tuple[date, date]:
    """From one month, counted from January of year 0, to another, and so many more on both sides."""
    (y1, m1), (y2, m2) = divmod(first - off, 12), divmod(last + off, 12)
    try:
        return date(y1, m1 + 1, 1), date(y2, m2 + 1, monthrange(y2, m2 + 1)[1])
    except ValueError:
        raise ValueError(_outside(whole)) from None


def _outside(whole: str) -> str:
    return f"'{whole}' is outside the years 1 to 9999"
