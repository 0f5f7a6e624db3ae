"""The draws of a year added up, batch by batch, to what those who decide make of the channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from detente.case.index.channel_variants import ChannelForm, ChannelVariant
from detente.case.schema.estimate import Estimate
from detente.case.schema.record import ReplyAnswer
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.rooms.acceptance.model.decision_makers import AppliedTheory, DecisionMakers
from detente.rooms.acceptance.model.decisions import (
    Decision,
    bloc_consents,
    decide_answer,
    internal_bargain,
    pivotal_utility,
    reply_probabilities,
)
from detente.rooms.acceptance.model.utility import VoterUtilities
from detente.rooms.gains.model.simulation.batch import GainsBatch
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.draws import NetworkDraws, draw_batches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

from detente.rooms.acceptance.model.results import (
    LINK_SAVINGS,
    MOST_QUESTION_DRAWS,
    AcceptanceResult,
    OutcomeQuestion,
    log_odds,
)

THREAT_STEPS = 10
"""Into how many steps a threat is divided to see from where on it does."""


class AcceptanceAccumulator:
    """Draws of a year, added up block by block; of a year that is told of briefly, only who decides what."""

    def __init__(self, model: ChannelModel, questions: list[OutcomeQuestion], is_brief: bool = False):
        self.deciders, self.questions, self.is_brief = DecisionMakers(model), questions, is_brief
        self._lists: dict[str, dict[object, list[Any]]] = {}
        self._sums: dict[str, dict[object, Floats]] = {}
        self._replies: tuple[ReplyAnswer, ...] = ()
        self.draw_count = 0

    def add(self, batch: GainsBatch, draws: NetworkDraws, draw_count: int) -> None:
        """Adds the first draws of a block."""
        utilities = VoterUtilities(self.deciders, batch, draws)
        first_draws = slice(draw_count)
        self._add_questions(utilities, slice(max(0, min(draw_count, MOST_QUESTION_DRAWS - self.draw_count))))
        self.draw_count += draw_count
        for variant in self.deciders.offered_variants if self.is_brief else self.deciders.model.variants:
            if variant.channel != self.deciders.actor_network.observed_channel:
                self._add_variant(utilities, variant, first_draws)
        leading_voters = [self.deciders.deciding_bodies[self.deciders.sides[0]][1][self.deciders.leading_voter]]
        terms = {
            "asking": utilities.response_value("asking"),
            "shown": utilities.response_value("shown"),
            "noise": utilities.choice_noise(leading_voters),
        }
        for term, values in terms.items():
            self._append_values("asking_terms", term, values[first_draws])
        for path, values in draws.parameters.sampled_values.items():
            self._append_values("parameter_values", path, values[first_draws])

    def _add_questions(self, utilities: VoterUtilities, first_draws: slice) -> None:
        """Puts the questions about outcomes."""
        if not first_draws.stop:
            return
        for form in self.deciders.forms:
            for question in self.questions:
                for theory in self.deciders.theories:
                    worth, noise = (
                        _question_worth(utilities, question, form, theory),
                        _question_noise(utilities, question),
                    )
                    self._append_values(
                        "question_log_odds", (question, form, theory.id), log_odds(worth, noise)[first_draws]
                    )

    def _add_variant(self, utilities: VoterUtilities, variant: ChannelVariant, first_draws: slice) -> None:
        deciders = self.deciders
        is_offered = variant.channel == deciders.offered_channel
        if is_offered and not self.is_brief:
            self._add_leave_one_out(utilities, variant, first_draws)
        for theory in deciders.theories:
            if is_offered:
                self._add_offered_variant(utilities, variant, theory, first_draws)
            else:
                self._append_values(
                    "answer_utility", (variant, theory.id), pivotal_utility(utilities, variant, theory)[0][first_draws]
                )

    def _add_offered_variant(
        self, utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory, first_draws: slice
    ) -> None:
        """What both sides make of the channel that is offered; in full by own gains alone and by all that counts."""
        deciders, key = self.deciders, (variant, theory.id)
        decision = decide_answer(utilities, variant, theory)
        self._append_values("answer_utility", key, decision.answer_utility[first_draws])
        self._append_values("grave_utility", key, decision.grave_utility[first_draws])
        self._append_values("pivotal_voters", key, decision.pivotal_voter[first_draws])
        if theory not in (deciders.absolute_gains, deciders.full_theory):
            return
        bargain = internal_bargain(utilities, variant, theory)
        self._append_values("bloc_consents", key, bloc_consents(bargain)[first_draws])
        for attribute in ("member_utilities", "payment_by_voter", "total_payment", "leader_remainder"):
            self._append_values(attribute, key, getattr(bargain, attribute)[first_draws])
        if self.is_brief:
            return
        self._add_replies(utilities, decision, key, first_draws)
        self._add_to_sum(
            "acceptance_by_issue", key, _acceptance_by_issue(utilities, variant, theory)[:, first_draws].sum(axis=1)
        )
        if not deciders.is_threatened:
            self._add_threat_threshold(utilities, variant, theory, first_draws)

    def _add_leave_one_out(self, utilities: VoterUtilities, variant: ChannelVariant, first_draws: slice) -> None:
        """What each reason decides by itself, among all that count."""
        import numpy as np

        deciders = self.deciders
        deciding_body, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
        terms = utilities.utility_terms(variant, deciders.observed_variant(variant))
        mechanism_names = deciders.full_theory.uses
        value, pivot = deciding_body.pivotal_voter(terms.total_utility(mechanism_names)[:, voter_numbers])
        accepts = value > TOLERANCE
        is_needed = np.zeros(len(accepts), dtype=bool)
        for mechanism in (*mechanism_names, LINK_SAVINGS):
            left_out_term = (
                terms.mechanism_terms[mechanism]
                if mechanism
                else utilities.link_savings(variant, deciders.observed_variant(variant))
            )
            accepts_without = (
                deciding_body.pivotal_voter((terms.total_utility(mechanism_names) - left_out_term)[:, voter_numbers])[0]
                > TOLERANCE
            )
            pivotal_addition = np.take_along_axis(
                left_out_term[:, voter_numbers], np.maximum(pivot, 0)[:, None], axis=1
            )[:, 0]
            is_needed |= accepts_without & ~accepts
            counts = (accepts_without, accepts_without & ~accepts, accepts & ~accepts_without, pivotal_addition)
            self._add_to_sum("leave_one_out", (variant, mechanism), *(count[first_draws].sum() for count in counts))
        accepts_by_gains = deciding_body.pivotal_voter(terms.total_utility(())[:, voter_numbers])[0] > TOLERANCE
        self._add_to_sum("joint_refusal_share", variant, (accepts_by_gains & ~accepts & ~is_needed)[first_draws].sum())

    def _add_threat_threshold(
        self, utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory, first_draws: slice
    ) -> None:
        """From which threat on the other side accepts: gains are linear in it, and what is minded of them falls."""
        import numpy as np

        deciders = self.deciders
        deciding_body, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
        calm_utility = utilities.utility_terms(variant, deciders.observed_variant(variant)).total_utility(theory.uses)[
            :, voter_numbers
        ]
        grave_terms = utilities.utility_terms(variant, deciders.observed_variant(variant), under_grave_threat=True)
        grave_utility = grave_terms.total_utility(theory.uses)[:, voter_numbers]
        # Under a threat t the gains are a mean of both ends, and only 1 - t of the concern for them is left.
        concern_change = utilities.relative_gains_change_under_threat(
            variant, deciders.observed_variant(variant), theory.uses
        )[:, voter_numbers]
        utility_before = deciding_body.pivotal_voter(calm_utility)[0]
        threshold = np.where(utility_before > TOLERANCE, 0.0, np.inf)
        for step_number in range(1, THREAT_STEPS + 1):
            t = step_number / THREAT_STEPS
            utility_now = deciding_body.pivotal_voter(
                (1 - t) * calm_utility + t * grave_utility + t * (1 - t) * concern_change
            )[0]
            has_crossed = np.isinf(threshold) & (utility_now > TOLERANCE)
            with np.errstate(divide="ignore", invalid="ignore"):
                step_fraction = np.where(
                    utility_now > utility_before, -utility_before / (utility_now - utility_before), 1.0
                )
            threshold = np.where(has_crossed, t - (1 - np.clip(step_fraction, 0, 1)) / THREAT_STEPS, threshold)
            utility_before = utility_now
        self._append_values("threat_threshold", (variant, theory.id), threshold[first_draws])

    def _add_replies(
        self, utilities: VoterUtilities, decision: Decision, key: tuple[ChannelVariant, str], first_draws: slice
    ) -> None:
        reply_values = reply_probabilities(utilities, decision)
        self._replies = reply_values.replies
        is_best = reply_values.worth >= reply_values.worth.max(axis=0) - TOLERANCE
        is_best = (is_best / is_best.sum(axis=0))[:, first_draws]  # of several that are as good, each in part
        self._add_to_sum("reply_probability", key, reply_values.probability[:, first_draws].sum(axis=1))
        self._add_to_sum("reply_worth", key, reply_values.worth[:, first_draws].sum(axis=1))
        self._add_to_sum("best_reply_share", key, is_best.sum(axis=1))

    def _append_values(self, name: str, key: object, value: Any) -> None:
        self._lists.setdefault(name, {}).setdefault(key, []).append(value)

    def _add_to_sum(self, name: str, key: object, *values: Floats) -> None:
        import numpy as np

        value = np.asarray(values[0] if len(values) == 1 else values, dtype=float)
        sums_by_key = self._sums.setdefault(name, {})
        sums_by_key[key] = sums_by_key[key] + value if key in sums_by_key else value

    def result(self) -> AcceptanceResult:
        """All draws together."""
        import numpy as np

        values: dict[str, Any] = {
            name: {key: np.concatenate(batches) for key, batches in lists_by_key.items()}
            for name, lists_by_key in self._lists.items()
        }
        means: dict[str, Any] = {
            name: {key: value / self.draw_count for key, value in sums_by_key.items()}
            for name, sums_by_key in self._sums.items()
        }
        return AcceptanceResult(self.deciders, replies=self._replies, **values, **means)


def _question_noise(utilities: VoterUtilities, question: OutcomeQuestion) -> Floats:
    """The noise of a choice: a share of what who chooses has at stake in all, or on the issue, shape (draws,)."""
    deciders = utilities.deciders
    decider, _, _, issue = question
    voter_numbers = (
        deciders.deciding_bodies[decider][1] if decider in deciders.sides else [deciders.first_voter_of(decider)]
    )
    share = utilities.issue_shares[deciders.model.issues.index(issue)] if issue else 1.0
    noise: Floats = utilities.choice_noise(voter_numbers) * share
    return noise


def _acceptance_by_issue(utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory) -> Floats:
    """Whether the other side would accept a channel for each issue alone, shape (issues, draws)."""
    import numpy as np

    deciders = utilities.deciders
    deciding_body, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
    worth = utilities.terms_by_issue(variant, deciders.observed_variant(variant)).total_utility(theory.uses)
    return np.stack(
        [deciding_body.pivotal_voter(issue_worth[:, voter_numbers])[0] > TOLERANCE for issue_worth in worth]
    )


def _question_worth(
    utilities: VoterUtilities, question: OutcomeQuestion, form: ChannelForm, theory: AppliedTheory
) -> Floats:
    """What a channel is worth beside another to who decides, shape (draws,)."""
    import numpy as np

    deciders = utilities.deciders
    decider, channel, alternative, issue = question
    variant, base_variant = (deciders.model.variant_of(channel_id, form) for channel_id in (channel, alternative))
    terms = utilities.utility_terms(variant, base_variant)
    if issue:
        terms = utilities.terms_by_issue(variant, base_variant).terms_on_issue(deciders.model.issues.index(issue))
    worth = terms.total_utility(theory.uses)
    if decider not in deciders.sides:
        voter_worth: Floats = worth[:, deciders.first_voter_of(decider)]
        return voter_worth
    deciding_body, voter_numbers = deciders.deciding_bodies[decider]
    unpaid_worth: Floats = deciding_body.pivotal_voter(worth[:, voter_numbers])[0]
    if (
        decider != deciders.sides[0]
        or issue
        or channel != deciders.offered_channel
        or alternative != deciders.actor_network.observed_channel
    ):
        return unpaid_worth
    # The side that offers may consent because its leading member pays for it, as it does wherever its consent is told.
    bargain = internal_bargain(utilities, variant, theory)
    return np.where(
        bloc_consents(bargain),
        np.maximum(unpaid_worth, np.where(np.isfinite(bargain.total_payment), bargain.leader_remainder, unpaid_worth)),
        unpaid_worth,
    )


def simulate_acceptance(
    model: ChannelModel, draw_count: int, questions: list[OutcomeQuestion] | None = None
) -> AcceptanceResult:
    """Draws a year for those who decide."""
    accumulator = AcceptanceAccumulator(model, questions or [])
    for parameter_draws in draw_batches(model.case, model.actor_network, draw_count):
        accumulator.add(
            model.evaluate_batch(parameter_draws),
            parameter_draws,
            min(draw_count - accumulator.draw_count, parameter_draws.draw_count),
        )
    return accumulator.result()


def answers_under_priors(
    deciders: DecisionMakers, draw_count: int, overrides: Mapping[str, Estimate]
) -> dict[tuple[ChannelVariant, str], Floats]:
    """The utility at which the answer turns, with other estimates of some numbers, by own gains and by all that counts.

    By run and theory, shape (draws,).
    """
    import numpy as np

    deciders = deciders.offer_only
    answers: dict[tuple[ChannelVariant, str], list[Floats]] = {}
    for parameter_draws in draw_batches(deciders.case, deciders.actor_network, draw_count, overrides):
        utilities = VoterUtilities(deciders, deciders.model.evaluate_batch(parameter_draws), parameter_draws)
        for variant in deciders.offered_variants:
            for theory in dict.fromkeys((deciders.absolute_gains, deciders.full_theory)):
                answers.setdefault((variant, theory.id), []).append(pivotal_utility(utilities, variant, theory)[0])
    return {key: np.concatenate(batches)[:draw_count] for key, batches in answers.items()}
