"""Dates as historians know them: imprecise, approximate, open at an end.

A subset of the Extended Date/Time Format (Library of Congress, 2019; ISO 8601-2): level 0 dates and
intervals, and of level 1 the qualifiers `?` `~` `%`, seasons `21` to `24`, unspecified digits
(`199X`, `19XX`, `2004-XX`) and open or unknown ends of an interval (`2006/..`, `2006/`).

EDTF does not say how far an approximate or uncertain date may be off. Here it may be off by so many of its own units
(`DEFAULT_TOLERANCE`, unless said): years for `1993~`, months for `1993-05~`, days, seasons, decades for
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

_DATE_PATTERN = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)", re.ASCII)
# Northern seasons; winter is the one that begins in the named year. EDTF itself leaves the months open.
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_QUALIFIER_FACTORS = {"": 0, "~": 1, "?": 1, "%": 2}
"""How many times its width a date may be off, by its qualifier."""
_MONTHS_PER_SEASON = 3
DEFAULT_TOLERANCE = 1
"""By how many of its own units an approximate or uncertain date may be off, unless the case says otherwise."""
MAX_TOLERANCE = 100
YesNoMaybe = Literal["yes", "no", "maybe"]


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or interval in EDTF, with the days it could begin and end on.

    `begin_range` and `end_range` are (earliest, latest) days, those that an approximate date may mean included. An open
    end stands as `date.min` or `date.max`, an end that is not known as the whole range. A single date begins and ends
    within itself.

    Example:
        >>> from datetime import date
        >>> from detente.methods.chronology.edtf import Edtf
        >>> when = Edtf.parse("2004-06/2005")
        >>> when.begin_range[0].isoformat(), when.last_day.isoformat(), when.covers(date(2005, 3, 1))
        ('2004-06-01', '2005-12-31', 'maybe')
        >>> Edtf.parse("1993~").first_day.isoformat()  # about 1993: a year more on either side
        '1992-01-01'
    """

    text: str
    begin_range: tuple[date, date]
    end_range: tuple[date, date]

    @classmethod
    def parse(cls, text: str, tolerance: int = DEFAULT_TOLERANCE) -> Edtf:
        """Reads EDTF text.

        Args:
            text: The date or interval.
            tolerance: By how many of its own units a date with `~`, `?` or (twice that) `%` may be off.

        Raises:
            ValueError: With the reason, where it is no date.
        """
        return _parse(text, tolerance)

    @property
    def first_day(self) -> date:
        """The earliest day it may touch."""
        return self.begin_range[0]

    @property
    def last_day(self) -> date:
        """The latest day it may touch."""
        return self.end_range[1]

    @property
    def approximate(self) -> bool:
        """Whether any of it is approximate or uncertain."""
        return not {"~", "?", "%"}.isdisjoint(self.text)

    @property
    def as_stated(self) -> Edtf:
        """The date taken at its word, as if nothing of it were approximate: to name and to order it, not to compare."""
        return _parse(self.text, 0)

    def covers(self, first_day: date, last_day: date | None = None) -> YesNoMaybe:
        """Whether an interval of this date covers a day, or every day from a first to a last.

        `maybe` where its precision leaves that open, or where it covers only some of the days.
        """
        last_day = last_day or first_day
        if last_day < self.begin_range[0] or first_day > self.end_range[1]:
            return "no"
        return "yes" if self.begin_range[1] <= first_day and last_day <= self.end_range[0] else "maybe"

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def _parse(text: str, tolerance: int) -> Edtf:
    if "/" not in text:
        day_range = _date_range(text, text, tolerance)
        return Edtf(text, day_range, day_range)
    begin_text, _, end_text = text.partition("/")
    if begin_text in ("", "..") and end_text in ("", ".."):
        raise ValueError(f"'{text}' has neither a beginning nor an end")
    if tolerance:
        _parse(text, 0)  # an end before its beginning is a mistake even where both are approximate
    begin_range = (
        (date.min, date.min)
        if begin_text == ".."
        else None
        if begin_text == ""
        else _date_range(begin_text, text, tolerance)
    )
    end_range = (
        (date.max, date.max) if end_text == ".." else None if end_text == "" else _date_range(end_text, text, tolerance)
    )
    if begin_range and end_range and begin_range[0] > end_range[1]:
        raise ValueError(f"'{text}' ends before it begins")
    whole = (begin_range or (date.min, end_range[1]), end_range or (begin_range[0], date.max))  # type: ignore[index]
    return Edtf(text, *whole)


def _date_range(date_text: str, full_text: str, tolerance: int) -> tuple[date, date]:
    """The earliest and latest day of one date without a slash."""
    match = _DATE_PATTERN.fullmatch(date_text)
    if not match:
        raise ValueError(f"'{full_text}' is no date")
    year, month, day, qualifier = match.groups()
    slack = tolerance * _QUALIFIER_FACTORS[qualifier]
    if "X" in year:
        if month:
            raise ValueError(f"'{full_text}' gives a month to a year that is not specified")
        lowest, highest = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return _widen_months(12 * lowest, 12 * highest + 11, 12 * slack * (highest - lowest + 1), full_text)
    january = 12 * int(year)
    if month in (None, "XX"):
        if day and day != "XX":
            raise ValueError(f"'{full_text}' gives a day to a month that is not specified")
        return _widen_months(january, january + 11, 12 * slack, full_text)
    month_number = int(month)
    if month_number in _SEASON_MONTHS and not day:
        lowest, highest = _SEASON_MONTHS[month_number]
        return _widen_months(january + lowest - 1, january + highest - 1, _MONTHS_PER_SEASON * slack, full_text)
    if not 1 <= month_number <= 12:
        raise ValueError(f"'{full_text}' is no date: there is no month {month}")
    if day in (None, "XX"):
        return _widen_months(january + month_number - 1, january + month_number - 1, slack, full_text)
    return _widen_day(int(year), month_number, int(day), slack, full_text)


def _widen_day(year: int, month: int, day: int, slack: int, full_text: str) -> tuple[date, date]:
    """A day and so many more on both sides."""
    try:
        nominal_day = date(year, month, day)
    except ValueError:
        raise ValueError(f"'{full_text}' is no date: there is no day {day} in that month") from None
    try:
        return nominal_day - timedelta(slack), nominal_day + timedelta(slack)
    except OverflowError:
        raise ValueError(_out_of_range_message(full_text)) from None


def _widen_months(first_month: int, last_month: int, slack: int, full_text: str) -> tuple[date, date]:
    """From one month, counted from January of year 0, to another, and so many more on both sides."""
    (y1, m1), (y2, m2) = divmod(first_month - slack, 12), divmod(last_month + slack, 12)
    try:
        return date(y1, m1 + 1, 1), date(y2, m2 + 1, monthrange(y2, m2 + 1)[1])
    except ValueError:
        raise ValueError(_out_of_range_message(full_text)) from None


def _out_of_range_message(full_text: str) -> str:
    return f"'{full_text}' is outside the years 1 to 9999"
