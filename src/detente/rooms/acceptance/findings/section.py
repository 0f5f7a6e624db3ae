"""Who proposes, who must be won, who accepts: the sections on the answer, and on what happened."""

from __future__ import annotations

from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding, Section
from detente.rooms.acceptance.findings.by_theory import (
    acceptance_by_channel_finding,
    acceptance_by_issue_finding,
    acceptance_by_theory_finding,
)
from detente.rooms.acceptance.findings.fit_to_record import likelihoods_finding, outcomes_finding
from detente.rooms.acceptance.findings.intra_bloc_consent import intra_bloc_consent_finding, pivotal_members_finding
from detente.rooms.acceptance.findings.mechanism_contributions import mechanism_contributions_finding
from detente.rooms.acceptance.findings.motives import motives_finding
from detente.rooms.acceptance.findings.received_claims import received_claims_finding
from detente.rooms.acceptance.findings.renewed_offers import renewed_offers_finding
from detente.rooms.acceptance.findings.replies import replies_finding
from detente.rooms.acceptance.findings.replies_on_record import replies_on_record_finding
from detente.rooms.acceptance.findings.sensitivity.choices import choices_finding
from detente.rooms.acceptance.findings.sensitivity.defaults import defaults_finding
from detente.rooms.acceptance.findings.sensitivity.exclusivity import exclusivity_finding
from detente.rooms.acceptance.findings.sensitivity.kinds_of_organisation import kinds_of_organisation_finding
from detente.rooms.acceptance.findings.sensitivity.prior_sensitivity import prior_sensitivity_finding
from detente.rooms.acceptance.findings.sensitivity.reply_map import reply_map_finding
from detente.rooms.acceptance.findings.sensitivity.tested_scenarios import tested_scenarios_finding
from detente.rooms.acceptance.findings.sensitivity.tipping_points import (
    acceptance_thresholds_finding,
    grave_threat_finding,
)
from detente.rooms.acceptance.findings.summary import (
    acceptance_answer,
    acceptance_assumptions,
    acceptance_brief,
    acceptance_tile,
)
from detente.rooms.acceptance.findings.text import METHOD, AcceptanceLabels
from detente.rooms.acceptance.model.acceptance import AcceptanceModel


def acceptance_sections(model: AcceptanceModel) -> tuple[Section, ...]:
    """The section on who accepts, and the one that holds it against what happened."""
    case, years, gains_labels = model.case, model.years, CaseLabels(model.case)
    yearly_labels = [AcceptanceLabels(result, gains_labels) for result in years]
    last_year = yearly_labels[-1]
    priors = model.priors
    threat_finding = grave_threat_finding(last_year)
    thresholds_finding = acceptance_thresholds_finding(last_year, model.ranges)
    findings = [
        acceptance_by_theory_finding(yearly_labels),
        mechanism_contributions_finding(last_year),
        thresholds_finding,
        *(reply_map_finding(last_year, reply_map) for reply_map in model.reply_maps),
        threat_finding,
        exclusivity_finding(last_year, model.by_exclusivity),
        prior_sensitivity_finding(last_year, priors),
        kinds_of_organisation_finding(last_year, model.kinds_of_organisation),
        tested_scenarios_finding(last_year, model.tested_scenarios),
        choices_finding(last_year, model.choices),
        defaults_finding(last_year, model.choices),
        intra_bloc_consent_finding(last_year),
        pivotal_members_finding(last_year),
        replies_finding(last_year),
        acceptance_by_issue_finding(last_year),
        acceptance_by_channel_finding(last_year),
        received_claims_finding(yearly_labels, model.claims),
        motives_finding(last_year, model.motives),
    ]
    answer_section = Section(
        id="response",
        title="Who accepts, and what would turn it",
        answer=acceptance_answer(last_year, priors, model.choices, threat_finding, thresholds_finding),
        tile=acceptance_tile(last_year),
        findings=tuple(finding for finding in findings if finding),
        assumptions=tuple(acceptance_assumptions(case, last_year)),
        brief=acceptance_brief(last_year, priors, model.choices, threat_finding),
        method=METHOD,
        year=last_year.year,
    )
    record_section = _record_section(model, last_year)
    return (answer_section, record_section) if record_section else (answer_section,)


def _record_section(model: AcceptanceModel, labels: AcceptanceLabels) -> Section | None:
    candidates: list[Finding | None] = [
        outcomes_finding(labels, model.outcome_tests),
        likelihoods_finding(labels, model.outcome_tests, model.years),
        replies_on_record_finding(labels, model.replies_on_record),
        renewed_offers_finding(labels, model.renewed_offers),
    ]
    findings = tuple(finding for finding in candidates if finding)
    if not findings:
        return None
    return Section(
        id="against",
        title="Against the record",
        answer=" ".join(finding.says for finding in findings if finding.id in ("outcomes", "likelihoods"))
        or findings[0].says,
        tile=None,
        findings=findings,
        method="",
    )
