"""From which threat on, felt by all, the other side accepts, in every draw of a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.deciding_side import DecidingSide
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.decision.utility import VoterUtilities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

THREAT_STEPS = 10
"""Into how many steps a threat is divided to see from where on it does."""


def threat_thresholds(utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory) -> Floats:
    """The least threat from which the other side accepts, shape (draws,): 0 if it does without, infinite if never.

    Gains are linear in the threat, and what is minded of them falls with it; between two steps the utility is taken to
    be straight.
    """
    import numpy as np

    deciders = utilities.deciders
    side = DecidingSide(utilities.draws, utilities.decision.sides[ANSWERING])
    base_variant = deciders.observed_variant(variant)
    calm_terms = utilities.utility_terms(variant, base_variant)
    grave_terms = utilities.utility_terms(variant, base_variant, under_grave_threat=True)
    calm_position, grave_position = (side.position(terms, theory.uses) for terms in (calm_terms, grave_terms))
    # Under a threat t the gains are a mean of both ends, and only 1 - t of the concern for them is left.
    concern_change = utilities.relative_gains_change_under_threat(variant, base_variant, theory.uses)
    position_change = side.shift_of_utility(concern_change)
    utility_before = side.answer(calm_position).utility
    threshold = np.where(utility_before > TOLERANCE, 0.0, np.inf)
    for step_number in range(1, THREAT_STEPS + 1):
        t = step_number / THREAT_STEPS
        position = (1 - t) * calm_position + t * grave_position + t * (1 - t) * position_change
        utility_now = side.answer(position).utility
        has_crossed = np.isinf(threshold) & (utility_now > TOLERANCE)
        with np.errstate(divide="ignore", invalid="ignore"):
            step_fraction = np.where(
                utility_now > utility_before, -utility_before / (utility_now - utility_before), 1.0
            )
        threshold = np.where(has_crossed, t - (1 - np.clip(step_fraction, 0, 1)) / THREAT_STEPS, threshold)
        utility_before = utility_now
    return threshold
