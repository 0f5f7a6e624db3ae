"""Scenarios that put claims of the documents to the test: worked out in every report, beside what was expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente import read_case
from detente.errors import CaseError
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.rooms.acceptance.model.choices.choice_answers import answer_offer
from detente.rooms.acceptance.model.sensitivity.tested_scenarios import TestedScenario, work_out_tested_scenarios
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIfs
from tests.cases.two_hub_case import written
from tests.rooms.gains.test_gains_input import refused
from tests.rooms.sections import sections_of, table_rows

CLAIM = {"reluctance": {"says": "The west keeps away for the sake of its own ways."}}
FREE_HANDS = {"free-hands": {"title": "Free hands", "kind": "autonomy", "of": {"n": {"uniform": [0, 0.6]}, "j0": 0.4}}}


def scenario(expects: str, **values: Any) -> dict[str, Any]:
    return {"says": "Something is otherwise.", "set": values, "tests": "reluctance", "expects": expects}


def paper(folder: Path, **scenarios: Any) -> Path:
    return written(
        folder,
        assessments=CLAIM,
        mechanisms=FREE_HANDS,
        scenarios=scenarios,
        network__draws=512,
        network__threat_within=1,
    )


def worked_out(folder: Path, **scenarios: Any) -> dict[str, TestedScenario]:
    what_ifs = WhatIfs(read_case(str(paper(folder, **scenarios))).case)
    return {one.id: one for one in work_out_tested_scenarios(what_ifs, "all-mechanisms")}


UNBOUND = {"mechanisms.free-hands.of.n": 0}
BOUND = {"mechanisms.free-hands.of.n": 1}


@pytest.mark.parametrize(
    ("expects", "values", "verdict"),
    [
        ("accepts-more", UNBOUND, "as-expected"),
        ("accepts-more", BOUND, "otherwise"),
        ("accepts-less", BOUND, "as-expected"),
        ("accepts-less", UNBOUND, "otherwise"),
        ("no-change", {"mechanisms.free-hands.of.j0": 0.41}, "as-expected"),
        ("no-change", BOUND, "otherwise"),
        ("accepts", BOUND, "otherwise"),
        ("offers-less", {"mechanisms.free-hands.of.j0": 1, "response.transfers": 0}, "as-expected"),
        ("offers-more", {"mechanisms.free-hands.of.j0": 1, "response.transfers": 0}, "otherwise"),
    ],
)
def test_the_verdict_is_by_what_was_expected(tmp_path: Path, expects: str, values: dict[str, Any], verdict: str):
    assert worked_out(tmp_path, other=scenario(expects, **values))["other"].verdict == verdict


def test_a_scenario_is_worked_out_as_if_it_were_run(tmp_path: Path):
    """On the same draws as a run of the scenario itself has, and of the case itself."""
    file = paper(tmp_path, other=scenario("accepts-more", **UNBOUND))
    what_if = WhatIfs(read_case(str(file)).case).ask(UNBOUND, with_offering_side=True)
    for name, scenario_name in (("before", None), ("after", "other")):
        own = answer_offer(read_case(str(file), scenario=scenario_name).case, 512, with_offering_side=True)
        for key, share in what_if.strict.items():
            assert getattr(share, name).value == own.strict[key].mean()
            assert getattr(what_if.offered[key], name).value == own.offered[key].mean()
            assert getattr(what_if.generous[key], name).value == pytest.approx(own.generous[key].mean())


def test_common_draws_make_the_error_of_a_change_small(tmp_path: Path):
    less_bound = {"mechanisms.free-hands.of.n": {"uniform": [0, 0.5]}}
    change = worked_out(tmp_path, other=scenario("accepts-more", **less_bound))["other"].what_if.strict
    key: AnswerKey = ("hub", "all-mechanisms")
    independent = (change[key].before.error ** 2 + change[key].after.error ** 2) ** 0.5
    assert 0 < change[key].change.error < independent


def test_the_page_lists_them_with_their_claims(tmp_path: Path):
    file = paper(tmp_path, other=scenario("accepts-more", **UNBOUND), untested={"says": "No claim.", "set": UNBOUND})
    (section, *_) = sections_of(read_case(str(file)).case, "acceptance")
    (finding,) = (one for one in section.findings if one.id == "expectations")
    rows = table_rows(finding)
    assert {row["scenario"] for row in rows} == {"Something is otherwise"}
    assert {row["claim"] for row in rows} == {"The west keeps away for the sake of its own ways"}
    assert {row["verdict"] for row in rows} == {"as expected"}
    assert "Of one scenario that test" not in finding.says


def test_without_claims_there_is_no_such_finding():
    (section, *_) = sections_of(read_case("two-leagues").case, "acceptance")
    assert not any(one.id in ("expectations", "kinds-of-organisation") for one in section.findings)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "a test without an expectation": (
        {"says": "x", "set": UNBOUND, "tests": "reluctance"},
        "scenarios.other: a claim is tested by what it expects, and both must be told (add expects:)",
    ),
    "an expectation without a claim": (
        {"says": "x", "set": UNBOUND, "expects": "accepts"},
        "scenarios.other: a claim is tested by what it expects",
    ),
    "an unknown claim": (scenario("accepts", **UNBOUND) | {"tests": "reluctant"}, "(did you mean 'reluctance'?)"),
    "an unknown expectation": (scenario("accept", **UNBOUND), "scenarios.other.expects: 'accept'"),
    "a path that leads nowhere": (
        scenario("accepts", **{"mechanisms.free-hans.of.n": 0}),
        "in scenario 'other'",
    ),
    "a value that cannot be": (
        scenario("accepts", **{"mechanisms.free-hands.of.n": 7}),
        "mechanisms.free-hands.of.n: 7 is not from 0 to 1, in scenario 'other'",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_scenarios_are_refused_before_anything_is_worked_out(tmp_path: Path, name: str):
    other, message = BAD[name]
    assert message in refused(paper(tmp_path, other=other))


def test_a_bad_scenario_is_told_once(tmp_path: Path):
    file = paper(tmp_path, other=BAD["a value that cannot be"][0])
    for every_scenario in (False, True):
        with pytest.raises(CaseError) as caught:
            read_case(str(file), every_scenario=every_scenario)
        assert str(caught.value).count("7 is not from 0 to 1") == 1
