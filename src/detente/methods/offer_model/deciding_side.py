"""How one side decides on a channel in a batch of draws: by its rule, and after what its leading member pays inside.

What a side decides by is linear in the reasons that count: the utility of each voice, and, where its leading member may
pay, how much each weighs its own gain and minds what that member keeps. Such a position can be added up reason by
reason, so that all that asks what an answer would be without one goes the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from detente.methods.bargaining.ratification import ConsentCost, least_cost_consent
from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.decision_rows import ModelSide
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.utility import UtilityTerms, decision_of

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
class InternalBargain:
    """What a side makes of a channel, and what its leading member has to pay for consent."""

    member_utilities: Floats
    """The utility of each of its voices before anything is paid, shape (draws, voices)."""
    total_payment: Floats
    """What the leading member pays in all, shape (draws,); infinite where no payment would do."""
    payment_by_voter: Floats
    """What every voice is paid, shape (draws, voices)."""
    leader_remainder: Floats
    """What is left to the leading member, shape (draws,)."""
    unpaid_utility: Floats
    """The utility at which the decision turns if nothing is paid, shape (draws,)."""

    @property
    def consents(self) -> NDArray[np.bool_]:
        """In which draws the side consents: without payments, or after what its leading member can pay."""
        import numpy as np

        return (self.unpaid_utility >= -TOLERANCE) | (
            np.isfinite(self.total_payment) & (self.leader_remainder >= -TOLERANCE)
        )


def join_bargains(batches: Sequence[InternalBargain]) -> InternalBargain:
    """The draws of several batches, one after another."""
    import numpy as np

    return InternalBargain(
        np.concatenate([one.member_utilities for one in batches]),
        np.concatenate([one.total_payment for one in batches]),
        np.concatenate([one.payment_by_voter for one in batches]),
        np.concatenate([one.leader_remainder for one in batches]),
        np.concatenate([one.unpaid_utility for one in batches]),
    )


@dataclass(frozen=True)
class DecidingSide:
    """A side in a batch of draws."""

    draws: ModelDraws
    row: ModelSide

    @property
    def body(self) -> DecidingBody:
        """By which rule it decides."""
        return self.row.body

    @cached_property
    def voices(self) -> list[int]:
        """Which voices have a part in it."""
        return list(self.row.voices)

    @cached_property
    def leading_actor(self) -> int:
        """The actor whose voice leads it."""
        return decision_of(self.draws).voices[self.voices[self.row.leader]].actor

    def base_position(self, terms: UtilityTerms) -> Floats:
        """What it decides by where only gains count, shape (..., draws, columns)."""
        import numpy as np

        own_gain = terms.own_gain[..., self.voices]
        if not self.row.pays_for_consent:
            return own_gain
        return np.concatenate([own_gain, np.ones_like(own_gain), np.zeros_like(own_gain)], axis=-1)

    def added_position(self, terms: UtilityTerms, mechanism: str) -> Floats:
        """What one mechanism, or outside option, adds to that, of the same shape."""
        import numpy as np

        amount = terms.mechanism_terms[mechanism][..., self.voices]
        if not self.row.pays_for_consent:
            return amount
        own_weight, concern_for_leader = np.zeros_like(amount), np.zeros_like(amount)
        if weights := terms.gains_weights.get(mechanism):
            own_weight += weights.own_weight[:, self.voices]
            concern_for_leader += weights.concern[:, self.voices, self.leading_actor]
        return np.concatenate([amount, own_weight, concern_for_leader], axis=-1)

    def position(self, terms: UtilityTerms, mechanisms: Iterable[str]) -> Floats:
        """What it decides by where some mechanisms count."""
        position = self.base_position(terms)
        for mechanism in mechanisms:
            position = position + self.added_position(terms, mechanism)
        return position

    def shift_of_utility(self, amount: Floats) -> Floats:
        """What some amount to each voice of the model changes in a position.

        Args:
            amount: Shape (draws, voices).
        """
        import numpy as np

        own_amount = amount[..., self.voices]
        if not self.row.pays_for_consent:
            return own_amount
        return np.concatenate([own_amount, np.zeros_like(own_amount), np.zeros_like(own_amount)], axis=-1)

    def answer(self, position: Floats, rows: NDArray[np.intp] | None = None) -> SideAnswer:
        """How it decides: by its rule, and where that is not met by what its leading member keeps if it pays for it.

        It pays where it still gains by the channel.

        Args:
            position: What it decides by, shape (rows, columns).
            rows: The draw of each row, where it is not the row's own place.
        """
        import numpy as np

        value, voter = self.body.pivotal_voter(position[:, : len(self.voices)])
        if not self.row.pays_for_consent or not (refusing := value <= TOLERANCE).any():
            return SideAnswer(value, voter, np.zeros(len(value), dtype=bool))
        bargain = self.bargain(position, rows)
        is_bought = refusing & np.isfinite(bargain.total_payment) & (bargain.leader_remainder > TOLERANCE)
        return SideAnswer(
            np.where(is_bought, bargain.leader_remainder, value),
            np.where(is_bought, self.row.leader, voter),
            is_bought,
        )

    def bargain(self, position: Floats, rows: NDArray[np.intp] | None = None) -> InternalBargain:
        """Whether it consents, and what its leading member has to pay for that.

        Who is paid minds what the leading member keeps, not what others are paid: the checks of a case see to it.

        Args:
            position: What it decides by, shape (rows, columns).
            rows: The draw of each row, where it is not the row's own place.
        """
        import numpy as np

        leader = self.row.leader
        if not self.row.pays_for_consent:
            unpaid_utility = self.body.pivotal_voter(position)[0]
            consents = unpaid_utility >= -TOLERANCE
            return InternalBargain(
                member_utilities=position,
                total_payment=np.where(consents, 0.0, np.inf),
                payment_by_voter=np.zeros_like(position),
                leader_remainder=np.where(consents, position[:, leader], -np.inf),
                unpaid_utility=unpaid_utility,
            )
        member_utilities, own_weights, concern_for_leader = np.split(position, 3, axis=-1)
        transfer_share = self.draws.values[decision_of(self.draws).replies.transfers]
        if rows is not None:
            transfer_share = transfer_share[rows]
        with np.errstate(divide="ignore", invalid="ignore"):
            need = -member_utilities / own_weights
            relief = (
                np.where(transfer_share[:, None] > 0, concern_for_leader / transfer_share[:, None], 0.0) / own_weights
            )
        cost: ConsentCost = least_cost_consent(self.body, leader, need, relief)
        with np.errstate(divide="ignore", invalid="ignore"):
            total_payment = np.where(cost.total > 0, cost.total / transfer_share, 0.0)
            leader_remainder = member_utilities[:, leader] - np.where(
                total_payment > 0, total_payment * own_weights[:, leader], 0.0
            )
        unpaid_utility = self.body.pivotal_voter(member_utilities)[0]
        return InternalBargain(member_utilities, total_payment, cost.by_voter, leader_remainder, unpaid_utility)
