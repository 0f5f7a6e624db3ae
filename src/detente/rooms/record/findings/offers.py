"""Findings on offers and replies: the timeline, and how long each offer waited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from detente.case.entries.entries import case_entries
from detente.case.schema.record import REPLY_ANSWER_WORDS, Offer, Reply, ReplyAnswer
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.record.findings.charts import TimelineMark, timeline_chart
from detente.rooms.record.model.offers import OfferWait, date_sort_key
from detente.rooms.record.model.record import RecordModel
from detente.text.dates import APPROXIMATE_DATES_NOTE, format_months
from detente.text.english import as_sentence, cardinal, clip_text, count_noun, join_words, upper_first

MAX_LABEL_LETTERS = 30
"""Letters of a label in a picture."""
METHOD = (
    "Offers and replies as the case records them, in order of their dates as they are stated (EDTF, Library of "
    f"Congress 2019). {APPROXIMATE_DATES_NOTE} A silence is drawn only where a source says that no answer came; an "
    "offer without any reply in the record is called just that. A wait runs from an offer to the first dated answer "
    "that is not a silence, as the shortest and longest stretch that the dates of all its answers allow."
)

TIMELINE_COLUMNS = (
    Column("date", format="date"),
    Column("inferred", format="yes_no"),
    Column("what"),
    Column("by"),
    Column("to"),
    Column("answers", format="ids"),
    Column("in_words"),
    Column("entry", format="id"),
)
WAIT_COLUMNS = (
    Column("offer", format="id"),
    Column("date", format="date"),
    Column("first_answer", format="id"),
    Column("answer"),
    Column("answered", format="date"),
    Column("months_at_least", format="tenths", unit="months"),
    Column("months_at_most", format="tenths", unit="months"),
    Column("silence_on_record", format="ids"),
)


def timeline_finding(model: RecordModel) -> Finding:
    """Offers and replies in order of time."""
    case, declared = model.case, case_entries(model.case)

    def party_label(party: str | None) -> str:
        return declared[party].label if party else ""

    offers_and_replies: list[Offer | Reply] = [*case.offers, *case.replies]
    ordered = sorted(offers_and_replies, key=date_sort_key)
    records = [
        {
            "date": e.date.text if e.date else "undated",
            "inferred": e.inferred or None,
            "what": "offer" if isinstance(e, Offer) else _reply_phrase(e),
            "by": party_label(e.by) + (f" ({party_label(e.speaker)})" if e.speaker else ""),
            "to": party_label(e.to) if isinstance(e, Offer) else "",
            "answers": ", ".join(e.to) if isinstance(e, Reply) else "",
            "in_words": e.says,
            "entry": e.id,
        }
        for e in ordered
    ]
    marks = [
        TimelineMark(e.date, clip_text(e.short or e.says, MAX_LABEL_LETTERS), _mark_kind(e)) for e in ordered if e.date
    ]
    undated_ids = [e.id for e in ordered if not e.date]
    see = "Offers are full, replies hollow or diamonds; grey is time in which a source says no answer came."
    if undated_ids:
        see += " " + as_sentence(
            f"{count_noun(len(undated_ids), 'entry', 'entries')} without a date stand in the table only"
        )
    return Finding(
        id="timeline",
        title="Offers and replies",
        says=_timeline_sentences(model),
        see=see,
        table=make_table(TIMELINE_COLUMNS, records),
        chart=timeline_chart(marks, case.period) if marks else None,
        method=METHOD,
        rests_on=tuple(e.id for e in ordered),
    )


def _reply_phrase(reply: Reply) -> str:
    """The form of a reply, and what it is in substance where that is more."""
    substance = join_words(REPLY_ANSWER_WORDS[a] for a in reply.in_substance)
    return (
        f"{REPLY_ANSWER_WORDS[reply.answer]}; in substance {substance}"
        if substance
        else REPLY_ANSWER_WORDS[reply.answer]
    )


def _mark_kind(entry: Offer | Reply) -> Literal["offer", "reply", "silence"]:
    if isinstance(entry, Offer):
        return "offer"
    return "silence" if entry.answer == "silence" else "reply"


def _timeline_sentences(model: RecordModel) -> str:
    return as_sentence(_offers_clause(model) + "".join(_reply_clauses(model)))


def _offers_clause(model: RecordModel) -> str:
    """Who made how many offers to whom, and how many were accepted."""
    case, offers, declared = model.case, model.offers, case_entries(model.case)
    text = f"{count_noun(len(case.offers), 'offer')} to {join_words(declared[p].label for p in offers.recipients)}"
    if offers.years and offers.years[0] != offers.years[1]:
        text += f" between {offers.years[0]} and {offers.years[1]}"
    if len(offers.maker_counts) > 1:
        makers = (f"{cardinal(n)} by the {declared[party].label}" for party, n in offers.maker_counts.items())
        text += f", {join_words(makers)}"
    text += f", {cardinal(offers.public_count)} of them only in public" if offers.public_count else ""
    text += f"; {offers.accepted_count or 'none'} accepted"
    if count := offers.accepted_by_others_count:
        text += f", and {cardinal(count)} by others than {'it was' if count == 1 else 'they were'} made to"
    return text


def _reply_clauses(model: RecordModel) -> Iterator[str]:
    """What the replies are in form and in substance, and how many offers the record holds none to."""
    offers, counts = model.offers, model.offers.answer_counts
    phrases = _answer_phrases({a: n for a, n in counts.items() if a not in ("accept", "silence")})
    if silence_count := counts.get("silence", 0):
        phrases.append(f"silence (told {count_noun(silence_count, 'time')})")
    if phrases:
        yield f". The replies on record: {join_words(phrases)}"
    if offers.substance_counts:
        yield f". In substance, besides: {join_words(_answer_phrases(offers.substance_counts))}"
    if offers.unanswered:
        count_phrase = count_noun(len(offers.unanswered), "offer")
        yield f". Of {count_phrase} the record holds no reply, which is not the same as silence"


def _answer_phrases(counts: Mapping[ReplyAnswer, int]) -> list[str]:
    return [f"{words} ({counts[answer]})" for answer, words in REPLY_ANSWER_WORDS.items() if counts.get(answer)]


def response_times_finding(model: RecordModel) -> Finding:
    """How long each offer waited for an answer."""
    return Finding(
        id="waits",
        title="How long each offer waited",
        says=_waits_sentence(model),
        see="The wait to the first answer that is not a silence; a range where the dates are imprecise. An answer "
        "cannot have come before a silence on the same offer was surely over.",
        table=make_table(WAIT_COLUMNS, map(_wait_record, model.offers.waits)),
        method=METHOD,
        rests_on=tuple(offer.id for offer in model.case.offers),
    )


def _wait_record(item: OfferWait) -> dict[str, object]:
    answer, wait = item.first_answer, item.wait
    no_answer_phrase = "silence" if item.silences else "none on record"
    return {
        "offer": item.offer.id,
        "date": item.offer.date.text if item.offer.date else "undated",
        "first_answer": answer.id if answer else "",
        "answer": REPLY_ANSWER_WORDS[answer.answer] if answer else no_answer_phrase,
        "answered": (answer.date.text if answer.date else "undated") if answer else "",
        "months_at_least": wait.shortest_months if wait else None,
        "months_at_most": wait.longest_months if wait else None,
        "silence_on_record": ", ".join(item.silences),
    }


def _waits_sentence(model: RecordModel) -> str:
    waits = model.offers.waits
    answered_count = sum(item.wait is not None for item in waits)
    silent_count = sum(item.is_silence_only for item in waits)
    says = f"{upper_first(count_noun(answered_count, 'offer'))} of {len(waits)} got a dated answer other than silence"
    says += f", {silent_count} met with silence only" if silent_count else ""
    longest = model.offers.longest_wait
    if longest and longest.wait:
        id = longest.offer.id
        wait_phrase = f"{format_months(longest.wait)} ({case_entries(model.case)[id].label}, {id})"
        says += f". The longest wait for a dated answer that the dates allow: {wait_phrase}"
    return f"{says}."
