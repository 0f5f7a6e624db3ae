"""Which reply is the best most often, and how probable each is."""

from __future__ import annotations

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.record import ReplyAnswer
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.results import AcceptanceResult, ReplyFigures


def best_reply(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> ReplyFigures:
    """The reply that is the best in most draws."""
    return max(result.replies[variant, theory.id], key=lambda one: one.best_share)


def mean_reply_probabilities(result: AcceptanceResult, theory: AppliedTheory) -> dict[ReplyAnswer, float]:
    """The chance of every kind of reply, the mean over the ways the channel may be run."""
    variants = result.deciders.offered_variants
    figures_by_reply = zip(*(result.replies[variant, theory.id] for variant in variants), strict=True)
    return {figures[0].reply: sum(one.probability for one in figures) / len(variants) for figures in figures_by_reply}


def likeliest_reply(result: AcceptanceResult, theory: AppliedTheory) -> ReplyAnswer:
    """The likeliest kind of reply."""
    probabilities = mean_reply_probabilities(result, theory)
    return max(probabilities, key=lambda reply: probabilities[reply])
