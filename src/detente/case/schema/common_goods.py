"""Common goods: what several pay for and all have, alike or not."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from detente.case.schema.base import Claim, IssueId, NonEmptyText, PartyId, as_list
from detente.case.schema.bounds import Bounds
from detente.case.schema.estimate import Estimate
from detente.case.schema.repeated_games import MAX_PATIENCE


class PayerShares(Claim):
    """What each payer of a common good gives, or has of it, beside the others: only the ratios count."""

    of: dict[PartyId, Annotated[Estimate, Bounds(0, math.inf, "a share")]] = {}
    """By payer, in any unit that is the same for all."""
    others: Annotated[Estimate, Bounds(0, math.inf, "a share")] | None = None
    """The same of each payer that is not named."""
    by: Literal["capability"] | None = None
    """Instead: in proportion to a figure of the case, `capability`."""


class CommonGood(Claim):
    """Something that several pay for and all have: shared out alike, or had if enough of them pay."""

    title: NonEmptyText
    """What it is called."""
    issues: Annotated[list[IssueId], BeforeValidator(as_list)] = []
    """The issue areas it is about."""
    among: Annotated[list[PartyId], BeforeValidator(as_list), Field(min_length=1)]
    """Who pays and who has it; an organisation stands for its members."""
    multiplier: Annotated[Estimate, Bounds(0, math.inf, "a multiplier")] | None = None
    """For what is shared out: what a contribution of 1 is worth to all together."""
    contributions: PayerShares | None = None
    """For what is shared out: what each gives beside the others, where that is not the same."""
    benefits: PayerShares | None = None
    """For what is shared out: how much of it each has beside the others, where that is not the same."""
    needed: Annotated[int, Field(ge=1)] | None = None
    """For what is had if enough pay: how many it takes."""
    benefit: Annotated[Estimate, Bounds(0, math.inf, "a benefit")] | None = None
    """What it is worth to each, if it is had."""
    cost: Annotated[Estimate, Bounds(0, math.inf, "a cost")] | None = None
    """What it costs each who pays."""
    patience: Annotated[Estimate, Bounds(0, MAX_PATIENCE, "patience", told_by_room=True)]
    """What the next round counts beside this one."""
    relative_gains: Annotated[Estimate, Bounds(0, 1, "the weight of all others together")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """How much each counts what the others get against its own, all of them together, from 0 to 1."""
