"""The case: every key a case file may have."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from detente.case.schema.base import (
    AnyId,
    CasePart,
    Id,
    InnerFault,
    NonEmptyText,
    OrganisationId,
    PartyId,
    as_list,
    inner_fault_error,
)
from detente.case.schema.bounds import Bounds
from detente.case.schema.channels import Capability, Channel, NetworkSettings
from detente.case.schema.choices import MAX_CHOICES, Choice
from detente.case.schema.coding import Argument, Coder, Coding, Issue, Motive, MotiveTable, Passage, Proposal, Theory
from detente.case.schema.common_goods import CommonGood
from detente.case.schema.decision_rules import MemberStance
from detente.case.schema.document_conclusions import Contradiction, DocumentVerdict, Prediction, StatedAssessment
from detente.case.schema.edtf import EdtfDate
from detente.case.schema.estimate import Estimate
from detente.case.schema.evidence_weights import Clue, EvidenceSettings, Hypothesis
from detente.case.schema.institutions import Institution
from detente.case.schema.legal_rules import Attribute, Rule
from detente.case.schema.offers import (
    AgreedBefore,
    Concession,
    Influence,
    Objective,
    OfferClause,
    OfferDepth,
    OfferPackage,
    Signpost,
    StepSequence,
)
from detente.case.schema.parties import Actor, Document, Organisation, Source
from detente.case.schema.record import AnyRecordEntry, Fact, Offer, OfferAnswer, Reply
from detente.case.schema.repeated_games import DeclaredArmsRace, RepeatedGame, RepetitionSettings, Strategy
from detente.case.schema.response import (
    AlternativePriors,
    Mechanism,
    NumbersTogether,
    ObservedOutcome,
    OutsideOption,
    ResponseSettings,
    TheoryLens,
)
from detente.case.schema.unlikeness import Experience, Trait
from detente.methods.chronology.edtf import DEFAULT_TOLERANCE, MAX_TOLERANCE

MAX_SCENARIOS = 200
"""Scenarios of one case: each is gone through like the case itself."""


ScenarioExpectation = Literal["accepts-more", "accepts-less", "no-change", "accepts", "offers-more", "offers-less"]
"""What a claim expects of a scenario."""


class Scenario(CasePart):
    """A named what-if: some paths of the case, set to other values."""

    says: NonEmptyText
    """What it supposes."""
    title: NonEmptyText | None = None
    """The same as a short clause, for a row of a picture: `All allies change course`."""
    sign: NonEmptyText | None = None
    """What could be observed if it came about, in a sentence: it is then among what to watch."""
    set: dict[str, Any]
    """Paths and their values, e.g. `motives.csto-5.weight: 2`. List entries go by id or by number from 0."""
    because: str | None = None
    """Why it is worth looking at."""
    tests: Annotated[list[AnyId], BeforeValidator(as_list)] = []
    """Claims of the documents that it puts to the test: the report then tells what becomes of the offer by it."""
    expects: ScenarioExpectation | None = None
    """What these claims expect, beside the case as it is. The side that answers accepts oftener (`accepts-more`), less
    often (`accepts-less`), as often (`no-change`), or in most simulations (`accepts`). Or the side that offers is for
    it oftener (`offers-more`) or less often (`offers-less`)."""

    @model_validator(mode="after")
    def _check_expectation(self) -> Self:
        if bool(self.tests) != (self.expects is not None):
            remedy = "add expects:" if self.tests else "add tests: with a claim"
            faults: list[InnerFault] = [((), "a claim is tested by what it expects, and both must be told", remedy)]
            raise inner_fault_error("scenario", faults)
        return self


class Lever(CasePart):
    """A number of the case that gets a slider."""

    path: NonEmptyText
    """The path of the number."""
    says: NonEmptyText
    """What moving it means."""
    low: Annotated[float, Field(alias="from")]
    """The lowest value of the slider."""
    high: Annotated[float, Field(alias="to")]
    """The highest value of the slider."""


class Case(CasePart):
    """Two organisations, what passed between them, what is made of it, and where every bit comes from."""

    entry_registry: ClassVar[Any] = None
    """The kinds of entries it may have, where rooms add some to those of every case."""
    id: Annotated[Id, Field(alias="case")]
    """The id of the case."""
    title: NonEmptyText
    """Its title."""
    question: NonEmptyText
    """The question the case is about, as you would ask it."""
    period: EdtfDate | None = None
    """The years it covers."""
    about: Annotated[int, Field(ge=0, le=MAX_TOLERANCE)] = DEFAULT_TOLERANCE
    """How far a date with `~` or `?` may be off, in its own units: years for `1993~`, months for `1993-05~`. Twice as
    far for `%`. `0` takes all dates at their word."""
    note: str | None = None
    """Anything a reader must know first, e.g. that the case is invented."""
    imports: Annotated[list[str], BeforeValidator(as_list), Field(alias="import")] = []
    """Other files of this case, as paths from this file's folder; what they hold is joined to this one. A `.csv`
    file holds codings: a filled-in coding sheet, or a list with a line for each coding."""
    documents: dict[Id, Document] = {}
    """The documents the case is made from."""
    sources: dict[Id, Source] = {}
    """What else is cited."""
    actors: dict[Id, Actor] = {}
    """Who can act or speak."""
    organisations: dict[Id, Organisation] = {}
    """The organisations of actors."""
    sides: Annotated[list[OrganisationId], Field(json_schema_extra={"minItems": 2, "maxItems": 2})] = []
    """The two organisations that the case is about: the one that offers, then the one that answers."""
    record: list[AnyRecordEntry] = []
    """What happened."""
    facts: dict[Id, Fact] = {}
    """Values of things, with their time."""
    snapshots: list[EdtfDate] = []
    """The dates at which members, facts and agendas are laid side by side, e.g. `[2007, 2013]`."""
    rules: dict[Id, Rule] = {}
    """What each organisation may do, and must not."""
    attributes: dict[Id, Attribute] = {}
    """What the rules ask about proposals."""
    issues: dict[Id, Issue] = {}
    """The areas on which the sides could cooperate, and what is at stake on each."""
    capabilities: dict[Id, Capability] = {}
    """How much actors can do, by one measure or several."""
    channels: dict[Id, Channel] = {}
    """The ways for the sides to deal with each other."""
    threat: dict[PartyId, Annotated[Estimate, Bounds(0, 1, "a threat", called="threat felt")]] = {}
    """How much of a grave common threat each actor perceives, beyond those that the stakes already hold, from 0 to 1.
    Members perceive what is given for their organisation, unless their own is given."""
    network: NetworkSettings = Field(default_factory=NetworkSettings)
    """How the channels are worked out."""
    traits: dict[Id, Trait] = {}
    """In what organisations may be unlike, which makes a channel between them work less well."""
    experiences: dict[Id, Experience] = {}
    """What was tried before between two, and how much of it worked: evidence on what it costs to be unlike."""
    regimes: dict[Id, Capability] = {}
    """How democratic actors are, by one measure or several, from 0 to 1."""
    mechanisms: dict[Id, Mechanism] = {}
    """What actors care for besides their own gains, and how much."""
    lenses: dict[Id, TheoryLens] = {}
    """The theories, as the mechanisms that each lets count."""
    outside: dict[Id, OutsideOption] = {}
    """What the sides have elsewhere, and would forgo."""
    response: ResponseSettings = Field(default_factory=ResponseSettings)
    """How the offer is made, decided on inside, and answered."""
    together: dict[Id, NumbersTogether] = {}
    """Uncertain numbers that go up and down together; each number is drawn by itself where nothing is said."""
    priors: dict[Id, AlternativePriors] = {}
    """Other sets of assumptions about the numbers of the channels, for how far the answer rests on ours."""
    choices: Annotated[dict[Id, Choice], Field(max_length=MAX_CHOICES)] = {}
    """What the model takes for granted and could take otherwise. The report says whether the answer depends on it."""
    outcomes: dict[Id, ObservedOutcome] = {}
    """What was decided, to hold the theories against, besides the replies in the record."""
    games: dict[Id, RepeatedGame] = {}
    """What two sides could do together again and again, for whether it would last."""
    common_goods: dict[Id, CommonGood] = {}
    """What several pay for and all have."""
    arms_races: dict[Id, DeclaredArmsRace] = {}
    """Sides that arm against each other."""
    institutions: dict[Id, Institution] = {}
    """What could stand between two sides and change how often they err, how much the future counts, and trust."""
    strategies: dict[Id, Strategy] = {}
    """Ways to play repeated games, besides those that come with Détente."""
    repetition: RepetitionSettings = Field(default_factory=RepetitionSettings)
    """How repeated games are looked at."""
    proposals: dict[Id, Proposal] = {}
    """What has been proposed."""
    stances: dict[Id, MemberStance] = {}
    """Where members stand on proposals."""
    depths: dict[Id, OfferDepth] = {}
    """How deep an offer may go, e.g. a dialogue, or a standing body."""
    clauses: dict[Id, OfferClause] = {}
    """Clauses that an offer may have."""
    concessions: dict[Id, Concession] = {}
    """What one side could give the other besides, so that issues can be traded."""
    offers: dict[Id, OfferPackage] = {}
    """Offers that could be made, or were: what is in them, how deep, in which form, with which clauses."""
    sequences: dict[Id, StepSequence] = {}
    """Orders in which somebody would take steps."""
    agreed: dict[Id, AgreedBefore] = {}
    """What the sides did agree on."""
    influence: dict[PartyId, Influence] = {}
    """How far parties can sway each other, as judged by somebody."""
    objectives: dict[Id, Objective] = {}
    """What parties are for or against."""
    signposts: dict[Id, Signpost] = {}
    """What could be observed, and which number of the case it tells of."""
    motives: dict[Id, Motive] = {}
    """Why each side does what it does."""
    arguments: dict[Id, Argument] = {}
    """What the documents adduce."""
    passages: dict[Id, Passage] = {}
    """The passages of the documents that bear on the motives, to be coded."""
    theories: dict[Id, Theory] = {}
    """The theories held against the motives."""
    coders: dict[Id, Coder] = {}
    """Who coded."""
    codings: list[Coding] = []
    """Which theory explains which motive, or speaks from which passage, by whose reading."""
    tables: dict[Id, MotiveTable] = {}
    """Which motives are tallied together."""
    hypotheses: dict[Id, Hypothesis] = {}
    """The answers of which exactly one is true, for the weighing of evidence."""
    clues: dict[Id, Clue] = {}
    """Pieces of evidence, held against the hypotheses."""
    evidence: EvidenceSettings = Field(default_factory=EvidenceSettings)
    """How the codings are tallied and weighed."""
    verdicts: dict[Id, DocumentVerdict] = {}
    """What the documents conclude."""
    predictions: dict[Id, Prediction] = {}
    """What the documents predict."""
    assessments: dict[Id, StatedAssessment] = {}
    """What else the documents judge."""
    contradictions: dict[Id, Contradiction] = {}
    """Where the documents disagree."""
    estimates: dict[Id, Estimate] = {}
    """Numbers that belong nowhere else."""
    scenarios: Annotated[dict[Id, Scenario], Field(max_length=MAX_SCENARIOS)] = {}
    """Named what-ifs."""
    levers: list[Lever] = []
    """The numbers that get a slider on the brief of the page, up to three; unless given, those that matter most."""

    @property
    def recorded_offers(self) -> list[Offer]:
        """The offers in the record."""
        return [entry for entry in self.record if isinstance(entry, Offer)]

    @property
    def replies(self) -> list[Reply]:
        """The replies in the record."""
        return [entry for entry in self.record if isinstance(entry, Reply)]

    @property
    def answers(self) -> list[OfferAnswer]:
        """The replies in the record, and the offers that counter others."""
        return [entry for entry in self.record if isinstance(entry, Offer | Reply) and entry.answered_offers]
