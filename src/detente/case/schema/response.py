"""What actors care for besides their gains, by which theory; and how an offer is made, decided on and answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from detente.case.schema.base import (
    CasePart,
    ChannelId,
    Claim,
    IssueId,
    MechanismId,
    MechanismOrOptionId,
    NonEmptyText,
    PartyId,
    ProposalId,
    RecordEntryId,
    RegimeId,
    TheoryId,
    as_list,
)
from detente.case.schema.bounds import Bounds, BoundsByKind
from detente.case.schema.edtf import EdtfDate
from detente.case.schema.estimate import Estimate
from detente.case.schema.record import ReplyAnswer

MechanismKind = Literal["relative", "recognition", "advantage", "autonomy", "fear", "norms", "shield"]
MECHANISM_KINDS: dict[MechanismKind, str] = {
    "relative": "concern for relative gains: what others gain beyond oneself counts against a channel (Grieco 1988)",
    "recognition": "what being dealt with as an organisation is worth by itself",
    "advantage": "what dealing with each other as such brings besides, or costs where it is below 0",
    "autonomy": "what being bound costs",
    "fear": "what the power of others counts for as a threat (Walt 1987), where one deals with them as such",
    "norms": "what one loses of one's hold on how others conduct themselves, as far as a channel is exclusive",
    "shield": "what one gains by being shielded from others' conditions, as far as a channel is exclusive",
}
"""What an actor may care for besides its own gains."""

MECHANISM_BOUNDS = BoundsByKind(
    {
        "relative": Bounds(0, 10, "a concern for relative gains"),
        "recognition": Bounds(-1, 1, "recognition"),
        "advantage": Bounds(-1, 1, "an advantage"),
        "autonomy": Bounds(0, 1, "a cost"),
        "fear": Bounds(0, 10, "a fear"),
        "norms": Bounds(0, 1, "a loss"),
        "shield": Bounds(0, 1, "a shield"),
    }
)


class Shrinkage(CasePart):
    """How far a mechanism shrinks by channels that are not exclusive, or not deep."""

    exclusivity: Annotated[Estimate, Bounds(0, 1, "a share", called="what it shrinks by without exclusivity")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """How much of it is lost where a channel replaces nothing, from 0 to 1. Less is lost if the channel may replace
    something."""
    depth: Annotated[Estimate, Bounds(0, 1, "a share", called="what it shrinks by without depth")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """How much of it is lost where a channel has no depth, from 0 to 1. Less is lost if it has some."""


class Mechanism(Claim):
    """Something that actors care for besides what they gain themselves, and how much."""

    title: NonEmptyText
    """What it is called."""
    kind: MechanismKind
    """What they care for. `relative`: what others gain beyond oneself, as a multiple of the difference. All other kinds
    are shares of what an actor has at stake across organisations, without any grave threat. `recognition` and an
    `advantage` (order, knowledge, less mistrust) are won where a channel deals with organisations as such, and
    `autonomy`, which is freedom of action, is lost there. `fear` counts against such a channel: the more, the greater
    the power of those that are feared beside one's own; the less, the more both feel a threat. `norms` are lost and a
    `shield` is won as far as a channel replaces another."""
    of: Annotated[dict[PartyId, Annotated[Estimate, MECHANISM_BOUNDS]], Field(min_length=1)]
    """How much it counts, for each actor. An organisation stands for each of its members that has no number of its own.
    Members of an organisation that is one player may differ; they decide by its rule."""
    against: dict[PartyId, Annotated[list[PartyId], BeforeValidator(as_list), Field(min_length=1)]] = {}
    """For `relative`: with whom each compares itself; an organisation counts as one. For `fear`: whose power each
    fears. Unless you say, those of the other side. In a repeated game, whoever compares itself with nobody on the other
    side does not mind what that side gets."""
    at_cost_of: PartyId | None = None
    """For `recognition`: who loses what the others win by it. So it is with standing: one has only what others lack."""
    shrinks_with: Shrinkage | None = None
    """For `recognition`, `advantage`, `autonomy` and `fear`: how much less they count for a channel that replaces
    nothing, or has little depth. Unless you say, they count in full."""
    by_regime: RegimeId | None = None
    """Makes it count in proportion to the difference of regimes from those with whom an actor compares itself. `norms`
    count as far as its own regime is above the mean of the other side, a `shield` as far as it is below. Members of an
    organisation that is one player have the mean of all of them."""


class TheoryLens(Claim):
    """A theory as what it lets count besides own gains. Without anything, actors look to these and nothing else."""

    title: NonEmptyText
    """What it is called."""
    theory: TheoryId | None = None
    """The theory of the case that it stands for."""
    uses: Annotated[list[MechanismOrOptionId], BeforeValidator(as_list)] = []
    """The mechanisms and outside options that count."""
    main: StrictBool = False
    """Whether the answer is told by this one; by all mechanisms and options together unless one says so."""


class OutsideOption(Claim):
    """What a party has elsewhere and would forgo by accepting a channel that deals with organisations as such."""

    title: NonEmptyText
    """What it is, e.g. ties with states beyond both organisations."""
    of: PartyId
    """Who has it."""
    partners: Annotated[list[PartyId], BeforeValidator(as_list)] = []
    """With whom. What it gains by dealing with each of them directly follows from capabilities, as with others."""
    forgone: Annotated[Estimate, Bounds(0, 1, "a share", called="what is forgone")]
    """How much of that would be lost, from 0 to 1; without partners, as a share of what the party has at stake across
    organisations."""


class NumbersTogether(Claim):
    """Uncertain numbers that go up and down together, as where one thing behind them is not known."""

    title: NonEmptyText
    """What they have in common."""
    numbers: Annotated[list[str], Field(min_length=1)]
    """Paths of numbers that go up together, e.g. `mechanisms.relative-gains.of.nato`. One that is certain, as in some
    what-if, goes with nothing there."""
    opposed: list[str] = []
    """Paths of those that go down where these go up."""
    correlation: Annotated[float, Field(gt=0, le=1)]
    """How closely: the rank correlation of two that go the same way, from 0 to 1."""


class AlternativePriors(Claim):
    """Another set of assumptions about the numbers, to see how far the answer rests on ours."""

    title: NonEmptyText
    """What it is called."""
    set: dict[str, Estimate] = {}
    """Paths of numbers that are drawn, e.g. `network.decay`, each with its other estimate."""
    together: NumbersTogether | None = None
    """Numbers that go up and down together by this set."""

    @model_validator(mode="after")
    def _check_content(self) -> Self:
        if not self.set and self.together is None:
            raise PydanticCustomError(
                "priors", "this changes nothing", {"remedy": "give other estimates (`set:`), or `together:`"}
            )
        return self

    def patch(self, name: str) -> dict[str, Any]:
        """What it sets, by path, as a scenario would."""
        values = {path: estimate.model_dump(exclude_unset=True) for path, estimate in self.set.items()}
        if self.together is not None:
            values[f"together.{name}"] = self.together.model_dump(exclude_unset=True)
        return values


class ReplyTerms(CasePart):
    """What a reply that does not accept costs, and what it leaves open. All amounts are per year, as shares of what is
    at stake, without any grave threat."""

    once: Annotated[Estimate, Bounds(-10, 10, "a cost", called="cost of the reply")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """What it costs when it is given, e.g. by the offence it gives."""
    each: Annotated[Estimate, Bounds(-10, 10, "a cost", called="cost of the reply in each year")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """What it costs in every year, e.g. by irritation."""
    brings: Annotated[Estimate, Bounds(-10, 10, "what a reply brings")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """What it brings in every year by itself, e.g. by better use of other channels."""
    kept: Annotated[Estimate, Bounds(0, 1, "a chance", called="chance that the offer stays open")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """The chance that the offer is still there a year later."""
    informs: Annotated[Estimate, Bounds(0, 1, "a chance", called="chance that the reply is learnt from")] = Field(
        default_factory=lambda: Estimate(value=0)
    )
    """The chance in a year that it makes known what the offer is worth."""


def _default_reply_terms() -> dict[ReplyAnswer, ReplyTerms]:
    """Silence is cheap and keeps the offer longest; a no offends and ends it."""

    def certain_terms(**amounts: float) -> ReplyTerms:
        return ReplyTerms(**{name: Estimate(value=value) for name, value in amounts.items()})

    return {
        "ask": certain_terms(each=0.004, kept=0.9, informs=0.3),
        "redirect": certain_terms(once=0.01, kept=0.6),
        "refuse": certain_terms(once=0.05, kept=0.3),
        "silence": certain_terms(each=0.002, kept=0.9),
    }


class ResponseSettings(CasePart):
    """How the offer is made, decided on inside, and answered."""

    channel: ChannelId | None = None
    """The channel that is offered; the first that deals with organisations as such, unless you say."""
    form: Literal["both", "hub", "collegiate"] = "both"
    """How the channel is run, if that is known: by the leading member of each organisation (`hub`), or by consensus,
    each answering as one (`collegiate`)."""
    proposal: ProposalId | None = None
    """The proposal by whose subject the decision rules are chosen; the rules for everything, unless you say."""
    discount: Annotated[Estimate, Bounds(0, 1, "a discount", called="how much the future counts")] = Field(
        default_factory=lambda: Estimate(value=0.9)
    )
    """What a gain in a year's time is worth now, from 0 to 1; at most 0.999 is used."""
    hazard: Annotated[Estimate, Bounds(0, 1, "a chance", called="chance of a grave threat in a year")] = Field(
        default_factory=lambda: Estimate(value=0.05)
    )
    """The chance in a year that a grave threat arises that all feel."""
    insight: Annotated[Estimate, Bounds(0, 10, "a standard deviation", called="what asking would tell")] = Field(
        default_factory=lambda: Estimate(value=0.05)
    )
    """How far the worth of the channel may turn out higher or lower once its details are known: a standard
    deviation."""
    asking: Annotated[Estimate, Bounds(0, 10, "a cost", called="cost of making the offer")] = Field(
        default_factory=lambda: Estimate(value=0.01)
    )
    """What it costs to make the offer."""
    shown: Annotated[
        Estimate, Bounds(-1, 10, "what asking brings", called="what making the offer brings by itself")
    ] = Field(default_factory=lambda: Estimate(value=0))
    """What asking brings by itself, accepted or not, e.g. by being seen to ask."""
    transfers: Annotated[Estimate, Bounds(0, 1, "a share", called="what arrives of a payment")] = Field(
        default_factory=lambda: Estimate(value=1)
    )
    """How much of what one member pays another arrives, from 0 (nothing can be paid) to 1."""
    payments: Literal["either-side", "offering-side"] = "either-side"
    """In which side the leading member may pay others for a yes: in either, or only in the one that offers. An
    organisation that is one player pays nobody."""
    noise: Annotated[Estimate, Bounds(0, 10, "the noise of choices", called="noise of choices")] = Field(
        default_factory=lambda: Estimate(value=0.02)
    )
    """How far choices depart from the best, by error: the logit parameter, as a share of what the one who chooses has
    at stake. 0 for no errors."""
    belief: tuple[float, float] = (1, 3)
    """How likely the side that offers thinks at the start that an offer is accepted. Give the acceptances and the
    refusals that it is as good as having seen (a beta distribution)."""
    resets: Annotated[list[RecordEntryId], BeforeValidator(as_list)] = []
    """Entries of the record upon which it believes again what it did at the start."""
    fixed_terms: Literal["in-proportion", "in-full"] = "in-proportion"
    """How recognition, freedom of action and whatever else does not depend on gains count if only a part of the agenda
    is agreed. Either in proportion to what is at stake on that part, or in full, since being bound at all may cost all
    of it."""
    replies: dict[ReplyAnswer, ReplyTerms] = Field(default_factory=_default_reply_terms, min_length=1)
    """The replies that the other side may give besides accepting, and what each means. Unless you say: silence is
    cheap and keeps an offer alive, a no gives offence and ends it."""


class ObservedOutcome(Claim):
    """Something that was decided, to hold the theories against: a channel that somebody took up, or did not."""

    says: NonEmptyText
    """What was decided, in a sentence."""
    date: EdtfDate | None = None
    """When."""
    by: PartyId
    """Who decided; an organ decides for its organisation, and somebody in office for whose office it is."""
    channel: ChannelId | None = None
    """About which channel."""
    instead_of: ChannelId | None = None
    """What they had otherwise; the observed channel unless you say."""
    issue: IssueId | None = None
    """On which issue alone, if not on all."""
    adds: list[PartyId] = []
    """Instead of a channel: two parties between whom a tie is added that replaces nothing. One of them is in no channel
    of the case. An organ stands for its organisation. No theory has anything against such a tie."""
    accepted: bool
    """Whether it was taken up, or wanted."""
    inferred: StrictBool = False
    """True where no document says so and it is your inference: it is shown, and left out of the scores."""
    entries: Annotated[list[RecordEntryId], BeforeValidator(as_list)] = []
    """The entries of the record that tell of it."""


class MotivePathways(Claim):
    """By which parts of the model a motive works, if it is worked out alone."""

    gains: Annotated[list[Literal["rerouting", "efficiency", "link-costs", "one-voice"]], BeforeValidator(as_list)] = []
    """Parts of the gains: who is passed on the way (`rerouting`), how much gets done (`efficiency`), what ties cost
    (`link-costs`), and what is won by answering as one rather than through a leading member (`one-voice`)."""
    mechanisms: Annotated[list[MechanismId], BeforeValidator(as_list)] = []
    """Mechanisms."""
    issues: Annotated[list[IssueId], BeforeValidator(as_list)] = []
    """Only on these issues."""
