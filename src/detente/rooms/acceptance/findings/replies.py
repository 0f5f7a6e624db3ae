"""The finding on replies: what each is worth to who answers, beside what was replied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import hypot

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.offers import replies_by, replies_of_others
from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import (
    OF_ALL_AT_STAKE,
    RUN_COLUMN,
    THEORY_COLUMN,
    share_cells,
    share_column,
)
from detente.rooms.acceptance.findings.text import (
    JUDGING_NOTE,
    AcceptanceLabels,
    by_theory,
    once_or_each,
    title_of_theory,
)
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.offer_game import subgame_perfect_reply
from detente.rooms.acceptance.model.replies import (
    JudgedReply,
    best_reply,
)
from detente.rooms.acceptance.model.results import AcceptanceResult, share_error
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

TIMES_WORDS = {0: "never", 1: "once", 2: "twice"}
ASSUMPTIONS_NOTE = (
    "What a reply costs, and how long an offer outlives it, are assumptions of the case; that silence keeps an offer "
    "alive longer than a no is one of them, and so is every preference between replies that do not accept."
)


COLUMNS = (
    Column("reply"),
    THEORY_COLUMN,
    RUN_COLUMN,
    Column("worth", "worth a year", "number", OF_ALL_AT_STAKE),
    share_column("best", "best in, of 100"),
    Column("chance", "chance, of 100", "of_100", "probability"),
    Column("given", "on record", "count", "replies"),
    Column("of", "of", "count", "replies"),
)


def _reply_rows(labels: AcceptanceLabels, counts_by_answer: Counter[ReplyAnswer]) -> Iterator[dict[str, object]]:
    """Every reply by own gains and by all that counts, in every form, beside how often it was given."""
    reply_count = counts_by_answer.total()
    for theory in labels.told_theories:
        for variant in labels.deciders.offered_variants:
            for one in labels.result.replies[variant, theory.id]:
                yield {
                    "reply": REPLY_ANSWER_WORDS[one.reply],
                    "theory": title_of_theory(theory),
                    "run": labels.variant_cell(variant),
                    "worth": one.worth,
                    **share_cells("best", one.best_share, labels.result.draw_count),
                    "chance": one.probability,
                    "given": counts_by_answer[one.reply] if reply_count else None,
                    "of": reply_count or None,
                }


def replies_finding(labels: AcceptanceLabels) -> Finding:
    """What every reply is worth a year, how often it is the best, its chance, and how often it was given."""
    deciders = labels.deciders
    on_record = replies_by(deciders.case, deciders.sides[1])
    counts_by_answer = Counter(reply.answer for reply in on_record)
    counted = [f"{REPLY_ANSWER_WORDS[name]} ({count})" for name, count in counts_by_answer.most_common()]
    sentences = [
        f"{upper_first(by_theory(deciders.full_theory))} the reply that is most often the best is "
        f"{_best_reply_phrase(labels, deciders.full_theory)}.",
        f"On record: {join_words(counted)}." if counted else "",
        _silence_sentence(labels),
        *_lower_generous_sentences(labels),
        _others_replies_sentence(labels),
        "Which of them that do not accept is the best rests on what is assumed of silence and of a no.",
        _subgame_perfect_sentence(labels),
    ]
    return Finding(
        id="replies",
        title=f"What {labels.answering_side} would reply",
        says=" ".join(sentence for sentence in sentences if sentence),
        see="What each reply is worth a year on average, in how many draws it is the best, and its chance if choices "
        "are noisy; last, the replies on record.",
        table=make_table(COLUMNS, _reply_rows(labels, counts_by_answer)),
        method=(
            "To accept binds: it is worth its utility a year, and what it is worth under a grave threat once one has "
            "arisen. So it may be best where the channel as it is is not worth having, and not be best where it is. "
            "Every other reply costs something, and leaves the offer alive for "
            "a while, in which a grave threat may arise or its worth become known (the value of information of Raiffa "
            "and Schlaifer 1961), so silence is an option on accepting later. The best reply is that of the "
            "subgame-perfect outcome, if a reply once given stands; chances are those of the logit agent quantal "
            f"response (McKelvey and Palfrey 1998; Signorino 1999), of which it is the limit. {ASSUMPTIONS_NOTE}"
        ),
        rests_on=tuple(reply.id for reply in on_record),
    )


def _others_replies_sentence(labels: AcceptanceLabels) -> str:
    """How many replies to offers to that side are by others, e.g. by members for themselves, and do not count."""
    others_count = len(replies_of_others(labels.deciders.case, labels.deciders.sides[1]))
    others_phrase = f"others than {labels.answering_side} and those who speak for it"
    return (
        f"Not counted: {count_noun(others_count, 'reply', 'replies')} to offers to {labels.answering_side}, by "
        f"{others_phrase}."
        if others_count
        else ""
    )


def _silence_sentence(labels: AcceptanceLabels) -> str:
    """What silence is worth beside a polite no, by all that counts."""
    theory, variants = labels.deciders.full_theory, labels.deciders.offered_variants
    worths = [{one.reply: one.worth for one in labels.result.replies[variant, theory.id]} for variant in variants]
    if not all({"silence", "refuse"} <= worth.keys() for worth in worths):
        return ""
    silence, refusal = (
        once_or_each([format_number(worth[reply]) for worth in worths]) for reply in ("silence", "refuse")
    )
    return f"Silence is worth {silence} of all at stake a year, and a refusal {refusal}."


def _lower_generous_sentences(labels: AcceptanceLabels) -> Iterator[str]:
    """Where accepting is less often the best reply than the channel is worth having, and which reply beats it then."""
    for theory in labels.told_theories:
        for variant in labels.deciders.offered_variants:
            if not _is_generous_lower(labels.result, variant, theory):
                continue
            strict = labels.result.acceptance_share(variant, theory)
            generous = labels.result.generous_share(variant, theory)
            others = [one for one in labels.result.replies[variant, theory.id] if one.reply != "accept"]
            best_other = max(others, key=lambda one: one.best_share)
            place = ", ".join(filter(None, [upper_first(by_theory(theory)), labels.form_phrase(variant)]))
            yield (
                f"{place}, the generous test is the lower one ({per_hundred(generous)} against {per_hundred(strict)}): "
                f"another reply, mostly “{REPLY_ANSWER_WORDS[best_other.reply]}”, can beat an offer that is worth "
                "having, which may turn out otherwise and stays open."
            )


def _is_generous_lower(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> bool:
    """Whether the generous test is the lower one, beyond the errors of both and as they are told."""
    strict, generous = result.acceptance_share(variant, theory), result.generous_share(variant, theory)
    error = hypot(share_error(strict, result.draw_count), share_error(generous, result.draw_count))
    return strict - generous > STANDARD_ERRORS_APART * error and per_hundred(strict) != per_hundred(generous)


def _subgame_perfect_sentence(labels: AcceptanceLabels) -> str:
    """The subgame-perfect outcome at the central estimates."""
    reply = subgame_perfect_reply(labels.deciders)
    outcome_phrase = f"an offer, and then: {REPLY_ANSWER_WORDS[reply]}" if reply else "no offer"
    return f"Where all is at its mean and known to both, the subgame-perfect outcome is {outcome_phrase}."


def _record_row(judged: JudgedReply) -> dict[str, object]:
    """A reply on record, with the chance that each theory gave its kind."""
    reply = judged.reply
    return {
        "reply": reply.id,
        "date": reply.date.text if reply.date else None,
        "kind": REPLY_ANSWER_WORDS[reply.answer],
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
            Column(f"gave_{theory.id}", title_of_theory(theory), "of_100", "probability")
            for theory in labels.told_theories
        ),
    )
    return Finding(
        id="replies",
        title="How it answered each time",
        says=" ".join(_replies_sentences(labels, replies)),
        see="The chance of 100 that each theory gave the kind of reply that was given.",
        table=make_table(columns, map(_record_row, replies)),
        method=(
            f"{JUDGING_NOTE} Chances are means over draws and over the ways the channel may be run. A brief contact "
            "counts as an acceptance. Which of the replies that do not accept is likely rests on what the case assumes "
            "of them."
        ),
        rests_on=tuple(judged.reply.id for judged in replies),
    )


def _replies_sentences(labels: AcceptanceLabels, replies: Sequence[JudgedReply]) -> Iterator[str]:
    """How many there are, what the model can say of them, and how often the likeliest was given."""
    kinds_phrase = count_noun(len({judged.reply.answer for judged in replies}), "kind")
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


def _best_reply_phrase(labels: AcceptanceLabels, theory: AppliedTheory) -> str:
    """The reply that is most often the best, form by form; once where it is the same."""
    variants = labels.deciders.offered_variants
    best_by_variant = [best_reply(labels.result, variant, theory) for variant in variants]
    if len({one.reply for one in best_by_variant}) == 1:
        shares_phrase = once_or_each([per_hundred(one.best_share) for one in best_by_variant])
        return f"“{REPLY_ANSWER_WORDS[best_by_variant[0].reply]}”, in {shares_phrase} of 100 draws"
    phrases = [
        f"“{REPLY_ANSWER_WORDS[one.reply]}” {labels.form_phrase(variant)}, in {per_hundred(one.best_share)}"
        for variant, one in zip(variants, best_by_variant, strict=True)
    ]
    return f"{join_words(phrases)} of 100 draws"
