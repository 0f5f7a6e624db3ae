"""The section on whether cooperation would last with nobody to enforce it, and what would make it."""

from __future__ import annotations

from detente.case.index.by_year import told_year
from detente.results.finding import Finding, Section
from detente.rooms.durability.findings.arms_races import arms_race_finding
from detente.rooms.durability.findings.best_sustained import best_sustained_finding
from detente.rooms.durability.findings.common_goods import common_good_finding
from detente.rooms.durability.findings.game_kinds import game_kinds_finding
from detente.rooms.durability.findings.institutions import (
    institution_brief,
    institution_finding,
    institution_sentences,
)
from detente.rooms.durability.findings.many_states import many_states_finding
from detente.rooms.durability.findings.noise import noise_finding
from detente.rooms.durability.findings.patience import patience_finding
from detente.rooms.durability.findings.patience_map import patience_map_finding
from detente.rooms.durability.findings.pivotal_members import pivotal_members_finding, pivotal_sentences
from detente.rooms.durability.findings.put_in import put_in_finding, put_in_sentence
from detente.rooms.durability.findings.summary import (
    durability_answer,
    durability_assumptions,
    durability_brief,
    durability_tile,
)
from detente.rooms.durability.findings.tipping_points import durability_levers_finding
from detente.rooms.durability.findings.trust.first_steps import advice_sentences, first_steps_finding
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


def durability_section(model: DurabilityModel) -> Section:
    """The section on whether cooperation would last."""
    return Section(
        id="lasting",
        title="Would it last",
        answer=_join_sentences(
            durability_answer(model.patience, model.case),
            *_shared_answers(model),
            *(institution_sentences(test, model.case) for test in model.institutions),
        ),
        tile=durability_tile(model.patience, model.case),
        findings=tuple(_section_findings(model)),
        assumptions=tuple(durability_assumptions(model.patience, model.case)),
        brief=_join_sentences(
            durability_brief(model.patience, model.case),
            *_shared_answers(model),
            *(institution_brief(test, model.case) for test in model.institutions),
        ),
        method=METHOD,
        year=told_year(model.year),
    )


def _shared_answers(model: DurabilityModel) -> tuple[str, ...]:
    """What is told besides whether it lasts, first and in the section: what was put in, who decides, what of advice."""
    return (
        put_in_sentence(model.put_in, model.case),
        pivotal_sentences(model.pivots, model.case),
        advice_sentences(model.first_steps, model.case) if model.first_steps else "",
    )


def _join_sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _section_findings(model: DurabilityModel) -> list[Finding]:
    findings = [
        *(_game_findings(model) if model.case_games else ()),
        *_trust_findings(model),
        *(common_good_finding(play, model.case) for play in model.common_goods),
        *(unequal_payers_finding(play, model.case) for play in model.unequal_goods),
        *(arms_race_finding(course, model.case) for course in model.arms_races),
    ]
    return [finding for finding in findings if finding]


def _game_findings(model: DurabilityModel) -> tuple[Finding | None, ...]:
    """What is told of the games of a case that has any."""
    case = model.case
    return (
        patience_finding(model.patience, case),
        put_in_finding(model.put_in, case),
        pivotal_members_finding(model.pivots, case),
        game_kinds_finding(model.game_kinds, case),
        *(patience_map_finding(patience_map, case) for patience_map in model.patience_maps),
        durability_levers_finding(model.tipping_points, case),
        best_sustained_finding(model.best_sustained, case),
        noise_finding(model.noise, case),
        many_states_finding(model.many_states, case),
        *(institution_finding(test, case) for test in model.institutions),
    )


def _trust_findings(model: DurabilityModel) -> list[Finding | None]:
    """What is told of trust in each game, and of offence."""
    case = model.case
    reassurance = {result.game: result for result in model.reassurance}
    signs = {sign.game: sign for sign in model.trust_signs}
    findings: list[Finding | None] = []
    if model.first_steps:
        findings.append(first_steps_finding(model.first_steps, case))
    for trust in model.trust:
        findings.append(trust_needed_finding(trust, case))
        if trust.game in reassurance:
            findings.append(reassurance_finding(reassurance[trust.game], case))
        if trust.game in signs:
            findings.append(trust_sign_finding(signs[trust.game], case))
    return findings + [security_dilemma_finding(dilemma, case) for dilemma in model.security_dilemmas]
