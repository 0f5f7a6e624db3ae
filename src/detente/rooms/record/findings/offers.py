"""Findings on offers and replies: the timeline, and how long each offer waited."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal

from detente.case.index.entries import case_entries
from detente.case.index.membership import represented_party
from detente.case.index.offers import accepted_offers, offers_accepted_by_others
from detente.case.schema.case import Case
from detente.case.schema.record import REPLY_ANSWER_WORDS, Offer, Reply
from detente.methods.chronology.response_time import earliest_date, response_time
from detente.results.finding import Finding
from detente.rooms.record.findings.charts import TimelineMark, timeline_chart
from detente.text.dates import APPROXIMATE_DATES_NOTE, format_date, format_months
from detente.text.english import as_sentence, cardinal, clip_text, count_noun, join_words, upper_first

MAX_LABEL_LETTERS = 30
"""Letters of a label in a picture."""
METHOD = (
    "Offers and replies as the case records them, in order of their dates as they are stated (EDTF, Library of "
    f"Congress 2019). {APPROXIMATE_DATES_NOTE} A silence is drawn only where a source says that no answer came; an offer "
    "without any reply in the record is called just that. A wait runs from an offer to the first dated answer that is "
    "not a silence, as the shortest and longest stretch that the dates of all its answers allow."
)


def date_sort_key(entry: Offer | Reply) -> tuple[date, date]:
    """By the earliest and the latest day of its date as it is stated; the undated last."""
    return (entry.date.as_stated.first_day, entry.date.as_stated.last_day) if entry.date else (date.max, date.max)


def timeline_finding(case: Case) -> Finding:
    """Offers and replies in order of time."""
    import polars as pl

    declared = case_entries(case)

    def party_label(party: str | None) -> str:
        return declared[party].label if party else ""

    offers_and_replies: list[Offer | Reply] = [*case.offers, *case.replies]
    ordered = sorted(offers_and_replies, key=date_sort_key)
    records = [
        {
            "date": (format_date(e.date) if e.date else "undated") + (" (inferred)" if e.inferred else ""),
            "what": "offer" if isinstance(e, Offer) else _reply_phrase(e),
            "by": party_label(e.by) + (f" ({party_label(e.speaker)})" if e.speaker else ""),
            "to": party_label(e.to) if isinstance(e, Offer) else ", ".join(e.to),
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
        says=_timeline_sentences(case),
        see=see,
        table=pl.DataFrame(records),
        links=("entry", "to"),
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


def _timeline_sentences(case: Case) -> str:
    declared = case_entries(case)
    recipients = join_words(
        declared[p].label for p in dict.fromkeys(represented_party(case, o.to, o.date) for o in case.offers)
    )
    maker_counts = Counter(represented_party(case, offer.by, offer.date) for offer in case.offers)
    makers_phrase = (
        join_words(f"{cardinal(n)} by the {declared[p].label}" for p, n in maker_counts.items())
        if len(maker_counts) > 1
        else ""
    )
    public_count = sum(offer.manner == "public" for offer in case.offers)
    answer_counts = Counter(reply.answer for reply in case.replies)
    reply_phrases = [
        f"{REPLY_ANSWER_WORDS[a]} ({answer_counts[a]})"
        for a in REPLY_ANSWER_WORDS
        if a not in ("accept", "silence") and answer_counts[a]
    ]
    reply_phrases += (
        [f"silence (told {count_noun(answer_counts['silence'], 'time')})"] if answer_counts["silence"] else []
    )
    substance_counts = Counter(a for reply in case.replies for a in reply.in_substance)
    unanswered = _unanswered_offers(case)
    dates = [offer.date.as_stated for offer in case.offers if offer.date]
    years = sorted(day.year for when in dates for day in (when.first_day, when.last_day) if day.year not in (1, 9999))
    span_phrase = f" between {years[0]} and {years[-1]}" if years and years[0] != years[-1] else ""
    text = f"{count_noun(len(case.offers), 'offer')} to {recipients}{span_phrase}"
    text += f", {makers_phrase}" if makers_phrase else ""
    text += f", {cardinal(public_count)} of them only in public" if public_count else ""
    text += f"; {len(accepted_offers(case)) or 'none'} accepted"
    other_acceptance_count = len(offers_accepted_by_others(case))
    made_phrase = "it was" if other_acceptance_count == 1 else "they were"
    text += (
        f", and {cardinal(other_acceptance_count)} by others than {made_phrase} made to"
        if other_acceptance_count
        else ""
    )
    text += f". The replies on record: {join_words(reply_phrases)}" if reply_phrases else ""
    if substance_counts:
        text += f". In substance, besides: {join_words(f'{REPLY_ANSWER_WORDS[a]} ({substance_counts[a]})' for a in REPLY_ANSWER_WORDS if substance_counts[a])}"
    if unanswered:
        text += (
            f". Of {count_noun(len(unanswered), 'offer')} the record holds no reply, which is not the same as silence"
        )
    return as_sentence(text)


def _unanswered_offers(case: Case) -> list[str]:
    answered_ids = {offer_id for reply in case.replies for offer_id in reply.to}
    return [offer.id for offer in case.offers if offer.id not in answered_ids]


def response_times_finding(case: Case) -> Finding:
    """How long each offer waited for an answer."""
    import polars as pl

    records, waits_by_offer = [], {}
    for offer in sorted(case.offers, key=date_sort_key):
        replies = [reply for reply in case.replies if offer.id in reply.to]
        answers = [r for r in replies if r.answer != "silence"]
        first_answer = min(answers, key=date_sort_key, default=None)
        silences = [reply for reply in replies if reply.answer == "silence"]
        wait_months = None
        answer_dates = [reply.date for reply in answers if reply.date]
        if answer_dates and offer.date:
            wait_months = response_time(offer.date, earliest_date(answer_dates), [s.date for s in silences if s.date])
        if wait_months:
            waits_by_offer[offer.id] = wait_months
        records.append(
            {
                "offer": offer.id,
                "date": format_date(offer.date) if offer.date else "undated",
                "first_answer": first_answer.id if first_answer else "",
                "answer": REPLY_ANSWER_WORDS[first_answer.answer]
                if first_answer
                else "silence"
                if silences
                else "none on record",
                "answered": str(first_answer.date or "undated") if first_answer else "",
                "months_at_least": round(wait_months.shortest_months, 1) if wait_months else None,
                "months_at_most": round(wait_months.longest_months, 1) if wait_months else None,
                "silence_on_record": ", ".join(s.id for s in silences),
            }
        )
    longest = max(waits_by_offer, key=lambda o: waits_by_offer[o].longest_months, default=None)
    silent_count = sum(record["answer"] == "silence" for record in records)
    says = f"{upper_first(count_noun(len(waits_by_offer), 'offer'))} of {len(case.offers)} got a dated answer other than silence"
    says += f", {silent_count} met with silence only" if silent_count else ""
    if longest is not None:
        longest_label = case_entries(case)[longest].label
        longest_wait = format_months(waits_by_offer[longest])
        says += (
            f". The longest wait for a dated answer that the dates allow: {longest_wait} ({longest_label}, {longest})"
        )
    says += "."
    return Finding(
        id="waits",
        title="How long each offer waited",
        says=says,
        see="The wait to the first answer that is not a silence; a range where the dates are imprecise. An answer "
        "cannot have come before a silence on the same offer was surely over.",
        table=pl.DataFrame(records, infer_schema_length=None),
        links=("offer", "first_answer", "silence_on_record"),
        method=METHOD,
        rests_on=tuple(o.id for o in case.offers),
    )
