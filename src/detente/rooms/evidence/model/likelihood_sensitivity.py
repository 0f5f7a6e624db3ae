"""How the weight of evidence moves with what cannot be known: mapping, correlation, coder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import posterior_probabilities
from detente.rooms.evidence.model.coding_routes import LatestCodings, MappingShape, alternative_mappings
from detente.rooms.evidence.model.likelihoods import Evidence, cluster_correlations, collect_evidence, passage_coders
from detente.rooms.evidence.model.posterior import PosteriorResult, sole_leader
from detente.rooms.evidence.model.reversal import Reversal

MAPPING_FACTORS = (0.5, 1.0, 1.5, 2.0)
"""How many times the decibels of the case's mapping are taken."""
TRIED_CORRELATIONS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class LikelihoodVariation:
    """The posterior with one assumption moved: how often the decibels, which shape, which correlation, whose coding."""

    assumption: Literal["factor", "shape", "correlation", "coder"]
    probabilities: Mapping[str, float]
    factor: float | None = None
    """How many times the decibels of the mapping are taken."""
    shape: MappingShape | None = None
    correlation: float | None = None
    coder: str | None = None

    @property
    def leader(self) -> str | None:
        """The hypothesis that leads then; None at a tie."""
        return sole_leader(self.probabilities)


@dataclass(frozen=True, slots=True)
class LikelihoodSensitivity:
    """How the posterior of a table moves with what is assumed."""

    variations: tuple[LikelihoodVariation, ...]
    standing: Literal["robust", "fragile", "tie"]
    """Fragile if any variation, or the loss of one piece, takes the lead away."""


def likelihood_sensitivity(
    case: Case, latest_codings: LatestCodings, result: PosteriorResult, reversal: Reversal
) -> LikelihoodSensitivity:
    """How the posterior moves with the mapping of strengths, the correlation, and the coder."""
    variations = tuple(_variations(case, latest_codings, result))
    level_losses = reversal.level_rival.level_losses if reversal.level_rival else None
    is_fragile = any(variation.leader != result.leader for variation in variations) or (
        level_losses is not None and level_losses.group_count == 1
    )
    return LikelihoodSensitivity(
        variations,
        "tie" if result.is_tie else "fragile" if is_fragile else "robust",
    )


def _variations(case: Case, latest_codings: LatestCodings, result: PosteriorResult) -> Iterator[LikelihoodVariation]:
    def posterior(evidence: Evidence, correlation: float | None = None) -> dict[str, float]:
        return posterior_probabilities(evidence.prior, evidence.pieces, cluster_correlations(case, correlation))

    if result.evidence.coder:
        for factor in MAPPING_FACTORS:
            if evidence := collect_evidence(case, latest_codings, result.test.id, factor=factor):
                yield LikelihoodVariation("factor", posterior(evidence), factor=factor)
        for shape, mapping in alternative_mappings(case.evidence.strengths).items():
            if evidence := collect_evidence(case, latest_codings, result.test.id, mapping=mapping):
                yield LikelihoodVariation("shape", posterior(evidence), shape=shape)
    for rho in TRIED_CORRELATIONS:
        yield LikelihoodVariation("correlation", posterior(result.evidence, rho), correlation=rho)
    for coder in passage_coders(case, latest_codings, result.test.table):
        coder_evidence = collect_evidence(case, latest_codings, result.test.id, coder=coder)
        if coder_evidence and coder_evidence.coder:
            yield LikelihoodVariation("coder", posterior(coder_evidence), coder=coder)
