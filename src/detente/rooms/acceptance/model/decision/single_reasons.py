"""What single reasons decide in a block of draws: each left out by itself, among all that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.deciding_side import DecidingSide
from detente.rooms.acceptance.model.decision.utility import VoterUtilities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    DrawMask = NDArray[np.bool_]

LINK_SAVINGS = ""
"""What is saved on links, or spent on more of them, among the reasons; no entry has this id."""


@dataclass(frozen=True)
class ReasonLeftOut:
    """What becomes of the answer if one reason does not count. All of shape (draws,)."""

    accepted_without: DrawMask
    """Whether the other side would accept."""
    refused_for_it: DrawMask
    """Whether it would accept only without it."""
    accepted_for_it: DrawMask
    """Whether it would accept only with it."""


@dataclass(frozen=True)
class SingleReasons:
    """What single reasons decide in one form of the channel."""

    by_mechanism: Mapping[str, ReasonLeftOut]
    """By the id of the mechanism or outside option, and by `LINK_SAVINGS`."""
    refused_jointly: DrawMask
    """Whether own gains would accept, all that counts refuses, and no single reason is needed for that."""


def leave_reasons_out(utilities: VoterUtilities, variant: ChannelVariant) -> SingleReasons:
    """What each reason decides by itself, by the theory by which the answer is told."""
    deciders = utilities.deciders
    side = DecidingSide(utilities.draws, utilities.decision.sides[ANSWERING])
    base_variant = deciders.observed_variant(variant)
    terms = utilities.utility_terms(variant, base_variant)
    names = deciders.full_theory.uses
    position = side.position(terms, names)
    accepts = side.answer(position).utility > TOLERANCE
    left_out_terms = {name: side.added_position(terms, name) for name in names}
    left_out_terms[LINK_SAVINGS] = side.shift_of_utility(utilities.link_savings(variant, base_variant))
    by_mechanism = {}
    for name, term in left_out_terms.items():
        accepts_without = side.answer(position - term).utility > TOLERANCE
        by_mechanism[name] = ReasonLeftOut(
            accepts_without,
            accepts_without & ~accepts,
            accepts & ~accepts_without,
        )
    accepts_by_gains = side.answer(side.base_position(terms)).utility > TOLERANCE
    refused_jointly = accepts_by_gains & ~accepts
    for left_out in by_mechanism.values():
        refused_jointly = refused_jointly & ~left_out.refused_for_it
    return SingleReasons(by_mechanism, refused_jointly)
