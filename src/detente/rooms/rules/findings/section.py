"""The section on the rules: what each organisation may decide, who can stop it, what would unblock it."""

from __future__ import annotations

from detente.results.finding import Section
from detente.rooms.rules.findings.admissibility_matrix import METHOD, matrix
from detente.rooms.rules.findings.feasibility_ranking import ranked, ranking
from detente.rooms.rules.findings.outcomes_by_stance import fares
from detente.rooms.rules.findings.over_time import agendas, years
from detente.rooms.rules.findings.rule_coverage import known, without_each
from detente.rooms.rules.findings.summary import answer, assumptions, brief, tile
from detente.rooms.rules.findings.text import Words
from detente.rooms.rules.findings.voting_power import how, power
from detente.rooms.rules.model.rules import RulesModel


def rules_section(model: RulesModel) -> Section:
    """The section on the rules."""
    found, loaded = model.docket, model.dependence
    words = Words(found.case)
    findings = (
        matrix(found, words),
        ranking(found, words, loaded),
        agendas(found),
        years(found, words),
        how(found, words),
        power(found, words),
        fares(found, words),
        known(found, words),
        without_each(found, loaded),
    )
    rows = ranked(found)
    return Section(
        id="rules",
        title="What the rules allow",
        answer=answer(found, loaded),
        tile=tile(found, loaded),
        findings=tuple(finding for finding in findings if finding),
        outcome={"proposals": float(len(rows)), "open": float(sum(row.open for row in rows))},
        assumptions=tuple(assumptions(found, words, loaded)),
        brief=brief(found, loaded),
        method=METHOD,
    )
