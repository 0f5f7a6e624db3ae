"""What a grave threat, felt by all, would do to the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, DecisionMakers
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf, WhatIfs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

QUARTILES = (0.25, 0.5, 0.75)
"""The shares of the draws that lie below the lower quartile, the median and the upper quartile."""


@dataclass(frozen=True)
class ThreatEffect:
    """What becomes of acceptances and refusals in one form, by one theory."""

    theory: AppliedTheory
    variant: ChannelVariant
    accepted_share: float
    """In which share of the draws the offer is accepted then."""
    refused_count: int
    """In how many draws it is refused without the threat."""
    turned_share: float | None
    """Which share of these turns; None where there is none."""
    threshold_quartiles: tuple[float, float, float] | None
    """From which strength of the threat on those turn that do: lower quartile, median, upper quartile. None where none
    turns, or where it was not worked out."""


def threat_effect(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> ThreatEffect:
    """What a grave threat does in one form, by one theory."""
    is_refused = ~result.accepting_draws(variant, theory)
    is_accepted = result.decisions[variant, theory.id].grave_utility > TOLERANCE
    turned_share = float(is_accepted[is_refused].mean()) if is_refused.any() else None
    quartiles = _quartiles_of_turning(result.threat_threshold.get((variant, theory.id)))
    return ThreatEffect(theory, variant, float(is_accepted.mean()), int(is_refused.sum()), turned_share, quartiles)


def threat_effects(result: AcceptanceResult) -> Iterator[ThreatEffect]:
    """What a grave threat does in every form, by every theory."""
    for theory in result.deciders.theories:
        for variant in result.deciders.offered_variants:
            yield threat_effect(result, variant, theory)


def ask_grave_threat(deciders: DecisionMakers, what_ifs: WhatIfs) -> WhatIf:
    """What becomes of the offer if both sides, and all of whom a threat is told, felt a grave one."""
    parties = dict.fromkeys((*deciders.sides, *deciders.case.threat))
    return what_ifs.ask({f"threat.{party}": 1 for party in parties})


def adverse_threat_share(result: AcceptanceResult, variant: ChannelVariant) -> float:
    """In which share of the draws a threat would make the channel worth less to the other side in its own gains."""
    decision = result.decisions[variant, result.deciders.absolute_gains.id]
    return float((decision.grave_utility < decision.answer_utility - TOLERANCE).mean())


def _quartiles_of_turning(thresholds: Floats | None) -> tuple[float, float, float] | None:
    """The quartiles of the thresholds of draws that turn; None if none does."""
    import numpy as np

    if thresholds is None:
        return None
    turning = thresholds[np.isfinite(thresholds) & (thresholds > 0)]
    if not turning.size:
        return None
    lower, median, upper = np.quantile(turning, QUARTILES)
    return float(lower), float(median), float(upper)
