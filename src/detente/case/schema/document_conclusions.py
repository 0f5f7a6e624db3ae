"""What the documents conclude: verdicts, predictions and their judgement, contradictions and their checks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from detente.case.schema.base import (
    AnyId,
    CasePart,
    Claim,
    CoderId,
    FactId,
    NonEmptyText,
    OrganisationId,
    PredictionId,
    RecordEntryId,
    ReferenceTo,
    SourceId,
    TheoryId,
    as_list,
)
from detente.case.schema.edtf import EdtfDate


class DocumentVerdict(Claim):
    """What a document itself concludes."""

    about: Annotated[list[AnyId], BeforeValidator(as_list)]
    """What the conclusion is about: a table, an organisation, a motive."""
    says: NonEmptyText
    """The conclusion, in your own words."""
    theory: TheoryId | None = None
    """The theory it prefers, if it prefers one."""


class PredictionJudgement(Claim):
    """What became of a prediction, as somebody judges it."""

    outcome: Literal["came-true", "did-not", "too-early", "untestable"]
    """Whether it came true; `too-early` where its time has not come, `untestable` where nothing could tell."""
    condition: Literal["met", "not-met", "unknown"] | None = None
    """For a conditional prediction, what became of its condition."""
    by: CoderId
    """Who judges."""
    date: EdtfDate | None = None
    """When it was judged."""
    entries: list[AnyId] = []
    """The entries it is judged by."""


class Prediction(Claim):
    """What a document says will, or would, happen."""

    says: NonEmptyText
    """The prediction, in your own words."""
    horizon: EdtfDate | None = None
    """When it should have come true by."""
    condition: str | None = None
    """What it is conditional on."""
    made: EdtfDate | None = None
    """When it was made, if not when its document was."""
    same_as: PredictionId | None = None
    """The prediction that it only says in other words: it is then counted with that, once."""
    no_change: bool | None = None
    """Whether it says what somebody would who always forecasts no change. For those who say the same, at the first."""
    judgements: list[PredictionJudgement] = []
    """What became of it; the last one of each judge counts."""


class StatedAssessment(Claim):
    """A judgement of a document that is neither verdict nor prediction."""

    says: NonEmptyText
    """The judgement, in your own words."""
    about: Annotated[list[AnyId], BeforeValidator(as_list)] = []
    """What it is about."""


class SharesCheck(CasePart):
    """The shares of an organisation's members should add up."""

    of: OrganisationId
    """The organisation."""
    on: EdtfDate
    """The date on which its members are counted."""
    each: FactId
    """The fact that gives the share of every member not named below."""
    named: dict[Annotated[str, ReferenceTo("actor")], FactId] = {}
    """Members with a share of their own, and the facts that give it."""
    total: float = 100
    """What they should add up to."""


class ElapsedCheck(CasePart):
    """As much time should lie between two entries as is claimed."""

    since: Annotated[RecordEntryId, Field(alias="from")]
    """The earlier entry."""
    to: RecordEntryId
    """The later entry."""
    more_than: Annotated[float, Field(ge=0)]
    """The months that are claimed to lie between them, at least."""


class CountCheck(CasePart):
    """A stated number of members should be the number of members."""

    of: OrganisationId
    """The organisation."""
    on: EdtfDate
    """The date on which its members are counted."""
    stated: FactId
    """The fact that gives the number, or lists the members."""


class AgreementCheck(CasePart):
    """Two facts, or the dates of two entries, should agree."""

    entries: Annotated[list[AnyId], Field(min_length=2)]
    """Facts with a value, or entries with a date."""


class ContradictionCheck(CasePart):
    """What can be computed about a contradiction: exactly one of these."""

    shares: SharesCheck | None = None
    """Shares that should add up."""
    elapsed: ElapsedCheck | None = None
    """Time that should have passed."""
    count: CountCheck | None = None
    """A count against a list."""
    agree: AgreementCheck | None = None
    """Values or dates that should be the same."""


ContradictionKind = Literal["between-documents", "within-document", "against-others", "apparent", "slip", "check"]
CONTRADICTING_KINDS: tuple[ContradictionKind, ...] = ("between-documents", "within-document", "against-others")
"""The kinds that are contradictions: of two documents, of one with itself, and of one with what is known elsewhere."""


class ContradictoryClaim(Claim):
    """What one of those says that contradict each other."""

    says: NonEmptyText
    """What is claimed, in your own words."""
    of: str | None = None
    """What it is about, where that is not the same thing after all."""
    during: Annotated[EdtfDate | None, Field(alias="in")] = None
    """Of what time it speaks, if of one."""
    sources: Annotated[list[SourceId], BeforeValidator(as_list)] = []
    """Where it comes from, where that is none of the documents read here; without any and without `at`, from memory."""


class ContradictionExplanation(CasePart):
    """Why two claims only seem to contradict each other."""

    by: Literal["dates", "objects"]
    """They speak of different times, or of different things."""
    says: NonEmptyText
    """How, in a sentence."""
    check: ContradictionCheck | None = None
    """A check that comes out right if they are told apart."""


class Contradiction(Claim):
    """Where the documents disagree with each other, with themselves, or with what is known; or only seem to."""

    kind: ContradictionKind
    """Its kind. `between-documents`: two documents contradict each other. `within-document`: one contradicts itself.
    `against-others`: one contradicts what is known from elsewhere. `apparent`: different dates or things explain it.
    `slip`: something is written wrongly or missing. `check`: a figure is compared with the case and may well be
    right."""
    says: NonEmptyText
    """What contradicts what."""
    about: NonEmptyText | None = None
    """The same thing, of which all claims speak. A contradiction needs it, and so does an apparent one."""
    claims: list[ContradictoryClaim] = []
    """What each side says of it, two claims or more."""
    explained: ContradictionExplanation | None = None
    """For an apparent one, what explains it."""
    between: list[AnyId] = []
    """The entries that contradict each other, or rest on what is contradicted."""
    treatment: str | None = None
    """What we do about it."""
    check: ContradictionCheck | None = None
    """How it can be computed from the case, if it can."""
