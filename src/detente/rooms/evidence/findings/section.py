"""The section on the evidence: from codings to verdicts, and how fragile each is."""

from __future__ import annotations

from collections.abc import Mapping

from detente.results.finding import Finding, Section, Tile
from detente.rooms.evidence.findings.assumptions import assumptions
from detente.rooms.evidence.findings.competing_hypotheses import competing
from detente.rooms.evidence.findings.congruence_verdicts import METHOD, matrix, robustness, stated, verdict
from detente.rooms.evidence.findings.intercoder_agreement import by_route, reliability
from detente.rooms.evidence.findings.leave_one_out import without_each
from detente.rooms.evidence.findings.likelihood_sensitivity import sensitivity
from detente.rooms.evidence.findings.posterior import reversal, weight_of_evidence
from detente.rooms.evidence.findings.propositions import propositions
from detente.rooms.evidence.findings.summary import answer, brief_answer, tile, tile_note
from detente.rooms.evidence.model.evidence import EvidenceModel
from detente.rooms.evidence.model.posterior import Updated


def evidence_section(model: EvidenceModel) -> Section:
    """The section on the evidence."""
    case, counting, tested, weighed = model.case, model.counting, list(model.tables), model.posteriors
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
    return Section(
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


def _probabilities(weighed: Mapping[str, Updated | None]) -> dict[str, float]:
    return {f"{name}.{h}": p for name, found in weighed.items() if found for h, p in found.after.items()}
