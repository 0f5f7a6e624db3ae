"""Numbers that a case leaves to their defaults, and others that they could be as well."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.rooms.acceptance.model.decision.decision_makers import offered_channel_of
from detente.rooms.gains.model.network.build_network import observed_channel_of

NETWORK_VALUES: dict[str, tuple[float, ...]] = {
    "gravity": (0.0, 1.0),
    "multilateral": (0.5,),
    "decay": (0.7,),
    "link_cost": (0.02,),
    "periphery": (0.0,),
}
"""What is tried in the place of each number of `network:` that is not given."""
CHANNEL_VALUES: dict[str, tuple[float, ...]] = {"exclusivity": (0.0, 0.5), "efficiency": (0.5,)}
"""The same of the channel that is offered, and of the present one."""


def undeclared_numbers(case: Case) -> Iterator[tuple[str, float, tuple[float, ...]]]:
    """The path, the default, and the other values of each number that gains rest on and the case does not give."""
    for key, values in NETWORK_VALUES.items():
        if key not in case.network.model_fields_set:
            default: Estimate = getattr(case.network, key)
            yield f"network.{key}", default.mean, values
    offered = offered_channel_of(case)
    for channel in dict.fromkeys((offered, observed_channel_of(case))):
        for key, values in CHANNEL_VALUES.items():
            is_exclusive = key != "exclusivity" or case.channels[channel].displaces is not None
            if is_exclusive and getattr(case.channels[channel], key) is None:
                yield f"channels.{channel}.{key}", 1.0, values
