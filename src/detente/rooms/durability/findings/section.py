"""The anarchy room: whether cooperation would last with nobody to enforce it, and what would make it."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.results.finding import Finding, Section
from detente.rooms.durability.checks import problems
from detente.rooms.durability.findings.many_actors import common_good, watching_many
from detente.rooms.durability.findings.noise import noise
from detente.rooms.durability.findings.patience import games_named, patience_needed, sustained
from detente.rooms.durability.findings.patience_map import lasting_over
from detente.rooms.durability.findings.reassurance import reassurance
from detente.rooms.durability.findings.security_dilemma import dilemma, race
from detente.rooms.durability.findings.summary import answer, assumptions, brief, tile
from detente.rooms.durability.findings.tipping_points import making_last
from detente.rooms.durability.findings.trust import sign, thresholds
from detente.rooms.durability.model.case_games import Match, match
from detente.rooms.durability.model.draws import Numbers
from detente.rooms.durability.model.trust_beliefs import mistrusts

__all__ = ["NEEDS", "analyse", "problems"]
NEEDS = "the games between its sides, with payoffs and patience (`games:`)"
METHOD = (
    "Two sides cooperate or defect, round after round, with nobody to hold them to it. Whether cooperation lasts "
    "turns on what they get from each outcome, on patience, and on how much each minds what the other gets (Axelrod "
    "1984; Oye 1986; Grieco 1988). All is worked out exactly, in every draw of the case's numbers and at their means, "
    "with the draws of the other rooms; nothing is sampled but the numbers themselves."
)


def analyse(case: Case) -> tuple[Section, ...]:
    """The section on whether cooperation would last; none if the case has no games."""
    if not (case.games or case.common_goods or case.arms_races):
        return ()
    numbers, middle = Numbers(case), Numbers(case, certain=True)
    matches = [match(numbers, middle, name) for name in case.games]
    return (
        Section(
            id="lasting",
            title="Would it last",
            answer=answer(matches),
            tile=tile(matches),
            findings=tuple(_findings(case, matches, numbers, middle)),
            outcome={f"{one.id}.lasts": one.main.often for one in matches},
            assumptions=tuple(assumptions(case, matches)),
            brief=brief(matches),
            method=METHOD,
        ),
    )


def _findings(case: Case, matches: list[Match], numbers: Numbers, middle: Numbers) -> list[Finding]:
    found: list[Finding | None] = []
    if matches:
        found += [patience_needed(matches), games_named(matches), *map(lasting_over, matches)]
        found += [making_last(matches), sustained(matches), noise(matches), watching_many(matches)]
    trusted = {one.match.id: one for one in mistrusts(matches, numbers, middle)}
    for one in trusted.values():
        found += [thresholds(one), reassurance(one), sign(one)]
    found += [dilemma(one, trusted.get(one.id), middle) for one in matches if one.game.offence]
    found += [common_good(numbers, name) for name in case.common_goods]
    found += [race(numbers, middle, name) for name in case.arms_races]
    return [finding for finding in found if finding]
