"""What earlier bodies taught, by Bayes: how well a channel works, and what it costs that two are unlike.

Each thing tried in an earlier body of two worked with the chance

    efficiency of the channel it tells of × (1 − cost of unlikeness × how unlike the two are)

(without the latter for a channel that joins nobody, whose efficiency is what it gets done between whoever deals in it)
and counts for a part of one tried in the channel itself (`methods/inference/power_prior.py`). The cost is drawn from
what it is by all experience, whatever the efficiency; the efficiency of a channel from what it is by the experience
that tells of it, at the cost drawn. So both together are drawn as Bayes has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.bounds import bounds_at
from detente.case.uncertainty.density_grid import density_grid
from detente.methods.inference.power_prior import (
    marginal_log_likelihood,
    posterior_weights,
    trial_log_likelihood,
)
from detente.rooms.gains.model.unlikeness import UNLIKENESS_PATH, mean_unlikeness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

COST_STEPS, EFFICIENCY_STEPS = 200, 100
"""Steps over which the cost of unlikeness, and an efficiency, are added up."""
ALL_DONE = Estimate(value=1)
"""The efficiency of a channel of which nothing else is said."""


def learnt_cost(case: Case, year: int, prior: Estimate) -> Estimate:
    """What it costs a channel that two are unlike, as told before and learnt since: values with their chances.

    Args:
        case: The case, its numbers as they are in the year.
        year: Whose regimes count.
        prior: What it was taken to cost before. A certain cost is what it is, and so is one of which nothing tells.

    Raises:
        ValueError: If what was seen could not have been; the checks of a case find it first.
    """
    if prior.value is not None or not any(joining_channel(case, name) for name in case.experiences):
        return prior
    bounds = bounds_at(case, UNLIKENESS_PATH)
    costs, prior_weights = density_grid(prior, bounds.low, bounds.high, COST_STEPS)
    log_likelihood = 0 * costs
    for name in case.experiences:
        channel = joining_channel(case, name)
        if channel is not None:
            efficiencies, efficiency_weights = _efficiency_grid(case, channel)
            of_both = _log_likelihood(case, year, (name, channel), costs[:, None], efficiencies)
            log_likelihood = log_likelihood + marginal_log_likelihood(of_both, efficiency_weights)
    weights = posterior_weights(prior_weights, log_likelihood)
    return Estimate(discrete=list(zip(costs.tolist(), weights.tolist(), strict=True)))


def joining_channel(case: Case, experience: str) -> str | None:
    """The channel by which an experience tells what it costs to be unlike: the first that joins parties, if any."""
    return next((name for name in case.experiences[experience].tells_of if case.channels[name].joins), None)


def is_taught(case: Case, channel: str) -> bool:
    """Whether anything was learnt of how well a channel works; nothing, where that is certain."""
    estimate = case.channels[channel].efficiency or ALL_DONE
    return estimate.value is None and any(channel in one.tells_of for one in case.experiences.values())


def learnt_efficiency(case: Case, year: int, channel: str, prior: Estimate, costs: Floats) -> tuple[Floats, Floats]:
    """How much a channel gets done between two that are alike, as told before and learnt since, at given costs.

    Args:
        case: The case, its numbers as they are in the year.
        year: Whose regimes count.
        channel: Of which experience tells.
        prior: Its efficiency as it was taken to be before.
        costs: What it costs to be unlike, shape (draws,).

    Returns:
        Values, shape (values,), and how likely each is at each cost, shape (draws, values).

    Raises:
        ValueError: If what was seen could not have been; the checks of a case find it first.
    """
    import numpy as np

    efficiencies, prior_weights = _efficiency_grid(case, channel, prior)
    log_likelihood = np.zeros((len(costs), len(efficiencies)))
    for name, experience in case.experiences.items():
        if channel in experience.tells_of:
            log_likelihood += _log_likelihood(case, year, (name, channel), costs[:, None], efficiencies)
    possible = np.where(prior_weights > 0, log_likelihood, -np.inf)
    if not np.isfinite(highest := possible.max(axis=1, keepdims=True)).all():
        raise ValueError("what was seen is impossible by every efficiency")
    weights = prior_weights * np.exp(possible - highest)
    return efficiencies, weights / weights.sum(axis=1, keepdims=True)


def _efficiency_grid(case: Case, channel: str, prior: Estimate | None = None) -> tuple[Floats, Floats]:
    """The efficiencies that a channel may have between two that are alike, and their weights before experience."""
    bounds = bounds_at(case, f"channels.{channel}.efficiency")
    estimate = prior or case.channels[channel].efficiency or ALL_DONE
    return density_grid(estimate, bounds.low, bounds.high, EFFICIENCY_STEPS)


def _log_likelihood(
    case: Case, year: int, experience_and_channel: tuple[str, str], costs: Floats, efficiencies: Floats
) -> Floats:
    """How likely what was seen in an earlier body was, as a logarithm: of the shape to which the two broadcast."""
    name, channel = experience_and_channel
    experience = case.experiences[name]
    unlikeness = mean_unlikeness(case, year, *experience.between) if case.channels[channel].joins else 0.0
    chances = efficiencies * (1 - costs * unlikeness)
    return trial_log_likelihood(chances, experience.tried, experience.worked, experience.tells_of[channel])
