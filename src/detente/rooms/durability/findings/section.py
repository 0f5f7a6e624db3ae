"""The section on whether cooperation would last with nobody to enforce it, and what would make it."""

from __future__ import annotations

from detente.results.finding import Finding, Section
from detente.rooms.durability.findings.many_actors import common_good_finding, many_states_finding
from detente.rooms.durability.findings.noise import noise_finding
from detente.rooms.durability.findings.patience import best_sustained_finding, game_kinds_finding, patience_finding
from detente.rooms.durability.findings.patience_map import patience_map_finding
from detente.rooms.durability.findings.reassurance import reassurance_finding
from detente.rooms.durability.findings.security_dilemma import arms_race_finding, security_dilemma_finding
from detente.rooms.durability.findings.summary import (
    durability_answer,
    durability_assumptions,
    durability_brief,
    durability_tile,
)
from detente.rooms.durability.findings.tipping_points import durability_levers_finding
from detente.rooms.durability.findings.trust import trust_needed_finding, trust_sign_finding
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
        answer=durability_answer(model.case_games),
        tile=durability_tile(model.case_games),
        findings=tuple(_section_findings(model)),
        assumptions=tuple(durability_assumptions(model.case, model.case_games)),
        brief=durability_brief(model.case_games),
        method=METHOD,
    )


def _section_findings(model: DurabilityModel) -> list[Finding]:
    case, case_games, draws, means = model.case, model.case_games, model.draws, model.means
    findings: list[Finding | None] = []
    if case_games:
        findings += [
            patience_finding(case_games),
            game_kinds_finding(case_games),
            *map(patience_map_finding, case_games),
        ]
        findings += [
            durability_levers_finding(case_games),
            best_sustained_finding(case_games),
            noise_finding(case_games),
            many_states_finding(case_games),
        ]
    beliefs_by_game = {item.case_game.id: item for item in model.trust_beliefs}
    for item in beliefs_by_game.values():
        findings += [trust_needed_finding(item), reassurance_finding(item), trust_sign_finding(item)]
    findings += [
        security_dilemma_finding(item, beliefs_by_game.get(item.id), means) for item in case_games if item.game.offence
    ]
    findings += [common_good_finding(draws, name) for name in case.common_goods]
    findings += [arms_race_finding(draws, means, name) for name in case.arms_races]
    return [finding for finding in findings if finding]
