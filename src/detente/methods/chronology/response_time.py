"""How long an offer waited for its answer, as precisely as the dates allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from detente.methods.chronology.edtf import Edtf

DAYS_PER_MONTH = 30.4375
"""A year of 365.25 days in twelve."""


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """The shortest and the longest that the dates allow, in months; never below nothing."""

    shortest_months: float
    longest_months: float


def response_time(offer_date: Edtf, answer_date: Edtf, silences: Iterable[Edtf] = ()) -> WaitingTime | None:
    """The wait between an offer and an answer; None where an end is open.

    An answer cannot have come before a silence on the same offer was surely over.

    Example:
        >>> from detente.methods.chronology.edtf import Edtf
        >>> from detente.methods.chronology.response_time import response_time
        >>> wait = response_time(Edtf.parse("2004-07"), Edtf.parse("2005-01"))
        >>> round(wait.shortest_months, 1), round(wait.longest_months, 1)
        (5.1, 7.0)
    """
    if answer_date.last_day == date.max or offer_date.first_day == date.min:
        return None
    # A silence is surely over only after the earliest day it may have ended on.
    earliest_answer = max(
        [
            answer_date.first_day,
            *(silence.end_range[0] for silence in silences if silence.end_range[0] <= answer_date.last_day),
        ]
    )
    shortest = (earliest_answer - offer_date.last_day).days / DAYS_PER_MONTH
    longest = (answer_date.last_day - offer_date.first_day).days / DAYS_PER_MONTH
    return WaitingTime(max(0.0, shortest), max(0.0, longest))


def earliest_date(dates: Sequence[Edtf]) -> Edtf:
    """The date of what came first of several: of vague dates any may be the first.

    Example:
        >>> from detente.methods.chronology.edtf import Edtf
        >>> from detente.methods.chronology.response_time import earliest_date
        >>> first = earliest_date([Edtf.parse("2004"), Edtf.parse("2004-03")])
        >>> first.text, first.first_day.isoformat(), first.last_day.isoformat()
        ('2004 or 2004-03', '2004-01-01', '2004-03-31')
    """
    day_range = min(when.first_day for when in dates), min(when.last_day for when in dates)
    return Edtf(" or ".join(when.text for when in dates), day_range, day_range)
