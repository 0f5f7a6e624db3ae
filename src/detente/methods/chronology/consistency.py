"""Whether what sources say agrees: sums, spans of time, counts, values, dates. Three-valued, with what was computed.

Undetermined means that dates or memberships are too imprecise to tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.response_time import WaitingTime, response_time

Agreement = Literal["contradicted", "consistent", "undetermined"]


@dataclass(frozen=True, slots=True)
class SharesSum:
    """Shares added up, beside the total that is stated."""

    agreement: Agreement
    shares: int
    """How many shares were added."""
    computed: float
    stated: float


@dataclass(frozen=True, slots=True)
class ElapsedTime:
    """The time between two dates, beside the months that it is said to exceed."""

    agreement: Agreement
    since: Edtf
    to: Edtf
    elapsed: WaitingTime | None
    """None where an end is open."""
    months: float


@dataclass(frozen=True, slots=True)
class MemberCount:
    """A stated number of members, beside those that are certain and those in doubt."""

    agreement: Agreement
    stated: int
    certain: int
    uncertain: int


@dataclass(frozen=True, slots=True)
class SameValues:
    """Values, or dates, of several sources side by side."""

    agreement: Agreement
    values: tuple[object, ...]
    """Lists in alphabetical order, as text."""


def compare_shares_sum(shares: Sequence[float], uncertain: int, total: float) -> SharesSum:
    """Whether shares add up to their total.

    Args:
        shares: One share for each certain member.
        uncertain: How many more members there may be, whose shares are not counted.
        total: What they should add up to.

    Example:
        >>> from detente.methods.chronology.consistency import compare_shares_sum
        >>> compare_shares_sum([0.5, 0.25], uncertain=1, total=1.0).agreement
        'undetermined'
    """
    computed = math.fsum(shares)
    if math.isclose(computed, total):
        return SharesSum("consistent", len(shares), computed, total)
    agreement: Agreement = "undetermined" if uncertain and computed < total else "contradicted"
    return SharesSum(agreement, len(shares), computed, total)


def compare_elapsed_time(since: Edtf, to: Edtf, months: float) -> ElapsedTime:
    """Whether more than so many months can lie between two dates.

    Example:
        >>> from detente.methods.chronology.consistency import compare_elapsed_time
        >>> from detente.methods.chronology.edtf import Edtf
        >>> compare_elapsed_time(Edtf.parse("2001"), Edtf.parse("2003"), months=40).agreement  # from 12 to 36
        'contradicted'
    """
    elapsed = response_time(since, to)
    agreement: Agreement = "undetermined"
    if elapsed is not None and elapsed.longest_months <= months:
        agreement = "contradicted"
    elif elapsed is not None and elapsed.shortest_months > months:
        agreement = "consistent"
    return ElapsedTime(agreement, since, to, elapsed, months)


def compare_member_count(stated: int, certain: int, uncertain: int) -> MemberCount:
    """Whether a stated number can be the number of members.

    Example:
        >>> from detente.methods.chronology.consistency import compare_member_count
        >>> compare_member_count(stated=28, certain=26, uncertain=1).agreement
        'contradicted'
    """
    agreement: Agreement = "contradicted"
    if certain <= stated <= certain + uncertain:
        agreement = "undetermined" if uncertain else "consistent"
    return MemberCount(agreement, stated, certain, uncertain)


def compare_values(values: Sequence[object]) -> SameValues:
    """Whether values are all the same; lists are compared without regard to order.

    Example:
        >>> from detente.methods.chronology.consistency import compare_values
        >>> compare_values([["b", "a"], ["a", "b"]]).agreement, compare_values([1, 2]).agreement
        ('consistent', 'contradicted')
    """
    plain = tuple(tuple(sorted(map(str, v))) if isinstance(v, list) else v for v in values)
    return SameValues("consistent" if all(v == plain[0] for v in plain) else "contradicted", plain)


def compare_dates(dates: Sequence[Edtf]) -> SameValues:
    """Whether dates can be the same: they can if they share a day.

    Example:
        >>> from detente.methods.chronology.consistency import compare_dates
        >>> from detente.methods.chronology.edtf import Edtf
        >>> compare_dates([Edtf.parse("2004"), Edtf.parse("2004-06")]).agreement
        'undetermined'
        >>> compare_dates([Edtf.parse("2003"), Edtf.parse("2004-06")]).agreement
        'contradicted'
    """
    agreement: Agreement = "consistent" if len({d.text for d in dates}) == 1 else "undetermined"
    if max(d.first_day for d in dates) > min(d.last_day for d in dates):
        agreement = "contradicted"
    return SameValues(agreement, tuple(dates))
