"""The brief, composed from what the rooms know for it: what is told, in which order, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.results.brief import (
    AnswerSlot,
    BriefSlots,
    Change,
    DrivingNumber,
    FitToRecord,
    OfferSlot,
    OptionAspect,
    OptionFact,
    Sign,
    YearSpan,
    join_slots,
)
from detente.results.live import LiveGame, LiveOffer

MOST_WORLD_CHANGES, MOST_ESTIMATE_CHANGES, MOST_SIGNS, MOST_OPTIONS = 4, 3, 4, 5
ConfidenceLevel = Literal["not rated", "low", "moderate", "high"]
SOURCED_SHARE = 2 / 3
"""The part of the numbers that drive the answer which has to have a source."""
ENOUGH_OUTCOMES = 10
"""So many distinct outcomes have to test the model."""
HALF = 0.5
LEVELS: tuple[ConfidenceLevel, ...] = ("low", "low", "moderate", "high")
"""The level by how many of the three points are given."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """How good the grounds of the answer are: a point for each of three rules."""

    level: ConfidenceLevel
    is_sourced: bool
    """Whether enough of the numbers that drive the answer have a source; not where none clearly drives it."""
    is_unreversed: bool
    """Whether no other set of assumptions reverses it, by either test."""
    is_tested: bool
    """Whether the model beats a constant reply on enough distinct outcomes."""
    driving: tuple[DrivingNumber, ...]
    sets_tried: int
    """How many other sets of assumptions were tried."""
    strict_reversals: int
    generous_reversals: int
    fit: FitToRecord | None

    @property
    def guessed(self) -> int:
        """How many of the numbers that drive the answer have no source."""
        return sum(not number.has_source for number in self.driving)


@dataclass(frozen=True, slots=True)
class OptionRow:
    """Something that could be cooperated on, with what each room says of it."""

    label: str
    advised: str
    facts: dict[OptionAspect, OptionFact]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a reader is told first."""

    years: tuple[YearSpan, ...]
    answer: AnswerSlot | None
    confidence: Confidence | None
    """None where no answer is given that could be rated."""
    changes: tuple[Change, ...]
    """What would change it, the world first, in each group what moves it most first."""
    tried: tuple[Change, ...]
    """All changes that were tried."""
    reversing: tuple[Change, ...]
    """Those of all that were tried that reverse it."""
    live: LiveOffer | None
    """What a page needs to work the answer out anew; None where nobody is asked."""
    live_games: tuple[LiveGame, ...]
    """What it needs for the thresholds of repeated games."""
    options: tuple[OptionRow, ...]
    signs: tuple[Sign, ...]
    offer: OfferSlot | None
    """What could be agreed; None where the case does not say what could be offered otherwise."""
    basis: tuple[str, ...]


def compose_brief(all_slots: Iterable[BriefSlots]) -> Brief:
    """The brief from what every room knows."""
    slots = join_slots(all_slots)
    answer = slots.answers[0] if slots.answers else None
    changes = slots.changes if answer else ()
    return Brief(
        years=slots.years,
        answer=answer,
        confidence=rate_confidence(answer, slots) if answer else None,
        changes=_told_changes(answer, changes) if answer else (),
        tried=changes,
        reversing=tuple(change for change in changes if answer and change.reverses(answer.tests)),
        live=slots.live if answer else None,
        live_games=slots.live_games,
        options=tuple(_option_rows(slots.options))[:MOST_OPTIONS],
        signs=(slots.signposts or slots.signs)[:MOST_SIGNS],
        offer=slots.offers[0] if slots.offers else None,
        basis=slots.basis,
    )


def rate_confidence(answer: AnswerSlot, slots: BriefSlots) -> Confidence:
    """How good the grounds are; not rated where nothing on record tests the model."""
    sets = [change for change in slots.changes if change.group == "estimates"]
    strict, generous = (_count_reversals(answer, sets, test) for test in ("strict", "generous"))
    sourced = sum(number.has_source for number in slots.driving)
    fit = slots.fit
    points = (
        bool(slots.driving) and sourced >= SOURCED_SHARE * len(slots.driving),
        strict == generous == 0,
        fit is not None and fit.outcomes >= ENOUGH_OUTCOMES and fit.right > fit.constant_right,
    )
    level = "not rated" if fit is None else LEVELS[sum(points)]
    return Confidence(level, *points, slots.driving, len(sets), strict, generous, fit)


def _count_reversals(answer: AnswerSlot, sets: Sequence[Change], test: str) -> int:
    """How many sets of assumptions move some form across the half, by one test."""
    return sum(
        any(
            other is not None and (getattr(own, test).value > HALF) != (getattr(other, test).value > HALF)
            for own, other in zip(answer.tests, one.tests, strict=True)
        )
        for one in sets
    )


def _told_changes(answer: AnswerSlot, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that are shown: those that move the answer most, and one that a document wrongly hopes for."""
    told: list[Change] = []
    for group, most in (("world", MOST_WORLD_CHANGES), ("estimates", MOST_ESTIMATE_CHANGES)):
        members = sorted(
            (change for change in changes if change.group == group),
            key=lambda change: -change.largest_move(answer.tests),
        )
        idle = [change for change in members if change.is_claimed and not _moves(change, answer)]
        kept = [change for change in members if _moves(change, answer)][:most]
        if idle and not any(change in kept for change in idle):
            kept = [*kept[: most - 1], idle[0]]
        told += kept
    return tuple(told)


def _moves(change: Change, answer: AnswerSlot) -> bool:
    """Whether a change moves the answer beyond its errors."""
    return any(
        getattr(own, test).differs_from(getattr(other, test))
        for own, other in zip(answer.tests, change.tests, strict=True)
        if other is not None
        for test in ("strict", "generous")
    )


def _option_rows(facts: Sequence[OptionFact]) -> list[OptionRow]:
    """What could be cooperated on, the best first: what most aspects speak for, then what is advised."""
    by_option: dict[str, list[OptionFact]] = {}
    for fact in facts:
        by_option.setdefault(fact.option, []).append(fact)
    rows = []
    for group in by_option.values():
        advised = next((fact.advised for fact in group if fact.advised), "")
        rows.append(OptionRow(group[0].label, advised, {fact.aspect: fact for fact in group}))
    return sorted(rows, key=_option_rank)


POINTS = {"full": 2.0, "half": 1.0, "none": 0.0, "not modelled": 0.0}


def _option_rank(row: OptionRow) -> tuple[bool, float, bool, float]:
    """Modelled in games first, then by what speaks for it, then advised, then as the rooms rank it."""
    points = sum(POINTS[fact.degree] for fact in row.facts.values())
    return ("lasts" not in row.facts, -points, not row.advised, -max(fact.rank for fact in row.facts.values()))
