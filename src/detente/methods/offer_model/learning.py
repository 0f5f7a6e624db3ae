"""What earlier bodies taught, by Bayes: how well a channel works, and what it costs that two are unlike.

Each thing tried in an earlier body of two worked with the chance

    efficiency of the channel it tells of × (1 − cost of unlikeness × how unlike the two are)

(without the latter for a channel that joins nobody, whose efficiency is what it gets done between whoever deals in it)
and counts for a part of one tried in the channel itself (`methods/inference/power_prior.py`). The cost is drawn from
what it is by all experience, whatever the efficiency; the efficiency of a channel from what it is by the experience
that tells of it, at the cost drawn. So both together are drawn as Bayes has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from detente.methods.inference.power_prior import (
    marginal_log_likelihood,
    posterior_weights,
    trial_log_likelihood,
)
from detente.methods.offer_model.network_rows import ModelChannel, ModelExperience
from detente.methods.offer_model.number_rows import ModelNumber
from detente.methods.sampling.density_grid import density_grid
from detente.methods.sampling.distributions import Distribution

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

COST_STEPS, EFFICIENCY_STEPS = 200, 100
"""Steps over which the cost of unlikeness, and an efficiency, are added up."""
Trial = tuple[float, float, float, float]
"""How many were tried and worked, how unlike the two were where that is a matter, and for which part each counts."""


@dataclass(frozen=True)
class Lessons:
    """What was tried before, and the channels of which it tells."""

    channels: tuple[ModelChannel, ...]
    experiences: tuple[ModelExperience, ...]

    def is_taught(self, channel: int, efficiency: Distribution) -> bool:
        """Whether anything was learnt of how well a channel works; nothing, where that is certain."""
        return efficiency.varies and any(_weight_for(one, channel) is not None for one in self.experiences)

    def joining_channel(self, experience: ModelExperience) -> int | None:
        """The channel by which an experience tells what it costs to be unlike: the first that joins parties, if any."""
        return next((channel for channel, _ in experience.tells_of if self.channels[channel].joins), None)

    def trial(self, experience: ModelExperience, channel: int) -> Trial:
        """An experience as it tells of a channel."""
        unlikeness = experience.unlikeness if self.channels[channel].joins else 0.0
        return experience.tried, experience.worked, unlikeness, _weight_for(experience, channel) or 0.0


def learnt_cost(lessons: Lessons, prior: Distribution, numbers: Sequence[ModelNumber]) -> Distribution:
    """What it costs a channel that two are unlike, as told before and learnt since: values with their chances.

    A certain cost is what it is, and so is one of which nothing tells.

    Args:
        lessons: What was tried before.
        prior: The cost as it was taken to be.
        numbers: Of the model, among them how much each channel gets done.

    Raises:
        ValueError: If what was seen could not have been.
    """
    telling = [(one, channel) for one in lessons.experiences if (channel := lessons.joining_channel(one)) is not None]
    if not prior.varies or not telling:
        return prior
    trials = (
        (numbers[lessons.channels[channel].efficiency].distribution, lessons.trial(one, channel))
        for one, channel in telling
    )
    return _posterior_cost(prior, tuple(trials))


@lru_cache(maxsize=256)
def _posterior_cost(prior: Distribution, trials: tuple[tuple[Distribution, Trial], ...]) -> Distribution:
    costs, prior_weights = density_grid(prior, COST_STEPS)
    log_likelihood = 0 * costs
    for efficiency, trial in trials:
        efficiencies, weights = density_grid(efficiency, EFFICIENCY_STEPS)
        of_both = _log_likelihood(trial, costs[:, None], efficiencies)
        log_likelihood = log_likelihood + marginal_log_likelihood(of_both, weights)
    posterior = posterior_weights(prior_weights, log_likelihood)
    return Distribution("discrete", (*costs.tolist(), *posterior.tolist()), prior.low, prior.high)


@dataclass(frozen=True)
class EfficiencyTable:
    """How much a channel gets done between two that are alike, as learnt, at each cost of being unlike."""

    values: Floats
    """What it may be, shape (values,)."""
    weights: Floats
    """How likely each is at each cost, shape (costs, values)."""

    @property
    def means(self) -> Floats:
        """The mean at each cost, shape (costs,)."""
        import numpy as np

        return np.asarray(self.weights @ self.values)

    @cached_property
    def _line(self) -> Floats:
        """The cumulative weights of all costs one after another on a single line, each a unit long."""
        import numpy as np

        ends = np.arange(len(self.weights))[:, None]
        return np.asarray(np.minimum(self.weights.cumsum(axis=1), 1.0) + ends).ravel()

    def quantiles(self, rows: NDArray[np.intp], shares: Floats) -> Floats:
        """The values at shares of the distributions, shape (draws,).

        Args:
            rows: Which cost holds in each draw.
            shares: At which share of its distribution the number stands.
        """
        import numpy as np

        below = np.searchsorted(self._line, rows + shares) - rows * len(self.values)
        return np.asarray(self.values[np.clip(below, 0, len(self.values) - 1)])


def learnt_efficiency(lessons: Lessons, channel: int, prior: Distribution, costs: Sequence[float]) -> EfficiencyTable:
    """How much a channel gets done between two that are alike, as told before and learnt since, at given costs.

    Args:
        lessons: What was tried before.
        channel: Of which experience tells.
        prior: Its efficiency as it was taken to be before.
        costs: What it costs to be unlike.

    Raises:
        ValueError: If what was seen could not have been.
    """
    telling = (one for one in lessons.experiences if _weight_for(one, channel) is not None)
    return _efficiency_table(prior, tuple(lessons.trial(one, channel) for one in telling), tuple(costs))


@lru_cache(maxsize=64)
def _efficiency_table(prior: Distribution, trials: tuple[Trial, ...], costs: tuple[float, ...]) -> EfficiencyTable:
    import numpy as np

    efficiencies, prior_weights = density_grid(prior, EFFICIENCY_STEPS)
    log_likelihood = np.zeros((len(costs), len(efficiencies)))
    for trial in trials:
        log_likelihood += _log_likelihood(trial, np.array(costs)[:, None], efficiencies)
    possible = np.where(prior_weights > 0, log_likelihood, -np.inf)
    if not np.isfinite(highest := possible.max(axis=1, keepdims=True)).all():
        raise ValueError("what was seen is impossible by every efficiency")
    weights = prior_weights * np.exp(possible - highest)
    return EfficiencyTable(efficiencies, weights / weights.sum(axis=1, keepdims=True))


def _weight_for(experience: ModelExperience, channel: int) -> float | None:
    return next((weight for told_of, weight in experience.tells_of if told_of == channel), None)


def _log_likelihood(trial: Trial, costs: Floats, efficiencies: Floats) -> Floats:
    """How likely what was seen was, as a logarithm: of the shape to which the two broadcast."""
    tried, worked, unlikeness, weight = trial
    return trial_log_likelihood(efficiencies * (1 - costs * unlikeness), tried, worked, weight)
