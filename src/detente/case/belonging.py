"""Between whom a case is, and who belonged where at what time."""

from __future__ import annotations

from detente.case.dates import Edtf
from detente.case.schema import Case


def in_force(during: Edtf | None, when: Edtf) -> bool | None:
    """Whether a rule is in force at a time: unknown if it may come, or go, within it, or if a date is too vague."""
    if during is None:
        return True
    return {"yes": True, "no": False, "maybe": None}[during.covers(when.first, when.last)]


def in_force_as_stated(during: Edtf | None, when: Edtf) -> bool:
    """Whether something is in force on any day of a time, its dates taken at their word.

    For where one must be taken of several: members to count, a rule to decide by, shares. An approximate date moves
    none of them; that it leaves a member in doubt is warned of.
    """
    return during is None or in_force(during.stated, when.stated) is not False


def sides(case: Case) -> tuple[str, str] | None:
    """The organisation that offers and the one that answers: as declared, or those of the latest offer between two."""
    if len(case.sides) == 2:
        return case.sides[0], case.sides[1]
    for offer in reversed(case.offers):
        if offer.by in case.organisations and offer.to in case.organisations:
            return offer.by, offer.to
    return None


def members(case: Case, organisation: str, when: Edtf) -> list[str]:
    """Who is a member on any day of a time, by the dates as they are stated.

    Where sources date a membership differently, by at least half of the datings.
    """
    datings: dict[str, dict[str, bool]] = {}
    for row in case.organisations[organisation].members:
        if row.status == "member":
            by_source = datings.setdefault(row.actor, {})
            source = row.according_to or ""
            by_source[source] = by_source.get(source, False) or in_force_as_stated(row.during, when)
    return [actor for actor, said in datings.items() if 2 * sum(said.values()) >= len(said)]
