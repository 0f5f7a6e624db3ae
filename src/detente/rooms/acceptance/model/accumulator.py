"""The draws of a year added up, batch by batch, to what those who decide make of the channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from detente.case.schema.record import ReplyAnswer
from detente.methods.inference.running_moments import RunningMoments
from detente.methods.offer_model.answers import (
    OFFERING,
    Decision,
    acceptance_by_issue,
    answer_of_side,
    bargain_inside,
    best_reply_parts,
    decide_answer,
    join_decisions,
    reply_probabilities,
)
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.methods.offer_model.deciding_side import InternalBargain, join_bargains
from detente.methods.offer_model.gains import GainsBatch, evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, DecisionMakers
from detente.rooms.acceptance.model.decision.shapley_contributions import ShapleyContributions, shapley_contributions
from detente.rooms.acceptance.model.decision.single_reasons import leave_reasons_out
from detente.rooms.acceptance.model.decision.utility import VoterUtilities, voter_utilities
from detente.rooms.acceptance.model.record_fit.outcome_odds import question_log_odds
from detente.rooms.acceptance.model.record_fit.outcome_questions import MOST_QUESTION_DRAWS, OutcomeQuestion
from detente.rooms.acceptance.model.results import (
    AcceptanceResult,
    AskingTerms,
    ReasonFigures,
    ReplyFigures,
    TheoryKey,
)
from detente.rooms.acceptance.model.sensitivity.threat_thresholds import threat_thresholds
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Key = TypeVar("Key")


class AcceptanceAccumulator:
    """Draws of a year, added up block by block; of a year that is told of briefly, only who decides what."""

    def __init__(self, model: ChannelModel, questions: list[OutcomeQuestion], is_brief: bool = False):
        self.deciders, self.questions, self.is_brief = DecisionMakers(model), questions, is_brief
        self.draw_count = 0
        self._answers: dict[TheoryKey, list[Floats]] = {}
        self._decisions: dict[TheoryKey, list[Decision]] = {}
        self._bargains: dict[TheoryKey, list[InternalBargain]] = {}
        self._odds: dict[tuple[OutcomeQuestion, ChannelForm, str], list[Floats]] = {}
        self._asking: list[AskingTerms] = []
        self._parameters: dict[str, list[Floats]] = {}
        self._thresholds: dict[TheoryKey, list[Floats]] = {}
        self._reply_names: tuple[ReplyAnswer, ...] = ()
        self._reply_sums: dict[TheoryKey, Floats] = {}
        """How often each reply is the best, and its chance: shape (2, replies)."""
        self._reply_worths: dict[TheoryKey, RunningMoments] = {}
        self._accepting_leads: dict[TheoryKey, list[Floats]] = {}
        self._accepting_parts: dict[TheoryKey, list[Floats]] = {}
        self._issue_sums: dict[TheoryKey, Floats] = {}
        self._reason_sums: dict[tuple[ChannelVariant, str], Floats] = {}
        """The three figures of each reason."""
        self._joint_refusals: dict[ChannelVariant, Floats] = {}
        self._contributions: dict[ChannelVariant, ShapleyContributions] = {}

    def add(self, batch: GainsBatch) -> None:
        """Adds a batch of draws."""
        assert batch.draws.departures is not None
        first = int(batch.draws.departures[0])
        draws = sample_model(self.deciders.description, range(first, first + batch.draws.draw_count))
        utilities = voter_utilities(self.deciders, draws, batch)
        self._add_questions(utilities, slice(max(0, min(draws.draw_count, MOST_QUESTION_DRAWS - self.draw_count))))
        self.draw_count += draws.draw_count
        for variant in self.deciders.offered_variants if self.is_brief else self.deciders.model.variants:
            if variant.channel == self.deciders.offered_channel:
                self._add_offered_variant(utilities, variant)
            elif variant.channel != self.deciders.actor_network.observed_channel:
                for theory in self.deciders.theories:
                    utility = answer_of_side(utilities, variant, theory.uses).utility
                    self._answers.setdefault((variant, theory.id), []).append(utility)
        offering = utilities.decision.sides[OFFERING]
        settings = utilities.decision.replies
        self._asking.append(
            AskingTerms(
                draws.values[settings.asking],
                draws.values[settings.shown],
                utilities.choice_noise([offering.voices[offering.leader]]),
            )
        )
        for path, values in draws.varying_values.items():
            self._parameters.setdefault(path, []).append(values)

    def _add_questions(self, utilities: VoterUtilities, first_draws: slice) -> None:
        """Puts the questions about outcomes."""
        if not first_draws.stop:
            return
        for form in self.deciders.forms:
            for question in self.questions:
                for theory in self.deciders.theories:
                    odds = question_log_odds(utilities, question, form, theory)
                    self._odds.setdefault((question, form, theory.id), []).append(odds[first_draws])

    def _add_offered_variant(self, utilities: VoterUtilities, variant: ChannelVariant) -> None:
        """What both sides make of the channel that is offered; in full by own gains alone and by all that counts."""
        deciders = self.deciders
        if not self.is_brief:
            self._add_reasons(utilities, variant)
        for theory in deciders.theories:
            key, decision = (variant, theory.id), decide_answer(utilities, variant, theory.uses)
            self._answers.setdefault(key, []).append(decision.answer_utility)
            self._decisions.setdefault(key, []).append(decision)
            self._add_reply(key, utilities, decision)
            if theory in (deciders.absolute_gains, deciders.full_theory):
                self._bargains.setdefault(key, []).append(bargain_inside(utilities, variant, theory.uses))
                if not self.is_brief:
                    self._add_details(utilities, variant, theory)

    def _add_reply(self, key: TheoryKey, utilities: VoterUtilities, decision: Decision) -> None:
        """What is replied."""
        import numpy as np

        reply_values = reply_probabilities(utilities, decision)
        self._reply_names = cast("tuple[ReplyAnswer, ...]", reply_values.replies)
        best_parts = best_reply_parts(tuple(reply_values.worth))
        worths = RunningMoments.of_draws(reply_values.worth.T)
        self._reply_worths[key] = self._reply_worths[key].merge(worths) if key in self._reply_worths else worths
        if not self.is_brief:
            accepting, *others = reply_values.worth
            lead = accepting - np.max(others, axis=0) if others else accepting
            self._accepting_leads.setdefault(key, []).append(lead)
            self._accepting_parts.setdefault(key, []).append(best_parts[0])
        figures = (best_parts, reply_values.probability)
        _add_sum(self._reply_sums, key, np.stack([one.sum(axis=1) for one in figures]))

    def _add_details(self, utilities: VoterUtilities, variant: ChannelVariant, theory: AppliedTheory) -> None:
        """On which issue alone it would be accepted, and from which threat on."""
        key = (variant, theory.id)
        issue_sums = acceptance_by_issue(utilities, variant, theory.uses).sum(axis=1)
        _add_sum(self._issue_sums, key, issue_sums)
        if not self.deciders.is_threatened:
            self._thresholds.setdefault(key, []).append(threat_thresholds(utilities, variant, theory))

    def _add_reasons(self, utilities: VoterUtilities, variant: ChannelVariant) -> None:
        """What each reason decides by itself, among all that count, and what it accounts for beside all others."""
        import numpy as np

        reasons = leave_reasons_out(utilities, variant)
        for mechanism, one in reasons.by_mechanism.items():
            figures = (one.accepted_without, one.refused_for_it, one.accepted_for_it)
            sums = np.array([figure.sum() for figure in figures], dtype=float)
            _add_sum(self._reason_sums, (variant, mechanism), sums)
        _add_sum(self._joint_refusals, variant, reasons.refused_jointly.sum(dtype=float))
        contributions = shapley_contributions(utilities, variant)
        earlier = self._contributions.get(variant)
        self._contributions[variant] = earlier.merge(contributions) if earlier else contributions

    def result(self) -> AcceptanceResult:
        """All draws together."""
        import numpy as np

        return AcceptanceResult(
            deciders=self.deciders,
            answer_utility=_joined(self._answers),
            decisions={key: join_decisions(batches) for key, batches in self._decisions.items()},
            bargains={key: join_bargains(batches) for key, batches in self._bargains.items()},
            question_log_odds=_joined(self._odds),
            asking_terms=AskingTerms(
                np.concatenate([one.cost for one in self._asking]),
                np.concatenate([one.shown for one in self._asking]),
                np.concatenate([one.noise for one in self._asking]),
            ),
            parameter_values=_joined(self._parameters),
            replies={key: self._reply_figures(key) for key in self._reply_sums},
            accepting_lead=_joined(self._accepting_leads),
            accepting_parts=_joined(self._accepting_parts),
            acceptance_by_issue={key: sums / self.draw_count for key, sums in self._issue_sums.items()},
            reasons={key: ReasonFigures(*(sums / self.draw_count).tolist()) for key, sums in self._reason_sums.items()},
            joint_refusal_share={
                variant: float(count / self.draw_count) for variant, count in self._joint_refusals.items()
            },
            contributions=dict(self._contributions),
            threat_threshold=_joined(self._thresholds),
        )

    def _reply_figures(self, key: TheoryKey) -> tuple[ReplyFigures, ...]:
        """The figures of each reply, with the standard error of the mean of its worth."""
        worths, shares = self._reply_worths[key], self._reply_sums[key] / self.draw_count
        columns = (worths.mean, *shares, worths.standard_errors)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return tuple(ReplyFigures(name, *row) for name, row in zip(self._reply_names, rows, strict=True))


def _joined(batches_by_key: Mapping[Key, Sequence[Floats]]) -> dict[Key, Floats]:
    """The draws of all blocks, one after another."""
    import numpy as np

    return {key: np.concatenate(batches) for key, batches in batches_by_key.items()}


def _add_sum(sums: dict[Key, Floats], key: Key, values: Floats) -> None:
    sums[key] = sums[key] + values if key in sums else values


def simulate_acceptance(
    model: ChannelModel, draw_count: int, questions: list[OutcomeQuestion] | None = None
) -> AcceptanceResult:
    """Draws a year for those who decide."""
    accumulator = AcceptanceAccumulator(model, questions or [])
    for indices in batch_ranges(model.description.network, draw_count):
        accumulator.add(evaluate_gains(sample_model(model.description, indices)))
    return accumulator.result()
