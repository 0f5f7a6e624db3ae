"""The evidence on a table, weighed: what follows, and what leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import (
    EvidenceContribution,
    contributions_to_odds,
    posterior_probabilities,
    ratio_in_decibels,
)
from detente.rooms.evidence.model.coding_routes import LatestCodings
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.likelihoods import Evidence, cluster_correlations, collect_evidence

TIE_TOLERANCE = 1e-6
"""Decibels within which two hypotheses are level."""


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


def decibels_between(p: float, q: float) -> float:
    """The ratio of two chances in decibels; none where they are level."""
    decibels = ratio_in_decibels(p, q)
    return decibels if abs(decibels) > TIE_TOLERANCE else 0.0
