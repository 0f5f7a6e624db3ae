"""The section on the evidence: from codings to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Mapping

from detente.results.finding import Finding, Section, Tile
from detente.rooms.evidence.findings.assumptions import assumptions
from detente.rooms.evidence.findings.competing_hypotheses import competing_hypotheses_finding
from detente.rooms.evidence.findings.congruence_verdicts import (
    METHOD,
    congruence_verdict_finding,
    motive_matrix_finding,
    overturning_recodings_finding,
    stated_verdicts_finding,
)
from detente.rooms.evidence.findings.intercoder_agreement import reliability_finding, routes_finding
from detente.rooms.evidence.findings.leave_one_out import leave_one_out_finding
from detente.rooms.evidence.findings.likelihood_sensitivity import likelihood_sensitivity_finding
from detente.rooms.evidence.findings.posterior import evidence_weight_finding, reversal_finding
from detente.rooms.evidence.findings.propositions import propositions_finding
from detente.rooms.evidence.findings.summary import answer, brief_answer, tile, tile_note
from detente.rooms.evidence.model.evidence import EvidenceModel
from detente.rooms.evidence.model.posterior import PosteriorResult


def evidence_section(model: EvidenceModel) -> Section:
    """The section on the evidence."""
    case, latest_codings, tests, posteriors = model.case, model.latest_codings, list(model.tests), model.posteriors
    findings: list[Finding | None] = []
    for test in tests:
        findings += [
            motive_matrix_finding(case, test),
            congruence_verdict_finding(case, test),
            overturning_recodings_finding(case, test),
            routes_finding(case, latest_codings, test),
        ]
        if result := posteriors[test.id]:
            findings += [
                evidence_weight_finding(case, result),
                reversal_finding(case, result),
                likelihood_sensitivity_finding(case, latest_codings, result),
            ]
            findings += [competing_hypotheses_finding(case, latest_codings, test)]
        findings += [leave_one_out_finding(case, latest_codings, test)]
    findings += [reliability_finding(case, latest_codings, tests)] if tests else []
    findings += [stated_verdicts_finding(case, tests)] if case.verdicts else []
    findings += [propositions_finding(case)] if any(t.propositions for t in case.theories.values()) else []
    present_findings = tuple(finding for finding in findings if finding)
    return Section(
        id="evidence",
        title="What the evidence supports",
        answer=answer(case, latest_codings, tests, posteriors) or present_findings[0].says,
        tile=Tile("What the evidence supports", tile(case, tests), tile_note(tests)) if tests else None,
        findings=present_findings,
        brief=brief_answer(case, tests),
        outcome={f"{t.id}.margin": float(t.main_tally.margin) for t in tests} | _posterior_outcomes(posteriors),
        assumptions=tuple(assumptions(case, tests, posteriors)),
        method=METHOD,
    )


def _posterior_outcomes(posteriors: Mapping[str, PosteriorResult | None]) -> dict[str, float]:
    return {f"{name}.{h}": p for name, result in posteriors.items() if result for h, p in result.probabilities.items()}
