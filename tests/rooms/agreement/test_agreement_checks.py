"""Bad input of the agreement room: each with its place and a remedy, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import CaseError, read_case
from tests.command import detente

SECTIONS = """
depths:
  nothing: {title: Nothing, gains: 0}
  deep: {title: Deep, gains: 0.9, recognises: 0.1, binds: 0.1, displaces: 0.1}
  shallow: {title: Shallow, gains: 0.2, recognises: 0.5, binds: 0.5, displaces: 0.5}
clauses:
  empty: {title: Empty}
  strangers: {title: Strangers, binds: 0, stay_out: abbey}
offers:
  no-issues: {title: No issues, issues: {}}
  unknown: {title: Unknown, issues: {raod: shalow}, clauses: [strangres]}
  elsewhere: {title: Elsewhere, issues: {road: null}, channel: each-by-itself}
  across:
    title: Across
    issues: {road: null}
    payments: [{by: aldmoor, to: corrie, amount: 0.1}, {by: dun, to: dun, amount: 2}]
concessions:
  to-itself: {title: To itself, by: hill, to: hill, costs: 0, brings: 2}
sequences:
  twice: {title: Twice, steps: [road, road]}
influence:
  river: {on: {river: 1, hill: 7}}
objectives:
  nobody: {title: Nobody, positions: {}}
signposts:
  backwards: {says: Backwards., of: network.gravity, towards: high, hit: 0.2, false_alarm: 0.6}
  misspelt: {says: Misspelt., of: network.gravty, towards: high, hit: 0.9, false_alarm: 0.1}
"""


def told(leagues: Path, sections: str) -> str:
    """Every problem that is told of the case on leagues with its own sections of offers replaced by some."""
    import re

    text = leagues.read_text(encoding="utf-8")
    for section in ("depths", "clauses", "offers", "signposts"):
        text = re.sub(rf"(?ms)^{section}:\n.*?(?=^\S)", "", text)
    leagues.write_text(text + sections, encoding="utf-8")
    with pytest.raises(CaseError) as refused:
        read_case(str(leagues))
    return str(refused.value)


def test_everything_wrong_with_offers_is_told_at_once(leagues: Path):
    text = told(leagues, SECTIONS)
    for words in (
        "clauses.empty: nothing is said of what the clause changes",
        "offers.no-issues.issues",
        "no issue 'raod' (did you mean 'road'?)",
        "no depth 'shalow' (did you mean 'shallow'?)",
        "no clause 'strangres' (did you mean 'strangers'?)",
        "objectives.nobody.positions",
    ):
        assert words in text, text
    assert all(line.split(":")[1].isdecimal() for line in text.splitlines() if "case.yaml" in line)


def test_what_only_the_room_can_know_is_told_at_once(leagues: Path):
    valid = SECTIONS.replace("  empty: {title: Empty}\n", "").replace(
        "  no-issues: {title: No issues, issues: {}}\n", ""
    )
    valid = valid.replace("  unknown: {title: Unknown, issues: {raod: shalow}, clauses: [strangres]}\n", "")
    valid = valid.replace("objectives:\n  nobody: {title: Nobody, positions: {}}\n", "")
    text = told(leagues, valid)
    for words in (
        "depths.nothing.gains: nothing would be gained",
        "clauses.strangers.stay_out: 'abbey' is an actor, not an organisation",
        "offers.elsewhere.channel: 'each-by-itself' does not deal with both sides as such",
        "one cannot pay oneself",
        "concessions.to-itself.to: one cannot concede to oneself",
        "concessions.to-itself.brings: 2 is not from 0 to 1",
        "sequences.twice.steps: a step stands twice",
        "influence.river.on.river",
        "influence.river.on.hill: 7 is not from 0 to 4",
        "signposts.backwards.hit: the sign is seen as often",
        "no number stands at 'network.gravty' (did you mean 'network.gravity'?)",
    ):
        assert words in text, text


def test_what_a_clause_gives_is_an_answer_to_what_rules_ask(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    text = text.replace('gives: {aldmoor-first: "yes"}', "gives: {aldmoor-first: perhaps}")
    leagues.write_text(text, encoding="utf-8")
    answer = detente("check", str(leagues))
    assert answer.returncode == 2
    assert "gives.aldmoor-first: 'perhaps' is no answer to 'aldmoor-first'" in answer.stdout + answer.stderr


def test_a_proposal_on_other_issues_is_warned_of(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    text = text.replace("issues: {road: word-of-mouth, beacon-line: null}", "issues: {beacon-line: null}")
    leagues.write_text(text, encoding="utf-8")
    answer = detente("check", str(leagues))
    assert answer.returncode == 0
    assert "'beacons' is on none of the issues of the offer" in answer.stdout + answer.stderr


def test_what_is_only_odd_is_a_warning(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    text = text.replace(
        "clauses:\n  each-city-free:",
        "  deeper: {title: Deeper, gains: 0.9, recognises: 0.1, binds: 0, displaces: 0}\nclauses:\n  each-city-free:",
        1,
    )
    text = text.replace(
        "    clauses: [each-city-free, aldmoor-goes-first]\n",
        "    clauses: [each-city-free]\n    payments: [{by: dun, to: brae, amount: 0}]\n",
    )
    leagues.write_text(text, encoding="utf-8")
    answer = detente("check", str(leagues))
    assert answer.returncode == 0, answer.stderr
    said = answer.stdout + answer.stderr
    assert "a payment between the sides" in said


def test_a_sign_of_a_number_that_is_certain_is_warned_of(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    text = text.replace("of: channels.each-by-itself.efficiency", "of: network.raised")
    leagues.write_text(text, encoding="utf-8")
    answer = detente("check", str(leagues))
    assert answer.returncode == 0
    assert "no sign can tell of it" in answer.stdout + answer.stderr


def test_the_command_says_what_becomes_of_an_offer():
    answer = detente("offer", "two-leagues", "--made", "riders-and-beacons")
    assert answer.returncode == 0, answer.stderr
    assert "Both would have it" in answer.stdout
    assert "Clauses: leave to stay at home" in answer.stdout


def test_the_command_gives_numbers(leagues: Path):
    import json

    answer = detente("offer", str(leagues), "--issues", "road", "--form", "collegiate", "--json")
    (told_offer,) = json.loads(answer.stdout)
    assert told_offer["issues"] == {"road": None}
    assert told_offer["form"] == "collegiate"
    assert 0 <= told_offer["agreed"] <= min(told_offer["answered"], told_offer["offered"]) <= 1
    refuses = told_offer["refuses"]
    assert sum(refuses.values()) + told_offer["agreed"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--made", "rider-and-beacons"], "no offer 'rider-and-beacons' (did you mean 'riders-and-beacons'?)"),
        (["--form", "both"], "no form 'both'"),
        (["--clause", "x", "--issues", "y"], "no clause 'x'"),
    ],
)
def test_an_offer_that_is_none_is_refused_without_a_traceback(words: list[str], said: str):
    answer = detente("offer", "two-leagues", *words)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_case_without_an_offer_says_what_it_would_take(tmp_path: Path):
    case = tmp_path / "case.yaml"
    case.write_text("case: bare\ntitle: Bare\nquestion: What?\n", encoding="utf-8")
    answer = detente("offer", str(case))
    assert answer.returncode == 2
    assert "takes `sides:`" in answer.stderr
