"""Between whom a case is, and who belonged where at what time."""

from __future__ import annotations

from detente.case.dates import Edtf
from detente.case.schema import Case


def in_force(during: Edtf | None, when: Edtf) -> bool | None:
    """Whether a rule is in force at a time: unknown if it may come, or go, within it."""
    if during is None:
        return True
    if when.last < during.first or when.first > during.last:
        return False
    return True if during.begins[1] <= when.first and when.last <= during.ends[0] else None


def sides(case: Case) -> tuple[str, str] | None:
    """The organisation that offers and the one that answers: as declared, or those of the latest offer between two."""
    if len(case.sides) == 2:
        return case.sides[0], case.sides[1]
    for offer in reversed(case.offers):
        if offer.by in case.organisations and offer.to in case.organisations:
            return offer.by, offer.to
    return None


def members(case: Case, organisation: str, when: Edtf) -> list[str]:
    """Who may be a member at a time: by at least half of the datings, where sources date a membership differently."""
    datings: dict[str, dict[str, bool]] = {}
    for row in case.organisations[organisation].members:
        if row.status == "member":
            by_source = datings.setdefault(row.actor, {})
            source = row.according_to or ""
            by_source[source] = by_source.get(source, False) or in_force(row.during, when) is not False
    return [actor for actor, said in datings.items() if 2 * sum(said.values()) >= len(said)]
