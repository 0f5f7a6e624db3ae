"""The section on the evidence: from codings to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.results.finding import Finding, Section
from detente.rooms.evidence.findings.assumptions import evidence_assumptions
from detente.rooms.evidence.findings.congruence_verdicts import congruence_verdict_finding
from detente.rooms.evidence.findings.details.other_readings import other_readings_finding
from detente.rooms.evidence.findings.details.sources import sources_finding
from detente.rooms.evidence.findings.details.what_reverses import what_reverses_finding
from detente.rooms.evidence.findings.hypotheses.competing_hypotheses import competing_hypotheses_finding
from detente.rooms.evidence.findings.hypotheses.likelihood_sensitivity import likelihood_sensitivity_finding
from detente.rooms.evidence.findings.hypotheses.posterior import evidence_weight_finding
from detente.rooms.evidence.findings.hypotheses.reversal import reversal_finding
from detente.rooms.evidence.findings.intercoder_agreement import reliability_finding
from detente.rooms.evidence.findings.motive_matrix import motive_matrix_finding
from detente.rooms.evidence.findings.opening.headline import write_headline
from detente.rooms.evidence.findings.opening.lead import write_lead
from detente.rooms.evidence.findings.opening.missing import list_missing
from detente.rooms.evidence.findings.opening.motive_tables import draw_motive_tables
from detente.rooms.evidence.findings.propositions import propositions_finding
from detente.rooms.evidence.findings.robustness.leave_one_out import leave_one_out_finding
from detente.rooms.evidence.findings.robustness.overturning_recodings import overturning_recodings_finding
from detente.rooms.evidence.findings.robustness.verdicts_by_route import routes_finding
from detente.rooms.evidence.findings.stated_verdicts import stated_verdicts_finding
from detente.rooms.evidence.findings.text import CONGRUENCE_METHOD
from detente.rooms.evidence.model.evidence import EvidenceModel, TableEvidence


def evidence_section(model: EvidenceModel) -> Section:
    """The section on the evidence."""
    return Section(
        id="evidence",
        title="What the evidence supports",
        findings=(*_details(model), *_annex_findings(model)),
        assumptions=tuple(evidence_assumptions(model)),
        method=CONGRUENCE_METHOD,
        headline=write_headline(model.case, model.tests),
        lead=write_lead(model),
        picture=draw_motive_tables(model),
        picture_of=tuple(f"{test.id}-matrix" for test in model.tests),
        missing=tuple(list_missing(model)),
    )


def _details(model: EvidenceModel) -> Iterator[Finding]:
    """What is folded in the chapter, of all tables at once."""
    if any(test.is_coded for test in model.tests):
        yield what_reverses_finding(model)
    for finding in (other_readings_finding(model), sources_finding(model), reliability_finding(model)):
        if finding:
            yield finding
    if model.case.verdicts:
        yield stated_verdicts_finding(model)


def _annex_findings(model: EvidenceModel) -> Iterator[Finding]:
    """Every table of its own, then what the theories say."""
    for table in model.tables:
        yield from _table_findings(model.case, table)
    if any(theory.propositions for theory in model.case.theories.values()):
        yield propositions_finding(model.case)


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
