"""What a year's draws come to for those who decide: how often each theory has the offer accepted, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from detente.case.schema.record import ReplyAnswer
from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import Decision
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.methods.offer_model.deciding_side import InternalBargain
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, DecisionMakers
from detente.rooms.acceptance.model.decision.shapley_contributions import ShapleyContributions
from detente.rooms.acceptance.model.estimated_share import EstimatedShare, estimate_share
from detente.rooms.acceptance.model.record_fit.outcome_questions import OutcomeQuestion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TheoryKey = tuple[ChannelVariant, str]
"""A form of a channel, and the id of a theory."""


@dataclass(frozen=True)
class ReplyFigures:
    """A reply to one form of the channel, by one theory."""

    reply: ReplyAnswer
    worth: float
    """What it is worth a year, the mean over draws, as a share of all at stake."""
    best_share: float
    """In which share of the draws it is the best; of several that are as good, each in part."""
    probability: float
    """Its chance where choices are noisy, the mean over draws."""
    worth_error: float
    """The standard error of what it is worth, by so many draws."""


@dataclass(frozen=True)
class ReasonFigures:
    """What one reason decides in one form of the channel, by all else that counts."""

    accepted_without: float
    """In which share of the draws the other side would accept if it did not count."""
    refusals_decided: float
    """In which share it would accept only without it."""
    acceptances_decided: float
    """In which share it would accept only with it."""


@dataclass(frozen=True)
class AskingTerms:
    """What the side that offers reckons with, each of shape (draws,)."""

    cost: Floats
    """What asking costs."""
    shown: Floats
    """What it is worth to be seen to ask."""
    noise: Floats
    """The noise of the choices of who asks."""


@dataclass(frozen=True)
class AcceptanceResult:
    """The draws of one year, as those who decide see them.

    Utilities are there for every channel and theory, decisions for the channel that is offered, and what follows them
    for that by own gains alone and by all that counts. From `replies` on only what asks for all of a year.
    """

    deciders: DecisionMakers
    answer_utility: Mapping[TheoryKey, Floats]
    """The utility at which the answer turns, shape (draws,)."""
    decisions: Mapping[TheoryKey, Decision]
    """How the side that answers decides."""
    bargains: Mapping[TheoryKey, InternalBargain]
    """What the side that offers makes of the channel, and what its leading member has to pay for consent."""
    question_log_odds: Mapping[tuple[OutcomeQuestion, ChannelForm, str], Floats]
    """What was asked is worth to who decides, beside the noise of its choices, shape (draws,): infinite without any."""
    asking_terms: AskingTerms
    parameter_values: Mapping[str, Floats]
    """The numbers drawn, by path, shape (draws,)."""
    replies: Mapping[TheoryKey, tuple[ReplyFigures, ...]]
    accepting_lead: Mapping[TheoryKey, Floats]
    """By how much accepting is worth more than the best other reply, shape (draws,). Only where all of a year is asked
    for."""
    accepting_parts: Mapping[TheoryKey, Floats]
    """1 where accepting is the best reply, a part of it where others are as good, else 0. Of the same shape, and only
    there."""
    acceptance_by_issue: Mapping[TheoryKey, Floats]
    """How often the other side would accept on each issue alone, shape (issues,)."""
    reasons: Mapping[tuple[ChannelVariant, str], ReasonFigures]
    """What each reason decides by itself, by the id of the mechanism or outside option, or `LINK_SAVINGS`."""
    joint_refusal_share: Mapping[ChannelVariant, float]
    """How often own gains would accept, all that counts refuses, and no single reason is needed for that."""
    contributions: Mapping[ChannelVariant, ShapleyContributions]
    """What each reason accounts for beside all others, where several suffice."""
    threat_threshold: Mapping[TheoryKey, Floats]
    """The least threat, felt by all, from which the other side accepts, shape (draws,): 0 if it does without, infinite
    if it never does. Only where nobody feels any threat as it is."""

    def accepting_draws(self, variant: ChannelVariant, theory: AppliedTheory) -> NDArray[np.bool_]:
        """In which draws the other side accepts."""
        return self.answer_utility[variant, theory.id] > TOLERANCE

    def acceptance_share(self, variant: ChannelVariant, theory: AppliedTheory) -> float:
        """In which share of the draws the other side accepts by the strict test: the channel is worth having."""
        return float(self.accepting_draws(variant, theory).mean())

    def strict_estimate(self, variant: ChannelVariant, theory: AppliedTheory) -> EstimatedShare:
        """How often the other side accepts by the strict test, with its error."""
        return estimate_share(self.accepting_draws(variant, theory).astype(float))

    def generous_estimate(self, variant: ChannelVariant, theory: AppliedTheory) -> EstimatedShare:
        """How often it does by the generous one; of a year told of briefly, with an upper bound of the error."""
        if (variant, theory.id) in self.accepting_parts:
            return estimate_share(self.accepting_parts[variant, theory.id])
        share = self.generous_share(variant, theory)
        return EstimatedShare(share, share_error(share, self.draw_count))

    def paid_share(self, variant: ChannelVariant, theory: AppliedTheory) -> float:
        """In which share of the draws it accepts only because its leading member pays others in it for a yes."""
        return float(self.decisions[variant, theory.id].is_paid_for.mean())

    def generous_share(self, variant: ChannelVariant, theory: AppliedTheory) -> float:
        """In which share of the draws accepting is the best of all replies, by the generous test.

        Higher than by the strict one where accepting now keeps open what the channel may be worth under a threat, and
        lower where waiting or asking is worth more than a channel that is worth having.
        """
        return next(one.best_share for one in self.replies[variant, theory.id] if one.reply == "accept")

    def median_utility(self, variant: ChannelVariant, theory: AppliedTheory) -> float:
        """The utility at which the answer turns, the median over draws; minus infinity where no yeses would do."""
        import numpy as np

        return float(np.median(self.answer_utility[variant, theory.id]))

    def decisive_shares(self, variant: ChannelVariant, theory: AppliedTheory) -> tuple[float, float]:
        """How often a theory refuses what own gains alone would accept, and the other way round."""
        accepts_by_gains = self.accepting_draws(variant, self.deciders.absolute_gains)
        accepts_by_theory = self.accepting_draws(variant, theory)
        refusing, accepting = accepts_by_gains & ~accepts_by_theory, accepts_by_theory & ~accepts_by_gains
        return float(refusing.mean()), float(accepting.mean())

    def issue_shares(self, issue_index: int, theory: AppliedTheory) -> list[float]:
        """How often the other side would accept a channel for one issue alone, in each form of the channel offered."""
        return [
            float(self.acceptance_by_issue[variant, theory.id][issue_index])
            for variant in self.deciders.offered_variants
        ]

    def leader_gains_most(self, variant: ChannelVariant, theory: AppliedTheory) -> NDArray[np.bool_]:
        """In which draws the channel is worth something to the leading member of the side that offers, and most."""
        member_utilities = self.bargains[variant, theory.id].member_utilities
        leader_utility = member_utilities[:, self.deciders.leading_voter]
        leader_gains: NDArray[np.bool_] = (leader_utility > TOLERANCE) & (
            leader_utility >= member_utilities.max(axis=1) - TOLERANCE
        )
        return leader_gains

    def consenting_remainder(self, variant: ChannelVariant, theory: AppliedTheory) -> Floats:
        """What acceptance would leave the leading member of the side that offers, shape (draws,); 0 without consent."""
        import numpy as np

        bargain = self.bargains[variant, theory.id]
        return np.where(bargain.consents, bargain.leader_remainder, 0.0)

    @property
    def draw_count(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.answer_utility.values())))


def share_error(share: float, draw_count: int) -> float:
    """The standard error of a share of so many draws, as if each were drawn by itself: of ours, an upper bound."""
    return sqrt(max(share * (1 - share), 0.0) / draw_count)


def leading_indices(shares: Sequence[float], draw_count: int) -> list[int]:
    """Which of several shares of the same draws lead: the largest, and those that so many draws do not tell from it.

    Two are told apart from two standard errors of their difference on. That is at its largest where no draw counts for
    both, var = (p + q - (p - q)^2) / n, which is taken.

    Args:
        shares: One at least.
        draw_count: Of how many draws.

    Returns:
        Their indices, the largest share first.
    """
    order = sorted(range(len(shares)), key=lambda index: -shares[index])
    largest = shares[order[0]]
    return [
        index
        for index in order
        if largest - shares[index]
        <= STANDARD_ERRORS_APART * sqrt((largest + shares[index] - (largest - shares[index]) ** 2) / draw_count)
    ]
