"""From where to where each number of a model can be moved on the page."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.methods.offer_model.description import ModelDescription
from detente.methods.sampling.distributions import Distribution
from detente.report.live.moving_numbers import moving_numbers
from detente.rooms.gains.model.unlikeness import trait_figures

TAIL = 0.005
"""Which part of a distribution without ends lies beyond either end of its slider."""
WIDER = 10
"""A slider goes from bound to bound where that is at most so many times as far as the estimate goes."""


def experienced_traits(case: Case) -> frozenset[str]:
    """The traits of those who tried something before: how unlike they were is worked out before the model is."""
    in_year, year = case_of_answer(case), analysed_years(case)[-1]
    pairs = (experience.between for experience in in_year.experiences.values())
    figures = (one for first, second in pairs for one in trait_figures(in_year, year, first, second))
    return frozenset(path for one in figures for path in one.paths if path)


def number_sliders(
    description: ModelDescription, paths: Sequence[str], unmovable: Collection[str]
) -> list[list[float] | int]:
    """From where to where each number can be moved; 0 for one that moves nothing, or on which more rests than that."""
    numbers = description.numbers
    moving = (numbers[index] for index in moving_numbers(description))
    by_path = {number.path: number.distribution for number in moving if number.path not in unmovable}
    return [_slider(by_path[path]) if path in by_path else 0 for path in paths]


def _slider(distribution: Distribution) -> list[float] | int:
    """The bounds of a number where these are near, else the ends of its estimate and as far again."""
    low, high = distribution.limits
    if not math.isfinite(low) and not math.isfinite(high):
        return 0
    first, last = _ends(distribution)
    reach = last - first
    is_near = math.isfinite(low) and math.isfinite(high) and (high - low <= WIDER * reach or reach == 0)
    if is_near:
        return [low, high]
    further = reach or max(abs(first), 1.0)
    return [max(low, first - further), min(high, last + further)]


def _ends(distribution: Distribution) -> tuple[float, float]:
    """From where to where an estimate goes, but for its tails."""
    import numpy as np

    if distribution.form == "value":
        return distribution.parameters[0], distribution.parameters[0]
    if distribution.form == "discrete":
        values = distribution.discrete_values[0]
        return min(values), max(values)
    low, high = distribution.quantile(np.array([TAIL, 1 - TAIL])).tolist()
    return low, high
