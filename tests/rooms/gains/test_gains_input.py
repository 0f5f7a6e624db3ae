"""Bad input to the gains room: located, explained, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.assessment.assess import read_case
from detente.errors import CaseError
from tests.conftest import edit


def refused(file: Path) -> str:
    """What is said of a case that is refused."""
    with pytest.raises(CaseError) as caught:
        read_case(str(file))
    return str(caught.value)


CASES = {
    "outside its range": (
        ("exclusivity: {uniform: [0.3, 1],", "exclusivity: {uniform: [0.3, 1.4],"),
        "channels.league-to-league.exclusivity: 0.3 to 1.4 is not from 0 to 1",
    ),
    "without mass": (
        ("decay: {uniform: [0.8, 1],", "decay: {normal: [7, 0.1],"),
        "network.decay: hardly any of this distribution is from 0 to 1",
    ),
    "negative stakes": (
        ("stakes: {value: 0.3, because: invented}", "stakes: {value: -0.3, because: invented}"),
        "issues.beacon-line.stakes: -0.3 is not 0 or more (what is at stake is 0 or more; what two would lose",
    ),
    "exclusive of nothing": (
        ("    displaces: each-by-itself\n", ""),
        "channels.league-to-league.exclusivity: exclusive of what? (add displaces: with a channel)",
    ),
    "displaces itself": (
        ("displaces: each-by-itself", "displaces: league-to-league"),
        "channels.league-to-league.displaces: a channel cannot displace itself",
    ),
    "no such channel": (("displaces: each-by-itself", "displaces: each-by-itsel"), "did you mean 'each-by-itself'?"),
    "linked with itself": (
        ("links: [[aldmoor, brae], [corrie, dun], [corrie, aldmoor]", "links: [[aldmoor, aldmoor], [corrie, aldmoor]"),
        "channels.each-by-itself.links.0: 'aldmoor' is linked with itself",
    ),
    "an actor in no channel": (
        ("    multilateral: {uniform:", "    exposure: {abbey: 0.5}\n    multilateral: {uniform:"),
        "issues.road.exposure.abbey: 'abbey' is in no channel (link it in a channel, or leave it out)",
    ),
    "threat to nobody": (
        ("  hill: {value: 0, because: no raid yet}", "  hill: {value: 0, because: no raid yet}\n  abbey: 1"),
        "threat.abbey: 'abbey' is in no channel",
    ),
    "no capability": (
        ("corrie: 30, dun: 20}", "corrie: 30}"),
        "capabilities.wagons.held: nothing is said of 'dun' in 1408 (add what it has)",
    ),
    "through a stranger": (
        ("through: {river: aldmoor, hill: corrie}", "through: {river: dun, hill: corrie}"),
        "network.through.river: 'dun' is no member of 'river' in 1408 (its members are aldmoor and brae)",
    ),
    "more than there are": (
        ("providers: [aldmoor, brae]}", "providers: [aldmoor, brae], needed: 3}"),
        "issues.beacon-line.technology.needed: 3 are needed and there are 2 at most",
    ),
    "providers that are nowhere": (
        ("providers: [aldmoor, brae]}", "providers: [aldmoor, abbey]}"),
        "issues.beacon-line.technology.providers.1: 'abbey' is in no channel",
    ),
    "twice the same": (("providers: [aldmoor, brae]}", "providers: [brae, brae]}"), "'brae' is named twice"),
    "nobody to join": (("joins: [river, hill]", "joins: [river]"), "joins: it takes two to join"),
    "an organ": (("joins: [river, hill]", "joins: [river-moot, hill]"), "'river-moot' is an organ (organs deal for"),
    "shared members": (
        (
            "      - {actor: dun, in: 1380~/..}\n",
            "      - {actor: dun, in: 1380~/..}\n      - {actor: brae, in: 1380~/..}\n",
        ),
        "'brae' belongs to 'river' and 'hill' in 1408, and cannot answer for both",
    ),
    "nobody then": (
        ("  through: {river: aldmoor, hill: corrie}", "  years: [1300]\n  through: {river: aldmoor, hill: corrie}"),
        "'river' has no members in 1300, and the channels speak of it",
    ),
    "no draws": (
        ("  through: {river: aldmoor, hill: corrie}", "  draws: 3\n  through: {river: aldmoor, hill: corrie}"),
        "network.draws",
    ),
    "counted from what is run in two ways": (
        ("  observed: each-by-itself", "  observed: league-to-league"),
        "gains are counted from 'league-to-league', which cannot have joins: then",
    ),
    "said of a part of one player": (
        ("  observed: each-by-itself", "  as_one: [hill]\n  observed: each-by-itself"),
        "issues.road.exposure.dun: 'dun' is part of 'hill', which is one player (say it of 'hill', or take that out of",
    ),
    "twice by an organisation": (
        ("users: [corrie, dun], providers: [aldmoor, brae]}", "users: [corrie, dun], providers: [river, brae]}"),
        "issues.beacon-line.technology.providers.1: 'brae' is named twice (once is enough, by itself or by an org",
    ),
    "pairs where there are none": (
        ("    technology: {users:", "    gravity: 2\n    technology: {users:"),
        "issues.beacon-line.gravity: gravity counts between pairs, and this issue is not one of pairs",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_located_and_explained(leagues: Path, name: str):
    change, expected = CASES[name]
    if "one player" in name:
        edit(leagues, ("    multilateral: {uniform:", "    exposure: {dun: 0.5}\n    multilateral: {uniform:"))
    edit(leagues, change)
    said = refused(leagues)
    assert expected in said
    assert f"{leagues}:" in said
    errors = [line for line in said.splitlines() if ": warning: " not in line]
    assert len(errors) < 7


def test_all_at_once(leagues: Path):
    wrong = ("outside its range", "negative stakes", "no capability", "an actor in no channel", "more than there are")
    edit(leagues, *(CASES[name][0] for name in wrong))
    said = refused(leagues)
    for name in wrong:
        assert CASES[name][1] in said


def test_what_falls_partly_outside_is_computed(leagues: Path):
    edit(leagues, ("decay: {uniform: [0.8, 1],", "decay: {normal: [0.9, 0.2],"))
    assert read_case(str(leagues)).case.network.decay.normal == (0.9, 0.2)


def test_threat_can_be_set_for_whom_none_was_given(leagues: Path):
    loaded = read_case(str(leagues), changes={"threat.aldmoor": "0.5", "network.seed": "7"})
    assert loaded.case.threat["aldmoor"].value == 0.5
