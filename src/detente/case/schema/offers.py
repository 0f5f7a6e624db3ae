"""Offers that could be made: what is in them, how deep, with which clauses; and what could be observed."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from detente.case.schema.base import (
    AttributeId,
    CasePart,
    ChannelId,
    Claim,
    ClauseId,
    ConcessionId,
    DepthId,
    InnerFault,
    InstitutionId,
    IssueId,
    MechanismOrOptionId,
    NonEmptyText,
    OrganisationId,
    PartyId,
    ProposalId,
    RecordEntryId,
    as_list,
    inner_fault_error,
)
from detente.case.schema.bounds import Bounds
from detente.case.schema.edtf import EdtfDate
from detente.case.schema.estimate import Estimate, FiniteNumber

STRONGEST_INFLUENCE, STRONGEST_POSITION = 4, 4
"""The ends of the scales of influence and positions (Godet 1991)."""


def _nothing() -> Estimate:
    return Estimate(value=1)


class OfferDepth(Claim):
    """How deep an offer goes: how much of a full channel it does, grants and binds, each from 0 to 1."""

    title: NonEmptyText
    """What it is called, as a noun: `A dialogue`."""
    gains: Annotated[Estimate, Bounds(0, 1, "a share", called="how much of the gains is had")] = Field(
        default_factory=_nothing
    )
    """How much of what a full channel would gain is gained, on every issue; with it go advantages of dealing."""
    recognises: Annotated[Estimate, Bounds(0, 1, "a share", called="how much it recognises")] = Field(
        default_factory=_nothing
    )
    """How much of the standing of a full channel it gives; with it goes what is forgone elsewhere."""
    binds: Annotated[Estimate, Bounds(0, 1, "a share", called="how much it binds")] = Field(default_factory=_nothing)
    """How much of the binding of a full channel it has."""
    displaces: Annotated[Estimate, Bounds(0, 1, "a share", called="how much it displaces")] = Field(
        default_factory=_nothing
    )
    """How much of the channel's exclusivity is left."""


class OfferClause(Claim):
    """A clause of an offer: what it takes away from what the channel grants, binds and displaces."""

    title: NonEmptyText
    """What it is called, as a noun: `No recognition`."""
    recognises: Annotated[Estimate, Bounds(0, 1, "a share", called="what is left of recognition")] | None = None
    """What is left of the standing that the channel gives, and of what is forgone elsewhere."""
    binds: Annotated[Estimate, Bounds(0, 1, "a share", called="what is left of binding")] | None = None
    """What is left of its binding."""
    displaces: Annotated[Estimate, Bounds(0, 1, "a share", called="what is left of exclusivity")] | None = None
    """What is left of its exclusivity."""
    lifts: list[MechanismOrOptionId] = []
    """Other reasons that go with it, by name."""
    of: Annotated[list[PartyId], BeforeValidator(as_list)] = []
    """For whom it holds; for all unless you say."""
    holds: Annotated[Estimate, Bounds(0, 1, "a share", called="how far the clause is believed")] = Field(
        default_factory=_nothing
    )
    """How far it is believed, from 0 to 1. What it takes away is taken to that extent."""
    stay_out: Annotated[list[OrganisationId], BeforeValidator(as_list)] = []
    """Sides whose members may stay out, and then stop nothing: it turns on who leads them."""
    review_after: Annotated[FiniteNumber, Field(gt=0, le=100)] | None = None
    """After how many years whoever wants to may leave; until then it is done on the scale of `until_then`."""
    until_then: Annotated[Estimate, Bounds(0, 1, "a scale", called="scale until the review")] = Field(
        default_factory=_nothing
    )
    """On which scale it is done until the review, from 0 to 1."""
    gives: dict[AttributeId, str] = {}
    """What the proposals of the offer have by it, of what the rules ask: `{consent: host}`."""
    brings: Annotated[list[InstitutionId], BeforeValidator(as_list)] = []
    """Institutions that come with it, e.g. observers (`institutions:`): whether cooperation then lasts is told of each
    issue of the offer that has a game."""

    @model_validator(mode="after")
    def _check_effects(self) -> Self:
        effects = (self.recognises, self.binds, self.displaces, self.review_after)
        if all(one is None for one in effects) and not (self.lifts or self.stay_out or self.gives or self.brings):
            faults: list[InnerFault] = [
                (
                    (),
                    "nothing is said of what the clause changes",
                    "recognises:, binds:, displaces:, lifts:, stay_out:, review_after:, gives: or brings:",
                )
            ]
            raise inner_fault_error("clause", faults)
        return self

    @property
    def changes_answer(self) -> bool:
        """Whether it changes what anybody makes of an offer, as against what rules or games make of it."""
        kept = (self.recognises, self.binds, self.displaces, self.review_after)
        return any(one is not None for one in kept) or bool(self.lifts or self.stay_out)


class Concession(Claim):
    """Something that one party could give another besides what is done together, so that issues can be traded."""

    title: NonEmptyText
    """What it is called, e.g. `Transit without the consent of all members`."""
    by: PartyId
    """Who gives it."""
    to: PartyId
    """Who has it."""
    costs: Annotated[Estimate, Bounds(0, 1, "a share", called="what the concession costs")]
    """What it costs who gives it, as a share of what that party has at stake across."""
    brings: Annotated[Estimate, Bounds(0, 1, "a share", called="what the concession brings")]
    """What it brings the other, as a share of what that party has at stake across."""


class OfferPayment(CasePart):
    """What one pays another as a part of an offer."""

    by: PartyId
    """Who pays."""
    to: PartyId
    """Who is paid."""
    amount: Annotated[Estimate, Bounds(0, 1, "an amount", called="amount paid")]
    """How much, as a share of all that is at stake across; what arrives is less by `response.transfers`."""


class OfferPackage(Claim):
    """An offer that could be made, or was: which issues, how deep, in which form, with which clauses."""

    title: NonEmptyText
    """What it is called."""
    issues: Annotated[dict[IssueId, DepthId | None], Field(min_length=1)]
    """The issues in it, each with its depth; without one where it goes as deep as the channel."""
    channel: ChannelId | None = None
    """The channel; the one that is offered unless you say."""
    form: Literal["hub", "collegiate"] | None = None
    """How it is run: through the leading members (`hub`) or as one each (`collegiate`); both unless you say."""
    clauses: Annotated[list[ClauseId], BeforeValidator(as_list)] = []
    """Its clauses."""
    concessions: Annotated[list[ConcessionId], BeforeValidator(as_list)] = []
    """What is given besides."""
    payments: list[OfferPayment] = []
    """What is paid."""
    proposals: Annotated[list[ProposalId], BeforeValidator(as_list)] = []
    """The proposals that say what is meant, to hold against rules; unless you say, those most allowed on each issue."""
    made: StrictBool = False
    """Whether it was made, or put forward by a document, as the others are variations of ours."""


class StepSequence(Claim):
    """Steps in the order in which somebody would take them."""

    title: NonEmptyText
    """Whose order it is."""
    steps: Annotated[list[IssueId], Field(min_length=2)]
    """The issues, the first step first."""


class AgreedBefore(Claim):
    """What the sides did agree on, to hold beside what the tool finds could be agreed."""

    title: NonEmptyText
    """What it is called."""
    says: NonEmptyText
    """What was agreed, with whom."""
    date: EdtfDate | None = None
    """When."""
    issues: Annotated[list[IssueId], BeforeValidator(as_list)] = []
    """On which issues."""
    channel: ChannelId | None = None
    """Through which channel."""
    entries: list[RecordEntryId] = []
    """The entries of the record that tell it."""


class Influence(Claim):
    """How far a party can sway others, from 0 (not at all) to 4 (its existence hangs on it); ours, unless sourced."""

    on: Annotated[
        dict[PartyId, Annotated[Estimate, Bounds(0, STRONGEST_INFLUENCE, "an influence")]], Field(min_length=1)
    ]
    """Whom, and how far."""


class Objective(Claim):
    """Something that parties are for or against."""

    title: NonEmptyText
    """What it is called."""
    positions: Annotated[
        dict[PartyId, Annotated[Estimate, Bounds(-STRONGEST_POSITION, STRONGEST_POSITION, "a position")]],
        Field(min_length=1),
    ]
    """Where each stands, from -4 (against it with all it has) to 4 (for it with all it has)."""


class Signpost(Claim):
    """Something that could be observed and tells whether a number of the case is as it would have to be."""

    says: NonEmptyText
    """What could be observed, in a sentence."""
    of: NonEmptyText
    """The path of the number that it tells of."""
    towards: Literal["high", "low"]
    """Whether it tells of the upper third of that number's range, or of the lower."""
    hit: Annotated[Estimate, Bounds(0, 1, "a chance", called="chance of the sign if so")]
    """The chance of seeing it if the number lies there."""
    false_alarm: Annotated[Estimate, Bounds(0, 1, "a chance", called="chance of the sign if not")]
    """The chance of seeing it if not."""
