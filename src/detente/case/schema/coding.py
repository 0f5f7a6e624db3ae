"""What is made of what happened: motives, theories, passages, and codings of them."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from detente.case.schema.base import (
    AnyId,
    AttributeId,
    BranchId,
    CasePart,
    Claim,
    CodedUnitId,
    CoderId,
    Id,
    IssueId,
    MotiveId,
    NonEmptyText,
    OrganisationId,
    PartyId,
    ProposalId,
    RecordEntryId,
    TheoryId,
    as_list,
)
from detente.case.schema.bounds import NO_LOSS, Bounds
from detente.case.schema.channels import AggregationTechnology
from detente.case.schema.edtf import EdtfDate
from detente.case.schema.estimate import Estimate
from detente.case.schema.legal_rules import AttributeAnswer, ProposalPart
from detente.case.schema.response import MotivePathways


class Issue(Claim):
    """An area on which the sides could cooperate."""

    title: NonEmptyText
    """What it is called."""
    group: str | None = None
    """The group it is counted in when the drift of an agenda is measured, e.g. `hard security`."""
    stakes: Annotated[Estimate, Bounds(0, math.inf, "what is at stake", NO_LOSS, called="stakes")] | None = None
    """What cooperation on it is worth beside other issues: to the pair across organisations that can do most, or in all
    where pairs cannot settle it. An issue without stakes is not weighed."""
    multilateral: (
        Annotated[Estimate, Bounds(0, 1, "the part that takes all members", called="part that takes all members")]
        | None
    ) = None
    """How much of that takes all members together, from 0 to 1, if it differs from other issues."""
    raised: (
        Annotated[Estimate, Bounds(0, math.inf, "what a threat adds", NO_LOSS, called="what a grave threat adds")]
        | None
    ) = None
    """How much a grave threat, fully felt, adds to the stakes, as a multiple of them, if it differs from other issues.
    All of that takes all members together."""
    gravity: Annotated[Estimate, Bounds(0, 10, "the exponent", called="weight of capability")] | None = None
    """How far what two can gain grows with what they can do, if it differs from other issues."""
    exposure: dict[PartyId, Annotated[Estimate, Bounds(0, math.inf, "exposure")]] = {}
    """How far it concerns each actor; 1 unless you say otherwise. An organisation stands for each of its members."""
    salience: dict[OrganisationId, Annotated[Estimate, Bounds(0, 10, "a weight", called="salience")]] = {}
    """How much it weighs for each side. What a member gains on it is multiplied by this. 1 unless you say otherwise;
    0.5 for a side to which it matters half as much as the stakes say."""
    technology: AggregationTechnology | None = None
    """What it takes, where pairs cannot settle it."""


class Proposal(Claim):
    """Something definite that is proposed."""

    title: NonEmptyText
    """What is proposed."""
    issues: Annotated[list[IssueId], BeforeValidator(as_list)] = []
    """The issue areas it belongs to."""
    by: PartyId | None = None
    """Who proposes it."""
    date: EdtfDate | None = None
    """When it is proposed."""
    standing: Literal["offered", "recommended", "discussed"] = "offered"
    """Offered by a side, recommended by a document, or only discussed."""
    feasibility: str | None = None
    """What the document says of its chances, in a few words."""
    takes_up: Annotated[list[ProposalId], BeforeValidator(as_list)] = []
    """The earlier proposals that it takes up, as a recommendation may."""
    attributes: dict[AttributeId, AttributeAnswer] = {}
    """What the rules ask about it, as far as its words answer."""
    parts: list[ProposalPart] = []
    """What it holds, where it is a package of several things; the worst of them decides."""


class Motive(Claim):
    """A reason that one side has for what it does."""

    of: PartyId
    """Whose motive it is."""
    title: NonEmptyText
    """The motive in a few words."""
    says: str | None = None
    """The motive in a sentence."""
    explains: Annotated[list[RecordEntryId], BeforeValidator(as_list), Field(alias="for")] = []
    """The offers or replies it is a motive for."""
    weight: Estimate | None = None
    """How much it counts among the motives of its table; 1 unless you say otherwise."""
    works_by: MotivePathways | None = None
    """By what it works in the model of the channels, to see whether what one side wins by it the other loses."""


class Argument(Claim):
    """Something the documents adduce for a motive, or about the case as a whole."""

    says: NonEmptyText
    """The argument, in your own words."""
    motive: MotiveId | None = None
    """The motive it belongs to."""
    of: Annotated[list[PartyId], BeforeValidator(as_list)] = []
    """Whose reasons it speaks of."""
    speaker: PartyId | None = None
    """Whose words it reports, if anybody's but its author's."""
    importance: Literal["chief", "as-chief"] | None = None
    """`chief` where the source itself calls it the most important, `as-chief` where as strong as the chief one."""
    hedged: bool = False
    """True where the source says so with a perhaps, probably or might."""


class Proposition(Claim):
    """Something a theory says."""

    says: NonEmptyText
    """The proposition, in your own words."""
    branch: BranchId | None = None
    """The branch of the theory it belongs to."""
    implies: str | None = None
    """What one should observe in this case if it holds."""
    supported_by: list[AnyId] = []
    """Entries that bear it out."""
    contradicted_by: list[AnyId] = []
    """Entries that speak against it."""
    room: str | None = None
    """The room that can test it: record, evidence, rules, gains, acceptance or durability; or one to come."""


class Branch(Claim):
    """A branch of a theory."""

    name: NonEmptyText
    """What it is called."""
    says: str | None = None
    """What it holds, in a sentence."""


class TheoryCodebook(CasePart):
    """How coders recognise a theory: what goes into the codebook that comes with a coding sheet."""

    definition: NonEmptyText
    """What a unit says when it speaks for the theory."""
    include: Annotated[list[NonEmptyText], BeforeValidator(as_list)] = []
    """When to code a unit to it."""
    exclude: Annotated[list[NonEmptyText], BeforeValidator(as_list)] = []
    """When not to."""
    example: str | None = None
    """An example with its code; none of the units to be coded."""


class Theory(Claim):
    """A theory that could explain what the sides do."""

    name: NonEmptyText
    """What it is called."""
    says: str | None = None
    """What it holds, in a sentence."""
    codebook: TheoryCodebook | None = None
    """How coders recognise it."""
    branches: dict[Id, Branch] = {}
    """Its branches."""
    propositions: dict[Id, Proposition] = {}
    """What it says, one by one."""


class Passage(Claim):
    """A passage of a document that bears on a motive: what is coded below the level of the motive."""

    motive: MotiveId
    """The motive it bears on."""
    says: str | None = None
    """What it says, neutrally; coders see this, so it should not give a theory away."""
    speaker: PartyId | None = None
    """Whose words it reports, if anybody's but its author's."""


class Coder(CasePart):
    """Somebody who codes, or a document whose own coding is taken over."""

    name: NonEmptyText
    """Who it is."""
    kind: Literal["person", "document", "model"] = "person"
    """A person; a document whose coding is taken over; a language model or other program. Only persons count as
    readers of their own where reliability is measured."""
    adjudicates: list[CoderId] = []
    """The coders between whom this one decides, where they differ."""
    note: str | None = None
    """Anything else worth knowing."""


class Coding(Claim):
    """One coder reads one unit as supporting, or contradicting, one theory.

    A theory that a coder does not name for a unit he has coded is one he sees nothing of there. Codings are only
    ever added: a coder who thinks better of it codes the unit again in a later round, with date and reason, and the
    last round of a coder and unit counts.
    """

    id: Id | None = None
    """Its id, if it is to be referred to."""
    unit: CodedUnitId
    """What is coded: a motive, or a passage or argument that belongs to one."""
    theory: TheoryId
    """The theory it is held against."""
    level: Literal["primary", "secondary", "none"] | None = None
    """For a motive, how the theory explains it: first of all, besides another, or not at all."""
    direction: Literal["for", "against", "neither"] | None = None
    """For a passage or argument, whether it speaks for the theory or against it."""
    strength: Literal["strong", "moderate", "weak", "conditional"] | None = None
    """For a passage or argument, how strongly."""
    coder: CoderId
    """Who coded it."""
    round: Annotated[int, Field(ge=1, le=99)] = 1
    """1 for the first coding of a unit, 2 where the coder codes it again, and so on."""
    date: EdtfDate | None = None
    """When it was coded."""


class MotiveTable(Claim):
    """A test of the theories: the motives that are tallied together."""

    title: NonEmptyText
    """What the document or you call it."""
    short: str | None = None
    """The same in a word or two."""
    question: NonEmptyText
    """The question its motives answer."""
    motives: list[MotiveId]
    """Its rows, in order."""
    coder: CoderId
    """Whose codings are tallied."""
