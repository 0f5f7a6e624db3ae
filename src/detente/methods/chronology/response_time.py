"""How long an offer waited for its answer, as precisely as the dates allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from detente.methods.chronology.edtf import Edtf

DAYS_A_MONTH = 30.4375
"""A year of 365.25 days in twelve."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The shortest and the longest that the dates allow, in months; never below nothing."""

    least: float
    most: float


def wait(offered: Edtf, answered: Edtf, silences: Iterable[Edtf] = ()) -> Wait | None:
    """The wait between an offer and an answer; None where an end is open.

    An answer cannot have come before a silence on the same offer was surely over.
    """
    if answered.last == date.max or offered.first == date.min:
        return None
    # A silence is surely over only after the earliest day it may have ended on.
    earliest = max([answered.first, *(silence.ends[0] for silence in silences if silence.ends[0] <= answered.last)])
    least = (earliest - offered.last).days / DAYS_A_MONTH
    most = (answered.last - offered.first).days / DAYS_A_MONTH
    return Wait(max(0.0, least), max(0.0, most))


def first_of(dates: Sequence[Edtf]) -> Edtf:
    """The date of what came first of several: of vague dates any may be the first."""
    span = min(when.first for when in dates), min(when.last for when in dates)
    return Edtf(" or ".join(when.text for when in dates), span, span)
