"""The finding on waits: how long each approach waited for an answer, and how many got none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.membership import offer_addressees
from detente.case.schema.case import Case
from detente.case.schema.record import ANSWER_WORDS
from detente.results.finding import Finding
from detente.results.pictures import CellGrid, GridCell
from detente.results.table import Column, make_table
from detente.rooms.record.findings.opening import no_reply_sentence
from detente.rooms.record.findings.opening_picture import offer_label
from detente.rooms.record.findings.text import (
    ANSWER_PHRASES,
    count_of,
    name_alone,
    name_in_sentence,
    they_were,
    wait_phrase,
)
from detente.rooms.record.findings.timeline import METHOD
from detente.rooms.record.model.offers import OfferRecord, OfferWait
from detente.rooms.record.model.record import RecordModel
from detente.text.english import cardinal, count_noun, upper_first


def waits_finding(model: RecordModel) -> Finding:
    """How long each offer waited for an answer, of each whom it was made to."""
    waits = model.offers.waits
    columns = _columns(waits)
    names = {column.name for column in columns}
    records = (_record(item, name_alone(model.case, item.party)) for item in waits)
    return Finding(
        id="waits",
        title="How long each approach waited",
        says=" ".join(_sentences(model)),
        table=make_table(columns, ({name: row[name] for name in row if name in names} for row in records)),
        method=METHOD,
        rests_on=tuple(offer.id for offer in model.case.recorded_offers),
        place="detail",
        question="How long each approach waited for an answer",
        short_answer=_short_answer(model.offers),
        picture=_picture(model),
    )


def _columns(waits: Sequence[OfferWait]) -> tuple[Column, ...]:
    """The columns; whether an offer was made to who answers is asked only where somebody else answers."""
    is_told = not all(item.is_addressee for item in waits)
    return (
        Column("offer", "approach", "id"),
        Column("date", format="date"),
        Column("who_answers", "who answers"),
        *([Column("made_to_it", "made to it", "yes_no")] if is_told else []),
        Column("first_answer", "first answer", "id"),
        Column("answer"),
        Column("answered", format="date"),
        Column("months_at_least", "months at least", "tenths", "months"),
        Column("months_at_most", "months at most", "tenths", "months"),
        Column("silence_on_record", "silence on record", "ids"),
    )


def _record(item: OfferWait, party_label: str) -> dict[str, object]:
    answer, wait = item.first_answer, item.wait
    no_answer_phrase = "silence" if item.silences else "none on record"
    return {
        "offer": item.offer.id,
        "date": item.offer.date.text if item.offer.date else "undated",
        "who_answers": party_label,
        "made_to_it": item.is_addressee,
        "first_answer": answer.id if answer else "",
        "answer": ANSWER_WORDS[answer.answer_kind] if answer else no_answer_phrase,
        "answered": (answer.date.text if answer.date else "undated") if answer else "",
        "months_at_least": wait.shortest_months if wait else None,
        "months_at_most": wait.longest_months if wait else None,
        "silence_on_record": ", ".join(item.silences),
    }


def _sentences(model: RecordModel) -> Iterator[str]:
    """How many offers got an answer with a date, how many silence or nothing, and which waited longest."""
    offers, total = model.offers, len(model.case.recorded_offers)
    answered = count_of(offers.dated_answer_count, total, "approach", "approaches")
    yield f"{upper_first(answered)} on record got a dated answer{_from_whom(model)}."
    if count := offers.silence_only_count:
        yield f"{upper_first(cardinal(count))} met with nothing but silence, as a source reports."
    if sentence := no_reply_sentence(offers):
        yield sentence
    if count := len(offers.answered_by_others):
        verb = "was" if count == 1 else "were"
        yield f"{upper_first(cardinal(count))} {verb} answered only by others than {_those_asked(model, count)}."
    if count := len(offers.partly_unanswered):
        verb = "was" if count == 1 else "were"
        yield f"{upper_first(cardinal(count))} {verb} answered by some of {_those_asked(model, count)}, and not by all."
    if (longest := offers.longest_wait) and longest.wait:
        is_open = round(longest.wait.shortest_months) != round(longest.wait.longest_months)
        caveat = "; the dates leave it open" if is_open else ""
        yield f"The longest wait was {wait_phrase(longest.wait)}{_for_whom(model.case, longest)}{caveat}."


def _from_whom(model: RecordModel) -> str:
    """Whose answers count."""
    return f" from {_those_asked(model, 1 if model.offers.dated_answer_count == 1 else 2, 'somebody')}"


def _those_asked(model: RecordModel, count: int, who: str = "those") -> str:
    """To whom one or several approaches were made: by name, where that is always the same party."""
    recipients = model.offers.recipients
    if len(recipients) == 1:
        return name_in_sentence(model.case, recipients[0])
    return f"{who} to whom {they_were(count)} made"


def _for_whom(case: Case, longest: OfferWait) -> str:
    """For whose answer it was, where others might have answered, too."""
    if len(offer_addressees(case, longest.offer)) < 2:
        return ""
    return f", for {name_in_sentence(case, longest.party)}"


def _short_answer(offers: OfferRecord) -> str:
    """`at most 36 months`."""
    longest = offers.longest_wait
    if not longest or not longest.wait:
        return "no answer has a date"
    months = round(longest.wait.longest_months)
    return f"at most {count_noun(months, 'month')}" if months else "less than a month"


def _picture(model: RecordModel) -> CellGrid | None:
    """The approaches that got a dated answer of those whom they were made to, the longest wait first."""
    dated = [(item, item.wait) for item in model.offers.waits if item.is_addressee and item.wait]
    if not dated:
        return None
    dated.sort(key=lambda pair: -pair[1].longest_months)
    is_told = len({item.party for item, _ in dated}) > 1
    rows = []
    for item, wait in dated:
        texts = [name_alone(model.case, item.party)] if is_told else []
        texts += [ANSWER_PHRASES[item.first_answer.answer_kind] if item.first_answer else "", wait_phrase(wait)]
        rows.append((offer_label(item.offer), tuple(GridCell("empty", upper_first(text)) for text in texts)))
    who = ("Who answered",) if is_told else ()
    return CellGrid(
        says="The approaches whose first answer has a date, the longest wait first.",
        corner="Approach",
        columns=(*who, "First answer", "Came after"),
        rows=tuple(rows),
    )
