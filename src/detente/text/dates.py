"""Dates, periods and spans of time in words."""

from __future__ import annotations

import re
from datetime import date

from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.response_time import WaitingTime

_SEASON_NAMES = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_SEASON_PATTERN = re.compile(r"(\d{4})-(2[1-4])(?!\d)", re.ASCII)
APPROXIMATE_DATES_NOTE = (
    "An approximate or uncertain date may be off by one of its own units (years for 1993~), or by as many as the case "
    "says under about; by twice as many where it is both."
)
"""What a method says of approximate dates."""


def format_date(edtf_date: Edtf) -> str:
    """The text of a date as a reader sees it: seasons in words."""
    return name_seasons(edtf_date.text)


def name_seasons(edtf_text: str) -> str:
    """A date as EDTF writes it, with its seasons in words: `autumn 2005` for `2005-23`."""
    return _SEASON_PATTERN.sub(lambda season: f"{_SEASON_NAMES[int(season[2])]} {season[1]}", edtf_text)


def format_months(wait: WaitingTime) -> str:
    """`3 months`, `3 to 5 months`."""
    low, high = round(wait.shortest_months), round(wait.longest_months)
    return f"{low} months" if low == high else f"{low} to {high} months"


def format_period(edtf_date: Edtf) -> str:
    """`1993 to 2013`, `1993`, `from 1993`, `until 2013`."""
    nominal = edtf_date.as_stated
    first_year, last_year = nominal.first_day.year, nominal.last_day.year
    if nominal.last_day == date.max:
        return f"from {first_year}"
    return (
        f"until {last_year}"
        if nominal.first_day == date.min
        else f"{first_year} to {last_year}"
        if first_year != last_year
        else str(first_year)
    )
