"""The section on the rules: what each organisation may decide, who can stop it, what would unblock it."""

from __future__ import annotations

from detente.results.finding import Section
from detente.rooms.rules.findings.admissibility_matrix import METHOD, admissibility_finding
from detente.rooms.rules.findings.assumptions import rules_assumptions
from detente.rooms.rules.findings.decision_rules import decision_rules_finding
from detente.rooms.rules.findings.feasibility_ranking import feasibility_finding
from detente.rooms.rules.findings.missing import missing_from_rules
from detente.rooms.rules.findings.opening import opening_tally, rules_headline, rules_lead
from detente.rooms.rules.findings.openings import openings_finding
from detente.rooms.rules.findings.other_readings import other_readings_finding
from detente.rooms.rules.findings.outcomes_by_stance import outcomes_by_stance_finding
from detente.rooms.rules.findings.over_time import agenda_outcomes_finding, verdict_history_finding
from detente.rooms.rules.findings.rule_coverage import rule_coverage_finding
from detente.rooms.rules.findings.rule_dependence import rule_dependence_finding
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.voting_power import voting_power_finding
from detente.rooms.rules.model.rules import RulesModel


def rules_section(model: RulesModel) -> Section:
    """The section on the rules."""
    labels = RuleLabels(model.docket.case)
    findings = (
        rule_dependence_finding(model, labels),
        rule_coverage_finding(model, labels),
        openings_finding(model, labels),
        feasibility_finding(model, labels),
        admissibility_finding(model, labels),
        agenda_outcomes_finding(model.agendas) if model.agendas else None,
        decision_rules_finding(model, labels),
        outcomes_by_stance_finding(model, labels),
        other_readings_finding(model),
        verdict_history_finding(model, model.history, labels) if model.history else None,
        voting_power_finding(model, labels),
    )
    return Section(
        id="rules",
        title="What the rules allow",
        findings=tuple(finding for finding in findings if finding),
        assumptions=tuple(rules_assumptions(model, labels)),
        method=METHOD,
        headline=rules_headline(model),
        lead=rules_lead(model, labels),
        picture=opening_tally(model, labels),
        picture_of=("ranking",),
        missing=tuple(missing_from_rules(model)),
    )
