"""What both sides decide in one block of draws, by every theory: who is reluctant, what it takes, what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.record import ReplyAnswer
from detente.methods.bargaining.ratification import ConsentCost, least_cost_consent
from detente.methods.bargaining.reply_options import (
    OfferProspects,
    ReplyParameters,
    logit_choice_probabilities,
    value_of_accepting,
    value_of_information,
    value_of_reply,
)
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.decision.utility import VoterUtilities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class InternalBargain:
    """What the side that offers makes of a channel, and what its leading member has to pay for consent."""

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
        """In which draws the side consents, after what is paid inside."""
        return bloc_consents(self)

    def first_draws(self, draws: slice) -> InternalBargain:
        """Of some draws only."""
        return InternalBargain(
            self.member_utilities[draws],
            self.total_payment[draws],
            self.payment_by_voter[draws],
            self.leader_remainder[draws],
            self.unpaid_utility[draws],
        )


@dataclass(frozen=True)
class Decision:
    """What becomes of a channel by one theory. All of shape (draws,)."""

    answer_utility: Floats
    """The utility at which the answer turns: the channel, as things are, is worth having where it is above 0."""
    pivotal_voter: NDArray[np.int64]
    """Whose that is, among the voices of that side."""
    grave_utility: Floats
    """The same under a grave threat that all feel."""

    def first_draws(self, draws: slice) -> Decision:
        """Of some draws only."""
        return Decision(self.answer_utility[draws], self.pivotal_voter[draws], self.grave_utility[draws])


def join_bargains(batches: Sequence[InternalBargain]) -> InternalBargain:
    """The draws of several blocks, one after another."""
    import numpy as np

    return InternalBargain(
        np.concatenate([one.member_utilities for one in batches]),
        np.concatenate([one.total_payment for one in batches]),
        np.concatenate([one.payment_by_voter for one in batches]),
        np.concatenate([one.leader_remainder for one in batches]),
        np.concatenate([one.unpaid_utility for one in batches]),
    )


def join_decisions(batches: Sequence[Decision]) -> Decision:
    """The draws of several blocks, one after another."""
    import numpy as np

    return Decision(
        np.concatenate([one.answer_utility for one in batches]),
        np.concatenate([one.pivotal_voter for one in batches]),
        np.concatenate([one.grave_utility for one in batches]),
    )


def decide_answer(utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory) -> Decision:
    """How the side that answers decides on a channel instead of the observed one."""
    return Decision(
        *pivotal_utility(utilities, variant, theory),
        pivotal_utility(utilities, variant, theory, under_grave_threat=True)[0],
    )


def pivotal_utility(
    utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory, under_grave_threat: bool = False
) -> tuple[Floats, NDArray[np.int64]]:
    """The utility at which the answer turns, and whose it is, each of shape (draws,)."""
    deciders = utilities.deciders
    deciding_body, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
    return deciding_body.pivotal_voter(
        utilities.utility_terms(variant, deciders.observed_variant(variant), under_grave_threat).total_utility(
            theory.uses
        )[:, voter_numbers]
    )


def internal_bargain(utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory) -> InternalBargain:
    """Whether the side that offers consents, and what its leading member has to pay for it.

    Who is paid minds what the leading member keeps, not what other members are paid: the checks of a case see to it.
    """
    import numpy as np

    deciders = utilities.deciders
    deciding_body, voter_numbers = deciders.deciding_bodies[deciders.sides[0]]
    member_utilities = utilities.utility_terms(variant, deciders.observed_variant(variant)).total_utility(theory.uses)[
        :, voter_numbers
    ]
    unpaid_worth = deciding_body.pivotal_voter(member_utilities)[0]
    actors = [deciders.voters[number].actor for number in voter_numbers]
    own_weights = np.ones_like(member_utilities)
    concern_for_leader = np.zeros_like(member_utilities)
    transfer_share = utilities.response_value("transfers")
    for name, weights in utilities.relative_gains_weights.items():
        if name in theory.uses:
            own_weights += weights.own_weight[:, voter_numbers]
            concern_for_leader += weights.concern[:, voter_numbers, actors[deciders.leading_voter]]
    with np.errstate(divide="ignore", invalid="ignore"):
        need = -member_utilities / own_weights
        relief = np.where(transfer_share[:, None] > 0, concern_for_leader / transfer_share[:, None], 0.0) / own_weights
    consent_cost = least_cost_consent(deciding_body, deciders.leading_voter, need, relief)
    if len(set(actors)) == 1:  # one player with several voices has nobody to pay but itself
        consent_cost = ConsentCost(np.full(len(member_utilities), np.inf), np.zeros_like(member_utilities))
    with np.errstate(divide="ignore", invalid="ignore"):
        total_payment = np.where(consent_cost.total > 0, consent_cost.total / transfer_share, 0.0)
        leader_remainder = member_utilities[:, deciders.leading_voter] - np.where(
            total_payment > 0, total_payment * own_weights[:, deciders.leading_voter], 0.0
        )
    return InternalBargain(member_utilities, total_payment, consent_cost.by_voter, leader_remainder, unpaid_worth)


@dataclass(frozen=True)
class ReplyProbabilities:
    """What every reply is worth to who answers, a year, and how probable it is."""

    replies: tuple[ReplyAnswer, ...]
    worth: Floats
    """Shape (replies, draws)."""
    probability: Floats
    """Shape (replies, draws)."""


def reply_probabilities(utilities: VoterUtilities, decision: Decision) -> ReplyProbabilities:
    """The replies to the offer, of which accepting is the first."""
    import numpy as np

    settings, deciders = utilities.case.response, utilities.deciders
    hazard = utilities.response_value("hazard")
    information_value = value_of_information(decision.answer_utility, utilities.response_value("insight"))
    prospects = OfferProspects(utilities.response_value("discount"), hazard, decision.grave_utility, information_value)
    reply_names: list[ReplyAnswer] = ["accept"]
    reply_worths = [value_of_accepting(decision.answer_utility, prospects)]
    for name in settings.replies:
        parameters = {
            key: utilities.response_value(f"replies.{name}.{key}")
            for key in ("once", "each", "brings", "kept", "informs")
        }
        reply_names.append(name)
        reply_worths.append(value_of_reply(ReplyParameters(**parameters), prospects))
    worth = np.stack(reply_worths)
    return ReplyProbabilities(
        tuple(reply_names),
        worth,
        logit_choice_probabilities(worth, utilities.choice_noise(deciders.deciding_bodies[deciders.sides[1]][1])),
    )


def bloc_consents(bargain: InternalBargain) -> NDArray[np.bool_]:
    """In which draws the side that offers consents: without payments, or after what its leading member can pay."""
    import numpy as np

    return (bargain.unpaid_utility >= -TOLERANCE) | (
        np.isfinite(bargain.total_payment) & (bargain.leader_remainder >= -TOLERANCE)
    )
