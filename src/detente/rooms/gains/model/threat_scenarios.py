"""What a grave threat would add to the gains by a channel, by who feels how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.gains.model.network.parties import issues_with_stakes
from detente.rooms.gains.model.point_estimates import point_estimate_gains
from detente.rooms.gains.model.simulation.results import YearGains

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FELT_BY_SIDES = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.25, 0.25), (1.0, 1.0))
"""How much of a grave threat the side that offers, and the one that answers, feels in each scenario."""


@dataclass(frozen=True)
class ThreatScenario:
    """The gains by a channel at the central estimates if either side, and all that belong to it, feel so much."""

    felt_by_sides: tuple[float, float]
    """By the side that offers and the one that answers, from 0 to 1."""
    gains: Mapping[ChannelVariant, NDArray[np.float64]]
    """By form, shares of all that would then be at stake, shape (actors,)."""
    turned_actors: Mapping[ChannelVariant, list[int]]
    """By form, for whom it turns whether it gains, beside no threat."""


def threat_scenarios(year: YearGains, channel: str) -> tuple[ThreatScenario, ...]:
    """The gains by a channel in each scenario, the first without a threat.

    None where the case does not say between whom it is, or a threat adds nothing.
    """
    case = year.model.case
    sides = case_sides(case)
    if sides is None or not threat_raises_stakes(case):
        return ()
    scenarios: list[ThreatScenario] = []
    for felt_by_sides in FELT_BY_SIDES:
        threat = {side: Estimate(value=felt) for side, felt in zip(sides, felt_by_sides, strict=True)}
        all_gains = point_estimate_gains(year.model, threat)
        gains = {variant: all_gains[variant] for variant in year.variants_of(channel)}
        calm_gains = scenarios[0].gains if scenarios else gains
        turned_actors = {
            variant: ((gains[variant] > TOLERANCE) != (calm_gains[variant] > TOLERANCE)).nonzero()[0].tolist()
            for variant in gains
        }
        scenarios.append(ThreatScenario(felt_by_sides, gains, turned_actors))
    return tuple(scenarios)


def threat_raises_stakes(case: Case) -> bool:
    """Whether a grave threat would add anything to the stakes of any issue that is weighed."""
    estimates = (case.issues[name].raised or case.network.raised for name in issues_with_stakes(case))
    return any(estimate.bounds[1] > 0 for estimate in estimates)
