"""How unlike those are whom a channel joins, what that costs it, and what experience changed: over all draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.rooms.gains.model.experience import is_taught
from detente.rooms.gains.model.simulation.draws import ONE, NetworkDraws
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.unlikeness import UNLIKENESS_PATH, joined_pairs, sample_unlikeness, trait_figures

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TAILS = (0.05, 0.95)
"""The shares of the draws below the lower and the upper bound that are told."""


@dataclass(frozen=True)
class DrawnNumber:
    """A number over the draws: its mean, and the bounds between which 90 of 100 of them lie."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Floats) -> DrawnNumber:
        """The number that has these values, shape (draws,)."""
        import numpy as np

        low, high = np.quantile(values, TAILS)
        return cls(float(values.mean()), float(low), float(high))


@dataclass(frozen=True)
class TraitDifference:
    """Where two stand on a trait, and how much of their unlikeness that is."""

    trait: str
    first: float
    """The expected figure of the first."""
    second: float
    difference: float
    """The mean over the draws."""
    share: float
    """Of how unlike the two are; 0 where they are wholly alike."""


@dataclass(frozen=True)
class ChannelUnlikeness:
    """How unlike two are whom a channel joins, and what that costs it."""

    channel: str
    parties: tuple[str, str]
    traits: tuple[TraitDifference, ...]
    """Those of which something is told of both, the greatest difference first."""
    unlikeness: DrawnNumber
    """From 0, wholly alike, to 1."""
    efficiency_if_alike: DrawnNumber
    """How much of what takes all members the channel gets done between two that are alike."""
    efficiency: DrawnNumber
    """How much it gets done between these."""


def channel_unlikeness(year: YearGains, channel: str) -> ChannelUnlikeness | None:
    """How unlike the first two are whom a channel joins; None where nothing is told of both."""
    case, number = year.model.case, year.actor_network.year
    pair = next(iter(joined_pairs(case, channel)), None)
    figures = trait_figures(case, number, *pair) if pair else []
    if pair is None or not figures:
        return None
    draws = _all_draws(year)
    differences = [float(one.sample_difference(draws.parameters).mean()) for one in figures]
    total = sum(one.weight * difference for one, difference in zip(figures, differences, strict=True))
    traits = [
        TraitDifference(
            one.trait, one.first.mean, one.second.mean, difference, one.weight * difference / total if total else 0.0
        )
        for one, difference in zip(figures, differences, strict=True)
    ]
    return ChannelUnlikeness(
        channel,
        pair,
        tuple(sorted(traits, key=lambda one: -one.share)),
        DrawnNumber.of(sample_unlikeness(draws.parameters, number, channel)),
        DrawnNumber.of(draws.efficiency_if_alike(channel)),
        DrawnNumber.of(draws.efficiency(channel)),
    )


@dataclass(frozen=True)
class LearntNumber:
    """A number before and after experience."""

    path: str
    before: DrawnNumber
    after: DrawnNumber


def learnt_numbers(year: YearGains) -> tuple[LearntNumber, ...]:
    """What earlier bodies changed: the cost of unlikeness, and how well the channels work that they tell of."""
    case = year.model.case
    if not case.experiences:
        return ()
    before, after = ParameterDraws(case), _all_draws(year)
    learnt = []
    if case.network.unlikeness.value is None:
        cost_before = before.sample(case.network.unlikeness, UNLIKENESS_PATH)
        learnt.append(LearntNumber(UNLIKENESS_PATH, DrawnNumber.of(cost_before), DrawnNumber.of(after.unlikeness_cost)))
    for name, channel in case.channels.items():
        if is_taught(case, name):
            path = f"channels.{name}.efficiency"
            efficiency_before = DrawnNumber.of(before.sample(channel.efficiency or ONE, path))
            learnt.append(LearntNumber(path, efficiency_before, DrawnNumber.of(after.efficiency_if_alike(name))))
    return tuple(learnt)


def _all_draws(year: YearGains) -> NetworkDraws:
    return NetworkDraws(ParameterDraws(year.model.case), year.actor_network)
