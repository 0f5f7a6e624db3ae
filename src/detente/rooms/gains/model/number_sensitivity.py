"""On which numbers it turns whether the answering side gains: how often where each is low, and where it is high."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.gains.model.simulation.results import YearGains

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class GainFrequencies:
    """How often the answering side gains at either end of a number."""

    path: str
    lowest: float
    """The share of draws in the fifth of them in which the number is lowest."""
    highest: float
    """The same where it is highest."""

    @property
    def difference(self) -> float:
        """How far apart the two ends are."""
        return abs(self.highest - self.lowest)


def number_sensitivity(year: YearGains, channel: str) -> Mapping[ChannelVariant, list[GainFrequencies]]:
    """By form of a channel, the numbers that are uncertain, those that matter most first.

    Nothing where none is uncertain, or nobody answers.
    """
    import numpy as np

    varying = {path: values for path, values in year.parameter_values.items() if np.ptp(values) > 0}
    if not varying or not year.answering_actors:
        return {}
    frequencies = {}
    for variant in year.variants_of(channel):
        gains = year.outcomes[variant].gains[:, year.answering_actors].sum(axis=1) > TOLERANCE
        by_number = [GainFrequencies(path, *_frequencies_at_ends(gains, values)) for path, values in varying.items()]
        frequencies[variant] = sorted(by_number, key=lambda ends: -ends.difference)
    return frequencies


def _frequencies_at_ends(gains: NDArray[np.bool_], values: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np

    order = np.argsort(values, kind="stable")
    fifth = max(len(order) // 5, 1)
    return float(gains[order[:fifth]].mean()), float(gains[order[-fifth:]].mean())
