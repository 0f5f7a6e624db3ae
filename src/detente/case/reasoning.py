"""What is made of what happened: motives, theories, codings, and what the documents conclude."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from detente.case.dates import Edtf
from detente.case.estimate import Estimate
from detente.case.parts import (
    AnyId,
    BranchId,
    Claim,
    CoderId,
    EntryId,
    Id,
    IssueId,
    MotiveId,
    Part,
    PartyId,
    Text,
    TheoryId,
    UnitId,
    one_or_several,
)


class Issue(Claim):
    """An area on which the sides could cooperate."""

    title: Text
    """What it is called."""


class Proposal(Claim):
    """Something definite that is proposed."""

    title: Text
    """What is proposed."""
    issues: Annotated[list[IssueId], BeforeValidator(one_or_several)] = []
    """The issue areas it belongs to."""
    by: PartyId | None = None
    """Who proposes it."""
    date: Edtf | None = None
    """When it is proposed."""


class Motive(Claim):
    """A reason that one side has for what it does."""

    of: PartyId
    """Whose motive it is."""
    title: Text
    """The motive in a few words."""
    says: str | None = None
    """The motive in a sentence."""
    explains: Annotated[list[EntryId], BeforeValidator(one_or_several), Field(alias="for")] = []
    """The offers or replies it is a motive for."""
    weight: Estimate | None = None
    """How much it counts among the motives of its table; 1 unless you say otherwise."""


class Argument(Claim):
    """Something the documents adduce for a motive, or about the case as a whole."""

    says: Text
    """The argument, in your own words."""
    motive: MotiveId | None = None
    """The motive it belongs to."""
    of: Annotated[list[PartyId], BeforeValidator(one_or_several)] = []
    """Whose reasons it speaks of."""
    importance: Literal["chief", "as-chief"] | None = None
    """`chief` where the source itself calls it the most important, `as-chief` where as strong as the chief one."""


class Proposition(Claim):
    """Something a theory says."""

    says: Text
    """The proposition, in your own words."""
    branch: BranchId | None = None
    """The branch of the theory it belongs to."""


class Branch(Claim):
    """A branch of a theory."""

    name: Text
    """What it is called."""
    says: str | None = None
    """What it holds, in a sentence."""


class Theory(Claim):
    """A theory that could explain what the sides do."""

    name: Text
    """What it is called."""
    says: str | None = None
    """What it holds, in a sentence."""
    branches: dict[Id, Branch] = {}
    """Its branches."""
    propositions: dict[Id, Proposition] = {}
    """What it says, one by one."""


class Coder(Part):
    """Somebody who codes, or a document whose own coding is taken over."""

    name: Text
    """Who it is."""
    note: str | None = None
    """Anything else worth knowing."""


class Coding(Claim):
    """One coder reads one unit as supporting, or contradicting, one theory."""

    id: Id | None = None
    """Its id, if it is to be referred to."""
    unit: UnitId
    """What is coded: a motive, an argument or a statement."""
    theory: TheoryId
    """The theory it is held against."""
    level: Literal["primary", "secondary"] | None = None
    """How the theory explains the unit: first of all, or besides another. Only codings with a level are tallied."""
    direction: Literal["for", "against"] = "for"
    """Whether the unit speaks for the theory or against it."""
    strength: Literal["strong", "moderate", "weak", "conditional"] | None = None
    """How strongly."""
    coder: CoderId
    """Who coded it."""
    date: Edtf | None = None
    """When it was coded."""


class Table(Claim):
    """A test of the theories: the motives that are tallied together."""

    title: Text
    """What the document or you call it."""
    short: str | None = None
    """The same in a word or two."""
    question: Text
    """The question its motives answer."""
    motives: list[MotiveId]
    """Its rows, in order."""
    coder: CoderId
    """Whose codings are tallied."""


class EvidenceSettings(Part):
    """How the codings are tallied."""

    secondary: Estimate = Field(default_factory=lambda: Estimate(value=0))
    """What a secondary reading counts against a primary one, from 0 to 1, in the verdict that is shown first."""


class Verdict(Claim):
    """What a document itself concludes."""

    about: Annotated[list[AnyId], BeforeValidator(one_or_several)]
    """What the conclusion is about: a table, an organisation, a motive."""
    says: Text
    """The conclusion, in your own words."""
    theory: TheoryId | None = None
    """The theory it prefers, if it prefers one."""


class Prediction(Claim):
    """What a document says will, or would, happen."""

    says: Text
    """The prediction, in your own words."""
    horizon: Edtf | None = None
    """When it should have come true by."""
    condition: str | None = None
    """What it is conditional on."""


class StatedAssessment(Claim):
    """A judgement of a document that is neither verdict nor prediction."""

    says: Text
    """The judgement, in your own words."""
    about: Annotated[list[AnyId], BeforeValidator(one_or_several)] = []
    """What it is about."""


class Contradiction(Claim):
    """Where the documents disagree with each other, with themselves, or with what is known."""

    says: Text
    """What contradicts what."""
    between: list[AnyId] = []
    """The entries that contradict each other."""
    type: str | None = None
    """What sort of contradiction, in a word."""
    treatment: str | None = None
    """What we do about it."""
