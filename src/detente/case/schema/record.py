"""What happened: offers, replies, events, statements, and facts with their time."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from detente.case.schema.base import (
    Claim,
    Id,
    NonEmptyText,
    OfferId,
    PartyId,
    ProposalId,
    ReferenceTo,
    TextOrInteger,
    as_list,
)
from detente.case.schema.edtf import EdtfDate

ReplyAnswer = Literal["accept", "contact", "ask", "redirect", "refuse", "silence"]
REPLY_ANSWER_WORDS: dict[ReplyAnswer, str] = {
    "accept": "accepted",
    "contact": "brief contact",
    "ask": "asked for more",
    "redirect": "redirected to other channels",
    "refuse": "refused",
    "silence": "no answer",
}
"""Each kind of reply, from the most to the least forthcoming, in words."""


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


class Offer(RecordEntry):
    """One side proposes to cooperate."""

    kind: Literal["offer"]
    """`offer`."""
    by: PartyId
    """Whose offer it is. What an organ offers, or somebody who holds an office, is an offer of the organisation, or of
    whose office it is; what a member offers is its own."""
    to: PartyId
    """To whom it is made: one to an organ is made to its organisation."""
    speaker: PartyId | None = None
    """Who voices it."""
    manner: Literal["formal", "informal", "public"] = "formal"
    """Through the proper channel, informally, or only in public."""
    proposes: list[ProposalId] = []
    """What it proposes."""

    @property
    def is_agenda(self) -> bool:
        """Whether it is an agenda: dated, and of three proposals or more."""
        return self.date is not None and len(self.proposes) >= MIN_AGENDA_PROPOSALS


class Reply(RecordEntry):
    """The other side answers an offer, or does not."""

    kind: Literal["reply"]
    """`reply`."""
    to: Annotated[list[OfferId], BeforeValidator(as_list)]
    """The offer or offers it answers."""
    by: PartyId
    """Whose answer it is. An organ, or somebody who holds an office of it, answers for the organisation; a member that
    answers for itself does not."""
    speaker: PartyId | None = None
    """Who voices it."""
    answer: ReplyAnswer
    """`silence` only where a source says that no answer came; no reply in the record is not silence."""
    in_substance: Annotated[list[ReplyAnswer], BeforeValidator(as_list)] = []
    """What else it amounts to, besides its form, e.g. `refuse` for a wish to keep things as they are."""


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
