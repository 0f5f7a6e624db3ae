"""The levers of a channel, and what it would be if they stood otherwise, all else at the central estimates."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.rooms.gains.findings.common_threat import threat_raises_stakes
from detente.rooms.gains.findings.labels import GainsLabels
from detente.rooms.gains.model.draws import ParameterDraws
from detente.rooms.gains.model.model import ChannelModel, GainsBatch
from detente.rooms.gains.model.results import TOLERANCE
from detente.text.english import join_words
from detente.text.number_format import format_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ALWAYS, NEVER = "everywhere", "nowhere"
LEVER_STEPS = 200
"""Into how many steps a lever is divided to look for changes of sign."""


@dataclass(frozen=True)
class ChannelLever:
    """A number from 0 to 1 that might be otherwise."""

    name: str
    phrase: str
    """What it is, in words that `below .3` can follow."""
    paths: tuple[str, ...]
    """The paths that it sets."""
    central_value: float
    """Its central estimate."""


def channel_levers(model: ChannelModel, channel: str, labels: GainsLabels) -> list[ChannelLever]:
    """How exclusive a channel is, how much it gets done, how much the observed one does, and a threat felt by both."""
    case, observed = model.case, model.actor_network.observed_channel
    efficiency_phrase = "the part that {} gets done of what takes all members"
    levers_found = []
    if case.channels[channel].displaces:
        levers_found.append(
            _build_lever(
                case, "exclusivity", "the chance that the channel displaces other links", channel, "exclusivity"
            )
        )
    levers_found.append(
        _build_lever(case, "efficiency", efficiency_phrase.format("the channel"), channel, "efficiency")
    )
    observed_title = f"“{labels.channel_title(observed)}”"
    levers_found.append(
        _build_lever(
            case, f"efficiency of {observed_title}", efficiency_phrase.format(observed_title), observed, "efficiency"
        )
    )
    sides = case_sides(case)
    if sides and threat_raises_stakes(case):
        threats = _perceived_threats(case, sides)
        central_value = min(threats[side].mean for side in sides)
        paths = tuple(f"threat.{party}" for party in threats)
        levers_found.append(
            ChannelLever("threat felt by both", "the threat that both feel, from 0 to 1,", paths, central_value)
        )
    return levers_found


def _perceived_threats(case: Case, sides: tuple[str, str]) -> dict[str, Estimate]:
    """What everybody perceives of a threat, either side's own always among it."""
    return {**dict.fromkeys(sides, Estimate(value=0)), **case.threat}


def _build_lever(case: Case, name: str, phrase: str, channel: str, key: str) -> ChannelLever:
    estimate = getattr(case.channels[channel], key)
    central_value = 1.0 if estimate is None else min(max(estimate.mean, 0.0), 1.0)
    return ChannelLever(name, phrase, (f"channels.{channel}.{key}",), central_value)


def evaluate_levers(
    model: ChannelModel, lever_values: Mapping[ChannelLever, Floats]
) -> tuple[ParameterDraws, GainsBatch]:
    """All at the central estimates but some levers, each of which has as many values as the others."""
    changed_model: ChannelModel = copy(model)
    if sides := case_sides(model.case):
        changed_model.case = model.case.model_copy(update={"threat": _perceived_threats(model.case, sides)})
    values_by_path = {path: fixed_values for lever, fixed_values in lever_values.items() for path in lever.paths}
    draws = ParameterDraws(changed_model.case, model.actor_network, 0, at_means=True, fixed_values=values_by_path)
    return draws, changed_model.evaluate_batch(draws)


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


def positive_range_phrase(values: Floats, function_values: Floats) -> str:
    """Where a function is above 0, in words."""
    crossings_found = zero_crossings(values, function_values - TOLERANCE)
    if not crossings_found:
        return ALWAYS if function_values[0] > TOLERANCE else NEVER
    if len(crossings_found) == 1:
        return f"{'below' if function_values[0] > TOLERANCE else 'above'} {format_number(round(crossings_found[0], 2))}"
    return f"turning at {join_words(format_number(round(crossing, 2)) for crossing in crossings_found)}"
