"""How often each number alone turns an answer if it is drawn anew, and its total index: by draws made for that.

Asked of the numbers that lead, and of all the rest together (`methods/sensitivity/total_effects.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answer_function import AnswerFunction
from detente.methods.sensitivity.total_effects import FactorEffects, estimate_factor_effects
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from detente.rooms.certainty.model.asked_answers import generator_seed
from detente.rooms.certainty.model.number_importance import ERRORS_ABOVE

MOST_ASKED = 10
"""Numbers of which total indices are asked."""


@dataclass(frozen=True)
class TotalEffect:
    """What a number does alone and with others."""

    total_index: EstimatedShare
    """The part of the variance of the answer that is left if all but this is known."""
    flip_share: EstimatedShare
    """How often the answer turns if this alone is drawn anew."""


@dataclass(frozen=True)
class AnswerEffects:
    """What turns one answer."""

    by_number: Mapping[str, TotalEffect]
    """By path, of the numbers that were asked about."""
    rest: TotalEffect
    """Of all others with what single pairs depart by, as one."""

    @property
    def most_frequent(self) -> str | None:
        """The number that alone turns the answer clearly more often than any other; None where several may."""
        order = sorted(self.by_number, key=lambda path: -self.by_number[path].flip_share.value)
        first, second = ([self.by_number[path].flip_share for path in order] + 2 * [EstimatedShare(0, 0)])[:2]
        is_clear = first.value - second.value > ERRORS_ABOVE * hypot(first.error, second.error)
        return order[0] if order and is_clear else None


def work_out_effects(function: AnswerFunction, leading_paths: Sequence[str]) -> AnswerEffects:
    """What turns an answer.

    Args:
        function: The answer.
        leading_paths: The numbers that lead, in order: as many are asked about as the limit allows.
    """
    import numpy as np

    asked = [function.inputs.index(path) for path in leading_paths[:MOST_ASKED]]
    effects = estimate_factor_effects(
        lambda shares: (function(shares) > TOLERANCE).astype(float),
        len(function.inputs),
        [[place] for place in asked],
        np.random.default_rng(generator_seed(function)),
    )
    by_number = {function.inputs[place]: _effect_at(effects, at) for at, place in enumerate(asked)}
    return AnswerEffects(by_number, _effect_at(effects, len(asked)))


def _effect_at(effects: FactorEffects, place: int) -> TotalEffect:
    return TotalEffect(
        EstimatedShare(float(effects.total[place]), float(effects.total_error[place])),
        EstimatedShare(float(effects.flip_share[place]), float(effects.flip_share_error[place])),
    )
