"""Which reply is the best most often, and how probable each is."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.record import ReplyAnswer
from detente.rooms.acceptance.model.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.results import AcceptanceResult


@dataclass(frozen=True)
class ReplyFigures:
    """A reply to one form of the channel, by one theory."""

    reply: ReplyAnswer
    worth: float
    """What it is worth a year, the mean over draws, as a share of all at stake."""
    best_share: float
    """In which share of the draws it is the best."""
    probability: float
    """Its chance where choices are noisy, the mean over draws."""


def reply_figures(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> list[ReplyFigures]:
    """Every reply to one form of the channel, by one theory."""
    key = (variant, theory.id)
    figures = zip(
        result.replies,
        result.reply_worth[key].tolist(),
        result.best_reply_share[key].tolist(),
        result.reply_probability[key].tolist(),
        strict=True,
    )
    return [ReplyFigures(*one) for one in figures]


def best_reply(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> ReplyFigures:
    """The reply that is the best in most draws."""
    return max(reply_figures(result, variant, theory), key=lambda one: one.best_share)


def mean_reply_probabilities(result: AcceptanceResult, theory: AppliedTheory) -> dict[ReplyAnswer, float]:
    """The chance of every kind of reply, the mean over the ways the channel may be run."""
    variants = result.deciders.offered_variants
    figures_by_reply = zip(*(reply_figures(result, variant, theory) for variant in variants), strict=True)
    return {figures[0].reply: sum(one.probability for one in figures) / len(variants) for figures in figures_by_reply}


def likeliest_reply(result: AcceptanceResult, theory: AppliedTheory) -> ReplyAnswer:
    """The likeliest kind of reply."""
    probabilities = mean_reply_probabilities(result, theory)
    return max(probabilities, key=lambda reply: probabilities[reply])
