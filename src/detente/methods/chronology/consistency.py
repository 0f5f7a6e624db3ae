"""Whether what the sources say agrees: sums, spans of time, counts, values. Three-valued, with a reason."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.case.schema.edtf import Edtf
from detente.methods.chronology.response_time import wait
from detente.text.english import number

Agreement = Literal["contradicted", "consistent", "undetermined"]


@dataclass(frozen=True, slots=True)
class Result:
    """Whether it agrees, and what was computed."""

    agreement: Agreement
    because: str


def shares_add_up(shares: Sequence[float], uncertain: int, total: float) -> Result:
    """Whether shares add up to their total.

    Args:
        shares: One share for each certain member.
        uncertain: How many more members there may be, whose shares are not counted.
        total: What they should add up to.
    """
    found = math.fsum(shares)
    words = f"{len(shares)} shares add up to {number(found)}, not {number(total)}"
    if math.isclose(found, total):
        return Result("consistent", f"{len(shares)} shares add up to {number(total)}")
    return Result("undetermined" if uncertain and found < total else "contradicted", words)


def more_than_elapsed(since: Edtf, to: Edtf, months: float) -> Result:
    """Whether more than so many months can lie between two dates."""
    found = wait(since, to)
    if found is None:
        return Result("undetermined", "one of the dates is open")
    words = f"between {since} and {to} lie {found}"
    if found.most <= months:
        return Result("contradicted", f"{words}, not more than {number(months)}")
    if found.least > months:
        return Result("consistent", f"{words}, which is more than {number(months)}")
    return Result("undetermined", f"{words}; whether more than {number(months)} cannot be told")


def counts(stated: int, certain: int, uncertain: int) -> Result:
    """Whether a stated number can be the number of members."""
    words = f"{stated} stated, {certain} certain" + (f" and {uncertain} in doubt" if uncertain else "")
    if certain <= stated <= certain + uncertain:
        return Result("undetermined" if uncertain else "consistent", words)
    return Result("contradicted", words)


def values_agree(values: Sequence[object]) -> Result:
    """Whether values are all the same; lists are compared without regard to order."""
    plain = [sorted(map(str, v)) if isinstance(v, list) else v for v in values]
    shown = " against ".join(", ".join(map(str, v)) if isinstance(v, list) else str(v) for v in plain)
    return Result("consistent" if all(v == plain[0] for v in plain) else "contradicted", shown)


def dates_agree(dates: Sequence[Edtf]) -> Result:
    """Whether dates can be the same: they can if they share a day."""
    shown = " against ".join(map(str, dates))
    if max(d.first for d in dates) > min(d.last for d in dates):
        return Result("contradicted", shown)
    return Result("consistent" if len({d.text for d in dates}) == 1 else "undetermined", shown)
