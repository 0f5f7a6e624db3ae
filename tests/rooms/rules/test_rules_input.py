"""Bad input to the rules room: each mistake has its place and its remedy; nothing passes or hangs silently."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import detente
from tests.case.test_reading import problems_of
from tests.conftest import edit
from tests.rooms.rules.test_rules import finding, on_docket, rules
from tests.rooms.sections import table_row, table_rows

ABBEY = """    values: {"yes": the abbey's consent, "no": the abbey refuses}
"""
OTHERWISE = "    read_otherwise: {%s: {says: the abbey is silent}}\n"
WRONG = [
    (
        (ABBEY, ABBEY + OTHERWISE % '"no"'),
        "attributes.consent.read_otherwise.no: nothing is presumed of 'consent'",
    ),
    (
        (ABBEY, ABBEY + '    presumed: "no"\n' + OTHERWISE % '"maybe"'),
        "attributes.consent.read_otherwise.maybe: 'consent' has no value 'maybe'",
    ),
    (
        ("    attributes: {activity: beacons}", "    attributes: {activity: beacon}"),
        "proposals.beacons.attributes.activity: 'activity' has no value 'beacon' (did you mean 'beacons'?)",
    ),
    (
        ("    attributes: {activity: beacons}", "    attributes: {activty: beacons}"),
        "no attribute 'activty' (did you mean 'activity'?)",
    ),
    (
        ('applies: {activity: watch, armed: "yes"}', "applies: {activity: watch, not: {activity: watch}}"),
        "rules.pilgrims-peace.applies: this rule can never apply",
    ),
    (
        ('applies: {activity: watch, armed: "yes"}', 'applies: {activity: watch, arms: "yes"}'),
        "rules.pilgrims-peace.applies.arms: no attribute 'arms'",
    ),
    (
        ("    decides: [{on: everything, by: delegated, to: river-moot}]\n", ""),
        "organisations.river: 'river' has no decision rule",
    ),
    (
        ("weights: {corrie: 3, dun: 2}, quota: 4", "weights: {corrie: 3, dun: 2}, quota: 6"),
        "organisations.hill.decides.1.quota: 6 is more than all the weights together (5)",
    ),
    (
        ("weights: {corrie: 3, dun: 2}, quota: 4", "weights: {corrie: 3, dun: 2}, quota: 4, veto: brae"),
        "organisations.hill.decides.1.veto.0: 'brae' is no member",
    ),
    (
        ("{on: everything, by: delegated,", "{in: 1410/1405, on: everything, by: delegated,"),
        "'1410/1405' ends before it begins",
    ),
    (
        ("by: delegated, to: river-moot", "by: delegated"),
        "organisations.river.decides.0.by: delegated to no organ of its own (to: river-moot)",
    ),
    (("sides: [river, hill]", "sides: [river]"), "sides: a case has two sides"),
    (
        ("chances: {for: 0.1, against: {value: 0.7", "chances: {for: 0.4, against: {value: 0.7"),
        "stances.dun-doubts-more.chances: for and against are more than 1 together",
    ),
    (
        ("    members_too: true\n", "    members_too: true\n    bars: true\n"),
        "rules.pilgrims-peace: this rule bars and requires at once",
    ),
    (("values: {watch: a common watch", "values: {barred: a common watch"), "names a rule, a channel or a verdict"),
    (
        ("    by: abbey\n", "    by: abbey\n    presumed: perhaps\n"),
        "attributes.consent.presumed: 'consent' has no value",
    ),
    (("quota: 4}", "quota: 7/5}"), "organisations.hill.decides.1.quota: a share is above 0 and at most 1"),
]


@pytest.mark.parametrize(("change", "expected"), WRONG, ids=[expected for _, expected in WRONG])
def test_bad_input_has_its_place_and_its_remedy(leagues: Path, change: tuple[str, str], expected: str):
    edit(leagues, change)
    found = problems_of(leagues)
    assert any(expected in problem for problem in found), found
    for problem in found:
        assert re.match(r".*case\.yaml:\d+:\d+: \S+: .+ \(.+\)$", problem), problem


def test_decision_rules_that_cannot_decide_are_refused(leagues: Path):
    """Each of these would let everything pass, or nothing, without a word."""
    text = leagues.read_text(encoding="utf-8")
    majority = "{on: everything, by: majority, weights: {corrie: 3, dun: 2}, quota: 4}"
    organ = "decides: {by: unanimity}}"
    for old, new, expected in (
        (majority, "{on: everything, by: opt-in, quota: 3}", "3 is more than all the members together (2)"),
        (majority, "{on: everything, by: majority, weights: {corrie: 0, dun: 0}, quota: 1/2}", "nobody has a vote"),
        (majority, "{on: everything, by: majority, also: [{weights: {corrie: 1}}]}", "no weight for 'dun'"),
        (majority, "{on: everything, by: []}", "there are too few entries"),
        (majority, "{on: everything, by: consensus, quota: 2}", "quota is for majority or opt-in"),
        (majority, "{on: everything, by: majority, in: 1300/1350}", "has no decision rule for everything in 1403-05"),
        (majority, f"{{on: everything, by: consensus}}\n      - {majority}", "this rule is never reached"),
        (organ, "members: [dun], decides: {by: unanimity}}", "'dun' is no member of 'river'"),
        (organ, "decides: {by: delegated}}", "'delegated' is not known here"),
        (
            "{name: The moot of the River League, in: 1399/..",
            "{name: The moot, in: 1500/..",
            "nobody sits in 'river-moot'",
        ),
    ):
        assert text.count(old) == 1, old
        leagues.write_text(text.replace(old, new), encoding="utf-8")
        found = problems_of(leagues)
        assert any(expected in problem for problem in found), (new, found)


def test_a_share_of_members_must_take_part(leagues: Path):
    edit(
        leagues,
        ("weights: {corrie: 3, dun: 2}, quota: 4", "quota: 2/3"),
        ("- {on: everything, by: majority", "- {on: everything, by: opt-in"),
    )
    hill = table_row(finding(rules(leagues)[1], "fares"), organisation="Hill League")
    assert hill["outcome"] == "open"
    assert hill["chance_of_passing"] == pytest.approx(0.02)  # two thirds of two are both


def test_a_quota_that_the_members_of_an_analysed_year_cannot_meet_is_refused(leagues: Path):
    """Though they could at the time of every proposal."""
    edit(
        leagues,
        ("{actor: dun, in: 1380~/..}", "{actor: dun, in: 1380~/1410}"),
        ("weights: {corrie: 3, dun: 2}, quota: 4", "quota: 2"),
        ("\nnetwork:\n", "\nnetwork:\n  years: [1408, 1415]\n"),
    )
    with pytest.raises(detente.CaseError) as caught:
        detente.read_case(str(leagues))
    problem, *warnings = caught.value.problems  # that years without figures take those of others
    assert {warning.path for warning in warnings} == {"network.years.0", "network.years.1"}
    assert problem.path == "organisations.hill.decides.1"
    assert str(problem).startswith(f"{leagues}:53:9: ")
    assert "in 1415, the quota of 2 is above all the weights together, 1" in str(problem)


def test_rules_that_override_each_other_in_a_circle_are_refused(leagues: Path):
    edit(
        leagues,
        ("    members_too: true\n", "    members_too: true\n    overrides: three-fires-first\n"),
        (
            'requires: {aldmoor-first: "yes"}\n',
            'requires: {aldmoor-first: "yes"}\n    overrides: hill-meets-with-cities\n',
        ),
        (
            "activity: meeting}\n    allows: true\n",
            "activity: meeting}\n    allows: true\n    overrides: pilgrims-peace\n",
        ),
    )
    found = problems_of(leagues)
    assert sum("which overrides it in turn" in problem for problem in found) == 3


def test_too_many_disputes_are_refused_and_do_not_hang(leagues: Path):
    many = "".join(
        f"  d{n}: {{of: hill, type: t, says: s., bars: true, disputes: pilgrims-peace}}\n" for n in range(30)
    )
    edit(leagues, ("rules:\n  pilgrims-peace:", f"rules:\n{many}  pilgrims-peace:"))
    assert any("more rules are in dispute than can be told apart" in problem for problem in problems_of(leagues))


def test_large_weights_are_told_to_be_too_many_and_do_not_hang(leagues: Path):
    names = [f"city{n}" for n in range(40)]
    actors = "".join(f"  {name}: {{name: {name.title()}, kind: city}}\n" for name in names)
    rows = "".join(f"      - {{actor: {name}, in: 1380~/..}}\n" for name in names)
    weights = ", ".join(f"{name}: {100_003 + 7919 * n % 900_000}" for n, name in enumerate(names))
    edit(
        leagues,
        ("  dun: {name: Dun, kind: city}\n", f"  dun: {{name: Dun, kind: city}}\n{actors}"),
        ("      - {actor: dun, in: 1380~/..}\n", f"      - {{actor: dun, in: 1380~/..}}\n{rows}"),
        ("weights: {corrie: 3, dun: 2}, quota: 4", f"weights: {{corrie: 3, dun: 2, {weights}}}, quota: 2/3"),
    )
    text = leagues.read_text(encoding="utf-8")
    without = (
        text[: text.index("\ncapabilities:")] + text[text.index("\nproposals:") :]
    )  # the new cities deal with nobody
    leagues.write_text(without, encoding="utf-8")
    section = rules(leagues)[1]
    assert "too many coalitions to count" in finding(section, "power").says
    blockers = [row["who_blocks_it_or_might"] for row in table_rows(finding(section, "fares"))]
    assert "too many to look through" in blockers


def test_what_nobody_can_bring_about_is_undetermined(leagues: Path):
    edit(leagues, ("    by: abbey\n", ""))
    held = on_docket(detente.read_case(str(leagues)).case).under_bloc_rules("road-watch")
    assert held.states() == ("undetermined",)
    assert held.party_rulings("hill")[0].verdict.unsettled_attributes == ("consent",)


def test_one_unknown_key_hides_no_other_mistake(leagues: Path):
    edit(
        leagues,
        ("weights: {corrie: 3, dun: 2}, quota: 4}", "weights: {corrie: 3, dun: 2}, quota: 4, vetto: corrie}"),
        ("    attributes: {activity: beacons}", "    attributes: {activity: beacon}"),
        ("    title: The pass road\n", "    titel: x\n    title: The pass road\n"),
    )
    assert len(problems_of(leagues)) == 3


def test_an_attribute_that_was_not_said_can_be_set(leagues: Path):
    loaded = detente.read_case(str(leagues), changes={"proposals.road-watch.attributes.consent": "'yes'"})
    assert on_docket(loaded.case).under_bloc_rules("road-watch").states() == ("open",)


def test_what_could_turn_the_page_around_is_not_on_it(leagues: Path):
    edit(
        leagues,
        ("    says: No armed watch on the pass", '    says: "No \\u202earmed\\u2066 watch on the pass'),
        ("abbey's consent.\n    in:", "abbey's consent.\"\n    in:"),
    )
    from detente.report.html import render_html

    text = render_html(detente.assess(detente.read_case(str(leagues))))
    assert "armed\ufffd watch" in text
    assert not set(text) & {"\u202e", "\u2066"}


def test_a_veto_player_must_be_a_member_at_that_time(leagues: Path):
    edit(
        leagues,
        ("to: river-moot}]\n", "to: river-moot, in: 1399/1404}, {on: everything, by: consensus, veto: brae}]\n"),
    )
    assert detente.read_case(str(leagues))
    edit(
        leagues,
        ("{on: everything, by: consensus, veto: brae}", "{on: everything, by: consensus, veto: brae, in: 1380/1390}"),
    )
    assert any("'brae' is no member in 1380/1390" in problem for problem in problems_of(leagues))
