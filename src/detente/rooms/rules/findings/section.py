"""The section on the rules: what each organisation may decide, who can stop it, what would unblock it."""

from __future__ import annotations

from detente.results.finding import Section
from detente.rooms.rules.findings.admissibility_matrix import METHOD, admissibility_finding
from detente.rooms.rules.findings.feasibility_ranking import feasibility_finding, rank_proposals
from detente.rooms.rules.findings.outcomes_by_stance import outcomes_by_stance_finding
from detente.rooms.rules.findings.over_time import agenda_outcomes_finding, verdict_history_finding
from detente.rooms.rules.findings.rule_coverage import rule_coverage_finding, rule_dependence_finding
from detente.rooms.rules.findings.summary import answer, assumptions, brief, tile
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.voting_power import decision_rules_finding, voting_power_finding
from detente.rooms.rules.model.rules import RulesModel


def rules_section(model: RulesModel) -> Section:
    """The section on the rules."""
    docket, removals = model.docket, model.removals
    labels = RuleLabels(docket.case)
    findings = (
        admissibility_finding(docket, labels),
        feasibility_finding(docket, labels, removals),
        agenda_outcomes_finding(docket),
        verdict_history_finding(docket, labels),
        decision_rules_finding(docket, labels),
        voting_power_finding(docket, labels),
        outcomes_by_stance_finding(docket, labels),
        rule_coverage_finding(docket, labels),
        rule_dependence_finding(docket, removals),
    )
    rows = rank_proposals(docket)
    return Section(
        id="rules",
        title="What the rules allow",
        answer=answer(docket, removals),
        tile=tile(docket, removals),
        findings=tuple(finding for finding in findings if finding),
        outcome={"proposals": float(len(rows)), "open": float(sum(row.is_open for row in rows))},
        assumptions=tuple(assumptions(docket, labels, removals)),
        brief=brief(docket, removals),
        method=METHOD,
    )
