"""The best reply over two levers, and at the case's own estimates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from detente.case.schema.record import ReplyAnswer
from detente.methods.offer_model.answers import decide_answer, reply_probabilities
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.decision.utility import VoterUtilities, point_estimate_utilities
from detente.rooms.gains.model.one_at_a_time import ChannelLever, channel_levers

CELLS_PER_AXIS = 14
"""Cells of the map along each lever."""


@dataclass(frozen=True)
class ReplyMap:
    """The best reply by all that counts, all other numbers at their means."""

    variant: ChannelVariant
    x_lever: ChannelLever
    y_lever: ChannelLever
    cells: tuple[tuple[float, float, ReplyAnswer], ...]
    """The middle of each cell along both levers, row by row, and the best reply there."""
    case_reply: ReplyAnswer
    """The best reply at the case's own estimates."""


def map_replies(deciders: DecisionMakers, variant: ChannelVariant) -> ReplyMap:
    """The best reply over how exclusive the channel is and how much of a threat both feel.

    Efficiency stands for exclusivity where nothing is displaced, and what the observed channel gets done for a threat.
    """
    import numpy as np

    levers = channel_levers(deciders.model, deciders.offered_channel)
    x_lever, y_lever = levers[0], levers[-1]
    middles = (np.arange(CELLS_PER_AXIS) + 0.5) / CELLS_PER_AXIS
    x, y = (coordinates.ravel() for coordinates in np.meshgrid(middles, middles))
    replies = _best_replies(point_estimate_utilities(deciders, {x_lever: x, y_lever: y}), variant)
    central_values = {lever: np.array([lever.central_value]) for lever in (x_lever, y_lever)}
    case_reply = _best_replies(point_estimate_utilities(deciders, central_values), variant)[0]
    return ReplyMap(variant, x_lever, y_lever, tuple(zip(x.tolist(), y.tolist(), replies, strict=True)), case_reply)


def _best_replies(utilities: VoterUtilities, variant: ChannelVariant) -> list[ReplyAnswer]:
    values = reply_probabilities(utilities, decide_answer(utilities, variant, utilities.deciders.full_theory.uses))
    replies = cast("tuple[ReplyAnswer, ...]", values.replies)
    return [replies[reply_index] for reply_index in values.worth.argmax(axis=0)]
