"""The section on the evidence: from codings to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.results.finding import Finding, Section, Tile
from detente.rooms.evidence.findings.assumptions import evidence_assumptions
from detente.rooms.evidence.findings.congruence_verdicts import congruence_verdict_finding
from detente.rooms.evidence.findings.hypotheses.competing_hypotheses import competing_hypotheses_finding
from detente.rooms.evidence.findings.hypotheses.likelihood_sensitivity import likelihood_sensitivity_finding
from detente.rooms.evidence.findings.hypotheses.posterior import evidence_weight_finding
from detente.rooms.evidence.findings.hypotheses.reversal import reversal_finding
from detente.rooms.evidence.findings.intercoder_agreement import reliability_finding
from detente.rooms.evidence.findings.motive_matrix import motive_matrix_finding
from detente.rooms.evidence.findings.propositions import propositions_finding
from detente.rooms.evidence.findings.robustness.leave_one_out import leave_one_out_finding
from detente.rooms.evidence.findings.robustness.overturning_recodings import overturning_recodings_finding
from detente.rooms.evidence.findings.robustness.verdicts_by_route import routes_finding
from detente.rooms.evidence.findings.stated_verdicts import stated_verdicts_finding
from detente.rooms.evidence.findings.summary import brief_answer, evidence_answer, evidence_tile, tile_note
from detente.rooms.evidence.findings.text import CONGRUENCE_METHOD
from detente.rooms.evidence.model.evidence import EvidenceModel, TableEvidence


def evidence_section(model: EvidenceModel) -> Section:
    """The section on the evidence."""
    case, tests = model.case, model.tests
    findings = [finding for table in model.tables for finding in _table_findings(case, table)]
    findings += [reliability_finding(case, tests, model.agreement)] if tests else []
    findings += [stated_verdicts_finding(model)] if case.verdicts else []
    findings += [propositions_finding(case)] if any(t.propositions for t in case.theories.values()) else []
    return Section(
        id="evidence",
        title="What the evidence supports",
        answer=evidence_answer(model) or findings[0].says,
        tile=Tile("What the evidence supports", evidence_tile(case, tests), tile_note(tests)) if tests else None,
        findings=tuple(findings),
        brief=brief_answer(model),
        assumptions=tuple(evidence_assumptions(model)),
        method=CONGRUENCE_METHOD,
    )


def _table_findings(case: Case, table: TableEvidence) -> Iterator[Finding]:
    yield motive_matrix_finding(case, table.test)
    yield congruence_verdict_finding(case, table.test, table.stability)
    yield overturning_recodings_finding(case, table.test, table.stability)
    yield routes_finding(case, table.test, table.routes)
    if weighed := table.weighed:
        structural_leader = weighed.reversal.structural_leader
        yield evidence_weight_finding(case, weighed.posterior, weighed.reversal)
        yield reversal_finding(case, weighed.posterior, weighed.reversal)
        yield likelihood_sensitivity_finding(case, weighed.posterior, weighed.sensitivity, structural_leader)
        if weighed.matrix:
            yield competing_hypotheses_finding(case, table.test, weighed.matrix, structural_leader)
    if table.without_origins:
        yield leave_one_out_finding(case, table.test, table.without_origins)
