"""Which reply is the best most often, and how probable each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.case.index.offers import answers_on_channel
from detente.case.schema.record import AnswerKind, OfferAnswer, ReplyAnswer
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.record_fit.judging_years import judging_index
from detente.rooms.acceptance.model.results import AcceptanceResult


def mean_reply_probabilities(result: AcceptanceResult, theory: AppliedTheory) -> dict[ReplyAnswer, float]:
    """The chance of every kind of reply, the mean over the ways the channel may be run."""
    variants = result.deciders.offered_variants
    figures_by_reply = zip(*(result.replies[variant, theory.id] for variant in variants), strict=True)
    return {figures[0].reply: sum(one.probability for one in figures) / len(variants) for figures in figures_by_reply}


def likeliest_reply(result: AcceptanceResult, theory: AppliedTheory) -> ReplyAnswer:
    """The likeliest kind of reply."""
    probabilities = mean_reply_probabilities(result, theory)
    return max(probabilities, key=lambda reply: probabilities[reply])


@dataclass(frozen=True)
class JudgedReply:
    """A reply on record, or an offer made instead of one, with the chance that each theory gave its kind."""

    reply: OfferAnswer
    kind: AnswerKind
    """Its kind in the model, where a brief contact is an acceptance."""
    year: int
    """By the numbers of which year it is judged."""
    probabilities: Mapping[str, float]
    """By the id of the theory, of its kind: by own gains alone, and by all that counts. Empty where the model has no
    reply of that kind, as it never has for an offer made instead."""
    likeliest: ReplyAnswer
    """The likeliest kind by all that counts."""


def judge_replies(results: Sequence[AcceptanceResult]) -> list[JudgedReply]:
    """Every reply of the side that answers on the channel, in order of time, by the numbers of its time.

    Args:
        results: The draws of each year that is worked out, that of the answer last.
    """
    all_deciders = [result.deciders for result in results]
    case, answering_side = all_deciders[-1].case, all_deciders[-1].sides[1]
    judged = [
        _judge_reply(results[judging_index(all_deciders, reply.date)], reply)
        for reply in answers_on_channel(case, answering_side, all_deciders[-1].offered_channel)
    ]
    return sorted(judged, key=lambda one: one.reply.date.as_stated.first_day if one.reply.date else date.max)


def _judge_reply(result: AcceptanceResult, reply: OfferAnswer) -> JudgedReply:
    """A reply by the numbers of one year."""
    deciders = result.deciders
    kind: AnswerKind = "accept" if reply.answer_kind == "contact" else reply.answer_kind
    probabilities = {
        theory.id: chances[kind]
        for theory in dict.fromkeys((deciders.absolute_gains, deciders.full_theory))
        if kind != "counter" and kind in (chances := mean_reply_probabilities(result, theory))
    }
    likeliest = likeliest_reply(result, deciders.full_theory)
    return JudgedReply(reply, kind, deciders.actor_network.year, probabilities, likeliest)


def expected_replies(
    results: Sequence[AcceptanceResult], replies: Sequence[JudgedReply], theory: AppliedTheory
) -> dict[ReplyAnswer, float]:
    """The chance of every kind of reply by a theory, the mean over replies on record by the numbers of their years.

    Args:
        results: The draws of each year that is worked out, that of the answer last.
        replies: The replies on record, at least one.
        theory: By which theory.
    """
    by_year = {
        result.deciders.actor_network.year: mean_reply_probabilities(result, theory)
        for result in results
        if any(judged.year == result.deciders.actor_network.year for judged in replies)
    }
    kinds = next(iter(by_year.values()))
    return {kind: sum(by_year[judged.year][kind] for judged in replies) / len(replies) for kind in kinds}
