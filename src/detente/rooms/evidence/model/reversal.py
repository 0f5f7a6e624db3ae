"""What would reverse the order of the hypotheses: ranges, losses of evidence, correlations, thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import get_args

from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import (
    EvidenceLoss,
    TracingTestName,
    failing_correlations,
    minimum_evidence_loss,
    posterior_bounds,
    posterior_probabilities,
    process_tracing_test,
)
from detente.rooms.evidence.model.likelihoods import cluster_correlations
from detente.rooms.evidence.model.posterior import PosteriorResult, decibels_between, hypotheses_by_probability

CORRELATION_POSITIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where within its interval the correlation is taken for the range of the posterior."""
LEAST_TELLING: TracingTestName = get_args(TracingTestName)[0]
"""The sort of test that hardly tells two hypotheses apart."""
TRIED_THRESHOLDS = (3.0, 6.0, 9.0, 12.0)
"""Decibels from which on a piece is more than a straw in the wind, beside the case's own."""


@dataclass(frozen=True, slots=True)
class HypothesisRange:
    """A hypothesis before and after the evidence, and what evidence would have to be lost to put it first."""

    hypothesis: str
    prior: float
    posterior: float
    lowest: float
    highest: float
    decibels_behind: float | None
    """By how much the first is ahead of it; None of the first itself."""
    level_losses: EvidenceLoss | None
    """The fewest losses that let it draw level with the first; None if none do."""
    passing_losses: EvidenceLoss | None
    """The fewest losses that let it pass the first; None if none do."""


@dataclass(frozen=True, slots=True)
class TheoryChance:
    """How probable it is that a theory holds, alone or with others, before and after the evidence."""

    theory: str
    prior: float
    posterior: float


@dataclass(frozen=True, slots=True)
class TracingTest:
    """What sort of test a piece is of the first hypothesis, or, where it is none of that, of the second."""

    name: TracingTestName
    is_of_runner_up: bool

    @property
    def is_telling(self) -> bool:
        """Whether it is more than a straw in the wind."""
        return self.name != LEAST_TELLING


@dataclass(frozen=True, slots=True)
class Reversal:
    """What would reverse the order of the hypotheses on a table."""

    ranges: tuple[HypothesisRange, ...]
    """Of each hypothesis, the most probable first."""
    theory_chances: tuple[TheoryChance, ...]
    """Of each theory; of none where a hypothesis does not say which theories hold."""
    structural_leader: str | None
    """The hypothesis that must lead as soon as each theory does, whatever the passages."""
    level_rival: HypothesisRange | None
    """The rival that needs the fewest losses to draw level with the first."""
    passing_rival: HypothesisRange | None
    """The rival that needs the fewest losses to pass the first."""
    correlation_intervals: tuple[tuple[float, float], ...]
    """The correlations within clusters at which another hypothesis leads."""
    tracing_tests: tuple[TracingTest, ...]
    """Of each piece, by the case's own threshold."""
    telling_counts: Mapping[float, int]
    """By thresholds, in decibels, how many pieces are more than straws in the wind."""

    @property
    def leader_range(self) -> tuple[float, float]:
        """The range of the probability of the first hypothesis."""
        return self.ranges[0].lowest, self.ranges[0].highest


def order_reversal(case: Case, result: PosteriorResult) -> Reversal:
    """What would reverse the order of the hypotheses on a table."""
    ranges = tuple(_hypothesis_ranges(case, result))
    thresholds = sorted({case.evidence.threshold, *TRIED_THRESHOLDS})
    return Reversal(
        ranges,
        tuple(_theory_chances(case, result)),
        _structural_leader(case, result),
        _fewest((part, part.level_losses) for part in ranges),
        _fewest((part, part.passing_losses) for part in ranges),
        () if result.is_order_fixed or result.is_tie else tuple(_reversing_correlations(result)),
        _tracing_tests(case, result, case.evidence.threshold),
        {
            threshold: sum(test.is_telling for test in _tracing_tests(case, result, threshold))
            for threshold in thresholds
        },
    )


def _hypothesis_ranges(case: Case, result: PosteriorResult) -> Iterator[HypothesisRange]:
    ranges, total = _probability_ranges(case, result), sum(result.evidence.prior.values())
    probabilities = result.probabilities
    for h in hypotheses_by_probability(probabilities):
        is_rival = h != result.leader
        level_losses, passing_losses = (
            _losses_for_rival(case, result, h, to_a_tie=to_a_tie) if is_rival else None for to_a_tie in (True, False)
        )
        yield HypothesisRange(
            h,
            result.evidence.prior[h] / total,
            probabilities[h],
            *ranges[h],
            decibels_between(probabilities[result.leader], probabilities[h]) if is_rival else None,
            level_losses,
            passing_losses,
        )


def _fewest(losses_by_range: Iterator[tuple[HypothesisRange, EvidenceLoss | None]]) -> HypothesisRange | None:
    """The hypothesis with the fewest losses, the more probable of several."""
    possible = [(part, losses.group_count) for part, losses in losses_by_range if losses]
    return min(possible, key=lambda pair: pair[1])[0] if possible else None


def _theory_chances(case: Case, result: PosteriorResult) -> Iterator[TheoryChance]:
    theories_held = {h: part.holds for h, part in case.hypotheses.items()}
    if any(theories is None for theories in theories_held.values()):
        return
    total = sum(result.evidence.prior.values())
    for theory in case.theories:
        hypotheses = [h for h, theories in theories_held.items() if theory in (theories or ())]
        prior, posterior = (sum(p[h] for h in hypotheses) for p in (result.evidence.prior, result.probabilities))
        yield TheoryChance(theory, prior / total, posterior)


def _tracing_tests(case: Case, result: PosteriorResult, threshold: float) -> tuple[TracingTest, ...]:
    """What sort of test each piece is of the first hypothesis, or else of the second."""
    tests = []
    for piece, unit in zip(result.evidence.pieces, result.evidence.unit_ids, strict=True):
        p, q = _chances_of_finding(
            case, result, unit, piece.likelihoods[result.leader], piece.likelihoods[result.runner_up]
        )
        of_runner_up = TracingTest(process_tracing_test(q, p, threshold), is_of_runner_up=True)
        of_leader = TracingTest(process_tracing_test(p, q, threshold), is_of_runner_up=False)
        tests.append(of_runner_up if of_runner_up.is_telling else of_leader)
    return tuple(tests)


def _chances_of_finding(case: Case, result: PosteriorResult, unit: str, p: float, q: float) -> tuple[float, float]:
    """The chances of finding a piece under the two leading hypotheses, whether or not it was found."""
    clue = case.clues.get(unit)
    return (clue.likelihood[result.leader].mean, clue.likelihood[result.runner_up].mean) if clue else (p, q)


def _probability_ranges(case: Case, result: PosteriorResult) -> dict[str, tuple[float, float]]:
    """The range of each probability over the intervals of likelihoods, priors and correlations."""
    evidence = result.evidence
    ranges = [
        posterior_bounds(evidence.prior_bounds, evidence.pieces, cluster_correlations(case, position=stop))
        for stop in CORRELATION_POSITIONS
    ]
    return {h: (min(r[h][0] for r in ranges), max(r[h][1] for r in ranges)) for h in result.probabilities}


def _losses_for_rival(case: Case, result: PosteriorResult, rival: str, *, to_a_tie: bool) -> EvidenceLoss | None:
    """The fewest losses that let a rival draw level with the leader, or pass it; None if none do."""
    prior, pieces = result.evidence.prior, result.evidence.pieces
    return minimum_evidence_loss(prior, pieces, result.leader, rival, cluster_correlations(case), until_tie=to_a_tie)


def _reversing_correlations(result: PosteriorResult) -> list[tuple[float, float]]:
    """The correlations within clusters, common to all, at which another hypothesis leads."""

    def lead_margin(rho: float) -> float:
        probabilities = posterior_probabilities(result.evidence.prior, result.evidence.pieces, lambda cluster: rho)
        return probabilities[result.leader] - max(p for h, p in probabilities.items() if h != result.leader)

    return failing_correlations(lead_margin)


def _structural_leader(case: Case, result: PosteriorResult) -> str | None:
    """The hypothesis that all theories hold, where theories are weighed apart: then it must lead as soon as each does.

    That is so where the hypotheses are all combinations of the theories, equally probable, and only coded passages
    count: the probability is then a product over theories, whatever the passages.
    """
    theories = list(case.theories)
    theory_combinations = {frozenset(c) for n in range(len(theories) + 1) for c in combinations(theories, n)}
    theories_held = {h: frozenset(part.holds or ()) for h, part in case.hypotheses.items()}
    has_equal_priors = len(set(result.evidence.prior.values())) == 1
    if (
        not has_equal_priors
        or set(theories_held.values()) != theory_combinations
        or any(unit in case.clues for unit in result.evidence.unit_ids)
    ):
        return None
    return next(h for h, held in theories_held.items() if held == frozenset(theories))
