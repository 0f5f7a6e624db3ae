"""The rules room on whole cases: what must come out of the first one, what swapping and deleting does, bad input."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
import yaml

import detente
from detente.assessment import Assessment
from detente.case.dates import Edtf
from detente.case.schema import Case
from detente.explanation import explain
from detente.rules.docket import Docket, docket
from detente.rules.matrix import put_forward
from detente.rules.ranking import ranked
from detente.section import Finding, Section
from tests.conftest import edit
from tests.test_reading import problems_of


def first() -> Case:
    return detente.read_case("nato-csto").case


def on_docket(case: Case) -> Docket:
    found = docket(case)
    assert found
    return found


def rules(name: str | Path, scenario: str | None = None) -> tuple[Assessment, Section]:
    assessment = detente.assess(detente.read_case(str(name), scenario))
    return assessment, next(section for section in assessment.sections if section.id == "rules")


def finding(section: Section, id: str) -> Finding:
    return next(f for f in section.findings if f.id == id)


def test_what_the_first_case_must_show():
    found = on_docket(first())
    offered = [name for name in found.proposals if found.case.proposals[name].standing == "offered"]
    assert len(offered) == 22
    assert sum(put_forward(found, name).startswith("agenda") for name in offered) == 17

    for name in ("ca-07-2", "ca-07-3"):  # weapons and arms exports: dealt with between NATO and Russia
        held = found.bloc(name)
        assert held.states() == ("redundant",)
        assert {r.verdict.rules for r in held.of("nato")} == {("covered-with-russia",)}
        assert all("ru-m-hardsec" in r.verdict.limits for r in held.of("csto"))

    keeping = found.bloc("ca-13-7")  # peacekeeping: a mandate, a request, no enforcement, outside, by one force only
    assert keeping.states() == ("conditional",)
    by_memo = [r for r in keeping.of("csto") if "ru-m-territory" in r.verdict.rules]
    assert {"ru-m-unrequest", "ru-m-enforcement", "ru-m-territory"} <= set(by_memo[0].verdict.rules)
    assert by_memo[0].verdict.limits == ("ru-m-pkonly",)
    assert {change.what for change in keeping.openings[0]} == {"mandate", "requested", "place", "coercive"}

    crisis = found.bloc("nato-in-csto-crisis")  # the memo excludes it, the report expects that it could be asked
    assert crisis.states() == ("barred", "conditional")
    barred = {r.verdict.rules for r in crisis.of("csto") if r.verdict.state == "barred"}
    assert barred == {("ru-m-territory",)}

    base = {year: found.bloc("foreign-base", Edtf.parse(year)).states(["csto"]) for year in ("2005", "2008", "2013")}
    assert base == {"2005": ("open",), "2008": ("conditional", "open"), "2013": ("conditional",)}

    free = {row.name for row in ranked(found) if row.open}
    assert {"ca-rec-1", "ca-rec-2", "ca-rec-3"} <= free  # what the memo recommends
    assert {"ca-12-5", "ca-12-3", "ca-13-4", "ca-07-4"} <= free


def test_all_rules_of_the_record_are_there_and_say_what_they_do(shared: Path):
    record = yaml.safe_load((shared / "record" / "record.yaml").read_text(encoding="utf-8"))
    case = first()
    ids = [entry["id"] for entry in record["rules"]]
    assert len(ids) == 39
    assert set(ids) <= set(case.rules)
    assert all(not (rule.describes and rule.effects) for rule in case.rules.values())


def test_every_rule_says_where_it_is_from():
    for name, rule in first().rules.items():
        assert rule.at or rule.sources, name


def swapped(case: Case, one: str, other: str) -> Case:
    """The case with the attributes and the dates of two proposals exchanged."""
    a, b = case.proposals[one], case.proposals[other]
    found = on_docket(case)
    taken = {
        one: a.model_copy(update={"attributes": b.attributes, "parts": b.parts, "date": found.time(other)}),
        other: b.model_copy(update={"attributes": a.attributes, "parts": a.parts, "date": found.time(one)}),
    }
    return case.model_copy(update={"proposals": {**case.proposals, **taken}})


def test_swapping_two_proposals_swaps_their_verdicts():
    """Nothing but the attributes and the time of a proposal makes its verdict."""
    case = first()
    found = on_docket(case)
    before = {name: found.bloc(name).states() for name in found.proposals}
    pairs = [(a, b) for a, b in combinations(found.proposals, 2) if before[a] != before[b]]
    assert len(pairs) > 100
    for one, other in pairs[::7]:
        after = on_docket(swapped(case, one, other))
        assert after.bloc(one).states() == before[other]
        assert after.bloc(other).states() == before[one]


def test_no_attribute_names_a_rule_a_channel_or_a_verdict():
    taken = {"bloc", "bilateral", "channel", "partner", "open", "redundant", "conditional", "undetermined", "barred"}
    for name in ("nato-csto", "two-leagues"):
        case = detente.read_case(name).case
        words = {word for id, part in case.attributes.items() for word in (id, *part.values)}
        assert not words & (taken | set(case.rules))


def without(folder: Path, rule: str) -> Path:
    """The case without a rule, and without what other rules say of it."""
    for file in folder.glob("*.yaml"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for other in data.get("rules", {}).values():
            if other.get("disputes") == rule:
                del other["disputes"]
        if data.get("rules", {}).pop(rule, None):
            file.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    text = (folder / "conclusions.yaml").read_text(encoding="utf-8")
    for old, new in ((f", {rule}]", "]"), (f"[{rule}, ", "["), (f" {rule},", "")):
        text = text.replace(old, new)
    (folder / "conclusions.yaml").write_text(text, encoding="utf-8")
    return folder


def test_without_the_rule_that_stops_it_a_proposal_is_open_in_the_report(first_case: Path):
    cell = "as_blocs"

    def shown(section: Section, proposal: str) -> str:
        table = finding(section, "matrix").table
        assert table is not None
        return str(table.filter(table["proposal"] == proposal)[cell].item())

    assert shown(rules(first_case)[1], "ca-hardsec-blocked") == "redundant"
    assert shown(rules(without(first_case, "covered-with-russia"))[1], "ca-hardsec-blocked") == "open"


BAR = """rules:
  no-fires:
    of: hill
    type: custom
    says: No fires at night.
    applies: {activity: beacons}
    bars: true
"""


def test_a_rule_that_bars_and_one_that_overrides_it(leagues: Path):
    before = on_docket(detente.read_case(str(leagues)).case).bloc("beacons").states()
    edit(leagues, ("rules:\n  pilgrims-peace:", BAR + "  pilgrims-peace:"))
    assert before == ("conditional",)
    assert on_docket(detente.read_case(str(leagues)).case).bloc("beacons").states() == ("barred",)
    allowed = (
        "  raid-law: {of: hill, type: law, says: After a raid all may., allows: true, applies: {activity: beacons}"
    )
    edit(leagues, ("  pilgrims-peace:", allowed + "}\n  pilgrims-peace:"))
    held = on_docket(detente.read_case(str(leagues)).case).bloc("beacons")
    assert held.states() == ("barred",)
    assert held.of("hill")[0].verdict.conflicts == (("raid-law", "no-fires"),)
    assert any("in conflict" in line.lower() for line in finding(rules(leagues)[1], "matrix").behind[1, "by_hill"])
    edit(leagues, ("applies: {activity: beacons}}", "applies: {activity: beacons}, overrides: no-fires}"))
    assert on_docket(detente.read_case(str(leagues)).case).bloc("beacons").states() == ("conditional",)


def test_bilateral_channels_meet_only_the_rules_of_the_state_and_of_the_answering_side():
    found = on_docket(first())
    for name in found.proposals:
        for member, held in found.bilateral(name).items():
            assert held.parties == (member, "nato")
    binding = {
        rule for held in found.bilateral("foreign-base").values() for r in held.rulings for rule in r.verdict.rules
    }
    assert {"ru-foreign-troops", "ru-foreign-bases-memo"} <= binding  # these bind the members too
    crisis = found.bilateral("nato-in-csto-crisis").values()
    assert not any("ru-m-territory" in r.verdict.rules for held in crisis for r in held.rulings)
    by_partner = {m: h.states() for m, h in found.bilateral("ca-f-terror").items()}
    assert by_partner["russia"] == ("open",)  # the council of NATO and Russia
    assert by_partner["armenia"] == ("undetermined",)


def test_scenarios_change_the_verdicts_and_say_what_is_presumed():
    _, plain = rules("nato-csto")
    assessment, mandated = rules("nato-csto", "un-mandate")
    assert mandated.outcome["open"] == plain.outcome["open"] + 3
    found = on_docket(assessment.loaded.case)
    assert found.bloc("ca-13-7").states() == ("open",)
    assert any("mandate un" in assumption for assumption in mandated.assumptions)
    behind = finding(mandated, "matrix").behind
    assert any("presumed" in line.lower() for lines in behind.values() for line in lines)
    _, alone = rules("nato-csto", "mandate-alone")
    assert on_docket(detente.read_case("nato-csto", "mandate-alone").case).bloc("ca-13-7").states() == ("conditional",)
    assert alone.outcome["open"] == plain.outcome["open"]


def test_the_report_counts_the_rules_of_each_side_and_what_rests_on_silence():
    _, section = rules("nato-csto")
    table = finding(section, "known").table
    assert table is not None
    nato = table.filter(table["organisation"] == "NATO").row(0, named=True)
    assert nato["from_elsewhere"] == sum(bool(rule.sources) for rule in first().rules.values() if "nato" in rule.of)
    assert nato["from_the_documents"] < nato["rules"]
    assert "Least is known from the documents of NATO" in finding(section, "known").says


def test_which_rules_carry_the_verdicts():
    _, section = rules("nato-csto")
    found = finding(section, "without-each")
    assert found.robustness.standing == "fragile"
    assert "nato-any-organisation" in found.says


def test_formal_equality_beside_the_real_shares():
    _, section = rules("nato-csto")
    found = finding(section, "power")
    assert "100 for 6 members (2004, 2005 and 2013) and 110 for 7 members (2006 to 2012)" in found.says
    table = found.table
    assert table is not None
    russia = table.filter((table["member"] == "Russia") & (table["at"] == "2013")).row(0, named=True)
    assert russia["shapley_shubik"] == pytest.approx(1 / 6)
    assert russia["shapley_shubik_by_shares"] == pytest.approx(5 / 6)
    seven = table.filter((table["member"] == "Russia") & (table["at"] == "2007")).row(0, named=True)
    assert seven["shapley_shubik_by_shares"] == pytest.approx(5 / 7)  # in majority with any other but the last
    assert finding(section, "how").structural


def test_how_a_proposal_would_fare():
    _, section = rules("two-leagues")
    table = finding(section, "fares").table
    assert table is not None
    hill = table.filter(table["organisation"] == "Hill League").row(0, named=True)
    assert (hill["outcome"], hill["chance_of_passing"]) == ("open", ".02")  # both must say yes: .2 times .1
    river = table.filter(table["organisation"] == "River League").row(0, named=True)
    assert (river["outcome"], river["who_blocks_it_or_might"]) == ("fails", "Brae")


def test_explain_tells_the_chain_of_rules():
    assessment, _ = rules("nato-csto")
    chain = explain(assessment, "ca-13-7").chain
    assert chain[0].id == "ca-13-7"
    told = [line.words for side in chain[0].beneath for line in side.beneath]
    assert any("ru-m-unrequest" in line for line in told)
    assert any("Still needed: a mandate of the UN" in line for line in told)
    stopped = {step.id for step in explain(assessment, "ru-m-territory").chain}
    assert stopped == {"ca-13-7", "ca-pk-limited", "nato-in-csto-crisis"}
    waiting = {step.id for step in explain(assessment, "mandate").chain}
    assert "ca-13-7" in waiting
    assert "ca-12-5" not in waiting


def test_a_case_without_proposals_on_the_docket_has_no_such_section(leagues: Path):
    edit(
        leagues,
        ("    attributes: {activity: beacons}\n", ""),
        ("    attributes: {activity: meeting}\n", ""),
        ("      activity: {value: watch, at: {document: chronicle, section: 3}}\n", ""),
        ("    attributes:\n      armed: {value", "    note: {value"),
    )
    text = leagues.read_text(encoding="utf-8")
    leagues.write_text(re.sub(r"    note: \{value.*\n", "", text), encoding="utf-8")
    assessment = detente.assess(detente.read_case(str(leagues)))
    assert "What the rules allow" in assessment.absent


WRONG = [
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
    table = finding(rules(leagues)[1], "fares").table
    assert table is not None
    hill = table.filter(table["organisation"] == "Hill League").row(0, named=True)
    assert (hill["outcome"], hill["chance_of_passing"]) == ("open", ".02")  # two thirds of two are both


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
    section = rules(leagues)[1]
    assert "too many coalitions to count" in finding(section, "power").says
    table = finding(section, "fares").table
    assert table is not None
    assert "too many to look through" in table["who_blocks_it_or_might"].to_list()


def test_what_nobody_can_bring_about_is_undetermined(leagues: Path):
    edit(leagues, ("    by: abbey\n", ""))
    held = on_docket(detente.read_case(str(leagues)).case).bloc("road-watch")
    assert held.states() == ("undetermined",)
    assert held.of("hill")[0].verdict.unknown == ("consent",)


def test_one_unknown_key_hides_no_other_mistake(leagues: Path):
    edit(
        leagues,
        ("weights: {corrie: 3, dun: 2}, quota: 4}", "weights: {corrie: 3, dun: 2}, quota: 4, vetto: corrie}"),
        ("    attributes: {activity: beacons}", "    attributes: {activity: beacon}"),
        ("  road: {title: The pass road", "  road: {titel: x, title: The pass road"),
    )
    assert len(problems_of(leagues)) == 3


def test_an_attribute_that_was_not_said_can_be_set(leagues: Path):
    loaded = detente.read_case(str(leagues), changes={"proposals.road-watch.attributes.consent": "'yes'"})
    assert on_docket(loaded.case).bloc("road-watch").states() == ("open",)


def test_what_could_turn_the_page_around_is_not_on_it(leagues: Path):
    edit(
        leagues,
        ("    says: No armed watch on the pass", '    says: "No \\u202earmed\\x1b[31m watch on the pass'),
        ("abbey's consent.\n    in:", "abbey's consent.\"\n    in:"),
    )
    from detente.report.page import page

    text = page(detente.assess(detente.read_case(str(leagues))))
    assert "armed\ufffd[31m watch" in text
    assert not set(text) & {"\u202e", "\x1b"}


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
