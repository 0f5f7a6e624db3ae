"""Bad and odd input to who accepts: located, explained, all at once; or worked out, and said so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from detente.assessment.assess import Assessment, assess, read_case
from tests.cases.two_hub_case import written
from tests.conftest import edit
from tests.rooms.gains.test_gains_input import refused

CASES = {
    "an unknown mechanism": (
        ("uses: [envy, free-hands, the-fairs]", "uses: [envie, free-hands]"),
        "lenses.envious.uses.0: no mechanism or option 'envie' (did you mean 'envy'?)",
    ),
    "a mechanism of no kind": (
        ("kind: relative", "kind: relativ"),
        "mechanisms.envy.kind: 'relativ' is not known here (did you mean 'relative'?",
    ),
    "used twice": (
        ("uses: [envy, free-hands, the-fairs]", "uses: [envy, envy]"),
        "lenses.envious.uses.1: 'envy' is named twice (once is enough)",
    ),
    "concern outside its range": (
        ("hill: {uniform: [0, 0.8],", "hill: {uniform: [-1, 0.8],"),
        "mechanisms.envy.of.hill: -1 to 0.8 is not from 0 to 10 (a concern for relative gains is from 0 to 10)",
    ),
    "of a stranger": (
        ("of: {hill: {uniform: [0, 0.3],", "of: {abbey: {uniform: [0, 0.3],"),
        "mechanisms.free-hands.of.abbey: 'abbey' is in no channel",
    ),
    "compared with itself": (
        ("against: {river: aldmoor, aldmoor: hill, hill: aldmoor}", "against: {aldmoor: aldmoor}"),
        "mechanisms.envy.against.aldmoor.0: 'aldmoor' is compared with itself",
    ),
    "compared with its own side": (
        ("against: {river: aldmoor, aldmoor: hill, hill: aldmoor}", "against: {aldmoor: river}"),
        "mechanisms.envy.against.aldmoor.0: 'aldmoor' and 'river' are on the same side",
    ),
    "compared with who may be paid": (
        ("against: {river: aldmoor, aldmoor: hill, hill: aldmoor}", "against: {aldmoor: brae}"),
        "mechanisms.envy.against.aldmoor.0: 'brae' is in 'river', too, and may be paid",
    ),
    "against nobody": (
        ("    kind: autonomy\n", "    kind: autonomy\n    against: {hill: aldmoor}\n"),
        "mechanisms.free-hands.against: autonomy is not about anybody else",
    ),
    "at whose cost": (
        ("    kind: autonomy\n", "    kind: autonomy\n    at_cost_of: river\n"),
        "mechanisms.free-hands.at_cost_of: only recognition is won at somebody's cost",
    ),
    "two main theories": (
        (
            "uses: [envy, free-hands, the-fairs]",
            "uses: [envy, free-hands], main: true}\n  third: {title: Third, main: true",
        ),
        "lenses.third.main: 'envious' is the main one, too",
    ),
    "forgone by a stranger": (
        ("    of: hill\n    forgone", "    of: abbey\n    forgone"),
        "outside.the-fairs.of: 'abbey' is in no channel",
    ),
    "partners who are no outsiders": (
        ("    of: hill\n    forgone", "    of: hill\n    partners: [brae]\n    forgone"),
        "outside.the-fairs.partners.0: 'brae' is in the channels",
    ),
    "partners of whom nothing is known": (
        ("    of: hill\n    forgone", "    of: hill\n    partners: [abbey]\n    forgone"),
        "outside.the-fairs.partners.0: nothing is said of what 'abbey' can do (add it to capabilities.wagons)",
    ),
    "an offer of what there is": (
        ("response:\n", "response:\n  channel: each-by-itself\n"),
        "response.channel: 'each-by-itself' is what there is already",
    ),
    "terms of accepting": (
        ("response:\n", "response:\n  replies: {accept: {once: 1}}\n"),
        "response.replies.accept: to accept is always possible",
    ),
    "a chance above one": (
        ("response:\n", "response:\n  replies: {silence: {kept: 1.2}}\n"),
        "response.replies.silence.kept: 1.2 is not from 0 to 1",
    ),
    "no other reply": (("response:\n", "response:\n  replies: {}\n"), "response.replies: "),
    "a belief without bounds": (("response:\n", "response:\n  belief: [.inf, 1]\n"), "response.belief: a belief needs"),
    "works on what is not weighed": (
        (
            "    title: Free hands\n    says",
            "    title: Free hands\n    works_by: {gains: efficiency, issues: x}\n    says",
        ),
        "motives.hill-freedom.works_by.issues: no issue 'x'",
    ),
    "a link of others": (
        ("    by: river\n    adds: [river, abbey]", "    by: hill\n    adds: [river, abbey]"),
        "outcomes.with-the-abbey.by: 'hill' is not one of the two ('river' decides on its links)",
    ),
    "no belief": (
        ("response:\n", "response:\n  belief: [0, 3]\n"),
        "response.belief: a belief needs two numbers above 0",
    ),
    "an unknown path": (
        ("set: {mechanisms.envy.of.hill: 0,", "set: {mechanisms.envy.of.hil: 0,"),
        "'mechanisms.envy.of.hil' is no number that is drawn (did you mean 'mechanisms.envy.of.hill'?)",
    ),
    "other assumptions outside the range": (
        ("set: {mechanisms.envy.of.hill: 0,", "set: {network.decay: 3, mechanisms.envy.of.hill: 0,"),
        "3 is not from 0 to 1 (a decay is from 0 to 1)",
    ),
    "an outcome of nothing": (
        ("    by: hill\n    channel: league-to-league\n", "    by: hill\n"),
        "outcomes.hill-declines: it needs a channel, or two parties between whom a link is added",
    ),
    "an outcome instead of itself": (
        ("    channel: each-by-itself\n    instead_of: none\n", "    channel: each-by-itself\n"),
        "outcomes.brae-takes-part.channel: 'each-by-itself' instead of itself",
    ),
    "decided by nobody": (
        ("    by: brae\n", "    by: abbey\n"),
        "outcomes.brae-takes-part.by: 'abbey' does not decide on channels",
    ),
    "an outcome on nothing": (
        ("    channel: league-to-league\n", "    channel: league-to-league\n    issue: fairs\n"),
        "outcomes.hill-declines.issue: no issue 'fairs'",
    ),
    "a link within": (("adds: [river, abbey]", "adds: [river, dun]"), "outcomes.with-the-abbey.adds: both have a part"),
    "a link of three": (("adds: [river, abbey]", "adds: [river, abbey, dun]"), "adds: a link is between two"),
}


@pytest.mark.parametrize("what", CASES)
def test_bad_input_is_located_and_explained(leagues: Path, what: str):
    change, said = CASES[what]
    edit(leagues, change)
    found = refused(leagues)
    assert said in found, found
    assert "case.yaml:" in found


def test_all_problems_at_once(leagues: Path):
    names = ("concern outside its range", "two main theories", "forgone by a stranger", "an outcome instead of itself")
    for name in names:
        edit(leagues, CASES[name][0])
    found = refused(leagues)
    for name in names:
        assert CASES[name][1] in found


def test_regimes_are_on_a_scale_of_one(tmp_path: Path):
    file = written(tmp_path, regimes={"polity": {"title": "Polity", "held": {2000: {"n": 10, "r": 0.5}}}})
    assert "regimes.polity.held.2000.n: 10 is not from 0 to 1 (bring the measure to that scale)" in refused(file)


def told(file: Path) -> str:
    return said(assess(read_case(str(file))))


def said(assessment: Assessment) -> str:
    sections = [section for section in assessment.sections if section.id in ("response", "against")]
    return " ".join(
        [
            *(f"{s.headline} {s.lead}" for s in sections),
            *(f.says for s in sections for f in s.findings),
            *assessment.assumptions,
        ]
    )


ODD: dict[str, dict[str, Any]] = {
    "nothing can be paid": {"response": {"transfers": 0}},
    "nobody gains": {"issues__road__stakes": 0.0001},
    "the leader has nothing": {
        "capabilities__wagons__held": {2000: {"n": 9, "r": 0, "j0": 1, "j1": 2, "j2": 0.5}},
        "network__gravity": 0,
    },
    "a rule for a few": {"organisations__east__decides": [{"on": "everything", "by": "opt-in", "quota": 2}]},
    "a majority": {"organisations__east__decides": [{"on": "everything", "by": "majority", "quota": "2/3"}]},
    "a veto": {"organisations__west__decides": [{"on": "everything", "by": "majority", "veto": ["n"]}]},
    "no noise": {"response": {"noise": 0}},
    "replies that are all the same": {"response": {"replies": {"ask": {}, "silence": {}, "refuse": {}}}},
    "only relative gains": {"mechanisms": {"k": {"title": "K", "kind": "relative", "of": {"n": 10, "east": 10}}}},
    "a threat already": {"threat": {"east": 1, "west": 0.5}, "network__raised": 3},
    "everything at its edge": {
        "response": {"discount": 0, "hazard": 1, "insight": 0, "asking": 0, "noise": 10},
        "channels__bloc__exclusivity": 0,
    },
    "an offer that adds to what there is": {
        "channels__bloc": {"title": "Forum", "links": [["r", "east"], ["n", "east"]], "joins": ["west", "east"]}
    },
}


@pytest.mark.parametrize("what", ODD)
def test_odd_cases_are_worked_out_and_told(what: str, tmp_path: Path):
    file = written(tmp_path, **ODD[what])
    found = told(file)
    assert "West" in found
    for bad in ("nan", "inf ", "NaN", "-0 "):
        assert bad not in found, found
    assert not re.search(r"\bNone\b(?! of)", found), found  # `None of them` is a sentence


def test_a_case_in_which_nobody_offers_says_what_it_lacks(tmp_path: Path):
    file = written(tmp_path, sides=[])
    assessment = assess(read_case(str(file)))
    assert not {"response", "against"} & {section.id for section in assessment.sections}
    assert "two sides" in assessment.absent["Who accepts, and what would turn it"]


def test_no_payment_means_no_consent_and_says_so(tmp_path: Path):
    found = told(written(tmp_path, response={"transfers": 0}))
    assert "With payments from R, East agrees in no simulation if R runs the channel" in found
