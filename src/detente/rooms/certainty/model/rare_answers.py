"""How often an answer comes about that is too rare to count in plain draws: by tilted draws, with an honest error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.description import ModelDescription
from detente.methods.sensitivity.group_errors import mean_with_group_error
from detente.methods.sensitivity.tilted_sampling import estimate_rare_share
from detente.rooms.acceptance.model.estimated_share import HALF, EstimatedShare
from detente.rooms.certainty.model.asked_answers import AskedAnswer, answer_function, generator_seed, plain_shares

LEAST_COUNT = 100
"""Plain draws with either answer, below which tilted ones are made."""
PLAIN_DRAWS = 4_096


@dataclass(frozen=True)
class AnswerShare:
    """How often an answer is yes."""

    asked: AskedAnswer
    share: EstimatedShare
    by: Literal["plain draws", "tilted draws"]
    rarer_count: int
    """In how many draws the rarer answer came about."""
    effective_size: float
    """As how many draws of the rarer answer alone these are worth."""
    most: float
    """Up to which share of yes, or of no where that is the rarer, the draws are in keeping with, at 95 of 100."""
    is_doubtful: bool
    """Whether the error may be too small: few draws with the rarer answer, or signs of a region that was not found."""
    evaluations: int
    """Draws that were worked out in all."""


def answer_share(description: ModelDescription, asked: AskedAnswer, draw_count: int = PLAIN_DRAWS) -> AnswerShare:
    """How often an answer is yes: by plain draws, or by tilted ones where either answer is rare.

    Args:
        description: The model.
        asked: Which answer.
        draw_count: Of plain draws.
    """
    import numpy as np

    function = answer_function(description, asked)
    accepts = function(plain_shares(function, range(draw_count))) > TOLERANCE
    rarer_is_yes = bool(accepts.mean() <= HALF)
    count = int(min(accepts.sum(), (~accepts).sum()))
    if count >= LEAST_COUNT or not function.inputs[:-1]:
        mean = mean_with_group_error(accepts.astype(float))
        share = EstimatedShare(float(mean.mean), float(mean.standard_error))
        rarer = share.value if rarer_is_yes else 1 - share.value
        most = rarer + float(mean.interval()[1] - mean.mean)
        return AnswerShare(asked, share, "plain draws", count, count, most, False, draw_count)
    sign = 1.0 if rarer_is_yes else -1.0
    rare = estimate_rare_share(
        lambda shares: sign * (function(shares) - TOLERANCE),
        len(function.inputs),
        np.random.default_rng(generator_seed(function)),
    )
    value = rare.estimate if rarer_is_yes else 1 - rare.estimate
    share = EstimatedShare(value, rare.standard_error)
    return AnswerShare(
        *(asked, share, "tilted draws", rare.hits, rare.effective_size),
        most=rare.interval()[1],
        is_doubtful=rare.is_doubtful,
        evaluations=rare.evaluations + draw_count,
    )
