"""Who proposes, who must be won, who accepts: the sections on the answer, and on what happened."""

from __future__ import annotations

from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding, Section
from detente.rooms.acceptance.findings.assumptions import acceptance_assumptions
from detente.rooms.acceptance.findings.by_channel import acceptance_by_channel_finding
from detente.rooms.acceptance.findings.by_issue import acceptance_by_issue_finding
from detente.rooms.acceptance.findings.by_theory import acceptance_by_theory_finding
from detente.rooms.acceptance.findings.chapter import headline, lead, opening_picture
from detente.rooms.acceptance.findings.intra_bloc_consent import intra_bloc_consent_finding
from detente.rooms.acceptance.findings.mechanism_contributions import mechanism_contributions_finding
from detente.rooms.acceptance.findings.missing import missing_of_answer
from detente.rooms.acceptance.findings.motives import motives_finding
from detente.rooms.acceptance.findings.pivotal_members import pivotal_members_finding
from detente.rooms.acceptance.findings.record_section import record_section
from detente.rooms.acceptance.findings.replies import replies_finding
from detente.rooms.acceptance.findings.sensitivity.another_course import another_course_finding
from detente.rooms.acceptance.findings.sensitivity.choices import choices_finding
from detente.rooms.acceptance.findings.sensitivity.defaults import defaults_finding
from detente.rooms.acceptance.findings.sensitivity.exclusivity import exclusivity_finding
from detente.rooms.acceptance.findings.sensitivity.grave_threat import grave_threat_finding
from detente.rooms.acceptance.findings.sensitivity.kinds_of_organisation import kinds_of_organisation_finding
from detente.rooms.acceptance.findings.sensitivity.prior_sensitivity import prior_sensitivity_finding
from detente.rooms.acceptance.findings.sensitivity.reply_map import reply_map_finding
from detente.rooms.acceptance.findings.sensitivity.tested_scenarios import tested_scenarios_finding
from detente.rooms.acceptance.findings.sensitivity.thresholds import acceptance_thresholds_finding
from detente.rooms.acceptance.findings.text import METHOD, AcceptanceLabels
from detente.rooms.acceptance.model.acceptance import AcceptanceModel


def acceptance_sections(model: AcceptanceModel) -> tuple[Section, ...]:
    """The section on who accepts, and the one that holds it against what happened."""
    gains_labels = CaseLabels(model.case)
    yearly_labels = [AcceptanceLabels(result, gains_labels) for result in model.years]
    last_year = yearly_labels[-1]
    findings = (*_details(model, last_year), *_annex(model, yearly_labels))
    answer_section = Section(
        id="response",
        title="Who accepts",
        headline=headline(last_year),
        lead=lead(last_year),
        picture=opening_picture(last_year),
        picture_of=("theories",),
        findings=tuple(finding for finding in findings if finding),
        missing=tuple(missing_of_answer(model, last_year)),
        assumptions=tuple(acceptance_assumptions(model.case, last_year)),
        method=METHOD,
        year=last_year.year,
    )
    return answer_section, record_section(model, yearly_labels)


def _details(model: AcceptanceModel, labels: AcceptanceLabels) -> tuple[Finding | None, ...]:
    """What is told in the chapter: why, who, and what else."""
    return (
        mechanism_contributions_finding(labels),
        pivotal_members_finding(labels),
        intra_bloc_consent_finding(labels),
        replies_finding(labels),
        acceptance_by_issue_finding(labels),
        acceptance_by_channel_finding(labels),
        another_course_finding(labels, model),
    )


def _annex(model: AcceptanceModel, yearly_labels: list[AcceptanceLabels]) -> tuple[Finding | None, ...]:
    """What is told in the annex."""
    last_year = yearly_labels[-1]
    return (
        acceptance_by_theory_finding(yearly_labels),
        grave_threat_finding(last_year, model.under_grave_threat),
        exclusivity_finding(last_year, model.by_exclusivity),
        tested_scenarios_finding(last_year, model.tested_scenarios),
        kinds_of_organisation_finding(last_year, model.kinds_of_organisation),
        prior_sensitivity_finding(last_year, model.priors),
        choices_finding(last_year, model.choices),
        defaults_finding(last_year, model.choices),
        acceptance_thresholds_finding(last_year, model.ranges),
        *(reply_map_finding(last_year, reply_map) for reply_map in model.reply_maps),
        motives_finding(last_year, model.motives),
    )
