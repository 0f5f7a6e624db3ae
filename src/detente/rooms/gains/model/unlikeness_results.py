"""How unlike those are whom a channel joins, what that costs it, and what experience changed: over all draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from detente.methods.offer_model.model_draws import ModelDraws, batch_ranges, sample_model
from detente.methods.offer_model.network_rows import TraitComparison
from detente.methods.sampling.number_draws import draw_number
from detente.rooms.gains.model.experience import is_taught
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.unlikeness import joined_pairs, trait_figures

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
    place = list(case.channels).index(channel)
    comparisons = year.model.description.network.channels[place].unlikeness[0]
    differences = [float(_over_draws(year, partial(_difference, one)).mean()) for one in comparisons]
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
        DrawnNumber.of(_over_draws(year, lambda draws: draws.unlikeness(place))),
        DrawnNumber.of(_over_draws(year, lambda draws: draws.values[draws.network.channels[place].efficiency])),
        DrawnNumber.of(_over_draws(year, lambda draws: draws.efficiency(place))),
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
    description = year.model.description
    taught = [place for place, name in enumerate(case.channels) if is_taught(case, name)]
    numbers = [description.network.channels[place].efficiency for place in taught]
    if case.network.unlikeness.value is None:
        numbers.insert(0, description.network.unlikeness_cost)
    return tuple(_learnt_number(year, index) for index in numbers)


def _learnt_number(year: YearGains, index: int) -> LearntNumber:
    """A number as it was drawn before experience, and as it is drawn with it."""
    description = year.model.description
    number = description.numbers[index]
    before = draw_number(number.distribution, description.seed, number.path, range(year.draw_count))
    after = _over_draws(year, lambda draws: draws.values[index])
    return LearntNumber(number.path, DrawnNumber.of(before), DrawnNumber.of(after))


def _difference(comparison: TraitComparison, draws: ModelDraws) -> Floats:
    """How far two stand apart on a trait, shape (draws,)."""
    return abs(draws.values[comparison.first] - draws.values[comparison.second])


def _over_draws(year: YearGains, pick: Callable[[ModelDraws], Floats]) -> Floats:
    """Something of every draw of a year, shape (draws,)."""
    import numpy as np

    description = year.model.description
    ranges = batch_ranges(description.network, year.draw_count)
    return np.concatenate([pick(sample_model(description, indices)) for indices in ranges])
