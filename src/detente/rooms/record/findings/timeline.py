"""The finding on approaches and replies in order of time: every entry, in the annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.case import Case
from detente.case.schema.record import ANSWER_WORDS, AnswerKind, Offer, OfferAnswer, Reply
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.record.findings.text import MANNER_NOUNS, name_alone, they_were
from detente.rooms.record.model.offers import OfferRecord, date_sort_key
from detente.rooms.record.model.record import RecordModel
from detente.text.dates import APPROXIMATE_DATES_NOTE
from detente.text.english import as_sentence, cardinal, count_noun, join_words

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


def timeline_finding(model: RecordModel) -> Finding:
    """Offers and replies in order of time."""
    case = model.case
    ordered: list[Offer | Reply] = sorted([*case.recorded_offers, *case.replies], key=date_sort_key)
    return Finding(
        id="timeline",
        title="Approaches and replies",
        says=" ".join(map(as_sentence, _clauses(model))),
        table=make_table(TIMELINE_COLUMNS, (_timeline_record(case, entry) for entry in ordered)),
        method=METHOD,
        rests_on=tuple(e.id for e in ordered),
    )


def _timeline_record(case: Case, entry: Offer | Reply) -> dict[str, object]:
    """An offer, with all whom it is made to, or a reply, with the offers that it answers."""
    speaker = f" ({name_alone(case, entry.speaker)})" if entry.speaker else ""
    principal = entry.on_behalf_of if isinstance(entry, Offer) else None
    return {
        "date": entry.date.text if entry.date else "undated",
        "inferred": entry.inferred or None,
        "what": _entry_phrase(entry),
        "by": name_alone(case, entry.by) + speaker,
        "on_behalf_of": name_alone(case, principal) if principal else "",
        "to": ", ".join(name_alone(case, party) for party in entry.to) if isinstance(entry, Offer) else "",
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


def _clauses(model: RecordModel) -> Iterator[str]:
    """How many approaches were accepted by whom, and what the replies are in form and in substance."""
    offers, counts, total = model.offers, model.offers.answer_counts, len(model.case.recorded_offers)
    yield f"the record holds {count_noun(total, 'approach', 'approaches')}; {_acceptance_clause(offers)}"
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
        whom = f"all to whom {they_were(count)} made"
        yield f"to {count_noun(count, 'approach', 'approaches')} the record holds replies, but not of {whom}"
    if count := len(offers.answered_by_others):
        whom = f"others than {they_were(count)} made to"
        yield f"to {count_noun(count, 'approach', 'approaches')} it holds replies only of {whom}"


def _answer_phrases(counts: Mapping[AnswerKind, int]) -> list[str]:
    return [f"{words} ({counts[answer]})" for answer, words in ANSWER_WORDS.items() if counts.get(answer)]


def _acceptance_clause(offers: OfferRecord) -> str:
    """How many were accepted by all whom they were made to, by some of them, and by others."""
    verb = "was" if offers.accepted_count < 2 else "were"
    text = f"{cardinal(offers.accepted_count) if offers.accepted_count else 'none'} {verb} accepted"
    if offers.accepted_count and offers.accepted_count == offers.accepted_elsewhere_count:
        text += ", through another channel"
    elif offers.accepted_elsewhere_count:
        text += f" ({cardinal(offers.accepted_elsewhere_count)} through another channel)"
    if count := offers.partly_accepted_count:
        text += f" by all to whom {they_were(offers.accepted_count)} made, {cardinal(count)} by some"
    if count := offers.accepted_by_others_count:
        text += f", and {cardinal(count)} by others than {they_were(count)} made to"
    return text
