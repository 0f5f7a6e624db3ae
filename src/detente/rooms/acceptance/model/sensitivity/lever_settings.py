"""What becomes of the offer as a lever of the case moves: each at several stops, on common simulations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.case.schema.case import Lever
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf, WhatIfs

STOPS = 7
"""At so many places a lever stops, its two ends among them."""
MOST_SETTINGS = 150
"""So many settings are run at most; levers beyond that are left out."""


def lever_stops(lever: Lever) -> tuple[float, ...]:
    """The values at which a lever stops, from its lowest to its highest."""
    return tuple(lever.low + (lever.high - lever.low) * step / (STOPS - 1) for step in range(STOPS))


def run_levers(what_ifs: WhatIfs, levers: Sequence[Lever]) -> Mapping[str, Mapping[float, WhatIf]]:
    """What becomes of the offer at each stop of each lever, by the path that it sets."""
    return {
        lever.path: {stop: what_ifs.ask({lever.path: stop}) for stop in lever_stops(lever)}
        for lever in levers[: MOST_SETTINGS // STOPS]
    }
