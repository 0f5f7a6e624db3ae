"""The evidence room: from the codings of a case to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.schema.case import Case
from detente.results.finding import Finding, Section, Tile
from detente.rooms.evidence.checks import problems
from detente.rooms.evidence.findings.assumptions import assumptions
from detente.rooms.evidence.findings.competing_hypotheses import competing
from detente.rooms.evidence.findings.congruence_verdicts import METHOD, matrix, robustness, stated, verdict
from detente.rooms.evidence.findings.intercoder_agreement import by_route, reliability
from detente.rooms.evidence.findings.leave_one_out import without_each
from detente.rooms.evidence.findings.likelihood_sensitivity import sensitivity
from detente.rooms.evidence.findings.posterior import reversal, weight_of_evidence
from detente.rooms.evidence.findings.propositions import propositions
from detente.rooms.evidence.findings.summary import answer, brief_answer, tile, tile_note
from detente.rooms.evidence.model.coding_routes import current
from detente.rooms.evidence.model.congruence_tables import tested_table
from detente.rooms.evidence.model.posterior import Updated, updated

__all__ = ["NEEDS", "analyse", "problems"]
NEEDS = "tables of motives, codings of the motives, and at least two theories (`tables:`, `codings:`, `theories:`)"


def analyse(case: Case) -> tuple[Section, ...]:
    """The section on the evidence; none if there are no tables and no theories to hold against them."""
    if len(case.theories) < 2 or not (case.tables or any(t.propositions for t in case.theories.values())):
        return ()
    counting = current(case)
    tested = [tested_table(case, counting, name, table) for name, table in case.tables.items()]
    weighed = {test.id: updated(case, counting, test) for test in tested}
    findings: list[Finding | None] = []
    for test in tested:
        findings += [matrix(case, test), verdict(case, test), robustness(case, test), by_route(case, counting, test)]
        if found := weighed[test.id]:
            findings += [weight_of_evidence(case, found), reversal(case, found), sensitivity(case, counting, found)]
            findings += [competing(case, counting, test)]
        findings += [without_each(case, counting, test)]
    findings += [reliability(case, counting, tested)] if tested else []
    findings += [stated(case, tested)] if case.verdicts else []
    findings += [propositions(case)] if any(t.propositions for t in case.theories.values()) else []
    held = tuple(finding for finding in findings if finding)
    section = Section(
        id="evidence",
        title="What the evidence supports",
        answer=answer(case, counting, tested, weighed) or held[0].says,
        tile=Tile("What the evidence supports", tile(case, tested), tile_note(tested)) if tested else None,
        findings=held,
        brief=brief_answer(case, tested),
        outcome={f"{t.id}.margin": float(t.main.margin) for t in tested} | _probabilities(weighed),
        assumptions=tuple(assumptions(case, tested, weighed)),
        method=METHOD,
    )
    return (section,)


def _probabilities(weighed: Mapping[str, Updated | None]) -> dict[str, float]:
    return {f"{name}.{h}": p for name, found in weighed.items() if found for h, p in found.after.items()}
