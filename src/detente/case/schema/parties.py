"""Who and where from: documents, sources, actors and organisations."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from detente.case.schema.base import (
    ActorId,
    CasePart,
    Claim,
    Id,
    NonEmptyText,
    OrganisationId,
    PartyId,
    SourceId,
    as_list,
)
from detente.case.schema.decision_rules import DecisionRule, OrganRule, ShareAllocation
from detente.case.schema.edtf import EdtfDate
from detente.case.schema.legal_rules import DefaultVerdict

MAX_MEMBERSHIPS = 1_000
"""Spells of membership in one organisation: each is held against the others."""


class Document(CasePart):
    """A document that the case is made from."""

    title: NonEmptyText
    """Its title."""
    language: Annotated[list[str], BeforeValidator(as_list)] = []
    """Its language or languages, as BCP 47 tags such as `en`."""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    """SHA-256 of the file that the spans count in, so that another copy can be told from it."""
    characters: Annotated[int, Field(gt=0)] | None = None
    """How many Unicode code points that file holds; spans are held against it."""
    sections: dict[str, int] = {}
    """Where each section begins (first character); locators are held against these names."""
    cite: dict[str, Any] = {}
    """The citation, in the fields of CSL-JSON."""
    file: str | None = None
    """Where you keep a copy, if anywhere: a path from the case's own folder."""
    note: str | None = None
    """Anything else worth knowing."""


class Source(Claim):
    """Something cited that is not itself taken apart here: an article, a dataset, a web page."""

    title: NonEmptyText
    """What it is called, with its version if it is a dataset."""
    cite: dict[str, Any] = {}
    """The citation, in the fields of CSL-JSON."""
    url: str | None = None
    """Its address."""


class Office(CasePart):
    """An office that a person holds."""

    title: NonEmptyText
    """What it is called."""
    of: PartyId | None = None
    """Whose office it is: a state, an organisation or one of its organs."""
    during: Annotated[EdtfDate | None, Field(alias="in")] = None
    """When it is held."""


class Actor(Claim):
    """A state, a person, an agency: whoever can act or speak."""

    name: NonEmptyText
    """Its usual name."""
    kind: Literal["state", "person", "city", "agency", "group", "other"]
    """What it is."""
    cow: Annotated[int, Field(ge=2, le=999)] | None = None
    """Correlates of War country code, for states."""
    iso: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    """ISO 3166-1 alpha-3 code, for states."""
    office: Office | None = None
    """The office a person holds in this case."""


class Member(Claim):
    """One spell of membership. Rows of one actor that accord to different sources are competing datings."""

    actor: ActorId
    """Who belongs."""
    during: Annotated[EdtfDate, Field(alias="in")]
    """From when to when."""
    status: Literal["member", "observer", "partner"] = "member"
    """As what."""
    according_to: SourceId | None = None
    """Whose dating this is; leave out where there is only one."""


class Organ(Claim):
    """A body of an organisation."""

    name: NonEmptyText
    """What it is called."""
    during: Annotated[EdtfDate | None, Field(alias="in")] = None
    """Since when, or from when to when, it has stood."""
    members: list[ActorId] = []
    """Who sits in it; all members of the organisation, if you do not say."""
    decides: OrganRule | None = None
    """How it decides what is delegated to it."""


class Organisation(Claim):
    """An organisation of actors: an alliance, a league, a forum."""

    name: NonEmptyText
    """Its full name."""
    short: str | None = None
    """What it is usually called."""
    founded: EdtfDate | None = None
    """When it came into being."""
    continues: OrganisationId | None = None
    """The organisation it grew out of."""
    members: Annotated[list[Member], Field(max_length=MAX_MEMBERSHIPS)] = []
    """Who belonged, from when to when."""
    organs: dict[Id, Organ] = {}
    """Its bodies."""
    decides: list[DecisionRule] = []
    """How it decides, on which subject; the first rule that fits."""
    shares: list[ShareAllocation] = []
    """Who holds how much of what it shares out."""
    otherwise: DefaultVerdict | None = None
    """What it may do where none of its rules applies; `undetermined`, if you do not say."""

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name
