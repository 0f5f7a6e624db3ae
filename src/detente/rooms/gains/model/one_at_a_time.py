"""The levers of a channel, and what it would be if they stood otherwise, all else at the central estimates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.case.index.membership import case_sides
from detente.case.schema.estimate import Estimate
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import ModelDraws, mean_numbers
from detente.rooms.gains.model.simulation.channel_model import ChannelModel, perceived_threats
from detente.rooms.gains.model.threat_scenarios import threat_raises_stakes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVER_STEPS = 200
"""Into how many steps a lever is divided to look for changes of sign."""

LeverKind = Literal["exclusivity", "efficiency", "observed_efficiency", "threat"]
"""How exclusive a channel is, how much it gets done, how much the observed one does, a threat that both sides feel."""
Interval = tuple[float | None, float | None]
"""From where to where something is so; an end is None where it is so up to the end of the range."""


@dataclass(frozen=True)
class ChannelLever:
    """A number from 0 to 1 that might be otherwise."""

    kind: LeverKind
    paths: tuple[str, ...]
    """The paths that it sets."""
    central_value: float
    """Its central estimate."""


def channel_levers(model: ChannelModel, channel: str) -> list[ChannelLever]:
    """The levers of a channel, as far as it has them: one that displaces nothing is not exclusive."""
    case, observed = model.case, model.actor_network.observed_channel
    offered = case.channels[channel]
    levers = [
        _channel_lever("efficiency", f"channels.{channel}.efficiency", offered.efficiency),
        _channel_lever("observed_efficiency", f"channels.{observed}.efficiency", case.channels[observed].efficiency),
    ]
    if offered.displaces:
        levers.insert(0, _channel_lever("exclusivity", f"channels.{channel}.exclusivity", offered.exclusivity))
    sides = case_sides(case)
    if sides and threat_raises_stakes(case):
        threats = perceived_threats(case)
        central_value = min(threats[side].mean for side in sides)
        levers.append(ChannelLever("threat", tuple(f"threat.{party}" for party in threats), central_value))
    return levers


def _channel_lever(kind: LeverKind, path: str, estimate: Estimate | None) -> ChannelLever:
    central_value = 1.0 if estimate is None else min(max(estimate.mean, 0.0), 1.0)
    return ChannelLever(kind, (path,), central_value)


def lever_draws(description: ModelDescription, lever_values: Mapping[ChannelLever, Floats]) -> ModelDraws:
    """All at the central estimates but some levers, each of which has as many values as the others.

    Args:
        description: Where either side has a threat of its own, so that a lever may set it.
        lever_values: By lever, shape (draws,).
    """
    by_path = {path: values for lever, values in lever_values.items() for path in lever.paths}
    known = {path: values for path, values in by_path.items() if path in description.number_index}
    return mean_numbers(description, known)


def lever_grid() -> Floats:
    """The values of a lever at which it is looked for changes of sign."""
    import numpy as np

    return np.linspace(0, 1, LEVER_STEPS + 1)


def zero_crossings(values: Floats, function_values: Floats) -> list[float]:
    """Where a function that is known at some places crosses 0, between them in a straight line."""
    crossings_found = []
    for x, y, a, b in zip(values[:-1], values[1:], function_values[:-1], function_values[1:], strict=True):
        if (a > 0) != (b > 0):
            crossings_found.append(float(x + (y - x) * (-a / (b - a))))
    return crossings_found


def positive_intervals(values: Floats, function_values: Floats) -> list[Interval]:
    """The intervals in which a function that is known at some places is above 0, beyond rounding."""
    excess = function_values - TOLERANCE
    ends: list[float | None] = [*zero_crossings(values, excess)]
    if excess[0] > 0:
        ends.insert(0, None)
    if excess[-1] > 0:
        ends.append(None)
    return list(zip(ends[::2], ends[1::2], strict=True))
