"""The distribution of an estimate within the bounds of its number."""

from __future__ import annotations

import math

from detente.case.schema.estimate import DISTRIBUTION_FORMS, Estimate
from detente.methods.sampling.distributions import Distribution

MIN_MASS = 0.01
"""The share of a distribution that must lie where the number can lie."""


def distribution_of(estimate: Estimate, low: float = -math.inf, high: float = math.inf) -> Distribution:
    """The distribution of an estimate of a single year.

    Args:
        estimate: With some of its mass between `low` and `high`, as `probability_mass` tells.
        low: The least it can be.
        high: The most it can be.
    """
    form = next(name for name in DISTRIBUTION_FORMS if getattr(estimate, name) is not None)
    given = getattr(estimate, form)
    if form == "value":
        parameters = (given,)
    elif form == "discrete":
        parameters = tuple(number for column in zip(*given, strict=True) for number in column)
    else:
        parameters = given
    limits = (None if math.isinf(end) else float(end) for end in (low, high))
    return Distribution(form, tuple(map(float, parameters)), *limits)


def probability_mass(estimate: Estimate, low: float, high: float) -> float:
    """How much of a distribution lies from `low` to `high`; of one that has ends either all of it or nothing."""
    if estimate.normal or estimate.lognormal:
        below, above = distribution_of(estimate, low, high).probability_within_bounds
        return above - below
    if estimate.discrete:
        return math.fsum(p for value, p in estimate.discrete if low <= value <= high)
    bounds = estimate.bounds
    return 1.0 if low <= bounds[0] and bounds[1] <= high else 0.0
