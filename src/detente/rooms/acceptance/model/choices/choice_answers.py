"""What becomes of the offer in every draw by one set of choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.case.index.by_year import analysed_years
from detente.case.index.channel_variants import ChannelForm, ChannelVariant
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.rooms.acceptance.model.accumulator import acceptance_by_issue
from detente.rooms.acceptance.model.decision.answered_offer import has_answered_offer
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, DecisionMakers
from detente.rooms.acceptance.model.decision.decisions import decide_answer, internal_bargain, reply_probabilities
from detente.rooms.acceptance.model.decision.utility import VoterUtilities
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.batch import GainsBatch, evaluate_batch
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.draws import NetworkDraws, draw_batches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

AnswerKey = tuple[ChannelForm, str]
"""How the channel that is offered is run, and the id of a theory."""


@dataclass(frozen=True)
class OfferAnswers:
    """What becomes of the offer in every draw of the year of the answer. By form and theory, of shape (draws,).

    Nothing where nobody is asked.
    """

    strict: Mapping[AnswerKey, Floats]
    """1 where the channel is worth having to whoever can stop it, else 0."""
    generous: Mapping[AnswerKey, Floats]
    """1 where accepting is the best of all replies, a part of it where others are as good, else 0."""
    under_threat: Mapping[AnswerKey, Floats]
    """1 where it would be worth having under a grave threat that all feel."""
    by_issue: Mapping[AnswerKey, Floats]
    """1 where it would be worth having for one issue alone, shape (issues, draws); empty where nobody asked."""
    offered: Mapping[AnswerKey, Floats] = field(default_factory=dict)
    """1 where the side that offers is for it after what is paid inside; empty where nobody asked."""


GAINS_SECTIONS = (
    *("actors", "organisations", "issues", "capabilities", "channels", "threat", "network"),
    *("traits", "experiences", "regimes"),
)
"""The sections of a case on which gains rest, but for which channel is offered."""


STAKES_SECTIONS = ("actors", "organisations", "issues", "capabilities", "threat", "network")
"""Those on which rests what is at stake, beside which channels link, join, displace or open whom."""


@dataclass
class SharedGains:
    """Gains in blocks of draws, kept for other choices that leave all that they rest on as it is."""

    _kept: list[tuple[tuple[object, ...], tuple[object, ...], GainsBatch]] = field(default_factory=list)

    def batch_of(self, deciders: DecisionMakers, draws: NetworkDraws) -> GainsBatch:
        """The gains in a block of draws; where only how well channels work is otherwise, what is at stake is kept."""
        block = (deciders.offered_channel, draws.batch_key, draws.draw_count)
        case = deciders.case
        gains_key = (*block, *(getattr(case, name) for name in GAINS_SECTIONS))
        stakes_key = (*block, _channel_structure(case), *(getattr(case, name) for name in STAKES_SECTIONS))
        # What a choice does not touch is the very same part of the case, so that most comparisons cost nothing.
        for known, _, batch in self._kept:
            if known == gains_key:
                return batch
        stakes = next((batch.stakes for _, known, batch in self._kept if known == stakes_key), None)
        self._kept.append((gains_key, stakes_key, evaluate_batch(deciders.model, draws, stakes)))
        return self._kept[-1][2]


def _channel_structure(case: Case) -> tuple[object, ...]:
    """Whom each channel links and joins, and which others it displaces or opens: what its graphs are made of."""
    return tuple((name, one.links, one.joins, one.displaces, one.opens) for name, one in case.channels.items())


def answer_offer(
    case: Case,
    draw_count: int,
    with_issues: bool = False,
    shared: SharedGains | None = None,
    with_offering_side: bool = False,
) -> OfferAnswers:
    """The answer to the offer as a case has it, by own gains and by all that counts.

    Args:
        case: A case, or what it would be by other choices.
        draw_count: How many draws.
        with_issues: Whether single issues are asked about, too.
        shared: Gains that other choices have worked out.
        with_offering_side: Whether the side that offers is asked about, too.
    """
    shared = shared or SharedGains()
    if not has_answered_offer(case):
        return OfferAnswers({}, {}, {}, {})
    in_year = case_of_answer(case)
    actor_network = build_actor_network(in_year, analysed_years(case)[-1])
    deciders = DecisionMakers(ChannelModel(in_year, actor_network)).offer_only
    parts: dict[AnswerKey, list[_Answers]] = {}
    offered: dict[AnswerKey, list[Floats]] = {}
    for draws in draw_batches(deciders.case, deciders.actor_network, draw_count):
        utilities = VoterUtilities(deciders, shared.batch_of(deciders, draws), draws)
        for variant in deciders.offered_variants:
            for theory in told_theories(deciders):
                answers = _answers_in_batch(utilities, variant, theory, with_issues)
                parts.setdefault((variant.form, theory.id), []).append(answers)
                if with_offering_side:
                    consents = internal_bargain(utilities, variant, theory).consents.astype(float)
                    offered.setdefault((variant.form, theory.id), []).append(consents)
    strict, generous, under_threat, by_issue = (
        {key: _first_joined([part[position] for part in of_key], draw_count) for key, of_key in parts.items()}
        for position in range(4)
    )
    offered_joined = {key: _first_joined(of_key, draw_count) for key, of_key in offered.items()}
    return OfferAnswers(strict, generous, under_threat, by_issue if with_issues else {}, offered_joined)


_Answers = tuple["Floats", "Floats", "Floats", "Floats"]
"""By the strict test, by the generous one, under a threat, and issue by issue."""


def _answers_in_batch(
    utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory, with_issues: bool
) -> _Answers:
    import numpy as np

    decision = decide_answer(utilities, variant, theory)
    worth = reply_probabilities(utilities, decision).worth
    is_best = worth >= worth.max(axis=0) - TOLERANCE
    return (
        (decision.answer_utility > TOLERANCE).astype(float),
        is_best[0] / is_best.sum(axis=0),
        (decision.grave_utility > TOLERANCE).astype(float),
        acceptance_by_issue(utilities, variant, theory).astype(float) if with_issues else np.zeros((0, 0)),
    )


def _first_joined(batches: list[Floats], draw_count: int) -> Floats:
    """The first draws of several blocks, one after another."""
    import numpy as np

    return np.concatenate(batches, axis=-1)[..., :draw_count]


def told_theories(deciders: DecisionMakers) -> tuple[AppliedTheory, ...]:
    """Own gains alone, and the theory by which the answer is told; once where these are the same."""
    return tuple(dict.fromkeys((deciders.absolute_gains, deciders.full_theory)))
