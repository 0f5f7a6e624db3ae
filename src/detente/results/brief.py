"""The slots of the brief: what each room knows for it, as numbers with short labels. Sentences come later.

A room fills what it can; `assessment/brief.py` composes the brief from all of them. Shares run from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from detente.results.live import LiveGame, LiveOffer
from detente.results.outcome import Quantity, Standing

YearsOf = Literal["record", "answer", "rules"]
ChangeGroup = Literal["world", "estimates"]
"""Whether something in the world would be otherwise, or only our estimates of it."""
OptionAspect = Literal["rules", "lasts", "errors"]
"""Whether the rules of both sides allow it; whether it lasts once begun; whether it does with errors."""
Degree = Literal["full", "half", "none", "not modelled"]
HALF = 0.5


@dataclass(frozen=True, slots=True)
class TestedShare:
    """How often the side that answers accepts, by both tests."""

    __test__ = False  # no test of pytest

    strict: Quantity
    generous: Quantity

    @property
    def low(self) -> float:
        """The lower of the two."""
        return min(self.strict.value, self.generous.value)

    @property
    def high(self) -> float:
        """The higher of the two."""
        return max(self.strict.value, self.generous.value)


@dataclass(frozen=True, slots=True)
class FormOfChannel:
    """A way in which the channel is run."""

    name: str
    """In a heading: `Russia-run`, `By consensus`; empty where there is but one."""
    phrase: str
    """Within a sentence: `Russia-run`, `by consensus`."""
    clause: str
    """At the head of a sentence: `If Russia runs the channel`; empty where there is but one."""


@dataclass(frozen=True, slots=True)
class AnswerSlot:
    """Whether the side that answers accepts, in each form of the channel."""

    offering: str
    answering: str
    channel: str
    """The title of what is offered."""
    baseline: str
    """The title of the channel that it is measured against."""
    forms: tuple[FormOfChannel, ...]
    tests: tuple[TestedShare, ...]
    """One for each form."""
    reasons: tuple[str, ...]
    """Why, in at most two sentences."""
    link: str
    """The address on the page of the finding that holds the numbers."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would be otherwise, and how often the offer is accepted then."""

    id: str
    label: str
    group: ChangeGroup
    tests: tuple[TestedShare | None, ...]
    """One for each form of the answer; None where the change leaves no such form."""
    standing: Standing = "found"
    is_claimed: bool = False
    """Whether a document claims that it would change the answer."""
    link: str = ""

    def reverses(self, base: tuple[TestedShare, ...]) -> bool:
        """Whether it moves a form across the half, by either test."""
        pairs = [(own, other) for own, other in zip(base, self.tests, strict=True) if other is not None]
        return any(
            (own.strict.value > HALF) != (other.strict.value > HALF)
            or (own.generous.value > HALF) != (other.generous.value > HALF)
            for own, other in pairs
        )

    def largest_move(self, base: tuple[TestedShare, ...]) -> float:
        """How far it moves the form and test that it moves most."""
        return max(
            (
                max(abs(own.strict.value - other.strict.value), abs(own.generous.value - other.generous.value))
                for own, other in zip(base, self.tests, strict=True)
                if other is not None
            ),
            default=0.0,
        )


@dataclass(frozen=True, slots=True)
class OptionFact:
    """What one room says of one thing that could be cooperated on."""

    option: str
    """The id of the issue."""
    label: str
    aspect: OptionAspect
    degree: Degree
    says: str
    """In a few words, as a cell of a table."""
    advised: str = ""
    """Who advises it, if a document does: `memo, first choice`."""
    rank: float = 0.0
    """The higher, the sooner it is named."""
    link: str = ""


@dataclass(frozen=True, slots=True)
class OfferSlot:
    """What could be agreed: how often both sides would have all issues as offered, and in the best format."""

    made: tuple[Quantity, ...]
    """As offered, in each form of the channel."""
    best: Quantity
    is_best: bool
    """Whether no format does clearly better than the offer as it is."""
    how: str
    """The best format, within a sentence; nothing where several do as well that have nothing in common."""
    fuller: Quantity | None
    """The same in a format that brings much more, where the best brings little."""
    fuller_how: str
    """That format after a verb: `at full depth, side by side`."""
    reluctant: str
    """The side that alone says no oftener in the best format; nothing where both do alike."""
    link: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that could be observed, and how often the offer would then be accepted."""

    says: str
    tests: tuple[TestedShare, ...]


@dataclass(frozen=True, slots=True)
class DrivingNumber:
    """A number of the case that accounts by itself for a good part of what varies in the answer."""

    path: str
    has_source: bool


@dataclass(frozen=True, slots=True)
class FitToRecord:
    """How the model fares on what happened, beside one that always says the same."""

    right: float
    constant_right: float
    """What the better of always yes and always no gets right."""
    outcomes: int
    """How many distinct outcomes there are."""


@dataclass(frozen=True, slots=True)
class YearSpan:
    """The years that something is of."""

    of: YearsOf
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class BriefSlots:
    """What a room knows for the brief; what it does not know is empty."""

    years: tuple[YearSpan, ...] = ()
    answers: tuple[AnswerSlot, ...] = ()
    changes: tuple[Change, ...] = ()
    options: tuple[OptionFact, ...] = ()
    signs: tuple[Sign, ...] = ()
    signposts: tuple[Sign, ...] = ()
    """Signs that the case declares: they stand in the place of the others."""
    offers: tuple[OfferSlot, ...] = ()
    driving: tuple[DrivingNumber, ...] = ()
    fit: FitToRecord | None = None
    basis: tuple[str, ...] = ()
    """What the answer rests on besides the inputs, a sentence each."""
    live: LiveOffer | None = None
    """What a page needs to work the answer out anew."""
    live_games: tuple[LiveGame, ...] = ()
    """What it needs for the thresholds of repeated games."""


def join_slots(slots: Iterable[BriefSlots]) -> BriefSlots:
    """What several rooms know, together; of what only one may know, the last."""
    listed = list(slots)
    return BriefSlots(
        years=tuple(year for one in listed for year in one.years),
        answers=tuple(answer for one in listed for answer in one.answers),
        changes=tuple(change for one in listed for change in one.changes),
        options=tuple(option for one in listed for option in one.options),
        signs=tuple(sign for one in listed for sign in one.signs),
        signposts=tuple(sign for one in listed for sign in one.signposts),
        offers=tuple(offer for one in listed for offer in one.offers),
        driving=tuple(number for one in listed for number in one.driving),
        fit=next((one.fit for one in reversed(listed) if one.fit is not None), None),
        basis=tuple(sentence for one in listed for sentence in one.basis),
        live_games=tuple(game for one in listed for game in one.live_games),
        live=next((one.live for one in reversed(listed) if one.live is not None), None),
    )
