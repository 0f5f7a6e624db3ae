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
    ClueId,
    CoderId,
    EntryId,
    FactId,
    HypothesisId,
    Id,
    IssueId,
    MotiveId,
    OrganisationId,
    Part,
    PartyId,
    Refers,
    TableId,
    Text,
    TheoryId,
    UnitId,
    one_or_several,
)


class Issue(Claim):
    """An area on which the sides could cooperate."""

    title: Text
    """What it is called."""
    group: str | None = None
    """The group it is counted in when the drift of an agenda is measured, e.g. `hard security`."""


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
    standing: Literal["offered", "recommended", "discussed"] = "offered"
    """Offered by a side, recommended by a document, or only discussed."""
    feasibility: str | None = None
    """What the document says of its chances, in a few words."""


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
    speaker: PartyId | None = None
    """Whose words it reports, if anybody's but its author's."""
    importance: Literal["chief", "as-chief"] | None = None
    """`chief` where the source itself calls it the most important, `as-chief` where as strong as the chief one."""
    hedged: bool = False
    """True where the source says so with a perhaps, probably or might."""


class Proposition(Claim):
    """Something a theory says."""

    says: Text
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
    """The room of Détente that can test it: record, evidence, rules, channels, anarchy, alignment."""


class Branch(Claim):
    """A branch of a theory."""

    name: Text
    """What it is called."""
    says: str | None = None
    """What it holds, in a sentence."""


class Codebook(Part):
    """How coders recognise a theory: what goes into the codebook that comes with a coding sheet."""

    definition: Text
    """What a unit says when it speaks for the theory."""
    include: Annotated[list[Text], BeforeValidator(one_or_several)] = []
    """When to code a unit to it."""
    exclude: Annotated[list[Text], BeforeValidator(one_or_several)] = []
    """When not to."""
    example: str | None = None
    """An example with its code; none of the units to be coded."""


class Theory(Claim):
    """A theory that could explain what the sides do."""

    name: Text
    """What it is called."""
    says: str | None = None
    """What it holds, in a sentence."""
    codebook: Codebook | None = None
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


class Coder(Part):
    """Somebody who codes, or a document whose own coding is taken over."""

    name: Text
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
    unit: UnitId
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


class Hypothesis(Claim):
    """One of several answers of which exactly one is true, e.g. that realism alone explains the motives of a table."""

    name: Text
    """What it is called."""
    holds: list[TheoryId] | None = None
    """The theories that hold if it is true; an empty list if none does. Needed to weigh coded passages."""
    prior: Estimate | None = None
    """How probable it is before the evidence, against the others; 1 unless you say otherwise, so all are alike."""


class PairCorrelation(Part):
    """Two clues come together more, or less, often than chance has it."""

    to: Annotated[ClueId, Field(alias="with")]
    """The other clue, declared before this one."""
    rho: Estimate
    """Their correlation under every hypothesis, from -1 to 1."""


class Clue(Claim):
    """A piece of evidence, held against the hypotheses."""

    says: Text
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
    given: Annotated[list[ClueId], BeforeValidator(one_or_several)] = []
    """Clues, declared before this one, given which its likelihoods are to be understood."""
    correlation: PairCorrelation | None = None
    """How it is correlated with one other clue."""
    reliability: Estimate | None = None
    """The chance that its source reports what was there, from 0 to 1; otherwise its report means nothing."""
    otherwise: Estimate | None = None
    """The chance that an unreliable source would report it, whatever was there; .5 unless you say otherwise."""


class Strengths(Part):
    """What each strength of a coded passage is worth.

    Each is the chance of meeting such a passage if the theory it speaks for holds; if it does not, the chance is one
    less that. So .5 is worth nothing and .8 makes odds of four to one. An assumption, whoever makes it.
    """

    strong: Estimate = Field(default_factory=lambda: Estimate(value=0.8))
    """Speaks strongly."""
    moderate: Estimate = Field(default_factory=lambda: Estimate(value=0.7))
    """Speaks moderately, or with no strength given."""
    weak: Estimate = Field(default_factory=lambda: Estimate(value=0.6))
    """Speaks weakly."""
    conditional: Estimate = Field(default_factory=lambda: Estimate(value=0.5))
    """Speaks only on a condition."""


class EvidenceSettings(Part):
    """How the codings are tallied and weighed."""

    secondary: Estimate = Field(default_factory=lambda: Estimate(value=0))
    """What a secondary reading counts against a primary one, from 0 to 1, in the verdict that is shown first."""
    roll_up: Literal["net", "count"] = "net"
    """How passages make a reading of their motive: by what they are worth for each theory less against it, or by their
    number. The theory that is left with most explains it first of all, others left with something do so besides."""
    strengths: Strengths = Field(default_factory=Strengths)
    """What each strength of a coded passage is worth."""
    correlation: Estimate | None = None
    """How far pieces of evidence of one cluster repeat each other, from 0 (not at all) to 1 (they are as good as one);
    1 unless you say otherwise."""
    clusters: dict[Id, Estimate] = {}
    """The same for single clusters, by name: that of the clues, or the id of the document, speaker or event."""
    threshold: Annotated[float, Field(gt=0, le=100)] = 9
    """Decibels from which a clue is called decisive, in one direction or both."""


class Verdict(Claim):
    """What a document itself concludes."""

    about: Annotated[list[AnyId], BeforeValidator(one_or_several)]
    """What the conclusion is about: a table, an organisation, a motive."""
    says: Text
    """The conclusion, in your own words."""
    theory: TheoryId | None = None
    """The theory it prefers, if it prefers one."""


class Judgement(Claim):
    """What became of a prediction, as somebody judges it."""

    outcome: Literal["came-true", "did-not", "too-early", "untestable"]
    """Whether it came true; `too-early` where its time has not come, `untestable` where nothing could tell."""
    condition: Literal["met", "not-met", "unknown"] | None = None
    """For a conditional prediction, what became of its condition."""
    by: CoderId
    """Who judges."""
    date: Edtf | None = None
    """When it was judged."""
    entries: list[AnyId] = []
    """The entries it is judged by."""


class Prediction(Claim):
    """What a document says will, or would, happen."""

    says: Text
    """The prediction, in your own words."""
    horizon: Edtf | None = None
    """When it should have come true by."""
    condition: str | None = None
    """What it is conditional on."""
    made: Edtf | None = None
    """When it was made, if not when its document was."""
    judgements: list[Judgement] = []
    """What became of it; the last one of each judge counts."""


class StatedAssessment(Claim):
    """A judgement of a document that is neither verdict nor prediction."""

    says: Text
    """The judgement, in your own words."""
    about: Annotated[list[AnyId], BeforeValidator(one_or_several)] = []
    """What it is about."""


class SharesCheck(Part):
    """The shares of an organisation's members should add up."""

    of: OrganisationId
    """The organisation."""
    on: Edtf
    """The date on which its members are counted."""
    each: FactId
    """The fact that gives the share of every member not named below."""
    named: dict[Annotated[str, Refers("actor")], FactId] = {}
    """Members with a share of their own, and the facts that give it."""
    total: float = 100
    """What they should add up to."""


class ElapsedCheck(Part):
    """As much time should lie between two entries as is claimed."""

    since: Annotated[EntryId, Field(alias="from")]
    """The earlier entry."""
    to: EntryId
    """The later entry."""
    more_than: Annotated[float, Field(ge=0)]
    """The months that are claimed to lie between them, at least."""


class CountCheck(Part):
    """A stated number of members should be the number of members."""

    of: OrganisationId
    """The organisation."""
    on: Edtf
    """The date on which its members are counted."""
    stated: FactId
    """The fact that gives the number, or lists the members."""


class AgreeCheck(Part):
    """Two facts, or the dates of two entries, should agree."""

    entries: Annotated[list[AnyId], Field(min_length=2)]
    """Facts with a value, or entries with a date."""


class Check(Part):
    """What can be computed about a contradiction: exactly one of these."""

    shares: SharesCheck | None = None
    """Shares that should add up."""
    elapsed: ElapsedCheck | None = None
    """Time that should have passed."""
    count: CountCheck | None = None
    """A count against a list."""
    agree: AgreeCheck | None = None
    """Values or dates that should be the same."""


class Contradiction(Claim):
    """Where the documents disagree with each other, with themselves, or with what is known."""

    says: Text
    """What contradicts what."""
    between: list[AnyId] = []
    """The entries that contradict each other, or rest on what is contradicted."""
    type: str | None = None
    """What sort of contradiction, in a word or two."""
    treatment: str | None = None
    """What we do about it."""
    check: Check | None = None
    """How it can be computed from the case, if it can."""
