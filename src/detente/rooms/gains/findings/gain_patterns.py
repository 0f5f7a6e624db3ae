"""In which ways of running a channel each actor gains in most simulations: patterns, and who shares each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.rooms.gains.model.simulation.results import YearGains

GainPattern = Literal["always", "hub", "collegiate", "close", "never", "loses", "unmoved"]
"""It gains either way; only run through leading members; only with organisations as one; one way is too close to call;
it gains neither way; it loses either way; nothing changes for it."""
PATTERN_ORDER: tuple[GainPattern, ...] = ("always", "hub", "collegiate", "close", "never", "loses", "unmoved")
"""In which order they are told."""
CLOSE_LOW, CLOSE_HIGH = 45, 55
"""Between so many of 100 simulations it is too close to call."""


@dataclass(frozen=True, slots=True)
class PatternGroup:
    """Actors that gain in the same ways of running a channel."""

    pattern: GainPattern
    actors: tuple[int, ...]
    """Those that lead an organisation first."""


def pattern_groups(year: YearGains, variants: Sequence[ChannelVariant]) -> list[PatternGroup]:
    """All actors by the ways of running a channel in which they gain.

    Args:
        year: The year that is told of.
        variants: The channel in each way to run it that makes a difference.
    """
    patterns = {actor: _gain_pattern(year, variants, actor) for actor in told_order(year)}
    groups = (
        PatternGroup(pattern, tuple(actor for actor, own in patterns.items() if own == pattern))
        for pattern in PATTERN_ORDER
    )
    return [group for group in groups if group.actors]


def told_order(year: YearGains) -> list[int]:
    """All actors: those that lead an organisation or stand alone first, of these the side that offers."""
    leading_actors, other_actors = year.leading_and_other_actors
    return [*leading_actors, *other_actors]


def is_close(share: float) -> bool:
    """Whether so many simulations are too close to call, as a reader sees them."""
    return CLOSE_LOW <= round(100 * share) <= CLOSE_HIGH


def _gain_pattern(year: YearGains, variants: Sequence[ChannelVariant], actor: int) -> GainPattern:
    outcomes = [year.outcomes[variant] for variant in variants]
    if not any(outcome.is_affected(actor) for outcome in outcomes):
        return "unmoved"
    if any(is_close(float(outcome.gain_frequency[actor])) for outcome in outcomes):
        return "close"
    gaining_forms: list[ChannelForm] = [
        variant.form for variant, outcome in zip(variants, outcomes, strict=True) if outcome.majority_sign(actor) > 0
    ]
    if len(gaining_forms) == len(outcomes):
        return "always"
    if gaining_forms:
        return gaining_forms[0]
    return "loses" if all(outcome.majority_sign(actor) < 0 for outcome in outcomes) else "never"
