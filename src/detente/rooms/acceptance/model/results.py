"""What a year's draws come to for those who decide: how often each theory has the offer accepted, and why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelForm, ChannelVariant
from detente.case.index.membership import represented_party
from detente.case.schema.case import Case
from detente.case.schema.record import ReplyAnswer
from detente.case.schema.response import ObservedOutcome
from detente.methods.bargaining.repeated_proposals import net_value_of_offer
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.rooms.acceptance.model.decision_makers import AppliedTheory, DecisionMakers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LINK_SAVINGS = ""
"""What is saved on links, or spent on more of them, among the reasons of `Judged.without`; no entry has this id."""
MOST_QUESTION_DRAWS = 2_048
"""Draws on which questions about outcomes are put."""
OutcomeQuestion = tuple[str, str, str, str]
"""A question to the draws: who decides, on which channel, instead of which, on which issue (or on none alone)."""


@dataclass(frozen=True)
class AcceptanceResult:
    """The draws of one year, as those who decide see them. A theory goes by its id.

    Answers are there for every channel and theory; all else is of the channel that is offered, and from `consent` on by
    own gains alone and by all that counts.
    """

    deciders: DecisionMakers
    answer_utility: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """The utility at which the answer turns, shape (draws,)."""
    grave_utility: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """The same under a grave threat that all feel."""
    bloc_consents: dict[tuple[ChannelVariant, str], NDArray[np.bool_]] = field(default_factory=dict)
    """Whether the side that offers consents, after what is paid inside."""
    member_utilities: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """The utility of each voice of the side that offers, shape (draws, voices)."""
    total_payment: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """What the leading member pays, shape (draws,); infinite where none would do."""
    payment_by_voter: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """What every voice of that side is paid, shape (draws, voices)."""
    leader_remainder: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """What is left to the leading member, shape (draws,)."""
    pivotal_voters: dict[tuple[ChannelVariant, str], NDArray[np.int64]] = field(default_factory=dict)
    """Whose utility the answer turns on, among the voices of that side, shape (draws,)."""
    reply_probability: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """The chance of each reply, the mean over draws, shape (replies,)."""
    best_reply_share: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """How often each reply is the best one, shape (replies,)."""
    reply_worth: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """What each reply is worth a year, the mean over draws, shape (replies,)."""
    replies: tuple[ReplyAnswer, ...] = ()
    acceptance_by_issue: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """How often the other side would accept on each issue alone, shape (issues,)."""
    question_log_odds: dict[tuple[OutcomeQuestion, ChannelForm, str], Floats] = field(default_factory=dict)
    """What was asked is worth to who decides, beside the noise of its choices, shape (draws,): infinite without any."""
    asking_terms: dict[str, Floats] = field(default_factory=dict)
    """What asking costs and shows, and the noise of who asks, each of shape (draws,)."""
    leave_one_out: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """By all that the main theory lets count but one reason, or but what is saved on `LINKS`: how often the other side
    would accept, how often only without it, how often only with it, and what it adds on average for the voice on whom
    the answer turns; shape (4,)."""
    joint_refusal_share: dict[ChannelVariant, Floats] = field(default_factory=dict)
    """How often own gains would accept, all that counts refuses, and no single reason is needed for that; a number."""
    threat_threshold: dict[tuple[ChannelVariant, str], Floats] = field(default_factory=dict)
    """The least threat, felt by all, from which the other side accepts, shape (draws,): 0 if it does without, infinite
    if it never does. Only where nobody feels any threat as it is."""
    parameter_values: dict[str, Floats] = field(default_factory=dict)
    """The numbers drawn, by path, shape (draws,)."""

    def accepting_draws(self, variant: ChannelVariant, theory: AppliedTheory) -> NDArray[np.bool_]:
        """In which draws the other side accepts."""
        return self.answer_utility[variant, theory.id] > TOLERANCE

    def acceptance_share(self, variant: ChannelVariant, theory: AppliedTheory) -> float:
        """In which share of the draws the other side accepts."""
        return float(self.accepting_draws(variant, theory).mean())

    def median_utility(self, variant: ChannelVariant, theory: AppliedTheory) -> float:
        """The utility at which the answer turns, the median over draws."""
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
        member_utilities = self.member_utilities[variant, theory.id]
        leader_utility = member_utilities[:, self.deciders.leading_voter]
        leader_gains: NDArray[np.bool_] = (leader_utility > TOLERANCE) & (
            leader_utility >= member_utilities.max(axis=1) - TOLERANCE
        )
        return leader_gains

    @property
    def draw_count(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.answer_utility.values())))


def share_error(share: float, draw_count: int) -> float:
    """The standard error of a share of so many draws."""
    return sqrt(max(share * (1 - share), 0.0) / draw_count)


def question_of_outcome(deciders: DecisionMakers, outcome: ObservedOutcome) -> OutcomeQuestion | None:
    """The question that an outcome answers; None where no channel of the case stands for it."""
    if outcome.channel is None:
        return None
    decider = deciding_party(deciders.case, outcome)
    return decider, outcome.channel, outcome.instead_of or deciders.actor_network.observed_channel, outcome.issue or ""


def deciding_party(case: Case, outcome: ObservedOutcome) -> str:
    """The actor or organisation that decided, where it was done by an organ or by somebody in office."""
    return represented_party(case, outcome.by, outcome.date)


def log_odds(worth: Floats, noise: Floats) -> Floats:
    """A worth beside the noise of choices: the logarithm of the odds of a yes; infinite without any noise."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        odds_beside_noise = np.where(noise > 0, worth / np.where(noise > 0, noise, 1), np.sign(worth) * np.inf)
    odds: Floats = np.where(np.abs(worth) <= TOLERANCE, 0.0, odds_beside_noise)
    return odds


def logit_probability(odds: Floats) -> Floats:
    """The chance of a yes by the logarithm of its odds: the logit choice between two."""
    import numpy as np

    with np.errstate(over="ignore"):
        probability: Floats = 1 / (1 + np.exp(-odds))
    return probability


def value_of_offering(
    acceptance: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory, believed_probability: float
) -> Floats:
    """What making the offer is worth to the leading member of the side that offers, shape (draws,)."""
    import numpy as np

    leader_remainder = np.where(
        acceptance.bloc_consents[variant, theory.id], acceptance.leader_remainder[variant, theory.id], 0.0
    )
    return net_value_of_offer(
        believed_probability, leader_remainder, acceptance.asking_terms["shown"], acceptance.asking_terms["asking"]
    )
