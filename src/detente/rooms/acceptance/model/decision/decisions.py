"""What both sides decide in one block of draws, by every theory: who is reluctant, what it takes, what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.case.schema.record import ReplyAnswer
from detente.methods.bargaining.reply_options import (
    OfferProspects,
    ReplyParameters,
    logit_choice_probabilities,
    value_of_accepting,
    value_of_information,
    value_of_reply,
)
from detente.rooms.acceptance.model.decision.deciding_side import DecidingSide, SideAnswer
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.decision.internal_bargain import InternalBargain
from detente.rooms.acceptance.model.decision.utility import VoterUtilities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Decision:
    """What becomes of a channel by one theory. All of shape (draws,)."""

    answer_utility: Floats
    """The utility at which the answer turns: the channel, as things are, is worth having where it is above 0."""
    pivotal_voter: NDArray[np.int64]
    """Whose that is, among the voices of that side."""
    is_paid_for: NDArray[np.bool_]
    """Whether it is worth having only because the leading member of that side pays others for a yes."""
    grave_utility: Floats
    """The same under a grave threat that all feel."""

    def first_draws(self, draws: slice) -> Decision:
        """Of some draws only."""
        return Decision(
            self.answer_utility[draws], self.pivotal_voter[draws], self.is_paid_for[draws], self.grave_utility[draws]
        )


def join_decisions(batches: Sequence[Decision]) -> Decision:
    """The draws of several blocks, one after another."""
    import numpy as np

    return Decision(
        np.concatenate([one.answer_utility for one in batches]),
        np.concatenate([one.pivotal_voter for one in batches]),
        np.concatenate([one.is_paid_for for one in batches]),
        np.concatenate([one.grave_utility for one in batches]),
    )


def decide_answer(utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory) -> Decision:
    """How the side that answers decides on a channel instead of the observed one."""
    return Decision(
        *pivotal_utility(utilities, variant, theory),
        pivotal_utility(utilities, variant, theory, under_grave_threat=True).utility,
    )


def pivotal_utility(
    utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory, under_grave_threat: bool = False
) -> SideAnswer:
    """How the side that answers decides on a channel instead of the observed one."""
    deciders = utilities.deciders
    terms = utilities.utility_terms(variant, deciders.observed_variant(variant), under_grave_threat)
    side = DecidingSide(utilities, deciders.sides[1])
    return side.answer(side.position(terms, theory.uses))


def internal_bargain(utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory) -> InternalBargain:
    """Whether the side that offers consents, and what its leading member has to pay for it."""
    deciders = utilities.deciders
    terms = utilities.utility_terms(variant, deciders.observed_variant(variant))
    side = DecidingSide(utilities, deciders.sides[0])
    return side.bargain(side.position(terms, theory.uses))


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
