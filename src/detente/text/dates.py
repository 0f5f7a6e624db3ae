"""Dates, periods and spans of time in words."""

from __future__ import annotations

import re
from datetime import date

from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.response_time import Wait

_SEASON_NAMES = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_SEASON = re.compile(r"(\d{4})-(2[1-4])(?!\d)", re.ASCII)
HOW_FAR = (
    "An approximate or uncertain date may be off by one of its own units (years for 1993~), or by as many as the case "
    "says under about; by twice as many where it is both."
)
"""What a method says of approximate dates."""


def format_date(when: Edtf) -> str:
    """The text of a date as a reader sees it: seasons in words."""
    return _SEASON.sub(lambda season: f"{_SEASON_NAMES[int(season[2])]} {season[1]}", when.text)


def format_months(wait: Wait) -> str:
    """`3 months`, `3 to 5 months`."""
    low, high = round(wait.least), round(wait.most)
    return f"{low} months" if low == high else f"{low} to {high} months"


def period(when: Edtf) -> str:
    """`1993 to 2013`, `1993`, `from 1993`, `until 2013`."""
    stated = when.stated
    first, last = stated.first.year, stated.last.year
    if stated.last == date.max:
        return f"from {first}"
    return f"until {last}" if stated.first == date.min else f"{first} to {last}" if first != last else str(first)
