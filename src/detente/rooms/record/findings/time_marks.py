"""Dates as marks of a timeline: a point where the time is known to the month, else a line over all its days."""

from __future__ import annotations

from calendar import isleap
from datetime import date

from detente.methods.chronology.edtf import Edtf
from detente.results.pictures import TimeKind, TimeMark

LONGEST_POINT_DAYS = 31
"""Days that a time may have to be shown as a point: one that is known to the month."""


def possible_days(when: Edtf) -> tuple[date, date]:
    """The first and the last day that a date may mean; those of its known end, where the other is open."""
    if when.first_day == date.min:
        return when.end_range
    return when.begin_range if when.last_day == date.max else (when.first_day, when.last_day)


def decimal_year(day: date) -> float:
    """A day as a decimal year: pictures need no time zones."""
    return round(day.year + (day - date(day.year, 1, 1)).days / (366 if isleap(day.year) else 365), 4)


def time_mark(when: Edtf, kind: TimeKind, side: int | None, label: str = "") -> TimeMark:
    """What happened at a date: at the middle of a month that is known, else over all the days it may have been."""
    return days_mark(possible_days(when), kind, side, label)


def days_mark(days: tuple[date, date], kind: TimeKind, side: int | None, label: str = "") -> TimeMark:
    """The same from the first and the last of the days."""
    first, last = days
    if (last - first).days < LONGEST_POINT_DAYS:
        middle = decimal_year(first + (last - first) / 2)
        return TimeMark(middle, middle, kind, side, label)
    return TimeMark(decimal_year(first), decimal_year(last), kind, side, label)
