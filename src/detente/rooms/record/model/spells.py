"""Memberships of a case as spells in time."""

from __future__ import annotations

from detente.case.schema.parties import Organisation
from detente.methods.chronology.membership_spells import MembershipSpell


def membership_spells(organisation: Organisation) -> list[MembershipSpell]:
    """The spells of full membership of an organisation."""
    return [
        MembershipSpell(m.actor, m.during, m.according_to or "") for m in organisation.members if m.status == "member"
    ]
