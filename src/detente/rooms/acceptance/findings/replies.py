"""The finding on replies: what each is worth to who answers, beside what was replied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import hypot

from detente.case.index.offers import answers_by, answers_of_others, answers_on_channel
from detente.case.schema.record import ANSWER_WORDS, AnswerKind, ReplyAnswer
from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.pictures import StackedBar, StackedBars
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import COUNTED, each_form_sentences, range_phrase
from detente.rooms.acceptance.findings.columns import (
    OF_ALL_AT_STAKE,
    RUN_COLUMN,
    THEORY_COLUMN,
    share_cells,
    share_column,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.offer_game import subgame_perfect_reply
from detente.rooms.acceptance.model.results import AcceptanceResult, ReplyFigures, leading_indices, share_error
from detente.text.english import cardinal, count_noun, join_words, upper_first

ASSUMPTIONS_NOTE = (
    "What a reply costs, and how long an offer outlives it, are assumptions of the case; that silence keeps an offer "
    "alive longer than a no is one of them, and so is every preference between replies that do not accept."
)
REPLY_TITLES: dict[ReplyAnswer, str] = {
    "accept": "Accept",
    "ask": "Ask for more",
    "redirect": "Point to today's ties",
    "refuse": "Refuse",
    "silence": "Say nothing",
}
"""The replies as things to do, in a picture."""
REPLY_CLAUSES: dict[ReplyAnswer, str] = {
    "accept": "to accept",
    "ask": "to ask for more",
    "redirect": "to point to today's ties",
    "refuse": "to refuse",
    "silence": "to say nothing",
}
"""The same within a sentence."""

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
    return Finding(
        id="replies",
        title=f"What {labels.answering_side} would reply",
        question=f"What would {labels.answering_side} reply",
        short_answer=_short_answer(labels),
        place="detail",
        says=" ".join(_sentences(labels)),
        picture=_picture(labels),
        see="What each reply is worth a year on average, how often it is the best, and its chance if choices "
        "depart from the best. Last, the replies on record.",
        table=make_table(COLUMNS, _reply_rows(labels, Counter(reply.answer_kind for reply in on_record))),
        method=" ".join(filter(None, (_METHOD, ASSUMPTIONS_NOTE, *_record_notes(labels), _subgame_note(labels)))),
        rests_on=tuple(reply.id for reply in on_record),
    )


_METHOD = (
    "To accept binds: it is worth its utility a year, and what it is worth under a grave threat once one has "
    "arisen. So it may be best where the channel as it is is not worth having, and not be best where it is. "
    "Every other reply costs something, and leaves the offer alive for "
    "a while, in which a grave threat may arise or its worth become known (the value of information of Raiffa "
    "and Schlaifer 1961), so silence is an option on accepting later. The best reply is that of the "
    "subgame-perfect outcome, if a reply once given stands; chances are those of the logit agent quantal "
    "response (McKelvey and Palfrey 1998; Signorino 1999), of which it is the limit."
)


def _best_replies(labels: AcceptanceLabels, variant: ChannelVariant) -> list[ReplyFigures]:
    """The reply that is most often the best, with those that so many draws do not tell from it."""
    figures = labels.result.replies[variant, labels.deciders.full_theory.id]
    leading = leading_indices([one.best_share for one in figures], labels.result.draw_count)
    return [figures[index] for index in leading]


def _short_answer(labels: AcceptanceLabels) -> str:
    best = [_best_replies(labels, variant) for variant in labels.deciders.offered_variants]
    if any(len(of_form) > 1 for of_form in best):
        return "too close to call"
    replies = {of_form[0].reply for of_form in best}
    return REPLY_TITLES[replies.pop()].lower() if len(replies) == 1 else "it depends on who runs it"


def _sentences(labels: AcceptanceLabels) -> Iterator[str]:
    """Which reply is the best, whether silence beats a no, and whether waiting can beat a good offer."""
    yield from _best_reply_sentences(labels)
    yield _silence_sentence(labels)
    yield from _lower_generous_sentences(labels)


def _best_reply_sentences(labels: AcceptanceLabels) -> Iterator[str]:
    """The reply that is most often the best, by how the channel is run; once where it is the same."""
    variants, side = labels.deciders.offered_variants, labels.answering_side
    best = {variant: _best_replies(labels, variant) for variant in variants}
    clauses = {variant: _reply_names(figures) for variant, figures in best.items()}
    shares = {variant: [figures[0].best_share] for variant, figures in best.items()}
    if len(set(clauses.values())) == 1:
        yield f"The best reply of {side} is most often {clauses[variants[0]]}."
        yield each_form_sentences(labels, "That is best", shares, "It is")
        return
    for position, variant in enumerate(variants):
        subject = f"the best reply of {side}" if not position else "it"
        form = labels.form_phrase(variant)
        yield upper_first(f"{form}, {subject} is most often {clauses[variant]}, {range_phrase(shares[variant])}.")


def _reply_names(figures: list[ReplyFigures]) -> str:
    """One reply, or several that cannot be told apart."""
    names = join_words((REPLY_CLAUSES[one.reply] for one in figures), "or")
    return f"{names}, which cannot be told apart" if len(figures) > 1 else names


def _picture(labels: AcceptanceLabels) -> StackedBars:
    """How often each reply is the best, a bar for each way to run the channel."""
    deciders = labels.deciders
    figures = {one: labels.result.replies[one, deciders.full_theory.id] for one in deciders.offered_variants}
    return StackedBars(
        says="How often each reply is the best.",
        measure=COUNTED,
        categories=tuple(REPLY_TITLES[one.reply] for one in next(iter(figures.values()))),
        bars=tuple(
            StackedBar(upper_first(labels.variant_cell(variant)), tuple(one.best_share for one in of_form))
            for variant, of_form in figures.items()
        ),
        subject="replies",
    )


def _record_notes(labels: AcceptanceLabels) -> Iterator[str]:
    """What is on record and not counted: replies of others, and those that take up another channel."""
    deciders = labels.deciders
    others = len(answers_of_others(deciders.case, deciders.sides[1]))
    if others:
        yield (
            f"Not counted: {count_noun(others, 'reply', 'replies')} to offers to {labels.answering_side}, by others "
            f"than {labels.answering_side} and those who speak for it."
        )
    own = answers_by(deciders.case, deciders.sides[1])
    elsewhere = len(own) - len(answers_on_channel(deciders.case, deciders.sides[1], deciders.offered_channel))
    if elsewhere:
        verb = "takes" if elsewhere == 1 else "take"
        replies = count_noun(elsewhere, "reply", "replies")
        yield f"Not counted: {replies} that {verb} something up through another channel."


def _subgame_note(labels: AcceptanceLabels) -> str:
    """The subgame-perfect outcome at the central estimates."""
    reply = subgame_perfect_reply(labels.deciders)
    outcome = f"an offer, and then: {ANSWER_WORDS[reply]}" if reply else "no offer"
    return f"Where all is at its mean and known to both, the subgame-perfect outcome is {outcome}."


def counter_offers_sentence(count: int) -> str:
    """That offers made instead of a reply are nothing that the model has chances for; nothing where there are none."""
    if not count:
        return ""
    subject = "The other offer is" if count == 1 else f"The {cardinal(count)} other offers are"
    return f"{subject} neither an acceptance nor a refusal, and the model gives no chance of such an answer."


def _silence_sentence(labels: AcceptanceLabels) -> str:
    """What silence is worth beside a no."""
    theory, variants = labels.deciders.full_theory, labels.deciders.offered_variants
    figures = [{one.reply: one for one in labels.result.replies[variant, theory.id]} for variant in variants]
    if not all({"silence", "refuse"} <= by_reply.keys() for by_reply in figures):
        return "Which reply is best rests on our estimates of what each costs."
    pairs = [(by_reply["silence"], by_reply["refuse"]) for by_reply in figures]
    if all(_is_told_apart(*pair) for pair in pairs):
        return "To say nothing beats a refusal, mostly because we assumed that a no ends an offer sooner."
    if all(_is_told_apart(refusal, silence) for silence, refusal in pairs):
        return "To refuse beats silence, mostly because of what we assumed each to cost."
    return "Whether silence beats a refusal, the model cannot say throughout."


def _is_told_apart(one: ReplyFigures, other: ReplyFigures) -> bool:
    """Whether one is worth more, beyond the errors of both; on common draws that asks more than it must."""
    return one.worth - other.worth > STANDARD_ERRORS_APART * hypot(one.worth_error, other.worth_error)


def _lower_generous_sentences(labels: AcceptanceLabels) -> Iterator[str]:
    """Where accepting is less often the best reply than the channel is worth having, and which reply beats it there."""
    found = [
        (variant, theory)
        for theory in labels.told_theories
        for variant in labels.deciders.offered_variants
        if _is_generous_lower(labels.result, variant, theory)
    ]
    if not found:
        return
    variant, theory = max(found, key=lambda one: _generous_gap(labels.result, *one))
    others = [one for one in labels.result.replies[variant, theory.id] if one.reply != "accept"]
    best_other = max(others, key=lambda one: one.best_share)
    strict = labels.result.acceptance_share(variant, theory)
    generous = labels.result.generous_share(variant, theory)
    on_gains = theory != labels.deciders.full_theory
    place = join_words(filter(None, ["on its gains only" if on_gains else "", labels.form_phrase(variant)]))
    subject = "it" if "channel" in labels.form_phrase(variant) else "the channel"
    clause = f"{subject} is worth having {range_phrase([strict])}."
    yield upper_first(f"{place}, {clause}" if place else clause)
    yield f"Yet accepting is best only {range_phrase([generous], '')}."
    yield f"Otherwise, {REPLY_CLAUSES[best_other.reply]} is often better, as the offer stays open."


def _generous_gap(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> float:
    return result.acceptance_share(variant, theory) - result.generous_share(variant, theory)


def _is_generous_lower(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> bool:
    """Whether the generous test is the lower one, beyond the errors of both and as they are told."""
    strict, generous = result.acceptance_share(variant, theory), result.generous_share(variant, theory)
    error = hypot(share_error(strict, result.draw_count), share_error(generous, result.draw_count))
    return strict - generous > STANDARD_ERRORS_APART * error and round(100 * strict) != round(100 * generous)
