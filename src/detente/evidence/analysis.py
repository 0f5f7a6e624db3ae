"""The evidence room: from the codings of a case to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.schema import Case
from detente.evidence.answer import answer, brief_answer, tile, tile_note
from detente.evidence.assumed import assumptions
from detente.evidence.checks import problems
from detente.evidence.coders import by_route, reliability
from detente.evidence.competing import competing
from detente.evidence.propositions import propositions
from detente.evidence.routes import current
from detente.evidence.sensitivity import sensitivity
from detente.evidence.tested import tested_table
from detente.evidence.updated import Updated, updated
from detente.evidence.updating import reversal, weight_of_evidence
from detente.evidence.verdicts import METHOD, matrix, robustness, stated, verdict
from detente.evidence.without import without_each
from detente.section import Finding, Section, Tile

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
