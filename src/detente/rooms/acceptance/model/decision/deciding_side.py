"""How one side decides on a channel in a block of draws: by its rule, and after what its leading member pays inside.

What a side decides by is linear in the reasons that count: the utility of each voice, and, where its leading member may
pay, how much each weighs its own gain and minds what that member keeps. Such a position can be added up reason by
reason, so that all that asks what an answer would be without one goes the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from detente.methods.bargaining.ratification import ConsentCost, least_cost_consent
from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.rooms.acceptance.model.decision.internal_bargain import InternalBargain
from detente.rooms.acceptance.model.decision.utility import VoterUtilities
from detente.rooms.acceptance.model.decision.utility_terms import UtilityTerms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class SideAnswer(NamedTuple):
    """How a side decides, each of shape (draws,)."""

    utility: Floats
    """The utility at which its decision turns: it is for the channel where that is above 0."""
    voter: NDArray[np.int64]
    """Whose that is among its voices."""
    is_paid_for: NDArray[np.bool_]
    """Whether it is for the channel only because its leading member pays others."""


@dataclass(frozen=True)
class DecidingSide:
    """A side in a block of draws."""

    utilities: VoterUtilities
    side: str
    draws: slice = field(default_factory=lambda: slice(None))
    """The draws of the block that positions are of, where these are not all."""

    @property
    def body(self) -> DecidingBody:
        """Those who decide in it, and by which rule."""
        return self.utilities.deciders.deciding_bodies[self.side][0]

    @property
    def voter_numbers(self) -> list[int]:
        """Which voices have a part in it."""
        return self.utilities.deciders.deciding_bodies[self.side][1]

    @cached_property
    def _voter_actors(self) -> list[int]:
        return [self.utilities.deciders.voters[number].actor for number in self.voter_numbers]

    @cached_property
    def _leading_voter(self) -> int:
        return self.utilities.deciders.leading_voters[self.side]

    @cached_property
    def pays_for_consent(self) -> bool:
        """Whether its leading member may pay others for a yes: in the side that offers, or in either as the case says.

        One player with several voices has nobody to pay but itself.
        """
        deciders = self.utilities.deciders
        is_allowed = self.side == deciders.sides[0] or deciders.case.response.payments == "either-side"
        return is_allowed and len(set(self._voter_actors)) > 1

    def base_position(self, terms: UtilityTerms) -> Floats:
        """What it decides by where only gains count, shape (..., draws, columns)."""
        import numpy as np

        own_gain = terms.own_gain[..., self.voter_numbers]
        if not self.pays_for_consent:
            return own_gain
        return np.concatenate([own_gain, np.ones_like(own_gain), np.zeros_like(own_gain)], axis=-1)

    def added_position(self, terms: UtilityTerms, mechanism: str) -> Floats:
        """What one mechanism, or outside option, adds to that, of the same shape."""
        import numpy as np

        amount = terms.mechanism_terms[mechanism][..., self.voter_numbers]
        if not self.pays_for_consent:
            return amount
        own_weight, concern_for_leader = np.zeros_like(amount), np.zeros_like(amount)
        if weights := terms.gains_weights.get(mechanism):
            leader = self._voter_actors[self._leading_voter]
            own_weight += weights.own_weight[:, self.voter_numbers]
            concern_for_leader += weights.concern[:, self.voter_numbers, leader]
        return np.concatenate([amount, own_weight, concern_for_leader], axis=-1)

    def position(self, terms: UtilityTerms, mechanisms: Iterable[str]) -> Floats:
        """What it decides by where some mechanisms count."""
        position = self.base_position(terms)
        for mechanism in mechanisms:
            position = position + self.added_position(terms, mechanism)
        return position

    def shift_of_utility(self, amount: Floats) -> Floats:
        """What some amount to each voice of the arena changes in a position.

        Args:
            amount: Shape (draws, voices).
        """
        import numpy as np

        own_amount = amount[..., self.voter_numbers]
        if not self.pays_for_consent:
            return own_amount
        return np.concatenate([own_amount, np.zeros_like(own_amount), np.zeros_like(own_amount)], axis=-1)

    def answer(self, position: Floats) -> SideAnswer:
        """How it decides: by its rule, and where that is not met by what its leading member keeps if it pays for it.

        It pays where it still gains by the channel.
        """
        import numpy as np

        value, voter = self.body.pivotal_voter(position[:, : len(self.voter_numbers)])
        if not self.pays_for_consent or not (refusing := value <= TOLERANCE).any():
            return SideAnswer(value, voter, np.zeros(len(value), dtype=bool))
        bargain = self.bargain(position)
        is_bought = refusing & np.isfinite(bargain.total_payment) & (bargain.leader_remainder > TOLERANCE)
        return SideAnswer(
            np.where(is_bought, bargain.leader_remainder, value),
            np.where(is_bought, self._leading_voter, voter),
            is_bought,
        )

    def bargain(self, position: Floats) -> InternalBargain:
        """Whether it consents, and what its leading member has to pay for that.

        Who is paid minds what the leading member keeps, not what others are paid: the checks of a case see to it.
        """
        import numpy as np

        if not self.pays_for_consent:
            unpaid_utility = self.body.pivotal_voter(position)[0]
            consents = unpaid_utility >= -TOLERANCE
            return InternalBargain(
                member_utilities=position,
                total_payment=np.where(consents, 0.0, np.inf),
                payment_by_voter=np.zeros_like(position),
                leader_remainder=np.where(consents, position[:, self._leading_voter], -np.inf),
                unpaid_utility=unpaid_utility,
            )
        member_utilities, own_weights, concern_for_leader = np.split(position, 3, axis=-1)
        transfer_share = self.utilities.response_value("transfers")[self.draws]
        with np.errstate(divide="ignore", invalid="ignore"):
            need = -member_utilities / own_weights
            relief = (
                np.where(transfer_share[:, None] > 0, concern_for_leader / transfer_share[:, None], 0.0) / own_weights
            )
        cost: ConsentCost = least_cost_consent(self.body, self._leading_voter, need, relief)
        with np.errstate(divide="ignore", invalid="ignore"):
            total_payment = np.where(cost.total > 0, cost.total / transfer_share, 0.0)
            leader_remainder = member_utilities[:, self._leading_voter] - np.where(
                total_payment > 0, total_payment * own_weights[:, self._leading_voter], 0.0
            )
        unpaid_utility = self.body.pivotal_voter(member_utilities)[0]
        return InternalBargain(member_utilities, total_payment, cost.by_voter, leader_remainder, unpaid_utility)
