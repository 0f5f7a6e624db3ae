"""The picture that the chapter opens with: a row for each approach, with what was answered, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detente.case.index.membership import case_sides, offer_principal
from detente.case.index.offers import answers_by_offer
from detente.case.schema.case import Case
from detente.case.schema.record import Offer, OfferAnswer
from detente.results.pictures import TimeKind, Timeline, TimeMark, TimeRow
from detente.rooms.record.findings.text import ANSWER_PHRASES, name_in_sentence
from detente.rooms.record.findings.time_marks import days_mark, possible_days, time_mark
from detente.rooms.record.model.fates import AnswerOfSome, OfferFate
from detente.rooms.record.model.record import RecordModel
from detente.text.english import cardinal, clip_text, upper_first

MAX_LABEL_LETTERS = 30
"""Letters of a label in a picture."""
SAYS = "When each approach was made and answered. A line covers every day that a date leaves open."
NO_REPLY = "No reply reported"
OTHERS_ONLY = "Only others replied"
Legend = tuple[tuple[TimeKind, int | None, str], ...]


def opening_timeline(model: RecordModel) -> Timeline:
    """A row for each approach in order of time, the undated last."""
    case = model.case
    last_day = _last_day(case)
    rows = tuple(_row(case, fate, last_day) for fate in model.offers.fates)
    return Timeline(
        says=SAYS,
        rows=rows,
        heading="Approach",
        value_heading="What came of it",
        legend=_legend(case, (mark for row in rows for mark in row.marks)),
    )


def _last_day(case: Case) -> date | None:
    """The last day of the record: of its period, or of an approach or a reply; None where none has a date."""
    days = [possible_days(entry.date)[1] for entry in [*case.recorded_offers, *case.replies] if entry.date]
    if case.period and case.period.as_stated.last_day < date.max:
        days.append(case.period.as_stated.last_day)
    return max(days, default=None)


def _row(case: Case, fate: OfferFate, last_day: date | None) -> TimeRow:
    """An approach with its answers; one without a date says so."""
    offer = fate.offer
    label = offer_label(offer)
    marks = [time_mark(offer.date, "offer", _side(case, offer_principal(case, offer)))] if offer.date else []
    for party, answer in answers_by_offer(case).get(offer.id, ()):
        if mark := _answer_mark(offer, answer, _side(case, party), last_day):
            marks.append(mark)
    return TimeRow(label if offer.date else f"{label} (no date)", tuple(dict.fromkeys(marks)), fate_phrase(fate))


def offer_label(offer: Offer) -> str:
    """What an approach is called in a picture."""
    return upper_first(clip_text(offer.short or offer.says.rstrip("."), MAX_LABEL_LETTERS))


def _answer_mark(offer: Offer, answer: OfferAnswer, side: int | None, last_day: date | None) -> TimeMark | None:
    """An answer as a mark; one without a date may have come on any day from the offer on, to the last of the record.

    A silence without a date has no mark: how long it lasted is not known.
    """
    is_silence = answer.answer_kind == "silence"
    kind: TimeKind = "spell" if is_silence else "reply"
    if answer.date:
        return time_mark(answer.date, kind, side)
    if is_silence or offer.date is None or last_day is None:
        return None
    return days_mark((possible_days(offer.date)[0], last_day), kind, side)


def _side(case: Case, party: str) -> int | None:
    """0 for the side that offers, 1 for the one that answers."""
    sides = case_sides(case)
    return sides.index(party) if sides and party in sides else None


def fate_phrase(fate: OfferFate) -> str:
    """What came of an approach, in a few words: by the kinds of answers of those whom it was made to."""
    if not fate.answers:
        return OTHERS_ONLY if fate.is_answered_by_others else NO_REPLY
    return upper_first(", ".join(_answer_phrase(answer, fate.addressee_count) for answer in fate.answers))


def _answer_phrase(answer: AnswerOfSome, addressee_count: int) -> str:
    phrase = ANSWER_PHRASES[answer.kind]
    if answer.is_elsewhere:
        phrase += " through another channel"
    if answer.party_count < addressee_count:
        phrase += f" (by {cardinal(answer.party_count)} of {cardinal(addressee_count)})"
    return phrase


def _legend(case: Case, marks: Iterable[TimeMark]) -> Legend:
    """What each kind of mark means that the picture has; without sides their colours mean nothing."""
    used = {(mark.kind, mark.side) for mark in marks}
    order: list[tuple[TimeKind, int | None]] = [
        (kind, side) for kind in ("offer", "reply", "spell") for side in (0, 1, None)
    ]
    return tuple((kind, side, _legend_words(case, kind, side)) for kind, side in order if (kind, side) in used)


def _legend_words(case: Case, kind: TimeKind, side: int | None) -> str:
    sides = case_sides(case)
    if kind == "spell":
        return (
            "no answer, a source says"
            if side is None or sides is None
            else (f"no answer by {name_in_sentence(case, sides[side])}, a source says")
        )
    noun = "approach" if kind == "offer" else "reply"
    if sides is None:
        return noun
    if side is None:
        return f"{noun} by others"
    by = "by or for" if kind == "offer" else "by"
    return f"{noun} {by} {name_in_sentence(case, sides[side])}"
