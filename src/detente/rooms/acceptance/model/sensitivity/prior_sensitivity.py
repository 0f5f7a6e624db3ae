"""How often the offer is accepted under other sets of assumptions, and the more exclusive the channel is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.estimate import Estimate
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.rooms.acceptance.model.accumulator import answers_under_priors
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.results import AcceptanceResult

MOST_DRAWS_PER_SET = 2_048
"""Draws of each set of assumptions, at most."""
EXCLUSIVITY_LEVELS = (0.0, 0.1, 0.3, 0.5, 1.0)
"""How exclusive the channel is taken to be, to see what turns on that."""


@dataclass(frozen=True)
class PriorAcceptance:
    """How often the offer is accepted under one set of assumptions."""

    title: str
    """Of the set; empty for the case's own."""
    draw_count: int
    accepted_shares: Mapping[tuple[ChannelVariant, str], float]
    """By run and theory, by own gains and by all that counts."""


def acceptance_under_priors(result: AcceptanceResult) -> list[PriorAcceptance]:
    """The case's own assumptions, then every declared set of others."""
    deciders = result.deciders
    theories = dict.fromkeys((deciders.absolute_gains, deciders.full_theory))
    keys = [(variant, theory) for variant in deciders.offered_variants for theory in theories]
    own_shares = {(variant, theory.id): result.acceptance_share(variant, theory) for variant, theory in keys}
    draw_count = _draw_count(result)
    others = [
        PriorAcceptance(priors.title, draw_count, _accepted_shares(deciders, draw_count, priors.set))
        for priors in deciders.case.priors.values()
    ]
    return [PriorAcceptance("", result.draw_count, own_shares), *others]


@dataclass(frozen=True)
class ExclusivityAcceptance:
    """How often the offer is accepted where the channel is so exclusive, by run and theory."""

    level: float
    draw_count: int
    accepted_shares: Mapping[tuple[ChannelVariant, str], float]


def acceptance_by_exclusivity(result: AcceptanceResult) -> list[ExclusivityAcceptance]:
    """How often the offer is accepted at each level; nothing where the channel displaces nothing."""
    deciders = result.deciders
    if deciders.case.channels[deciders.offered_channel].displaces is None:
        return []
    path, draw_count = f"channels.{deciders.offered_channel}.exclusivity", _draw_count(result)
    return [
        ExclusivityAcceptance(level, draw_count, _accepted_shares(deciders, draw_count, {path: Estimate(value=level)}))
        for level in EXCLUSIVITY_LEVELS
    ]


def _draw_count(result: AcceptanceResult) -> int:
    return min(result.draw_count, MOST_DRAWS_PER_SET)


def _accepted_shares(
    deciders: DecisionMakers, draw_count: int, estimates: Mapping[str, Estimate]
) -> dict[tuple[ChannelVariant, str], float]:
    answers = answers_under_priors(deciders, draw_count, estimates)
    return {key: float((utilities > TOLERANCE).mean()) for key, utilities in answers.items()}
