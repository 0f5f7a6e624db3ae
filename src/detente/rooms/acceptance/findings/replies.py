"""The finding on replies: what each is worth to who answers, beside what was replied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import hypot

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.offers import answers_by, answers_of_others, answers_on_channel
from detente.case.schema.record import ANSWER_WORDS, AnswerKind
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
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, once_or_each, title_of_theory
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.offer_game import subgame_perfect_reply
from detente.rooms.acceptance.model.replies import best_reply
from detente.rooms.acceptance.model.results import AcceptanceResult, ReplyFigures, share_error
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

ASSUMPTIONS_NOTE = (
    "What a reply costs, and how long an offer outlives it, are assumptions of the case; that silence keeps an offer "
    "alive longer than a no is one of them, and so is every preference between replies that do not accept."
)

COLUMNS = (
    Column("reply"),
    THEORY_COLUMN,
    RUN_COLUMN,
    Column("worth", "worth a year", "number", OF_ALL_AT_STAKE, error=True),
    share_column("best", "best in, of 100"),
    Column("chance", "chance, of 100", "of_100", "probability"),
    Column("given", "on record", "count", "replies"),
    Column("of", "of", "count", "replies"),
)


def _reply_rows(labels: AcceptanceLabels, counts_by_answer: Counter[AnswerKind]) -> Iterator[dict[str, object]]:
    """Every reply by own gains and by all that counts, in every form, beside how often it was given.

    Last, what was given and is no reply in the model, such as another offer.
    """
    reply_count = counts_by_answer.total()
    modelled_kinds: set[AnswerKind] = {one.reply for figures in labels.result.replies.values() for one in figures}
    for theory in labels.told_theories:
        for variant in labels.deciders.offered_variants:
            for one in labels.result.replies[variant, theory.id]:
                yield {
                    "reply": ANSWER_WORDS[one.reply],
                    "theory": title_of_theory(theory),
                    "run": labels.variant_cell(variant),
                    "worth": one.worth,
                    "worth_error": one.worth_error,
                    **share_cells("best", one.best_share, labels.result.draw_count),
                    "chance": one.probability,
                    "given": counts_by_answer[one.reply] if reply_count else None,
                    "of": reply_count or None,
                }
    for kind, words in ANSWER_WORDS.items():
        if counts_by_answer[kind] and kind not in modelled_kinds:
            yield {"reply": words, "given": counts_by_answer[kind], "of": reply_count}


def replies_finding(labels: AcceptanceLabels) -> Finding:
    """What every reply is worth a year, how often it is the best, its chance, and how often it was given."""
    deciders = labels.deciders
    on_record = answers_on_channel(deciders.case, deciders.sides[1], deciders.offered_channel)
    counts_by_answer = Counter(reply.answer_kind for reply in on_record)
    counted = [f"{ANSWER_WORDS[name]} ({count})" for name, count in counts_by_answer.most_common()]
    sentences = [
        f"{upper_first(by_theory(deciders.full_theory))} the reply that is most often the best is "
        f"{_best_reply_phrase(labels, deciders.full_theory)}.",
        f"On record: {join_words(counted)}." if counted else "",
        counter_offers_sentence(counts_by_answer["counter"]),
        _silence_sentence(labels),
        *_lower_generous_sentences(labels),
        _others_replies_sentence(labels),
        _other_channels_sentence(labels),
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
    others_count = len(answers_of_others(labels.deciders.case, labels.deciders.sides[1]))
    others_phrase = f"others than {labels.answering_side} and those who speak for it"
    return (
        f"Not counted: {count_noun(others_count, 'reply', 'replies')} to offers to {labels.answering_side}, by "
        f"{others_phrase}."
        if others_count
        else ""
    )


def _other_channels_sentence(labels: AcceptanceLabels) -> str:
    """How many replies take something up through another channel, and do not count."""
    deciders = labels.deciders
    own = answers_by(deciders.case, deciders.sides[1])
    count = len(own) - len(answers_on_channel(deciders.case, deciders.sides[1], deciders.offered_channel))
    verb = "takes" if count == 1 else "take"
    return (
        f"Not counted: {count_noun(count, 'reply', 'replies')} that {verb} something up through another channel."
        if count
        else ""
    )


def counter_offers_sentence(count: int) -> str:
    """That offers made instead of a reply are nothing that the model has chances for; nothing where there are none."""
    if not count:
        return ""
    subject = "The other offer is" if count == 1 else f"The {cardinal(count)} other offers are"
    return f"{subject} neither an acceptance nor a refusal, and the model gives no chance of such an answer."


def _silence_sentence(labels: AcceptanceLabels) -> str:
    """What silence is worth beside a polite no, by all that counts."""
    theory, variants = labels.deciders.full_theory, labels.deciders.offered_variants
    figures = [{one.reply: one for one in labels.result.replies[variant, theory.id]} for variant in variants]
    if not all({"silence", "refuse"} <= by_reply.keys() for by_reply in figures):
        return ""
    pairs = [(by_reply["silence"], by_reply["refuse"]) for by_reply in figures]
    silence, refusal = (once_or_each([format_number(one.worth) for one in ones]) for ones in zip(*pairs, strict=True))
    text = f"Silence is worth {silence} of all at stake a year, and a refusal {refusal}."
    if all(_is_told_apart(*pair) for pair in pairs):
        return f"{text} So it does better to say nothing than to decline politely, if a no ends the offer as assumed."
    return f"{text} So many draws do not tell the two apart throughout."


def _is_told_apart(silence: ReplyFigures, refusal: ReplyFigures) -> bool:
    """Whether silence is worth more, beyond the errors of both; on common draws that asks more than it must."""
    return silence.worth - refusal.worth > STANDARD_ERRORS_APART * hypot(silence.worth_error, refusal.worth_error)


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
                f"another reply, mostly “{ANSWER_WORDS[best_other.reply]}”, can beat an offer that is worth "
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
    outcome_phrase = f"an offer, and then: {ANSWER_WORDS[reply]}" if reply else "no offer"
    return f"Where all is at its mean and known to both, the subgame-perfect outcome is {outcome_phrase}."


def _best_reply_phrase(labels: AcceptanceLabels, theory: AppliedTheory) -> str:
    """The reply that is most often the best, form by form; once where it is the same."""
    variants = labels.deciders.offered_variants
    best_by_variant = [best_reply(labels.result, variant, theory) for variant in variants]
    if len({one.reply for one in best_by_variant}) == 1:
        shares_phrase = once_or_each([per_hundred(one.best_share) for one in best_by_variant])
        return f"“{ANSWER_WORDS[best_by_variant[0].reply]}”, in {shares_phrase} of 100 draws"
    phrases = [
        f"“{ANSWER_WORDS[one.reply]}” {labels.form_phrase(variant)}, in {per_hundred(one.best_share)}"
        for variant, one in zip(variants, best_by_variant, strict=True)
    ]
    return f"{join_words(phrases)} of 100 draws"
