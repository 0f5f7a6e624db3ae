"""The section on the rules: what each organisation may decide, who can stop it, what would unblock it."""

from __future__ import annotations

from detente.results.finding import Section
from detente.rooms.rules.findings.admissibility_matrix import METHOD, admissibility_finding
from detente.rooms.rules.findings.feasibility_ranking import feasibility_finding
from detente.rooms.rules.findings.other_readings import other_readings_finding
from detente.rooms.rules.findings.outcomes_by_stance import outcomes_by_stance_finding
from detente.rooms.rules.findings.over_time import agenda_outcomes_finding, verdict_history_finding
from detente.rooms.rules.findings.rule_coverage import rule_coverage_finding, rule_dependence_finding
from detente.rooms.rules.findings.summary import offered_rows, rules_answer, rules_assumptions, rules_brief, rules_tile
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.voting_power import decision_rules_finding, voting_power_finding
from detente.rooms.rules.model.rules import RulesModel


def rules_section(model: RulesModel) -> Section:
    """The section on the rules."""
    labels = RuleLabels(model.docket.case)
    findings = (
        admissibility_finding(model.docket, labels),
        feasibility_finding(model, labels),
        other_readings_finding(model, offered_rows(model)),
        agenda_outcomes_finding(model.agendas) if model.agendas else None,
        verdict_history_finding(model, model.history, labels) if model.history else None,
        decision_rules_finding(model, labels),
        voting_power_finding(model, labels),
        outcomes_by_stance_finding(model, labels),
        rule_coverage_finding(model, labels),
        rule_dependence_finding(model),
    )
    return Section(
        id="rules",
        title="What the rules allow",
        answer=rules_answer(model),
        tile=rules_tile(model),
        findings=tuple(finding for finding in findings if finding),
        assumptions=tuple(rules_assumptions(model, labels)),
        brief=rules_brief(model),
        method=METHOD,
    )
