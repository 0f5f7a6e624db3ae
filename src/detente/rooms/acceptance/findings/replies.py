"""The finding on replies: what each is worth to who answers, beside what was replied."""

from __future__ import annotations

from collections import Counter
from datetime import date

from detente.case.index.offers import replies_by, replies_of_others
from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.methods.games.extensive_form import backward_induction
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, once_or_each, share_with_error
from detente.rooms.acceptance.model.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.offer_game import offer_game
from detente.text.dates import format_date
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

TIMES_WORDS = {0: "never", 1: "once", 2: "twice"}
ASSUMPTIONS_NOTE = (
    "What a reply costs, and how long an offer outlives it, are assumptions of the case; that silence keeps an offer "
    "alive longer than a no is one of them, and so is every preference between replies that do not accept."
)


def replies_finding(labels: AcceptanceLabels) -> Finding:
    """What every reply is worth a year, how often it is the best, its chance, and how often it was given."""
    import polars as pl

    deciders, result = labels.deciders, labels.result
    on_record = replies_by(deciders.case, deciders.sides[1])
    counts_by_answer = Counter(reply.answer for reply in on_record)
    reply_count = sum(counts_by_answer.values())
    rows = []
    for theory in dict.fromkeys((deciders.absolute_gains, deciders.full_theory)):
        for variant in deciders.offered_variants:
            for reply_index, name in enumerate(result.replies):
                rows.append(
                    {
                        "reply": REPLY_ANSWER_WORDS[name],
                        "theory": theory.title,
                        "run": labels.variant_cell(variant),
                        "worth": format_number(float(result.reply_worth[variant, theory.id][reply_index])),
                        "best": share_with_error(
                            float(result.best_reply_share[variant, theory.id][reply_index]), result.draw_count
                        ),
                        "chance": f"{100 * float(result.reply_probability[variant, theory.id][reply_index]):.0f}",
                        "given": f"{counts_by_answer[name]} of {reply_count}" if reply_count else "",
                    }
                )
    counted = [f"{REPLY_ANSWER_WORDS[name]} ({count})" for name, count in counts_by_answer.most_common()]
    sentences = [
        f"{upper_first(by_theory(deciders.full_theory))} the reply that is most often the best is "
        f"{_best_reply_phrase(labels, deciders.full_theory)}.",
        f"On record: {join_words(counted)}." if counted else "",
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
        table=pl.DataFrame(rows),
        headers={
            "run": "the channel is run",
            "worth": "worth a year",
            "best": "best in, of 100",
            "chance": "chance, of 100",
            "given": "on record",
        },
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


def _subgame_perfect_sentence(labels: AcceptanceLabels) -> str:
    """The subgame-perfect outcome at the central estimates."""
    path = backward_induction(offer_game(labels.deciders)[0].root)[1]
    outcome_phrase = "an offer, and then: " + path[1] if len(path) > 1 else "no offer"
    return f"Where all is at its mean and known to both, the subgame-perfect outcome is {outcome_phrase}."


def replies_on_record_finding(labels: AcceptanceLabels) -> Finding | None:
    """Every reply on record with the chance that each theory gave its kind; None where the other side gave none."""
    import polars as pl

    deciders = labels.deciders
    replies_on_record = replies_by(deciders.case, deciders.sides[1])
    if not replies_on_record:
        return None
    theories = list(dict.fromkeys((deciders.absolute_gains, deciders.full_theory)))
    rows, likeliest_count = [], 0
    for reply in sorted(
        replies_on_record,
        key=lambda reply_entry: reply_entry.date.as_stated.first_day if reply_entry.date else date.max,
    ):
        kind: ReplyAnswer = "accept" if reply.answer == "contact" else reply.answer
        row: dict[str, object] = {"reply": reply.id, "date": format_date(reply.date) if reply.date else "undated"}
        row["kind"] = REPLY_ANSWER_WORDS[reply.answer]
        for theory in theories:
            chances = _mean_reply_probabilities(labels, theory)
            row[theory.title] = per_hundred(chances[kind]) if kind in chances else ""
        chances = _mean_reply_probabilities(labels, deciders.full_theory)
        likeliest_count += kind == max(chances, key=lambda name: chances[name])
        rows.append(row)
    kind_count = len({reply.answer for reply in replies_on_record})
    return Finding(
        id="replies",
        title="How it answered each time",
        says=(
            f"{upper_first(count_noun(len(replies_on_record), 'reply', 'replies'))} of "
            f"{count_noun(kind_count, 'kind')} are on record. The model "
            "gives the same chances each time: it does not say why one reply was given now and another then. What is "
            f"the likeliest kind {by_theory(deciders.full_theory)} was given "
            f"{TIMES_WORDS.get(likeliest_count, f'{cardinal(likeliest_count)} times')}."
        ),
        see="The chance of 100 that each theory gave the kind of reply that was given.",
        table=pl.DataFrame(rows),
        links=("reply",),
        method=(
            "Chances are means over draws and over the ways the channel may be run. A brief contact counts as an "
            "acceptance. Which of the replies that do not accept is likely rests on what the case assumes of them."
        ),
        rests_on=tuple(reply.id for reply in replies_on_record),
    )


def _mean_reply_probabilities(labels: AcceptanceLabels, theory: AppliedTheory) -> dict[ReplyAnswer, float]:
    """The chance of every kind of reply, the mean over the ways the channel may be run."""
    result, variants = labels.result, labels.deciders.offered_variants
    chances_by_variant = [result.reply_probability[variant, theory.id] for variant in variants]
    return {
        name: float(
            sum(variant_chances[reply_index] for variant_chances in chances_by_variant) / len(chances_by_variant)
        )
        for reply_index, name in enumerate(result.replies)
    }


def _best_reply_phrase(labels: AcceptanceLabels, theory: AppliedTheory) -> str:
    """The reply that is most often the best, form by form; once where it is the same."""
    result, variants = labels.result, labels.deciders.offered_variants
    best_by_variant = [
        (
            int(result.best_reply_share[variant, theory.id].argmax()),
            float(result.best_reply_share[variant, theory.id].max()),
        )
        for variant in variants
    ]
    if len({reply_index for reply_index, _ in best_by_variant}) == 1:
        return (
            f"“{REPLY_ANSWER_WORDS[result.replies[best_by_variant[0][0]]]}”, in "
            f"{once_or_each([per_hundred(best_share) for _, best_share in best_by_variant])} of 100 draws"
        )
    phrases = [
        f"“{REPLY_ANSWER_WORDS[result.replies[reply_index]]}” {labels.form_phrase(variant)}, in "
        f"{per_hundred(best_share)}"
        for variant, (reply_index, best_share) in zip(variants, best_by_variant, strict=True)
    ]
    return f"{join_words(phrases)} of 100 draws"
