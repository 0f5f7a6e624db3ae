"""Ways for the sides to deal with each other, and what each actor has at stake."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictInt

from detente.case.schema.base import (
    ActorId,
    CapabilityId,
    CasePart,
    ChannelId,
    Claim,
    NonEmptyText,
    OrganisationId,
    PartyId,
    SourceId,
    as_list,
)
from detente.case.schema.bounds import NO_LOSS, Bounds
from detente.case.schema.estimate import CalendarYear, Estimate, FiniteNumber

"""A year of the calendar."""


class Capability(Claim):
    """A measure of how much actors can do, e.g. their share of the world's material capabilities."""

    title: NonEmptyText
    """What it is called, with its version."""
    unit: str | None = None
    """What it is measured in."""
    sources: Annotated[list[SourceId], BeforeValidator(as_list)] = []
    """Where it comes from."""
    held: dict[CalendarYear, dict[PartyId, Annotated[FiniteNumber, Field(ge=0)]]]
    """By year, what each actor has. An organisation has what its members have, unless its own is given."""


class Channel(Claim):
    """A way for the actors to deal with each other: who can turn to whom."""

    title: NonEmptyText
    """What it is called."""
    links: list[Annotated[list[PartyId], Field(min_length=2, max_length=2)]] = []
    """Pairs that deal directly. An organisation stands for each of its members, so that `[russia, csto]` ties Russia to
    every other member. One that is always one player (`network.as_one`) stands for itself."""
    joins: list[PartyId] = []
    """Organisations that deal as such, with each other or with a state: each through the member that speaks for it
    (`network.through`), or as one player. Every finding is given both ways."""
    displaces: ChannelId | None = None
    """The channel whose ties this one would replace, with the chance of its `exclusivity`."""
    exclusivity: Annotated[Estimate, Bounds(0, 1, "an exclusivity")] | None = None
    """The chance that it replaces the ties of the channel under `displaces:`, from 0 to 1; 1 unless you say
    otherwise."""
    opens: ChannelId | None = None
    """A channel that this one makes possible, with the chance of its `opening`. Its ties then stand beside those of
    this one. E.g. a declaration of two blocs that lets their members deal with each other."""
    opening: Annotated[Estimate, Bounds(0, 1, "an opening")] | None = None
    """The chance that the channel it opens comes about, from 0 to 1; 1 unless you say otherwise."""
    efficiency: Annotated[Estimate, Bounds(0, 1, "an efficiency")] | None = None
    """How much of what takes all members together this channel gets done, from 0 to 1; 1 unless you say otherwise."""
    depth: Annotated[Estimate, Bounds(0, 1, "a depth")] | None = None
    """How far dealings in it go, from 0 (talks that bind to nothing) to 1 (a formal tie); 1 unless you say otherwise.
    It counts for the mechanisms that shrink with it."""


class AggregationTechnology(CasePart):
    """What it takes on an issue that pairs cannot settle: some providers of several, or all of them.

    Each user that is connected with enough of them gets what is at stake.
    """

    users: Annotated[list[PartyId], BeforeValidator(as_list), Field(min_length=1)]
    """Who has the gain."""
    providers: Annotated[list[PartyId], Field(min_length=1)]
    """Whose part is needed; an organisation stands for each of its members."""
    needed: Annotated[StrictInt, Field(ge=1)] | None = None
    """How many of them are needed: 1 if they are substitutes; all of them, as complements, unless you say."""


MAX_YEARS = 50
"""Years that are worked out, each with all its draws."""


class NetworkSettings(CasePart):
    """How the channels are worked out."""

    observed: ChannelId | None = None
    """The channel through which they do deal now. Gains are counted from it. Name it where it could be more than one:
    any that neither joins organisations nor replaces or opens another."""
    years: Annotated[list[Annotated[StrictInt, Field(ge=1, le=9999)]], Field(max_length=MAX_YEARS)] = []
    """The years that are worked out; unless you say, that of the last snapshot. What is on record is judged by the
    numbers of the latest of these years until then."""
    answer_year: Annotated[StrictInt, Field(ge=1, le=9999)] | None = None
    """The year that the answer is about; unless you say, the last. The other years stand beside it."""
    as_one: list[OrganisationId] = []
    """Organisations that are one player in every channel."""
    through: dict[OrganisationId, Annotated[list[ActorId], BeforeValidator(as_list), Field(min_length=1)]] = {}
    """The member, or members, through which an organisation deals where it does not answer as one; the one with the
    greatest capability unless you say."""
    capability: CapabilityId | None = None
    """The measure of what each can do, from which stakes follow; unless you say, the first one. Without any, all states
    are alike, and an organisation that is one player counts as many as its members."""
    gravity: Annotated[Estimate, Bounds(0, 10, "the exponent", called="weight of capability in what is at stake")] = (
        Field(default_factory=lambda: Estimate(value=0.5))
    )
    """How far what two can gain from each other grows with what both can do. It is the exponent of the product of their
    capabilities; 0 if it does not grow."""
    spread: Annotated[
        Estimate, Bounds(0, 10, "a standard deviation", called="spread of what is at stake between pairs")
    ] = Field(default_factory=lambda: Estimate(value=0))
    """How far single pairs may lie above or below that on each issue: the standard deviation of the logarithm."""
    multilateral: Annotated[
        Estimate,
        Bounds(0, 1, "the part that takes all members", called="part of what is at stake that takes all members"),
    ] = Field(default_factory=lambda: Estimate(value=0))
    """How much of what is at stake takes all members together, on issues that do not say, from 0 to 1."""
    raised: Annotated[
        Estimate,
        Bounds(0, math.inf, "what a threat adds", NO_LOSS, called="what a grave threat adds to what is at stake"),
    ] = Field(default_factory=lambda: Estimate(value=0))
    """How much a grave threat, fully felt, adds to the stakes, as a multiple of them. For issues that do not say."""
    periphery: Annotated[
        Estimate, Bounds(0, math.inf, "a factor", called="stakes between members that do not lead")
    ] = Field(default_factory=lambda: Estimate(value=1))
    """What two members of an organisation have to gain from each other if neither leads it. It is a multiple of what
    their capabilities suggest."""
    decay: Annotated[Estimate, Bounds(0, 1, "a decay", called="what is left of a gain after another link")] = Field(
        default_factory=lambda: Estimate(value=1)
    )
    """What is left of a gain after every further tie that it has to pass, from 0 to 1."""
    link_cost: Annotated[Estimate, Bounds(0, 1, "a cost", called="cost of a link")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """What it costs to keep up a tie, half of it at either end. It is a share of all that is at stake across
    organisations without any grave threat."""
    unlikeness: Annotated[Estimate, Bounds(0, 1, "a share", called="what unlikeness costs a channel")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """What it costs a channel that the organisations it joins are unlike. It is the share that stays undone, of what
    takes all members, if they differ in all their `traits`; less if they differ less. `efficiency` is then what a
    channel gets done between two that are alike. `experiences` may change it."""
    threat_within: Annotated[Estimate, Bounds(0, 1, "a share", called="how far a threat counts within a side")] = Field(
        default_factory=lambda: Estimate(value=1)
    )
    """How far a common threat raises what members of one organisation have to gain from each other. 1 if it raises that
    as much as across organisations, 0 if not at all."""
    draws: Annotated[StrictInt, Field(ge=100, le=1_000_000)] = 4_096
    """How many simulations are made. In each, every uncertain number takes a value from its range, by lot."""
    sampling: Literal["hypercube", "sobol"] = "hypercube"
    """How values are spread: each number evenly by itself (`hypercube`), or all numbers of the offer at once (`sobol`),
    which gives smaller errors, but another number more then changes the draws of the others."""
    seed: Annotated[StrictInt, Field(ge=0, lt=2**63)] = 1
    """The same seed gives the same simulations."""
