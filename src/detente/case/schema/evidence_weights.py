"""What evidence is weighed with: hypotheses, clues, and what codings and passages count."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from detente.case.schema.base import (
    AnyId,
    CasePart,
    Claim,
    ClueId,
    HypothesisId,
    Id,
    NonEmptyText,
    TableId,
    TheoryId,
    as_list,
)
from detente.case.schema.estimate import Estimate


class Hypothesis(Claim):
    """One of several answers of which exactly one is true, e.g. that realism alone explains the motives of a table."""

    name: NonEmptyText
    """What it is called."""
    holds: list[TheoryId] | None = None
    """The theories that hold if it is true; an empty list if none does. Needed to weigh coded passages."""
    prior: Estimate | None = None
    """How probable it is before the evidence, against the others; 1 unless you say otherwise, so all are alike."""


class PairCorrelation(CasePart):
    """Two clues come together more, or less, often than chance has it."""

    to: Annotated[ClueId, Field(alias="with")]
    """The other clue, declared before this one."""
    rho: Estimate
    """Their correlation under every hypothesis, from -1 to 1."""


class Clue(Claim):
    """A piece of evidence, held against the hypotheses."""

    says: NonEmptyText
    """What was observed, or looked for in vain."""
    table: TableId
    """The question it bears on."""
    entry: AnyId | None = None
    """What it is in this case, e.g. an event or a fact."""
    likelihood: dict[HypothesisId, Estimate] = {}
    """How probable such evidence is if each hypothesis is true: a number, or a distribution whose ends give an
    interval. Never 0 or 1."""
    consistency: dict[HypothesisId, Literal[-2, -1, 0, 1, 2, "n/a"]] = {}
    """How well it agrees with each hypothesis, from -2 to 2, or `n/a`: for the analysis of competing hypotheses."""
    credibility: Estimate | None = None
    """How far its source is to be believed, from 0 to 1, in that analysis; 1 unless you say otherwise."""
    relevance: Estimate | None = None
    """How much it bears on the question, from 0 to 1, in that analysis; 1 unless you say otherwise."""
    absent: bool = False
    """True where it was looked for and not found."""
    searched: str | None = None
    """Where and how it was looked for; without it an absence counts nothing."""
    cluster: Id | None = None
    """Evidence of one origin shares a name here; if you give none, that of one document, speaker or event does."""
    given: Annotated[list[ClueId], BeforeValidator(as_list)] = []
    """Clues, declared before this one, given which its likelihoods are to be understood."""
    correlation: PairCorrelation | None = None
    """How it is correlated with one other clue."""
    reliability: Estimate | None = None
    """The chance that its source reports what was there, from 0 to 1; otherwise its report means nothing."""
    otherwise: Estimate | None = None
    """The chance that an unreliable source would report it, whatever was there; 0.5 unless you say otherwise."""


class PassageStrengths(CasePart):
    """What each strength of a coded passage is worth.

    Each is the chance of meeting such a passage if the theory that it speaks for holds. If the theory does not hold,
    the chance is 1 less this. So 0.5 is worth nothing, and with 0.8 the passage is four times as probable if the theory
    holds. It is an assumption, whoever makes it.
    """

    strong: Estimate = Field(default_factory=lambda: Estimate(value=0.8))
    """Speaks strongly."""
    moderate: Estimate = Field(default_factory=lambda: Estimate(value=0.7))
    """Speaks moderately, or with no strength given."""
    weak: Estimate = Field(default_factory=lambda: Estimate(value=0.6))
    """Speaks weakly."""
    conditional: Estimate = Field(default_factory=lambda: Estimate(value=0.5))
    """Speaks only on a condition."""


class EvidenceSettings(CasePart):
    """How the codings are tallied and weighed."""

    secondary: Estimate = Field(default_factory=lambda: Estimate(value=0))
    """What a secondary reading counts beside a primary one, from 0 to 1, in the verdict that is shown first."""
    roll_up: Literal["net", "count"] = "net"
    """How passages make a reading of their motive. `net`: by what they are worth for each theory, less what they are
    worth against it. `count`: by their number. The theory with most left explains the motive first of all; others with
    something left explain it as well."""
    strengths: PassageStrengths = Field(default_factory=PassageStrengths)
    """What each strength of a coded passage is worth."""
    correlation: Estimate | None = None
    """How far pieces of evidence of one cluster repeat each other, from 0 (not at all) to 1 (all of them count as one).
    1 unless you say otherwise."""
    clusters: dict[Id, Estimate] = {}
    """The same for single clusters, by name: that of the clues, or the id of the document, speaker or event."""
    threshold: Annotated[float, Field(gt=0, le=100)] = 9
    """The weight from which a clue is called decisive, in one direction or both. In decibels: 10 is evidence ten times
    as probable under one hypothesis as under the other."""
