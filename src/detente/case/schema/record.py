"""What happened: offers, replies, events, statements, and facts with their time."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from detente.case.schema.base import (
    ChannelId,
    Claim,
    Id,
    NonEmptyText,
    OfferId,
    PartyId,
    ProposalId,
    ReferenceTo,
    SourceId,
    TextOrInteger,
    as_list,
)
from detente.case.schema.edtf import EdtfDate

ReplyAnswer = Literal["accept", "contact", "ask", "redirect", "refuse", "silence"]
AnswerKind = Literal["accept", "contact", "ask", "counter", "redirect", "refuse", "silence"]
"""What became of an offer: a kind of reply, or another offer made instead of one."""
ANSWER_WORDS: dict[AnswerKind, str] = {
    "accept": "accepted",
    "contact": "contact",
    "ask": "asked for more",
    "counter": "answered with another offer",
    "redirect": "redirected to other channels",
    "refuse": "refused",
    "silence": "no answer",
}
"""Each kind of answer, from the most to the least forthcoming, in words."""
REPLY_ANSWER_WORDS: dict[ReplyAnswer, str] = {answer: ANSWER_WORDS[answer] for answer in get_args(ReplyAnswer)}
"""The kinds that a reply may be of, in the same order and words."""


Manner = Literal["formal", "declaration", "talks", "informal", "public"]
MANNERS: tuple[Manner, ...] = ("formal", "declaration", "talks", "informal", "public")
"""The kinds of approaches, from the most to the least binding on who makes them."""
Authorship = Literal["clear", "disputed", "unclear"]

MIN_AGENDA_PROPOSALS = 3
"""Proposals that make an offer an agenda."""
Tone = Literal["hostile", "aggrieved", "cool", "neutral", "open", "eager"]
TONES: tuple[Tone, ...] = ("hostile", "aggrieved", "cool", "neutral", "open", "eager")
"""The tones, from the one furthest from cooperation to the nearest."""


class RecordEntry(Claim):
    """Anything in the record."""

    id: Id
    """Its id."""
    date: EdtfDate | None = None
    """When; for a silence, from when to when."""
    inferred: bool = False
    """True where the date is the coder's inference, not the document's word."""
    says: NonEmptyText
    """What happened, in your own words."""
    short: Annotated[str, Field(max_length=30)] | None = None
    """A few words for pictures, at most 30 letters."""
    cameo: TextOrInteger | None = None
    """Suggested CAMEO event code, in quotes."""
    sources: Annotated[list[SourceId], BeforeValidator(as_list)] = []
    """Where it comes from, where that is none of the documents read here."""


class Offer(RecordEntry):
    """An approach: somebody proposes to cooperate, by a formal offer or by less."""

    kind: Literal["offer"]
    """`offer`."""
    by: PartyId
    """Who makes it. An offer by an organ, or by somebody who holds an office, is an offer of the organisation, or of
    whose office it is. An offer by a member is its own, unless it is made on behalf of others."""
    on_behalf_of: PartyId | None = None
    """For whom it is made, where that is somebody else, as a member may speak for its organisation. It then counts
    among the offers of those for whom it is made."""
    authorship: Authorship = "clear"
    """Whether it is `clear` whose approach it is: `disputed` where the sources doubt whose it is, `unclear` where they
    do not say who made it."""
    to: Annotated[list[PartyId], BeforeValidator(as_list), Field(min_length=1)]
    """To whom it is made, one or several: one to an organ is made to its organisation. Each may answer for itself; a
    reply of one does not answer for the others."""
    speaker: PartyId | None = None
    """Who voices it."""
    manner: Manner = "formal"
    """What kind of approach it is. `formal`: an offer put to the other side through the proper channel. `declaration`:
    a declaration of a body that may decide, if no source says that it was sent. `talks`: brought up in talks.
    `informal`: a sounding. `public`: only said in public, as in a speech, an article or an interview."""
    through: ChannelId | None = None
    """By which channel it would be done, where that is another than the sides are asked about."""
    proposes: list[ProposalId] = []
    """What it proposes."""
    counters: OfferId | None = None
    """The offer that it answers with another one. It is then a reply to that offer, neither an acceptance nor a
    refusal. It comes from one to whom that offer was made, and goes to whoever made it, with others or alone."""

    @property
    def is_agenda(self) -> bool:
        """Whether it is an agenda: dated, of three proposals or more, and not an answer to another offer."""
        return self.date is not None and len(self.proposes) >= MIN_AGENDA_PROPOSALS and not self.counters

    @property
    def answered_offers(self) -> list[str]:
        """The offer that it answers, if it answers any."""
        return [self.counters] if self.counters else []

    @property
    def answer_kind(self) -> AnswerKind:
        """What it is as an answer."""
        return "counter"


class Reply(RecordEntry):
    """The other side answers an offer, or does not."""

    kind: Literal["reply"]
    """`reply`."""
    to: Annotated[list[OfferId], BeforeValidator(as_list), Field(min_length=1)]
    """The offer or offers it answers."""
    by: PartyId
    """Whose answer it is. An organ, or somebody who holds an office of it, answers for the organisation; a member that
    answers for itself does not."""
    speaker: PartyId | None = None
    """Who voices it."""
    answer: ReplyAnswer
    """`silence` only where a source says that no answer came; no reply in the record is not silence. Another offer made
    instead of a reply is an offer with `counters:`."""
    through: ChannelId | None = None
    """By which channel it is taken up, where that is another than the sides are asked about."""
    in_substance: Annotated[list[ReplyAnswer], BeforeValidator(as_list)] = []
    """What else it amounts to in substance, e.g. `refuse` for a wish to keep things as they are."""

    @property
    def answered_offers(self) -> list[str]:
        """The offers that it answers."""
        return self.to

    @property
    def answer_kind(self) -> AnswerKind:
        """What it is as an answer."""
        return self.answer


OfferAnswer = Offer | Reply
"""What an offer may be answered with: a reply, or another offer that counters it."""


class Event(RecordEntry):
    """Anything else that happened."""

    kind: Literal["event"]
    """`event`."""
    type: str | None = None
    """What sort of event, in a word."""
    actors: list[PartyId] = []
    """Who acts."""
    targets: list[PartyId] = []
    """Upon whom, or with whom."""


class Statement(RecordEntry):
    """Somebody says something."""

    kind: Literal["statement"]
    """`statement`."""
    speaker: PartyId | None = None
    """Who says it."""
    organisation: PartyId | None = None
    """For whom they speak; for whoever the speaker holds an office of, unless you say."""
    about: str | None = None
    """The topic, in a few words."""
    direct: bool = False
    """True where the document quotes the speaker's words."""
    topic: str | None = None
    """The topic in a word or two, the same for statements to be read together."""
    tone: Tone | None = None
    """How the speaker stands to cooperation, by this case's own reading; only where it is about that."""
    event: Annotated[str, ReferenceTo("event", "offer", "reply")] | None = None
    """The entry of the record in which it was said."""


AnyRecordEntry = Annotated[Offer | Reply | Event | Statement, Field(discriminator="kind")]


class Fact(Claim):
    """A value of something at some time."""

    of: NonEmptyText
    """What it is a fact of."""
    attribute: NonEmptyText
    """Which of its attributes; the same words for the same attribute at another time."""
    topic: str | None = None
    """What it belongs to, in a word or two: facts of one topic are laid side by side."""
    value: bool | int | float | str | list[str]
    """The value."""
    unit: str | None = None
    """What it is measured in."""
    during: Annotated[EdtfDate | None, Field(alias="in")] = None
    """When it holds: its valid time."""
    approximate: bool = False
    """True where the source says about, some, more than."""
    held_by: dict[PartyId, Literal["affirms", "denies"]] = {}
    """The parties that affirm it, or deny it: facts that sides contest are told apart from those that they share."""
