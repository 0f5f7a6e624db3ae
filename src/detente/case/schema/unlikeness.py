"""Traits in which organisations may be unlike, and what was tried before between two that are."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from detente.case.schema.base import (
    AnyId,
    ChannelId,
    Claim,
    InnerFault,
    NonEmptyText,
    PartyId,
    RegimeId,
    as_list,
    inner_fault_error,
)
from detente.case.schema.bounds import Bounds
from detente.case.schema.estimate import Estimate, FiniteNumber

MAX_TRIALS = 1_000_000
"""Things tried with an earlier body, at most."""


class Trait(Claim):
    """Something in which organisations may be unlike, from 0 to 1: how they are governed, what they are for.

    How unlike two are is the mean of their differences over the traits of which something is told of both. What that
    costs a channel between them is `network.unlikeness`.
    """

    title: NonEmptyText
    """What it is called, e.g. `What they are for`."""
    by_regime: RegimeId | None = None
    """The measure of regimes that tells it; an organisation has what its members have in the mean."""
    held: dict[PartyId, Annotated[Estimate, Bounds(0, 1, "a trait")]] = {}
    """Instead: where each stands, from 0 to 1; what the two ends mean the note should say."""
    weight: Annotated[FiniteNumber, Field(gt=0)] = 1
    """How much it counts beside the other traits; all alike unless you say."""

    tests: Annotated[list[AnyId], BeforeValidator(as_list)] = []
    """Claims of the documents that being unlike hinders most, held against what it changes beside each reason."""

    @model_validator(mode="after")
    def _check_figures(self) -> Self:
        if bool(self.held) == (self.by_regime is not None):
            faults: list[InnerFault] = [((), "a trait has either `held:` or `by_regime:`", "one of the two")]
            raise inner_fault_error("trait", faults)
        return self


class Experience(Claim):
    """What two had tried together before, in another body, and how much of it worked. It is evidence on how well a
    channel works, and on what it costs that the two are unlike."""

    title: NonEmptyText
    """The body, e.g. `A council of the two`."""
    between: Annotated[list[PartyId], Field(min_length=2, max_length=2)]
    """The two that tried it."""
    tried: Annotated[FiniteNumber, Field(gt=0, le=MAX_TRIALS)]
    """How many things were tried, e.g. fields of work that were agreed."""
    worked: Annotated[FiniteNumber, Field(ge=0, le=MAX_TRIALS)]
    """How many of these worked; parts of one may count, e.g. 3.5."""
    tells_of: Annotated[dict[ChannelId, Annotated[FiniteNumber, Field(gt=0, le=1)]], Field(min_length=1)]
    """The channels on whose `efficiency` it is evidence. Each has how much one thing tried there counts beside one
    tried in the channel: 1 for as much, 0.5 for half. The first of them that joins parties also learns what it costs to
    be unlike."""

    @model_validator(mode="after")
    def _check_trials(self) -> Self:
        if self.worked > self.tried:
            faults: list[InnerFault] = [
                (("worked",), f"{self.worked:g} worked of {self.tried:g} that were tried", "no more than were tried")
            ]
            raise inner_fault_error("experience", faults)
        return self
