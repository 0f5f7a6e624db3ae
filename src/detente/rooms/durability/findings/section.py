"""The section on whether cooperation would last with nobody to enforce it, and what would make it."""

from __future__ import annotations

from detente.results.finding import Finding, Section
from detente.rooms.durability.findings.many_actors import common_good, watching_many
from detente.rooms.durability.findings.noise import noise
from detente.rooms.durability.findings.patience import games_named, patience_needed, sustained
from detente.rooms.durability.findings.patience_map import lasting_over
from detente.rooms.durability.findings.reassurance import reassurance
from detente.rooms.durability.findings.security_dilemma import dilemma, race
from detente.rooms.durability.findings.summary import answer, assumptions, brief, tile
from detente.rooms.durability.findings.tipping_points import making_last
from detente.rooms.durability.findings.trust import sign, thresholds
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
        answer=answer(model.matches),
        tile=tile(model.matches),
        findings=tuple(_findings(model)),
        outcome={f"{one.id}.lasts": one.main.often for one in model.matches},
        assumptions=tuple(assumptions(model.case, model.matches)),
        brief=brief(model.matches),
        method=METHOD,
    )


def _findings(model: DurabilityModel) -> list[Finding]:
    case, matches, numbers, middle = model.case, model.matches, model.numbers, model.middle
    found: list[Finding | None] = []
    if matches:
        found += [patience_needed(matches), games_named(matches), *map(lasting_over, matches)]
        found += [making_last(matches), sustained(matches), noise(matches), watching_many(matches)]
    trusted = {one.match.id: one for one in model.trust}
    for one in trusted.values():
        found += [thresholds(one), reassurance(one), sign(one)]
    found += [dilemma(one, trusted.get(one.id), middle) for one in matches if one.game.offence]
    found += [common_good(numbers, name) for name in case.common_goods]
    found += [race(numbers, middle, name) for name in case.arms_races]
    return [finding for finding in found if finding]
