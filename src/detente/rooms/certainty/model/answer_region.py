"""Where the answer is yes, or no where that is the rarer: a box of at most three limits on numbers, if there is one.

Besides the numbers of the case, some that follow from them are tried: a limit on what they come to together may say in
one what takes several otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.sensitivity.scenario_discovery import describe_answer
from detente.rooms.certainty.model.asked_answers import AskedAnswer, answer_function, generator_seed, plain_shares

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REGION_DRAWS = 16_384
"""Draws that are looked at."""
LEAST_COUNT = 200
"""Draws with the rarer answer that it takes."""
EFFICIENCY_GAIN, NET_REASONS = "derived.efficiency-gain", "derived.net-reasons"
"""What the channel that is offered gets done beyond the observed one; what reasons add for the voice that leads."""


@dataclass(frozen=True)
class NumberLimit:
    """A limit on a number."""

    path: str
    """Of the case, or one of the derived numbers."""
    low: float | None
    """The least it may be; None for no limit."""
    high: float | None


@dataclass(frozen=True)
class AnswerRegion:
    """Where an answer lies, as told on draws that had no part in the choice."""

    asked: AskedAnswer
    of_refusals: bool
    """Whether it is where the answer is no."""
    limits: tuple[NumberLimit, ...]
    density: float
    """How many of the draws within it have that answer, as a share."""
    coverage: float
    """How many of the draws with that answer lie within it, as a share."""
    mass: float
    """How many of all draws lie within it, as a share."""
    recurrence: tuple[int, ...]
    """In how many of ten halves of the draws the limits of each number come again, the least of both."""
    is_good: bool
    """Whether it is worth telling: density and coverage a half at least, each limit in eight halves of ten."""


def answer_region(description: ModelDescription, asked: AskedAnswer) -> AnswerRegion | None:
    """Where an answer is yes, or no; None where the rarer of both is too rare to say.

    Args:
        description: The model.
        asked: Which answer.
    """
    import numpy as np

    function = answer_function(description, asked)
    shares = plain_shares(function, range(REGION_DRAWS))
    accepts = function(shares) > TOLERANCE
    if min(accepts.sum(), (~accepts).sum()) < LEAST_COUNT:
        return None
    candidates = _candidates(function.draw(shares), asked)
    if not candidates:
        return None
    names, points = list(candidates), np.stack(list(candidates.values()), axis=1)
    found = describe_answer(points, accepts, np.random.default_rng(generator_seed(function)))
    by_number: dict[int, list[int]] = {}
    for (number, _), count in zip(found.box.limits, found.recurrence, strict=True):
        by_number.setdefault(number, []).append(count)
    limits = tuple(_limit(names[number], found.box.lower[number], found.box.upper[number]) for number in by_number)
    return AnswerRegion(
        asked,
        found.of_refusals,
        limits,
        found.held_out.density,
        found.held_out.coverage,
        found.held_out.mass,
        tuple(min(counts) for counts in by_number.values()),
        found.is_good,
    )


def _limit(name: str, low: float, high: float) -> NumberLimit:
    import math

    return NumberLimit(name, low if math.isfinite(low) else None, high if math.isfinite(high) else None)


def _candidates(draws: ModelDraws, asked: AskedAnswer) -> Mapping[str, Floats]:
    """The numbers that may be limited, those that follow from others last, each of shape (draws,)."""
    return {**draws.varying_values, **_derived(draws, asked)}


def _derived(draws: ModelDraws, asked: AskedAnswer) -> dict[str, Floats]:
    import numpy as np

    description = draws.description
    decision, network = description.decision, description.network
    assert decision is not None
    offered = network.runs[decision.offered_runs[0]].channel
    derived = {EFFICIENCY_GAIN: draws.efficiency(offered) - draws.efficiency(network.observed)}
    side = decision.sides[ANSWERING]
    uses = next(theory.uses for theory in decision.theories if theory.id == asked.theory)
    net = np.zeros(draws.draw_count)
    signs = {"recognition": 1.0, "advantage": 1.0, "autonomy": -1.0}
    for mechanism in decision.mechanisms:
        for row in mechanism.rows:
            if mechanism.id in uses and mechanism.kind in signs and row.voice == side.voices[side.leader]:
                net = net + signs[mechanism.kind] * draws.values[row.strength]
    derived[NET_REASONS] = net
    return {name: values for name, values in derived.items() if np.ptp(values) > 0}
