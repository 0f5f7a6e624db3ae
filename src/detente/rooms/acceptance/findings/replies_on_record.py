"""The finding that holds the model against the replies on record, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from detente.case.schema.record import ANSWER_WORDS, AnswerKind
from detente.results.finding import Finding
from detente.results.pictures import StackedBar, StackedBars
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.replies import REPLY_TITLES, counter_offers_sentence
from detente.rooms.acceptance.findings.text import JUDGING_NOTE, AcceptanceLabels, by_theory, title_of_theory
from detente.rooms.acceptance.model.replies import JudgedReply, expected_replies
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.text.english import cardinal, count_noun, join_words, upper_first

TIMES_WORDS = {0: "never", 1: "once", 2: "twice"}
NO_CHANCE = "not in the model"
"""What stands for the chance of an answer that is no reply of the model."""
COUNTER_TITLE = "Make another offer"
"""An answer that is no reply of the model, in a picture."""


def replies_on_record_finding(
    labels: AcceptanceLabels, replies: Sequence[JudgedReply], results: Sequence[AcceptanceResult]
) -> Finding | None:
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
        question="Does the model foresee each reply",
        short_answer=_short_answer(replies),
        place="detail",
        says=" ".join(filter(None, _replies_sentences(labels, replies))),
        picture=_picture(labels, replies, results),
        see="The chance that each theory gave the kind of reply that was given.",
        table=make_table(columns, map(_record_row, replies)),
        method=(
            f"{JUDGING_NOTE} Chances are means over draws and over the ways the channel may be run. {contact_note}"
            "Which of the replies that do not accept is likely rests on what the case assumes of them."
        ),
        rests_on=tuple(judged.reply.id for judged in replies),
    )


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


def _likeliest_count(replies: Sequence[JudgedReply]) -> int:
    """How often the kind of reply that the model thinks likeliest was given."""
    return sum(judged.kind == judged.likeliest for judged in replies)


def _short_answer(replies: Sequence[JudgedReply]) -> str:
    count = _likeliest_count(replies)
    if len(replies) == 1:
        return "yes" if count else "no"
    return f"{cardinal(count) if count else 'none'} of {cardinal(len(replies))}"


def _replies_sentences(labels: AcceptanceLabels, replies: Sequence[JudgedReply]) -> Iterator[str]:
    """How many there are, how often the likeliest was given, and what the model cannot say of them."""
    kinds_phrase = count_noun(len({judged.reply.answer_kind for judged in replies}), "kind")
    verb = "is" if len(replies) == 1 else "are"
    yield f"{upper_first(count_noun(len(replies), 'reply', 'replies'))} of {kinds_phrase} {verb} on record."
    times = _likeliest_count(replies)
    told = TIMES_WORDS.get(times, f"{cardinal(times)} times")
    yield f"The likeliest kind, {by_theory(labels.deciders.full_theory)}, was given {told}."
    yield _sameness_sentence(replies)
    yield counter_offers_sentence(sum(judged.kind == "counter" for judged in replies))


def _sameness_sentence(replies: Sequence[JudgedReply]) -> str:
    """That the model does not say why replies differ by the numbers of one year; nothing where there is but one."""
    if len(replies) < 2:
        return ""
    years = sorted({judged.year for judged in replies})
    if len(years) == 1:
        return "The model gives the same chances each time, so it cannot say why replies differ."
    return (
        f"The model's chances change with our numbers, which are for {join_words(map(str, years))}, not from one reply "
        "to the next. So it cannot say why replies differ."
    )


def _picture(
    labels: AcceptanceLabels, replies: Sequence[JudgedReply], results: Sequence[AcceptanceResult]
) -> StackedBars:
    """The kinds of reply that were given, above those that the model expects."""
    given = Counter(judged.kind for judged in replies)
    expected = expected_replies(results, replies, labels.deciders.full_theory)
    kinds: dict[AnswerKind, str] = {kind: REPLY_TITLES[kind] for kind in expected}
    if given["counter"]:
        kinds["counter"] = COUNTER_TITLE
    chances: dict[AnswerKind, float] = dict(expected.items())
    return StackedBars(
        says="Which replies were given, and which the model expects on average.",
        measure="of 100 replies",
        categories=tuple(kinds.values()),
        bars=(
            StackedBar("On record", tuple(given[kind] / len(replies) for kind in kinds)),
            StackedBar("By the model", tuple(chances.get(kind, 0.0) for kind in kinds)),
        ),
    )
