"""Between whom a case is, who belonged where at what time, and who speaks for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from detente.case.schema.case import Case
from detente.case.schema.parties import Member
from detente.case.schema.record import Offer
from detente.methods.chronology.edtf import Edtf


def is_in_force(during: Edtf | None, when: Edtf) -> bool | None:
    """Whether a rule is in force at a time: unknown if it may come, or go, within it, or if a date is too vague."""
    if during is None:
        return True
    return {"yes": True, "no": False, "maybe": None}[during.covers(when.first_day, when.last_day)]


def in_force_at_stated_dates(during: Edtf | None, when: Edtf) -> bool:
    """Whether something is in force on any day of a time, its dates taken at their word.

    For where one must be taken of several: members to count, a rule to decide by, shares. An approximate date moves
    none of them; that it leaves a member in doubt is warned of.
    """
    return during is None or is_in_force(during.as_stated, when.as_stated) is not False


def certainly_overlaps(during: Edtf | None, when: Edtf) -> bool:
    """Whether something holds on some day of a time at least, on whichever of its possible days it begins and ends."""
    return during is None or (during.begin_range[1] <= when.last_day and during.end_range[0] >= when.first_day)


def parent_organisation(case: Case, party: str) -> str:
    """The organisation that an organ is a body of; of any other party, itself."""
    if party in case.organisations or party in case.actors:
        return party
    return next((name for name, organisation in case.organisations.items() if party in organisation.organs), party)


def represented_party(case: Case, party: str, when: Edtf | None) -> str:
    """The actor or organisation for which a party speaks at a time.

    An organ speaks for its organisation, and who holds an office for the party whose office it is. Everybody else
    speaks for itself: a member for its organisation only as far as it holds an office of it.

    Args:
        case: The case.
        party: An actor, an organisation or an organ.
        when: When it speaks; at no known time, it is taken to hold its office.
    """
    visited: set[str] = set()
    while party not in visited:
        visited.add(party)
        office = case.actors[party].office if party in case.actors else None
        if office is None or office.of is None or (when and not in_force_at_stated_dates(office.during, when)):
            break
        party = office.of
    return parent_organisation(case, party)


def offer_maker(case: Case, offer: Offer) -> str:
    """The actor or organisation that makes an offer."""
    return represented_party(case, offer.by, offer.date)


def offer_principal(case: Case, offer: Offer) -> str:
    """The actor or organisation whose offer it is: for whom it is made, else who makes it."""
    return represented_party(case, offer.on_behalf_of or offer.by, offer.date)


def offer_addressees(case: Case, offer: Offer) -> list[str]:
    """The actors and organisations that an offer is made to, each once, however many speak for it."""
    return list(dict.fromkeys(represented_party(case, party, offer.date) for party in offer.to))


def case_sides(case: Case) -> tuple[str, str] | None:
    """The organisation that offers and the one that answers: as declared, or those of the latest offer between two.

    An offer that counters another is an answer, and does not make its maker the side that offers.
    """
    if len(case.sides) == 2:
        return case.sides[0], case.sides[1]
    for offer in reversed(case.recorded_offers):
        offering = offer_principal(case, offer)
        if offer.counters or offering not in case.organisations:
            continue
        for addressee in offer_addressees(case, offer):
            if addressee != offering and addressee in case.organisations:
                return offering, addressee
    return None


@dataclass(frozen=True, slots=True, eq=False)
class _MembershipRows:
    """Memberships that are the same if they are one list, so that what is found of them can be kept."""

    rows: Sequence[Member]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _MembershipRows) and self.rows is other.rows

    def __hash__(self) -> int:
        return id(self.rows)


def members_at_time(case: Case, organisation: str, when: Edtf) -> list[str]:
    """Who is a member on any day of a time, by the dates as they are stated.

    Where sources date a membership differently, by at least half of the datings.
    """
    return list(_cached_members(_MembershipRows(case.organisations[organisation].members), when))


@lru_cache(maxsize=2048)
def _cached_members(memberships: _MembershipRows, when: Edtf) -> tuple[str, ...]:
    """Kept, since every check of a case asks who belongs where, again and again."""
    datings: dict[str, dict[str, bool]] = {}
    for row in memberships.rows:
        if row.status == "member":
            by_source = datings.setdefault(row.actor, {})
            source = row.according_to or ""
            by_source[source] = by_source.get(source, False) or in_force_at_stated_dates(row.during, when)
    return tuple(
        actor for actor, attestations in datings.items() if 2 * sum(attestations.values()) >= len(attestations)
    )
