"""Where the answering side gains along each lever of a channel, everything else at its central estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.gains import evaluate_gains
from detente.rooms.gains.model.one_at_a_time import (
    ChannelLever,
    Interval,
    channel_levers,
    lever_draws,
    lever_grid,
    positive_intervals,
)
from detente.rooms.gains.model.simulation.results import YearGains


@dataclass(frozen=True)
class BreakEven:
    """Where the answering side gains by a channel, lever by lever."""

    channel: str
    levers: tuple[ChannelLever, ...]
    gain_intervals: Mapping[tuple[ChannelLever, ChannelVariant], list[Interval]]
    """By lever and form, from where to where on the lever the side as a whole gains."""


def break_even_levels(year: YearGains, channel: str) -> BreakEven | None:
    """Where the answering side gains by a channel along each of its levers; None where no side answers."""
    if not year.answering_actors:
        return None
    values = lever_grid()
    levers = channel_levers(year.model, channel)
    gain_intervals = {}
    for lever in levers:
        batch = evaluate_gains(lever_draws(year.model.two_sided_threat_description, {lever: values}))
        for variant in year.variants_of(channel):
            side_gains = batch.gains(variant)[:, year.answering_actors].sum(axis=1)
            gain_intervals[lever, variant] = positive_intervals(values, side_gains)
    return BreakEven(channel, tuple(levers), gain_intervals)
