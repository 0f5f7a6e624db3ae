"""The evidence on a table, weighed: what follows, what leads, and what would reverse it. Between case and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import (
    EvidenceContribution,
    EvidenceLoss,
    contributions_to_odds,
    failing_correlations,
    minimum_evidence_loss,
    posterior_bounds,
    posterior_probabilities,
    ratio_in_decibels,
)
from detente.rooms.evidence.model.coding_routes import LatestCodings
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.likelihoods import Evidence, cluster_correlations, collect_evidence

TIE_TOLERANCE = 1e-6
"""Decibels within which two hypotheses are level."""
CORRELATION_POSITIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where within its interval the correlation is taken for the range of the posterior."""


@dataclass(frozen=True, slots=True)
class PosteriorResult:
    """What the evidence on a table comes to."""

    test: CongruenceTest
    evidence: Evidence
    probabilities: Mapping[str, float]
    leader: str
    """The most probable hypothesis."""
    runner_up: str
    contributions: Sequence[EvidenceContribution]

    @property
    def prior_odds(self) -> float:
        """The odds of the first to the second before the evidence, in decibels."""
        return ratio_in_decibels(self.evidence.prior[self.leader], self.evidence.prior[self.runner_up])

    @property
    def evidence_weight(self) -> float:
        """What the evidence adds to them."""
        return sum(part.adjusted_db for part in self.contributions)

    @property
    def posterior_odds(self) -> float:
        """The odds after it."""
        return self.prior_odds + self.evidence_weight

    @property
    def is_tie(self) -> bool:
        """Whether the two most probable are equally so."""
        return abs(self.posterior_odds) < TIE_TOLERANCE

    @property
    def is_order_fixed(self) -> bool:
        """Whether neither correlation nor a common factor can change the order: one cluster, and equal priors."""
        return len(set(self.evidence.prior.values())) == 1 and len({p.cluster for p in self.evidence.pieces}) == 1


def table_posterior(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> PosteriorResult | None:
    """The evidence on a table, weighed; None if the case has no hypotheses or nothing bears on it."""
    evidence = collect_evidence(case, latest_codings, test.id)
    if evidence is None:
        return None
    rho = cluster_correlations(case)
    probabilities = posterior_probabilities(evidence.prior, evidence.pieces, rho)
    leading, runner_up = hypotheses_by_probability(probabilities)[:2]
    return PosteriorResult(
        test,
        evidence,
        probabilities,
        leading,
        runner_up,
        contributions_to_odds(evidence.pieces, leading, runner_up, rho),
    )


def hypotheses_by_probability(probabilities: Mapping[str, float]) -> list[str]:
    """The hypotheses, the most probable first."""
    return sorted(probabilities, key=lambda h: -probabilities[h])


def sole_leader(probabilities: Mapping[str, float]) -> str | None:
    """The most probable hypothesis; None if another is as probable."""
    first, second = hypotheses_by_probability(probabilities)[:2]
    return first if ratio_in_decibels(probabilities[first], probabilities[second]) > TIE_TOLERANCE else None


def probability_ranges(case: Case, result: PosteriorResult) -> dict[str, tuple[float, float]]:
    """The range of each probability over the intervals of likelihoods, priors and correlations."""
    evidence = result.evidence
    ranges = [
        posterior_bounds(evidence.prior_bounds, evidence.pieces, cluster_correlations(case, position=stop))
        for stop in CORRELATION_POSITIONS
    ]
    return {h: (min(r[h][0] for r in ranges), max(r[h][1] for r in ranges)) for h in result.probabilities}


def losses_for_rival(case: Case, result: PosteriorResult, rival: str, *, to_a_tie: bool) -> EvidenceLoss | None:
    """The fewest losses that let a rival draw level with the leader, or pass it; None if none do."""
    prior, pieces = result.evidence.prior, result.evidence.pieces
    return minimum_evidence_loss(prior, pieces, result.leader, rival, cluster_correlations(case), until_tie=to_a_tie)


def nearest_rival(case: Case, result: PosteriorResult, *, to_a_tie: bool) -> tuple[str, EvidenceLoss] | None:
    """The rival that needs the fewest losses to draw level with the leader, or to pass it, and these losses."""
    losses_by_rival = [
        (h, losses_for_rival(case, result, h, to_a_tie=to_a_tie))
        for h in hypotheses_by_probability(result.probabilities)[1:]
    ]
    return min(((h, lost) for h, lost in losses_by_rival if lost), key=lambda pair: pair[1].group_count, default=None)


def reversing_correlations(result: PosteriorResult) -> list[tuple[float, float]]:
    """The correlations within clusters, common to all, at which another hypothesis leads."""

    def lead_margin(rho: float) -> float:
        probabilities = posterior_probabilities(result.evidence.prior, result.evidence.pieces, lambda cluster: rho)
        return probabilities[result.leader] - max(p for h, p in probabilities.items() if h != result.leader)

    return failing_correlations(lead_margin)


def structural_leader(case: Case, result: PosteriorResult) -> str | None:
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
