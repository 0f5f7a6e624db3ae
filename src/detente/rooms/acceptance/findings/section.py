"""Who proposes, who must be won, who accepts: the sections on the answer, and on what happened."""

from __future__ import annotations

from detente.results.finding import Finding, Section
from detente.rooms.acceptance.findings.by_theory import accepting, by_issue, channels
from detente.rooms.acceptance.findings.fit_to_record import likelihoods, outcomes, tested
from detente.rooms.acceptance.findings.intra_bloc_consent import deciders, inside
from detente.rooms.acceptance.findings.mechanism_contributions import reasons
from detente.rooms.acceptance.findings.motives import motives
from detente.rooms.acceptance.findings.prior_sensitivity import by_exclusivity, range_of_priors, ranged
from detente.rooms.acceptance.findings.received_claims import rechecked
from detente.rooms.acceptance.findings.renewed_offers import asking_again
from detente.rooms.acceptance.findings.replies import replies, replies_held
from detente.rooms.acceptance.findings.reply_map import reply_map
from detente.rooms.acceptance.findings.summary import answer, assumptions, brief, tile
from detente.rooms.acceptance.findings.text import METHOD, Telling
from detente.rooms.acceptance.findings.tipping_points import grave_threat, thresholds
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.gains.findings.labels import Names


def acceptance_sections(model: AcceptanceModel) -> tuple[Section, ...]:
    """The section on who accepts, and the one that holds it against what happened."""
    case, years, names = model.case, model.years, Names(model.case)
    tells = [Telling(judged, names) for judged in years]
    last = tells[-1]
    priors = ranged(last)
    threat = grave_threat(last)
    turns = thresholds(last)
    found = [
        accepting(tells),
        reasons(last),
        turns,
        *(reply_map(last, run) for run in last.council.runs),
        threat,
        by_exclusivity(last),
        range_of_priors(last, priors),
        inside(last),
        deciders(last),
        replies(last),
        by_issue(last),
        channels(last),
        rechecked(tells),
        motives(last),
    ]
    outcome = {
        f"{run.channel}.{run.form}.{theory.id}": last.judged.often(run, theory)
        for run in last.council.runs
        for theory in last.council.theories
    }
    first = Section(
        id="response",
        title="Who accepts, and what would turn it",
        answer=answer(last, priors, threat, turns),
        tile=tile(last),
        findings=tuple(one for one in found if one),
        outcome=outcome,
        assumptions=tuple(assumptions(case, last)),
        brief=brief(last, priors, threat),
        method=METHOD,
    )
    against = _against(last)
    return (first, against) if against else (first,)


def _against(tell: Telling) -> Section | None:
    held = tested(tell)
    found: list[Finding | None] = [
        outcomes(tell, held),
        likelihoods(tell, held),
        replies_held(tell),
        asking_again(tell),
    ]
    findings = tuple(one for one in found if one)
    if not findings:
        return None
    return Section(
        id="against",
        title="Against the record",
        answer=" ".join(one.says for one in findings if one.id in ("outcomes", "likelihoods")) or findings[0].says,
        tile=None,
        findings=findings,
        method="",
    )
