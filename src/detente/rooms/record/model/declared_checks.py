"""The checks that a case declares of what its sources say, computed from the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.case.schema.document_conclusions import ContradictionCheck
from detente.methods.chronology.consistency import (
    ElapsedTime,
    MemberCount,
    SameValues,
    SharesSum,
    compare_dates,
    compare_elapsed_time,
    compare_member_count,
    compare_shares_sum,
    compare_values,
)
from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.membership_spells import members_throughout
from detente.rooms.record.model.spells import membership_spells


@dataclass(frozen=True, slots=True)
class NotComparable:
    """A check that cannot be computed, and which of its values is missing."""

    missing: Literal["share", "date", "count"]
    agreement: Literal["undetermined"] = "undetermined"


CheckResult = SharesSum | ElapsedTime | MemberCount | SameValues | NotComparable


def run_check(case: Case, check: ContradictionCheck) -> CheckResult:
    """What a check finds in the case."""
    if check.shares:
        return _shares_sum(case, check)
    if check.elapsed:
        since, to = (_date_of_record(case, id) for id in (check.elapsed.since, check.elapsed.to))
        if since is None or to is None:
            return NotComparable("date")
        return compare_elapsed_time(since, to, check.elapsed.more_than)
    if check.count:
        certain, uncertain = members_throughout(membership_spells(case.organisations[check.count.of]), check.count.on)
        stated = case.facts[check.count.stated].value
        number = len(stated) if isinstance(stated, list) else stated
        if not isinstance(number, int):
            return NotComparable("count")
        return compare_member_count(number, len(certain), len(uncertain))
    return _same_values(case, check.agree.entries if check.agree else [])


def _shares_sum(case: Case, check: ContradictionCheck) -> CheckResult:
    assert check.shares is not None
    declared = check.shares
    certain, uncertain = members_throughout(membership_spells(case.organisations[declared.of]), declared.on)
    values = [case.facts[declared.named.get(actor, declared.each)].value for actor in certain]
    shares = [float(value) for value in values if isinstance(value, int | float)]
    if len(shares) < len(values):
        return NotComparable("share")
    return compare_shares_sum(shares, len(uncertain), declared.total)


def _same_values(case: Case, ids: list[str]) -> CheckResult:
    declared_entries = case_entries(case)
    parts = [declared_entries[id].part for id in ids]
    if all(declared_entries[id].kind == "fact" for id in ids):
        return compare_values([part.value for part in parts])
    dates = [getattr(part, "date", None) or getattr(part, "during", None) for part in parts]
    if any(date is None for date in dates):
        return NotComparable("date")
    return compare_dates([date for date in dates if date])


def _date_of_record(case: Case, id: str) -> Edtf | None:
    return next((entry.date for entry in case.record if entry.id == id), None)
