"""Findings on offers and replies: the timeline, and how long each offer waited."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal

from detente.case.index.entries import entries
from detente.case.index.membership import speaks_for
from detente.case.index.offers import accepted, accepted_by_others
from detente.case.schema.case import Case
from detente.case.schema.record import ANSWERS, Offer, Reply
from detente.methods.chronology.response_time import first_of, wait
from detente.results.finding import Finding
from detente.rooms.record.findings.charts import Mark, timeline_chart
from detente.text.dates import HOW_FAR, format_date, format_months
from detente.text.english import capital, cardinal, clipped, count, listed, sentence

MOST_LETTERS = 30
"""Letters of a label in a picture."""
METHOD = (
    "Offers and replies as the case records them, in order of their dates as they are stated (EDTF, Library of "
    f"Congress 2019). {HOW_FAR} A silence is drawn only where a source says that no answer came; an offer "
    "without any reply in the record is called just that. A wait runs from an offer to the first dated answer that is "
    "not a silence, as the shortest and longest stretch that the dates of all its answers allow."
)


def order(entry: Offer | Reply) -> tuple[date, date]:
    """By the earliest and the latest day of its date as it is stated; the undated last."""
    return (entry.date.stated.first, entry.date.stated.last) if entry.date else (date.max, date.max)


def timeline(case: Case) -> Finding:
    """Offers and replies in order of time."""
    import polars as pl

    known = entries(case)

    def name(party: str | None) -> str:
        return known[party].label if party else ""

    both: list[Offer | Reply] = [*case.offers, *case.replies]
    ordered = sorted(both, key=order)
    records = [
        {
            "date": (format_date(e.date) if e.date else "undated") + (" (inferred)" if e.inferred else ""),
            "what": "offer" if isinstance(e, Offer) else _what(e),
            "by": name(e.by) + (f" ({name(e.speaker)})" if e.speaker else ""),
            "to": name(e.to) if isinstance(e, Offer) else ", ".join(e.to),
            "in_words": e.says,
            "entry": e.id,
        }
        for e in ordered
    ]
    marks = [Mark(e.date, clipped(e.short or e.says, MOST_LETTERS), _side(e)) for e in ordered if e.date]
    undated = [e.id for e in ordered if not e.date]
    see = "Offers are full, replies hollow or diamonds; grey is time in which a source says no answer came."
    if undated:
        see += " " + sentence(f"{count(len(undated), 'entry', 'entries')} without a date stand in the table only")
    return Finding(
        id="timeline",
        title="Offers and replies",
        says=_timeline_words(case),
        see=see,
        table=pl.DataFrame(records),
        links=("entry", "to"),
        chart=timeline_chart(marks, case.period) if marks else None,
        method=METHOD,
        rests_on=tuple(e.id for e in ordered),
    )


def _what(reply: Reply) -> str:
    """The form of a reply, and what it is in substance where that is more."""
    substance = listed(ANSWERS[a] for a in reply.in_substance)
    return f"{ANSWERS[reply.answer]}; in substance {substance}" if substance else ANSWERS[reply.answer]


def _side(entry: Offer | Reply) -> Literal["offer", "reply", "silence"]:
    if isinstance(entry, Offer):
        return "offer"
    return "silence" if entry.answer == "silence" else "reply"


def _timeline_words(case: Case) -> str:
    known = entries(case)
    to = listed(known[p].label for p in dict.fromkeys(speaks_for(case, o.to, o.date) for o in case.offers))
    makers = Counter(speaks_for(case, offer.by, offer.date) for offer in case.offers)
    by = listed(f"{cardinal(n)} by the {known[p].label}" for p, n in makers.items()) if len(makers) > 1 else ""
    public = sum(offer.manner == "public" for offer in case.offers)
    answers = Counter(reply.answer for reply in case.replies)
    replies = [f"{ANSWERS[a]} ({answers[a]})" for a in ANSWERS if a not in ("accept", "silence") and answers[a]]
    replies += [f"silence (told {count(answers['silence'], 'time')})"] if answers["silence"] else []
    hidden = Counter(a for reply in case.replies for a in reply.in_substance)
    open_offers = _unanswered(case)
    dates = [offer.date.stated for offer in case.offers if offer.date]
    years = sorted(day.year for when in dates for day in (when.first, when.last) if day.year not in (1, 9999))
    span = f" between {years[0]} and {years[-1]}" if years and years[0] != years[-1] else ""
    words = f"{count(len(case.offers), 'offer')} to {to}{span}"
    words += f", {by}" if by else ""
    words += f", {cardinal(public)} of them only in public" if public else ""
    words += f"; {len(accepted(case)) or 'none'} accepted"
    others = len(accepted_by_others(case))
    asked = "it was" if others == 1 else "they were"
    words += f", and {cardinal(others)} by others than {asked} made to" if others else ""
    words += f". The replies on record: {listed(replies)}" if replies else ""
    if hidden:
        words += f". In substance, besides: {listed(f'{ANSWERS[a]} ({hidden[a]})' for a in ANSWERS if hidden[a])}"
    if open_offers:
        words += f". Of {count(len(open_offers), 'offer')} the record holds no reply, which is not the same as silence"
    return sentence(words)


def _unanswered(case: Case) -> list[str]:
    answered = {to for reply in case.replies for to in reply.to}
    return [offer.id for offer in case.offers if offer.id not in answered]


def waits(case: Case) -> Finding:
    """How long each offer waited for an answer."""
    import polars as pl

    records, waits = [], {}
    for offer in sorted(case.offers, key=order):
        replies = [reply for reply in case.replies if offer.id in reply.to]
        answers = [r for r in replies if r.answer != "silence"]
        first = min(answers, key=order, default=None)
        silences = [reply for reply in replies if reply.answer == "silence"]
        waited = None
        answered = [reply.date for reply in answers if reply.date]
        if answered and offer.date:
            waited = wait(offer.date, first_of(answered), [s.date for s in silences if s.date])
        if waited:
            waits[offer.id] = waited
        records.append(
            {
                "offer": offer.id,
                "date": format_date(offer.date) if offer.date else "undated",
                "first_answer": first.id if first else "",
                "answer": ANSWERS[first.answer] if first else "silence" if silences else "none on record",
                "answered": str(first.date or "undated") if first else "",
                "months_at_least": round(waited.least, 1) if waited else None,
                "months_at_most": round(waited.most, 1) if waited else None,
                "silence_on_record": ", ".join(s.id for s in silences),
            }
        )
    longest = max(waits, key=lambda o: waits[o].most, default=None)
    silent = sum(record["answer"] == "silence" for record in records)
    says = f"{capital(count(len(waits), 'offer'))} of {len(case.offers)} got a dated answer other than silence"
    says += f", {silent} met with silence only" if silent else ""
    if longest is not None:
        name = entries(case)[longest].label
        longest_wait = format_months(waits[longest])
        says += f". The longest wait for a dated answer that the dates allow: {longest_wait} ({name}, {longest})"
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
