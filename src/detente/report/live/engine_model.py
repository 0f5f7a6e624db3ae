"""The model of an offer, laid out as data for the engine of the page (`engine.js`).

The rows are those that compiled code reads (`methods/offer_model/*_arrays.py`), under the same names and in the same
order, so that the engine takes the same steps. Besides, it needs what Python works out as it draws: the keys of the
streams, how a side decides, what earlier bodies taught. Sets are lists of places; a place is -1 where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from detente.methods.bargaining.ratification import MAX_VOTERS
from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.decision_rows import ModelDecision
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.learning import Lessons
from detente.methods.offer_model.plain_arrays import NONE
from detente.methods.sampling.keyed_hypercube import stream_keys
from detente.methods.sampling.sobol_nets import NET_SIZE, net_directions

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMBER_ROWS = {
    "pairs": ("settings", "threat", "gravity_numbers"),
    "issues": ("issue_stakes", "issue_raised", "issue_multilateral", "issue_exposure", "issue_weight"),
    "graphs": ("collective_stakes", "collective_raised", "collective_multilateral", "collective_weight"),
    "runs": ("channel_exclusivity", "channel_opening", "channel_depth"),
    "reasons": ("less_by_exclusivity", "less_by_depth", "row_strength", "option_forgone"),
    "channels": ("efficiency", "unlikeness"),
    "network": ("unlikeness_cost",),
    "replies": ("discount", "hazard", "insight", "transfers"),
}
"""The rows that hold places of numbers."""
UNREAD = ("levels", "has_departures", "spread_is_certain", "has_threat", "everybody_is_needed")
"""Rows of compiled code that the engine finds out itself, in every state or once."""


def engine_model(description: ModelDescription, simulations: int) -> dict[str, Any]:
    """The model as the engine of the page reads it: plain lists, numbers and text.

    Args:
        description: A model in which somebody is asked.
        simulations: How many the engine makes, the first of those that Python makes.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.report.live.engine_model import engine_model
        >>> model = engine_model(two_states(), 256)
        >>> model["numbers"]["path"][:2], model["reasons"]["uses"]
        (['issues.trade.stakes', 'issues.trade.threat'], [[], [0]])
    """
    decision = description.decision
    assert decision is not None
    compiled = CompiledModel(description)
    pairs, issues, graphs, runs, reasons = compiled.arrays
    parts = {
        "pairs": pairs._asdict(),
        "issues": issues._asdict(),
        "graphs": graphs._asdict(),
        "runs": runs._asdict(),
        "reasons": reasons._asdict(),
    }
    rows = {
        name: {key: _plain(value) for key, value in part.items() if key not in UNREAD} for name, part in parts.items()
    }
    network = description.network
    return {
        "simulations": simulations,
        "numbers": _numbers(description),
        "together": [
            {
                "numbers": list(group.numbers),
                "opposed": list(group.opposed),
                "shared": _shared_variance(group.rank_correlation),
                "keys": stream_keys(description.seed, f"together.{group.id}"),
            }
            for group in description.together
        ],
        "sobol": _sobol(description, simulations) if description.sampling == "sobol" else None,
        "learning": _learning(description),
        **rows,
        "channels": {
            "efficiency": [channel.efficiency for channel in network.channels],
            "unlikeness": [
                [[[one.first, one.second] for one in pair] for pair in channel.unlikeness]
                for channel in network.channels
            ],
            "trait_weights": [
                [[one.weight for one in pair] for pair in channel.unlikeness] for channel in network.channels
            ],
        },
        "network": {"unlikeness_cost": network.unlikeness_cost, "actors": list(network.actors)},
        "forms": [network.runs[run].form for run in decision.offered_runs],
        "theories": [theory.id for theory in decision.theories],
        "main_theory": decision.main_theory,
        "reason_ids": [*(one.id for one in decision.mechanisms), *(one.id for one in decision.outside)],
        "side": _side(decision),
        "replies": _replies(decision),
    }


def _plain(value: Any) -> Any:
    """An array as lists; masks in rows as lists of the places that hold."""
    import numpy as np

    if not isinstance(value, np.ndarray):
        return value
    if value.dtype == bool and value.ndim == 2:
        return [np.flatnonzero(row).tolist() for row in value]
    if value.dtype == bool:
        return value.astype(int).tolist()
    return _finite(value)


def _finite(array: NDArray[Any]) -> list[Any]:
    """An array as lists, None where it is not finite, as the logarithm of nothing: JSON has no word for that."""
    import numpy as np

    if array.dtype.kind != "f" or np.isfinite(array).all():
        plain: list[Any] = array.tolist()
        return plain
    return [value if np.isfinite(value) else None for value in array.tolist()]


def _numbers(description: ModelDescription) -> dict[str, list[Any]]:
    """Every number: its path, what is known of it, and the keys of its stream where it varies."""
    distributions = [number.distribution for number in description.numbers]
    return {
        "path": [number.path for number in description.numbers],
        "form": [one.form for one in distributions],
        "parameters": [list(one.parameters) for one in distributions],
        "low": [one.low for one in distributions],
        "high": [one.high for one in distributions],
        "cut": [
            list(one.probability_within_bounds) if one.form in ("normal", "lognormal") else 0 for one in distributions
        ],
        "keys": [
            stream_keys(description.seed, number.path) if number.distribution.varies else 0
            for number in description.numbers
        ],
    }


def _shared_variance(rank_correlation: float) -> float:
    """Which part of the variance of a member of a group all members share (`sampling/correlated_draws.py`)."""
    import math

    return min(2 * math.sin(math.pi * rank_correlation / 6), 1.0)


def _sobol(description: ModelDescription, simulations: int) -> dict[str, Any]:
    """The net before it is scrambled, and the keys by number and block: dimensions go by rank among what varies."""
    numbers = description.numbers
    order = sorted(
        (index for index, number in enumerate(numbers) if number.distribution.varies),
        key=lambda index: numbers[index].path,
    )
    blocks = range(-(-simulations // NET_SIZE))
    return {
        "size": NET_SIZE,
        "order": order,
        "directions": net_directions(len(order)),
        "keys": [
            [stream_keys(description.seed, f"{number.path}/net/{block}") for block in blocks]
            if number.distribution.varies
            else 0
            for number in numbers
        ],
    }


def _learning(description: ModelDescription) -> dict[str, Any]:
    """What was tried before, as it tells of the cost of being unlike, and of each channel."""
    network = description.network
    lessons = Lessons(network.channels, network.experiences)
    told = ((one, lessons.joining_channel(one)) for one in network.experiences)
    by_efficiency = {
        row.efficiency: [lessons.trial(one, channel) for one in network.experiences if _tells_of(one.tells_of, channel)]
        for channel, row in enumerate(network.channels)
        if any(_tells_of(one.tells_of, channel) for one in network.experiences)
    }
    return {
        "cost": network.unlikeness_cost,
        "cost_trials": [
            [network.channels[channel].efficiency, *lessons.trial(one, channel)]
            for one, channel in told
            if channel is not None
        ],
        "taught": [{"efficiency": number, "trials": trials} for number, trials in by_efficiency.items()],
    }


def _tells_of(channels: Iterable[tuple[int, float]], channel: int) -> bool:
    return any(told == channel for told, _ in channels)


def _side(decision: ModelDecision) -> dict[str, Any]:
    """How the side that answers decides."""
    side = decision.sides[ANSWERING]
    body = side.body
    looks_at_all = not body.needs_everybody and body.voice_count <= MAX_VOTERS
    return {
        "everybody_is_needed": body.needs_everybody and not side.pays_for_consent,
        "needs_everybody": body.needs_everybody,
        "can_pass": body.can_pass,
        "pays": side.pays_for_consent,
        "leader": side.leader,
        "leading_actor": decision.voices[side.voices[side.leader]].actor if side.voices else NONE,
        "requirements": [
            [{"points": list(one.points), "needed": one.needed} for one in alternatives]
            for alternatives in body.requirements
        ],
        "coalitions": [_voices_in(mask) for mask in body.minimal_winning_coalitions] if looks_at_all else None,
    }


def _voices_in(mask: int) -> Sequence[int]:
    return [voice for voice in range(mask.bit_length()) if mask >> voice & 1]


def _replies(decision: ModelDecision) -> Mapping[str, Any]:
    settings = decision.replies
    return {
        **{
            name: getattr(settings, name) for name in ("discount", "hazard", "insight", "transfers", "largest_discount")
        },
        "rows": [
            {name: getattr(row, name) for name in ("id", "once", "each", "brings", "kept", "informs")}
            for row in settings.replies
        ],
    }
