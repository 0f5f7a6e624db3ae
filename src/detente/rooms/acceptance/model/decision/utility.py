"""What those who decide make of a channel in a batch of draws, with who they are in the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.methods.offer_model.gains import GainsBatch, evaluate_gains
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.gains.model.one_at_a_time import ChannelLever, lever_draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class VoterUtilities(OfferUtilities):
    """One batch of draws, as those who decide see it."""

    deciders: DecisionMakers = field(kw_only=True)


def voter_utilities(deciders: DecisionMakers, draws: ModelDraws, batch: GainsBatch | None = None) -> VoterUtilities:
    """What those who decide make of the channels in a batch of draws.

    Args:
        deciders: Who they are.
        draws: The numbers of the whole model.
        batch: The gains in these draws, where they are known already.
    """
    return VoterUtilities(batch or evaluate_gains(draws), draws, deciders=deciders)


def point_estimate_utilities(
    deciders: DecisionMakers, lever_values: Mapping[ChannelLever, Floats] | None = None
) -> VoterUtilities:
    """All at the central estimates, but some levers of the offered channel."""
    offer_only = deciders.offer_only
    return voter_utilities(offer_only, lever_draws(offer_only.two_sided_threat_description, lever_values or {}))
