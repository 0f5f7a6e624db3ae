"""How well each theory does on all outcomes of the record together, beside forecasts that know no theory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log10
from typing import Literal

from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.record_fit.outcome_odds import logit_probability
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeTest
from detente.rooms.acceptance.model.results import AcceptanceResult

LEAST_PROBABILITY = 0.01
"""No chance is taken to be nearer to 0 or 1 than this where likelihoods are compared: nobody is that sure."""
ALIKE_DIFFERENCE = 0.05
"""Up to which difference chances are alike."""
EVEN = 0.5
Baseline = Literal["constant-refusal", "constant-acceptance", "base-rate"]
"""A forecast that knows no theory: always no, always yes, or as often yes as it was among the outcomes themselves."""


@dataclass(frozen=True)
class ForecastScore:
    """How well a theory, or a forecast without any, does on all outcomes together."""

    forecast: AppliedTheory | Baseline
    right_count: int
    """To how many outcomes it gives more than even odds."""
    brier_score: float
    """The mean squared error of its chances (Brier 1950)."""
    decibels: float
    """Ten times the logarithm to base ten of the chance that it gives to all of them together."""
    outcome_count: int
    """How many outcomes there are."""

    @property
    def mean_probability(self) -> float:
        """The geometric mean of the chance that it gives to each: as likely each, they would be as likely together."""
        return float(10 ** (self.decibels / 10 / self.outcome_count))


@dataclass(frozen=True)
class ModelFit:
    """How the model, by the theory of the answer, fares on distinct outcomes."""

    right_count: int
    outcome_count: int
    yes_count: int
    """How many of them are acceptances, so that who always says yes is right on as many."""
    misses: tuple[OutcomeTest, ...]
    """Those to which it gives no more than even odds, the least likely first."""
    least_probability: float
    """The least chance that it gives to any."""

    @property
    def no_count(self) -> int:
        """How many are refusals, so that who always says no is right on as many."""
        return self.outcome_count - self.yes_count


def fit_of_model(results: Sequence[AcceptanceResult], outcome_tests: Sequence[OutcomeTest]) -> ModelFit | None:
    """How the model fares, by the theory of the answer; None where nothing on record tests it.

    Args:
        results: The draws of each year that is worked out, that of the answer last.
        outcome_tests: All outcomes, those that do not count included.
    """
    outcomes = counted_outcomes(outcome_tests)
    if not outcomes:
        return None
    deciders = results[-1].deciders
    index = deciders.theories.index(deciders.full_theory)
    misses = sorted(
        (test for test in outcomes if not _is_right(test.probabilities[index])),
        key=lambda test: test.probabilities[index],
    )
    yes_count = sum(bool(test.accepted) for test in outcomes)
    least = min(test.probabilities[index] for test in outcomes)
    return ModelFit(len(outcomes) - len(misses), len(outcomes), yes_count, tuple(misses), least)


def counted_outcomes(outcome_tests: Sequence[OutcomeTest]) -> list[OutcomeTest]:
    """One of each kind of outcome among those that count."""
    return distinguishable_outcomes([test for test in outcome_tests if test.is_counted])


def alike_outcomes(outcomes: Sequence[OutcomeTest], outcome_tests: Sequence[OutcomeTest]) -> list[int]:
    """How many of the outcomes that count each of the distinguishable ones stands for, itself among them."""
    counts = [0] * len(outcomes)
    for test in outcome_tests:
        if test.is_counted:
            counts[next(index for index, one in enumerate(outcomes) if _are_alike(test, one))] += 1
    return counts


def distinguishable_outcomes(outcome_tests: Sequence[OutcomeTest]) -> list[OutcomeTest]:
    """One of each kind of outcome that the model cannot tell apart: alike in what happened and in every chance."""
    kinds: list[OutcomeTest] = []
    for test in outcome_tests:
        if not any(_are_alike(test, other) for other in kinds):
            kinds.append(test)
    return kinds


def _are_alike(one: OutcomeTest, other: OutcomeTest) -> bool:
    """Whether the same happened, and every theory gave it the same chance to a twentieth."""
    differences = (abs(p - q) for p, q in zip(one.probabilities, other.probabilities, strict=True))
    return one.accepted == other.accepted and max(differences, default=0.0) <= ALIKE_DIFFERENCE


def score_theories(results: Sequence[AcceptanceResult], outcomes: Sequence[OutcomeTest]) -> list[ForecastScore]:
    """The score of every theory, in the order of the case.

    Args:
        results: The draws of each year that is worked out, that of the answer last.
        outcomes: Outcomes that count, one of each kind, at least one.
    """
    return [
        _score(theory, [test.probabilities[index] for test in outcomes], _joint_decibels(results, outcomes, theory))
        for index, theory in enumerate(results[-1].deciders.theories)
    ]


def leading_theories(scores: Sequence[ForecastScore], least_gap: float) -> list[AppliedTheory]:
    """The theory that does best, with all that are less than so many decibels behind it, in their order."""
    best = max(score.decibels for score in scores)
    return [
        score.forecast
        for score in scores
        if isinstance(score.forecast, AppliedTheory) and best - score.decibels < least_gap
    ]


def acceptance_rate(outcomes: Sequence[OutcomeTest]) -> float:
    """The share of acceptances among outcomes, at least one."""
    return sum(bool(test.accepted) for test in outcomes) / len(outcomes)


def score_baselines(outcomes: Sequence[OutcomeTest]) -> list[ForecastScore]:
    """The scores of forecasts that know no theory."""
    rate = acceptance_rate(outcomes)
    baselines: dict[Baseline, float] = {
        "constant-refusal": 0.0,
        "constant-acceptance": 1.0,
        "base-rate": rate,
    }
    scores = []
    for baseline, chance in baselines.items():
        probabilities = [chance if test.accepted else 1 - chance for test in outcomes]
        scores.append(_score(baseline, probabilities, sum(map(_decibels, probabilities))))
    return scores


def _score(forecast: AppliedTheory | Baseline, probabilities: Sequence[float], decibels: float) -> ForecastScore:
    brier_score = sum((1 - p) ** 2 for p in probabilities) / len(probabilities)
    return ForecastScore(forecast, sum(map(_is_right, probabilities)), brier_score, decibels, len(probabilities))


def _is_right(probability: float) -> bool:
    """Whether what happened was given more than even odds."""
    return probability > EVEN


def _joint_decibels(
    results: Sequence[AcceptanceResult], outcomes: Sequence[OutcomeTest], theory: AppliedTheory
) -> float:
    """The chance that a theory gives to all outcomes together, in decibels: the mean over draws and forms."""
    import numpy as np

    result_of_year = {result.deciders.actor_network.year: result for result in results}
    logs_by_form = []
    for form in results[-1].deciders.forms:
        logs = np.zeros(1)
        for test in outcomes:
            if test.question:
                result = result_of_year[test.year]
                own_form = form if form in result.deciders.forms else result.deciders.forms[0]
                odds = result.question_log_odds[test.question, own_form, theory.id] * (1 if test.accepted else -1)
                logs = logs + np.log(np.clip(logit_probability(odds), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY))
        logs_by_form.append(logs)
    all_logs = np.concatenate(logs_by_form)
    largest_log = float(all_logs.max())
    return 10 * (largest_log + log(float(np.exp(all_logs - largest_log).mean()))) / log(10)


def _decibels(p: float) -> float:
    return 10 * log10(min(max(p, LEAST_PROBABILITY), 1 - LEAST_PROBABILITY))
