"""The section on whether cooperation would last with nobody to enforce it, and what would make it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.case.index.by_year import told_year
from detente.results.finding import Finding, Section
from detente.rooms.durability.findings.arms_races import arms_race_finding
from detente.rooms.durability.findings.assumptions import durability_assumptions
from detente.rooms.durability.findings.best_sustained import best_sustained_finding
from detente.rooms.durability.findings.common_goods import common_good_finding
from detente.rooms.durability.findings.game_kinds import game_kinds_finding
from detente.rooms.durability.findings.headline import lasting_headline
from detente.rooms.durability.findings.institutions import institution_finding
from detente.rooms.durability.findings.many_states import many_states_finding
from detente.rooms.durability.findings.missing import lasting_missing
from detente.rooms.durability.findings.noise import noise_finding
from detente.rooms.durability.findings.opening import lasting_lead, lasting_picture
from detente.rooms.durability.findings.patience import patience_finding
from detente.rooms.durability.findings.patience_map import patience_map_finding
from detente.rooms.durability.findings.pivotal_members import pivotal_members_finding
from detente.rooms.durability.findings.put_in import put_in_finding
from detente.rooms.durability.findings.tipping_points import durability_levers_finding
from detente.rooms.durability.findings.trust.first_steps import first_steps_finding
from detente.rooms.durability.findings.trust.reassurance import reassurance_finding
from detente.rooms.durability.findings.trust.security_dilemma import security_dilemma_finding
from detente.rooms.durability.findings.trust.trust_and_signs import trust_needed_finding, trust_sign_finding
from detente.rooms.durability.findings.unequal_payers import unequal_payers_finding
from detente.rooms.durability.model.durability import DurabilityModel

METHOD = (
    "Two sides cooperate or defect, round after round, with nobody to hold them to it. Whether cooperation lasts "
    "turns on what they get from each outcome, on patience, and on how much each minds what the other gets (Axelrod "
    "1984; Oye 1986; Grieco 1988). All is worked out exactly, in every draw of the case's numbers and at their means, "
    "with the draws of the other rooms; nothing is sampled but the numbers themselves."
)


MOST_DETAILS = 8
"""Folds of the chapter; what comes after is in the annex."""


def durability_section(model: DurabilityModel) -> Section:
    """The section on whether cooperation would last."""
    findings = [*limit_details(_detail_findings(model)), *_annex_findings(model)]
    return Section(
        id="lasting",
        title="Would it last",
        findings=tuple(findings),
        assumptions=tuple(durability_assumptions(model.patience, model.case)),
        method=METHOD,
        year=told_year(model.year),
        headline=lasting_headline(model),
        lead=lasting_lead(model),
        picture=lasting_picture(model),
        picture_of=("patience",) if model.patience else tuple(finding.id for finding in findings),
        missing=tuple(lasting_missing(model)),
    )


def limit_details(findings: Iterator[Finding | None]) -> list[Finding]:
    """Findings, of which no more than so many are folds of the chapter."""
    told: list[Finding] = []
    for finding in findings:
        if finding is None:
            continue
        is_full = sum(one.place == "detail" for one in told) >= MOST_DETAILS
        told.append(replace(finding, place="annex") if is_full else finding)
    return told


def _detail_findings(model: DurabilityModel) -> Iterator[Finding | None]:
    """What a reader who doubts the answer asks first, what was put in before all else."""
    case = model.case
    if model.case_games:
        yield put_in_finding(model.put_in, case)
        yield pivotal_members_finding(model.pivots, case)
        yield durability_levers_finding(model.tipping_points, model.patience, case)
        yield noise_finding(model.noise, model.patience, case)
    if model.first_steps:
        yield first_steps_finding(model.first_steps, model.trust, model.trust_signs, case)
    yield from (institution_finding(test, case) for test in model.institutions)
    yield from (common_good_finding(play, case) for play in model.common_goods)
    yield from (unequal_payers_finding(play, case) for play in model.unequal_goods)
    yield from (arms_race_finding(course, case) for course in model.arms_races)
    if model.case_games:
        yield many_states_finding(model.many_states, case)


def _annex_findings(model: DurabilityModel) -> Iterator[Finding]:
    """The tables that the chapter does not open."""
    case = model.case
    if model.case_games:
        yield patience_finding(model.patience, case)
        yield game_kinds_finding(model.game_kinds, case)
        yield from (patience_map_finding(patience_map, case) for patience_map in model.patience_maps)
        yield best_sustained_finding(model.best_sustained, case)
    reassurance = {result.game: result for result in model.reassurance}
    signs = {sign.game: sign for sign in model.trust_signs}
    for trust in model.trust:
        yield trust_needed_finding(trust, case)
        if trust.game in reassurance:
            yield reassurance_finding(reassurance[trust.game], case)
        if trust.game in signs:
            yield trust_sign_finding(signs[trust.game], case)
    yield from (security_dilemma_finding(dilemma, case) for dilemma in model.security_dilemmas)
