"""The finding that holds the theories against the replies on record, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.record import ANSWER_WORDS
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.replies import counter_offers_sentence
from detente.rooms.acceptance.findings.text import JUDGING_NOTE, AcceptanceLabels, by_theory, title_of_theory
from detente.rooms.acceptance.model.replies import JudgedReply
from detente.text.english import cardinal, count_noun, join_words, upper_first

TIMES_WORDS = {0: "never", 1: "once", 2: "twice"}
NO_CHANCE = "not in the model"
"""What stands for the chance of an answer that is no reply of the model."""


def _record_row(judged: JudgedReply) -> dict[str, object]:
    """A reply on record, with the chance that each theory gave its kind."""
    reply = judged.reply
    return {
        "reply": reply.id,
        "date": reply.date.text if reply.date else None,
        "kind": ANSWER_WORDS[reply.answer_kind],
        "by_numbers_of": judged.year,
        **{f"gave_{theory}": chance for theory, chance in judged.probabilities.items()},
    }


def replies_on_record_finding(labels: AcceptanceLabels, replies: Sequence[JudgedReply]) -> Finding | None:
    """Every reply on record with the chance that each theory gave its kind; None where the other side gave none."""
    if not replies:
        return None
    columns = (
        Column("reply", format="id"),
        Column("date", format="date", missing="undated"),
        Column("kind"),
        Column("by_numbers_of", "by the numbers of", "year"),
        *(
            Column(f"gave_{theory.id}", title_of_theory(theory), "of_100", "probability", missing=NO_CHANCE)
            for theory in labels.told_theories
        ),
    )
    is_contact = any(judged.reply.answer_kind == "contact" for judged in replies)
    contact_note = "A contact counts as an acceptance. " if is_contact else ""
    return Finding(
        id="replies",
        title="How it answered each time",
        says=" ".join(filter(None, _replies_sentences(labels, replies))),
        see="The chance of 100 that each theory gave the kind of reply that was given.",
        table=make_table(columns, map(_record_row, replies)),
        method=(
            f"{JUDGING_NOTE} Chances are means over draws and over the ways the channel may be run. {contact_note}"
            "Which of the replies that do not accept is likely rests on what the case assumes of them."
        ),
        rests_on=tuple(judged.reply.id for judged in replies),
    )


def _replies_sentences(labels: AcceptanceLabels, replies: Sequence[JudgedReply]) -> Iterator[str]:
    """How many there are, what the model can say of them, and how often the likeliest was given."""
    kinds_phrase = count_noun(len({judged.reply.answer_kind for judged in replies}), "kind")
    yield f"{upper_first(count_noun(len(replies), 'reply', 'replies'))} of {kinds_phrase} are on record."
    years = sorted({judged.year for judged in replies})
    if len(years) == 1:
        yield (
            "The model gives the same chances each time: it does not say why one reply was given now and another then."
        )
    else:
        yield (
            f"The model gives the chances of {join_words(map(str, years))}: within the time that stands for a year it "
            "does not say why one reply was given now and another then."
        )
    likeliest_count = sum(judged.kind == judged.likeliest for judged in replies)
    yield (
        f"What is the likeliest kind {by_theory(labels.deciders.full_theory)} was given "
        f"{TIMES_WORDS.get(likeliest_count, f'{cardinal(likeliest_count)} times')}."
    )
    yield counter_offers_sentence(sum(judged.kind == "counter" for judged in replies))
