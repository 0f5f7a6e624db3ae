"""What both sides decide in one batch of draws, by a theory: who is reluctant, what it takes, what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.bargaining.reply_options import (
    OfferProspects,
    ReplyParameters,
    logit_choice_probabilities,
    value_of_accepting,
    value_of_information,
    value_of_reply,
)
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.deciding_side import DecidingSide, InternalBargain, SideAnswer
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.utility import OfferUtilities, decision_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

OFFERING, ANSWERING = 0, 1
"""The places of the sides."""


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


def join_decisions(batches: Sequence[Decision]) -> Decision:
    """The draws of several batches, one after another."""
    import numpy as np

    return Decision(
        np.concatenate([one.answer_utility for one in batches]),
        np.concatenate([one.pivotal_voter for one in batches]),
        np.concatenate([one.is_paid_for for one in batches]),
        np.concatenate([one.grave_utility for one in batches]),
    )


def decide_answer(utilities: OfferUtilities, variant: ChannelVariant, uses: Sequence[str]) -> Decision:
    """How the side that answers decides on a channel instead of the observed one.

    Args:
        utilities: What everybody makes of it.
        variant: The channel.
        uses: The mechanisms and outside options that count.
    """
    return Decision(
        *answer_of_side(utilities, variant, uses),
        answer_of_side(utilities, variant, uses, under_grave_threat=True).utility,
    )


def answer_of_side(
    utilities: OfferUtilities, variant: ChannelVariant, uses: Sequence[str], under_grave_threat: bool = False
) -> SideAnswer:
    """How the side that answers decides on a channel instead of the observed one, as it is or under a threat."""
    terms = utilities.utility_terms(variant, utilities.batch.observed_variant(variant), under_grave_threat)
    side = DecidingSide(utilities.draws, utilities.decision.sides[ANSWERING])
    return side.answer(side.position(terms, uses))


def bargain_inside(utilities: OfferUtilities, variant: ChannelVariant, uses: Sequence[str]) -> InternalBargain:
    """Whether the side that offers consents, and what its leading member has to pay for it."""
    terms = utilities.utility_terms(variant, utilities.batch.observed_variant(variant))
    side = DecidingSide(utilities.draws, utilities.decision.sides[OFFERING])
    return side.bargain(side.position(terms, uses))


@dataclass(frozen=True)
class ReplyProbabilities:
    """What every reply is worth to who answers, a year, and how probable it is."""

    replies: tuple[str, ...]
    worth: Floats
    """Shape (replies, draws)."""
    probability: Floats
    """Shape (replies, draws)."""


def reply_probabilities(utilities: OfferUtilities, decision: Decision) -> ReplyProbabilities:
    """The replies to the offer, of which accepting is the first."""
    import numpy as np

    worth = np.stack(reply_worths(utilities.draws, decision))
    noise = utilities.choice_noise(utilities.decision.sides[ANSWERING].voices)
    names = ("accept", *(reply.id for reply in utilities.decision.replies.replies))
    return ReplyProbabilities(names, worth, logit_choice_probabilities(worth, noise))


def reply_worths(draws: ModelDraws, decision: Decision) -> list[Floats]:
    """What every reply is worth a year, each of shape (draws,); that to accept first."""
    settings, values = decision_of(draws).replies, draws.values
    information_value = value_of_information(decision.answer_utility, values[settings.insight])
    discount = values[settings.discount].clip(max=settings.largest_discount)
    prospects = OfferProspects(discount, values[settings.hazard], decision.grave_utility, information_value)
    worths = [value_of_accepting(decision.answer_utility, prospects)]
    for row in settings.replies:
        numbers = {name: values[getattr(row, name)] for name in ("once", "each", "brings", "kept", "informs")}
        worths.append(value_of_reply(ReplyParameters(**numbers), prospects))
    return worths


def best_reply_parts(worths: Sequence[Floats]) -> Floats:
    """Which reply is the best, shape (replies, draws): 1, or a part of 1 where several are as good.

    Example:
        >>> import numpy as np
        >>> from detente.methods.offer_model.answers import best_reply_parts
        >>> best_reply_parts([np.array([2.0, 1.0]), np.array([1.0, 1.0])]).tolist()
        [[1.0, 0.5], [0.0, 0.5]]
    """
    import numpy as np

    worth = np.stack(worths)
    is_best = worth >= worth.max(axis=0) - TOLERANCE
    parts: Floats = is_best / is_best.sum(axis=0)
    return parts


def acceptance_by_issue(utilities: OfferUtilities, variant: ChannelVariant, uses: Sequence[str]) -> NDArray[np.bool_]:
    """Whether the other side would accept a channel for each issue alone, shape (issues, draws)."""
    import numpy as np

    side = DecidingSide(utilities.draws, utilities.decision.sides[ANSWERING])
    terms = utilities.terms_by_issue(variant, utilities.batch.observed_variant(variant))
    return np.stack(
        [
            side.answer(side.position(terms.terms_on_issue(issue), uses)).utility > TOLERANCE
            for issue in range(len(utilities.network.issues))
        ]
    )
