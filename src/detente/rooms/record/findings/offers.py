"""Findings on offers and replies: the timeline, and how long each offer waited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from detente.case.entries.entries import case_entries
from detente.case.entries.registry import CaseEntry
from detente.case.index.membership import offer_addressees
from detente.case.schema.case import Case
from detente.case.schema.record import ANSWER_WORDS, AnswerKind, Offer, OfferAnswer, Reply
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.record.findings.approaches import MANNER_NOUNS
from detente.rooms.record.findings.timeline_chart import TimelineMark, timeline_chart
from detente.rooms.record.model.offers import OfferRecord, OfferWait, date_sort_key
from detente.rooms.record.model.record import RecordModel
from detente.text.dates import APPROXIMATE_DATES_NOTE, format_months
from detente.text.english import as_sentence, cardinal, clip_text, count_noun, join_words, upper_first

MAX_LABEL_LETTERS = 30
"""Letters of a label in a picture."""
MOST_NAMES = 4
"""Parties that are named in a sentence; of more, all but one less are counted."""
METHOD = (
    "Offers and replies as the case records them, in order of their dates as they are stated (EDTF, Library of "
    f"Congress 2019). {APPROXIMATE_DATES_NOTE} A silence is drawn only where a source says that no answer came; an "
    "approach without any reply in the record is called just that. A wait runs from an offer to the first dated answer "
    "that is not a silence, as the shortest and longest stretch that the dates of all its answers allow. An offer to "
    "several counts once, and waits for each of them: a reply of one does not answer for the others. An offer that "
    "answers another counts as an offer and as a reply, neither an acceptance nor a refusal."
)

TIMELINE_COLUMNS = (
    Column("date", format="date"),
    Column("inferred", format="yes_no"),
    Column("what"),
    Column("by"),
    Column("on_behalf_of", "on behalf of"),
    Column("to"),
    Column("answers", format="ids"),
    Column("in_words"),
    Column("entry", format="id"),
)


def _wait_columns(waits: Sequence[OfferWait]) -> tuple[Column, ...]:
    """The columns of the waits; whether an offer was made to who answers is asked only where somebody else answers."""
    is_told = not all(item.is_addressee for item in waits)
    return (
        Column("offer", format="id"),
        Column("date", format="date"),
        Column("who_answers", "who answers"),
        *([Column("made_to_it", "made to it", "yes_no")] if is_told else []),
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
    ordered: list[Offer | Reply] = sorted([*case.offers, *case.replies], key=date_sort_key)
    marks = [
        TimelineMark(e.date, clip_text(e.short or e.says, MAX_LABEL_LETTERS), _mark_kind(e)) for e in ordered if e.date
    ]
    undated_ids = [e.id for e in ordered if not e.date]
    see = (
        "Approaches are full, replies hollow or diamonds; grey is time in which a source says no answer came. A bar "
        "stands for what is not known to the month, over all the days it could be."
    )
    if model.offers.counter_count:
        see += " An offer that answers another is drawn as an offer."
    if undated_ids:
        see += " " + as_sentence(
            f"{count_noun(len(undated_ids), 'entry', 'entries')} without a date stand in the table only"
        )
    return Finding(
        id="timeline",
        title="Approaches and replies",
        says=_timeline_sentences(model),
        see=see,
        table=make_table(TIMELINE_COLUMNS, (_timeline_record(declared, entry) for entry in ordered)),
        chart=timeline_chart(marks, case.period) if marks else None,
        method=METHOD,
        rests_on=tuple(e.id for e in ordered),
    )


def _timeline_record(declared: Mapping[str, CaseEntry], entry: Offer | Reply) -> dict[str, object]:
    """An offer, with all whom it is made to, or a reply, with the offers that it answers."""
    speaker = f" ({declared[entry.speaker].label})" if entry.speaker else ""
    principal = entry.on_behalf_of if isinstance(entry, Offer) else None
    return {
        "date": entry.date.text if entry.date else "undated",
        "inferred": entry.inferred or None,
        "what": _entry_phrase(entry),
        "by": declared[entry.by].label + speaker,
        "on_behalf_of": declared[principal].label if principal else "",
        "to": ", ".join(declared[party].label for party in entry.to) if isinstance(entry, Offer) else "",
        "answers": ", ".join(entry.answered_offers),
        "in_words": entry.says,
        "entry": entry.id,
    }


def _entry_phrase(entry: OfferAnswer) -> str:
    """Whether it is an offer, or one in answer; of a reply its form, and its substance where that is more."""
    if isinstance(entry, Offer):
        return "counter-offer" if entry.counters else MANNER_NOUNS[entry.manner][0]
    substance = join_words(ANSWER_WORDS[a] for a in entry.in_substance)
    form = ANSWER_WORDS[entry.answer] + (" through another channel" if entry.through else "")
    return f"{form}; in substance {substance}" if substance else form


def _mark_kind(entry: Offer | Reply) -> Literal["offer", "reply", "silence"]:
    if isinstance(entry, Offer):
        return "offer"
    return "silence" if entry.answer == "silence" else "reply"


def _timeline_sentences(model: RecordModel) -> str:
    return " ".join(map(as_sentence, (*_offers_clauses(model), *_reply_clauses(model))))


def _offers_clauses(model: RecordModel) -> Iterator[str]:
    """How many approaches were made to whom, how many of them are formal offers, and how many were accepted."""
    case, offers, declared = model.case, model.offers, case_entries(model.case)
    recipients = [declared[party].label for party in offers.recipients]
    if len(recipients) > MOST_NAMES:
        others_count = len(recipients) - (MOST_NAMES - 1)
        recipients = [*recipients[: MOST_NAMES - 1], f"{cardinal(others_count)} others"]
    text = f"the record holds {count_noun(len(case.offers), 'approach', 'approaches')} to {join_words(recipients)}"
    if offers.years and offers.years[0] != offers.years[1]:
        text += f" between {offers.years[0]} and {offers.years[1]}"
    yield text
    formal_count = offers.manner_counts["formal"]
    if formal_count < len(case.offers):
        verb, noun = ("is", "a formal offer") if formal_count == 1 else ("are", "formal offers")
        yield f"{cardinal(formal_count) if formal_count else 'none'} of them {verb} {noun}"
    yield _acceptance_clause(offers)


def _acceptance_clause(offers: OfferRecord) -> str:
    """How many were accepted by all whom they were made to, by some of them, and by others."""
    verb = "was" if offers.accepted_count < 2 else "were"
    text = f"{cardinal(offers.accepted_count) if offers.accepted_count else 'none'} {verb} accepted"
    if offers.accepted_count and offers.accepted_count == offers.accepted_elsewhere_count:
        text += ", through another channel"
    elif offers.accepted_elsewhere_count:
        text += f" ({cardinal(offers.accepted_elsewhere_count)} through another channel)"
    if count := offers.partly_accepted_count:
        text += f" by all to whom they were made, {cardinal(count)} by some"
    if count := offers.accepted_by_others_count:
        text += f", and {cardinal(count)} by others than {_they_were(count)} made to"
    return text


def _they_were(count: int) -> str:
    return "it was" if count == 1 else "they were"


def _reply_clauses(model: RecordModel) -> Iterator[str]:
    """What the replies are in form and in substance, and how many offers the record holds none to."""
    offers, counts = model.offers, model.offers.answer_counts
    phrases = _answer_phrases({a: n for a, n in counts.items() if a not in ("accept", "silence")})
    if silence_count := counts.get("silence", 0):
        phrases.append(f"silence (told {count_noun(silence_count, 'time')})")
    if phrases:
        yield f"the replies on record: {join_words(phrases)}"
    if count := offers.counter_count:
        answer_phrase = (
            "answers another, and counts as a reply" if count == 1 else "answer another, and count as replies"
        )
        yield f"{cardinal(count)} of the offers {answer_phrase}, too"
    if offers.substance_counts:
        yield f"in substance, besides: {join_words(_answer_phrases(offers.substance_counts))}"
    if offers.unanswered:
        count_phrase = count_noun(len(offers.unanswered), "approach", "approaches")
        yield f"to {count_phrase} the record holds no reply, which is not the same as silence"
    if count := len(offers.partly_unanswered):
        whom = f"all to whom {_they_were(count)} made"
        yield f"to {count_noun(count, 'approach', 'approaches')} the record holds replies, but not of {whom}"
    if count := len(offers.answered_by_others):
        whom = f"others than {_they_were(count)} made to"
        yield f"to {count_noun(count, 'approach', 'approaches')} it holds replies only of {whom}"


def _answer_phrases(counts: Mapping[AnswerKind, int]) -> list[str]:
    return [f"{words} ({counts[answer]})" for answer, words in ANSWER_WORDS.items() if counts.get(answer)]


def response_times_finding(model: RecordModel) -> Finding:
    """How long each offer waited for an answer, of each whom it was made to."""
    waits, declared = model.offers.waits, case_entries(model.case)
    columns = _wait_columns(waits)
    names = {column.name for column in columns}
    records = (_wait_record(item, declared[item.party].label) for item in waits)
    return Finding(
        id="waits",
        title="How long each offer waited",
        says=_waits_sentences(model),
        see="The wait to the first answer that is not a silence; a range where the dates are imprecise. An answer "
        "cannot have come before a silence on the same offer was surely over.",
        table=make_table(columns, ({name: row[name] for name in row if name in names} for row in records)),
        method=METHOD,
        rests_on=tuple(offer.id for offer in model.case.offers),
    )


def _wait_record(item: OfferWait, party_label: str) -> dict[str, object]:
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


def _waits_sentences(model: RecordModel) -> str:
    """How many offers got an answer with a date, how many silence only, and which waited longest."""
    case, offers = model.case, model.offers
    says = f"{upper_first(cardinal(offers.dated_answer_count))} of {len(case.offers)} approaches got a dated answer "
    says += f"other than silence{_from_whom_phrase(offers)}"
    says += f", {offers.silence_only_count} met with silence only" if offers.silence_only_count else ""
    longest = offers.longest_wait
    if longest and longest.wait:
        says += f". The longest wait for a dated answer that the dates allow: {_longest_wait_phrase(case, longest)}"
    return f"{says}."


def _from_whom_phrase(offers: OfferRecord) -> str:
    """Of whom the answers are, where an offer was made to several, or others answered."""
    if len(offers.waits) == len({item.offer.id for item in offers.waits}):
        return ""
    return f" from somebody to whom {_they_were(offers.dated_answer_count)} made"


def _longest_wait_phrase(case: Case, longest: OfferWait) -> str:
    """How long it was, for which offer, and for whose answer where others might have answered, too."""
    assert longest.wait
    declared, id = case_entries(case), longest.offer.id
    by_whom = f", by {declared[longest.party].label}" if len(offer_addressees(case, longest.offer)) > 1 else ""
    return f"{format_months(longest.wait)} ({declared[id].label}, {id}{by_whom})"
