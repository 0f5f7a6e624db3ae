"""From where on, or up to where, the other side accepts along each lever, by each theory."""

from __future__ import annotations

from dataclasses import dataclass

from detente.methods.offer_model.answers import answer_of_side
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, DecisionMakers
from detente.rooms.acceptance.model.decision.utility import point_estimate_utilities
from detente.rooms.gains.model.one_at_a_time import (
    ChannelLever,
    Interval,
    channel_levers,
    lever_grid,
    positive_intervals,
)


@dataclass(frozen=True)
class AcceptanceRange:
    """Where the other side accepts along one lever from 0 to 1, all other numbers at their means."""

    lever: ChannelLever
    theory: AppliedTheory
    variant: ChannelVariant
    intervals: tuple[Interval, ...]
    """From where to where, in order; an end is None where it is so up to the end of the range."""

    @property
    def turning_points(self) -> tuple[float, ...]:
        """The places at which the answer turns, in order; none where it is the same along the whole lever."""
        return tuple(end for interval in self.intervals for end in interval if end is not None)


def acceptance_ranges(deciders: DecisionMakers) -> tuple[AcceptanceRange, ...]:
    """The ranges for every lever of the channel that is offered, every theory and every form."""
    values = lever_grid()
    ranges = []
    for lever in channel_levers(deciders.model, deciders.offered_channel):
        utilities = point_estimate_utilities(deciders, {lever: values})
        for theory in deciders.theories:
            for variant in deciders.offered_variants:
                intervals = positive_intervals(values, answer_of_side(utilities, variant, theory.uses).utility)
                ranges.append(AcceptanceRange(lever, theory, variant, tuple(intervals)))
    return tuple(ranges)
