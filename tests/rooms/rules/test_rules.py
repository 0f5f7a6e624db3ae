"""The rules room on whole cases: what must come out of the first one, what swapping and deleting does, bad input."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml

import detente
from detente.assessment.assess import Assessment
from detente.assessment.explain import explain
from detente.case.bundled import bundled_cases
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf
from detente.results.finding import Finding, Section
from detente.results.pictures import UnitTally
from detente.results.table import Cell
from detente.rooms.rules.findings.admissibility_matrix import proposal_origin
from detente.rooms.rules.model.docket import Docket, build_docket
from detente.rooms.rules.model.feasibility_ranking import rank_proposals
from detente.rooms.rules.model.rule_dependence import rule_removals
from tests.conftest import edit
from tests.rooms.sections import assess_only, table_row, table_rows


def first() -> Case:
    return detente.read_case("nato-csto").case


def on_docket(case: Case) -> Docket:
    found = build_docket(case)
    assert found
    return found


@cache
def bundled(name: str, scenario: str | None) -> Assessment:
    return assess_only(detente.read_case(name, scenario), "rules")


def rules(name: str | Path, scenario: str | None = None) -> tuple[Assessment, Section]:
    made = bundled if isinstance(name, str) else bundled.__wrapped__  # a file may change between two calls
    assessment = made(str(name), scenario)
    return assessment, next(section for section in assessment.sections if section.id == "rules")


def finding(section: Section, id: str) -> Finding:
    return next(f for f in section.findings if f.id == id)


def open_proposals(assessment: Assessment) -> float:
    """How many proposals the rules of both sides leave open."""
    return assessment.outcomes["rules.open-proposals"].value


def test_another_reading_of_what_is_presumed_stands_beside_the_first():
    assessment, section = rules("nato-csto")
    row = table_row(finding(section, "readings"), attribute="relevant")
    # 17 if NATO takes the CSTO for relevant, 5 as the memo has it: the same as in a case that presumes no.
    assert (row["open_first"], row["open_instead"], row["of"], row["opened"]) == (17, 5, 22, "")
    assert len(str(row["no_longer_open"]).split(", ")) == 12
    otherwise = open_proposals(rules("nato-csto", "nato-does-not-recognise")[0])
    assert assessment.outcomes["rules.read-otherwise.relevant.no.open-proposals"].value == otherwise
    for told in ("readings", "without-each"):
        assert "5 of 22 are open, and not 17." in finding(section, told).says
    assert "17 of 22" in section.headline


def test_what_the_first_case_must_show():
    found = on_docket(first())
    offered = [name for name in found.proposals if found.case.proposals[name].standing == "offered"]
    assert len(offered) == 22
    assert sum(proposal_origin(found, name)[0] == "agenda" for name in offered) == 17

    for name in ("ca-07-2", "ca-07-3"):  # weapons and arms exports: dealt with between NATO and Russia
        held = found.under_bloc_rules(name)
        assert held.states() == ("redundant",)
        assert {r.verdict.deciding_rules for r in held.party_rulings("nato")} == {("covered-with-russia",)}
        assert all("ru-m-hardsec" in r.verdict.limiting_rules for r in held.party_rulings("csto"))

    keeping = found.under_bloc_rules(
        "ca-13-7"
    )  # peacekeeping: a mandate, a request, no enforcement, outside, by one force only
    assert keeping.states() == ("conditional",)
    by_memo = [r for r in keeping.party_rulings("csto") if "ru-m-territory" in r.verdict.deciding_rules]
    assert {"ru-m-unrequest", "ru-m-enforcement", "ru-m-territory"} <= set(by_memo[0].verdict.deciding_rules)
    assert by_memo[0].verdict.limiting_rules == ("ru-m-pkonly",)
    assert {change.target for change in keeping.openings[0]} == {"mandate", "requested", "place", "coercive"}

    crisis = found.under_bloc_rules(
        "nato-in-csto-crisis"
    )  # the memo excludes it, the report expects that it could be asked
    assert crisis.states() == ("barred", "conditional")
    barred = {r.verdict.deciding_rules for r in crisis.party_rulings("csto") if r.verdict.state == "barred"}
    assert barred == {("ru-m-territory",)}

    base = {
        year: found.under_bloc_rules("foreign-base", Edtf.parse(year)).states(["csto"])
        for year in ("2005", "2008", "2013")
    }
    assert base == {"2005": ("open",), "2008": ("conditional", "open"), "2013": ("conditional",)}

    free = {row.name for row in rank_proposals(found) if row.is_open}
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
        one: a.model_copy(update={"attributes": b.attributes, "parts": b.parts, "date": found.proposal_time(other)}),
        other: b.model_copy(update={"attributes": a.attributes, "parts": a.parts, "date": found.proposal_time(one)}),
    }
    return case.model_copy(update={"proposals": {**case.proposals, **taken}})


def test_swapping_two_proposals_swaps_their_verdicts():
    """Nothing but the attributes and the time of a proposal makes its verdict."""
    case = first()
    found = on_docket(case)
    before = {name: found.under_bloc_rules(name).states() for name in found.proposals}
    pairs = [(a, b) for a, b in combinations(found.proposals, 2) if before[a] != before[b]]
    assert len(pairs) > 100
    for one, other in pairs[::7]:
        after = on_docket(swapped(case, one, other))
        assert after.under_bloc_rules(one).states() == before[other]
        assert after.under_bloc_rules(other).states() == before[one]


def test_no_attribute_names_a_rule_a_channel_or_a_verdict():
    taken = {"bloc", "bilateral", "channel", "partner", "open", "redundant", "conditional", "undetermined", "barred"}
    for name in bundled_cases():
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
    def shown(section: Section, proposal: str) -> Cell:
        return table_row(finding(section, "matrix"), proposal=proposal)["as_blocs"]

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
    before = on_docket(detente.read_case(str(leagues)).case).under_bloc_rules("beacons").states()
    edit(leagues, ("rules:\n  pilgrims-peace:", BAR + "  pilgrims-peace:"))
    assert before == ("conditional",)
    assert on_docket(detente.read_case(str(leagues)).case).under_bloc_rules("beacons").states() == ("barred",)
    allowed = (
        "  raid-law: {of: hill, type: law, says: After a raid all may., allows: true, applies: {activity: beacons}"
    )
    edit(leagues, ("  pilgrims-peace:", allowed + "}\n  pilgrims-peace:"))
    held = on_docket(detente.read_case(str(leagues)).case).under_bloc_rules("beacons")
    assert held.states() == ("barred",)
    assert held.party_rulings("hill")[0].verdict.conflicts == (("raid-law", "no-fires"),)
    matrix = finding(rules(leagues)[1], "matrix")
    assert "In one pair of rules, one allows what the other forbids" in matrix.says
    assert any("conflict: raid-law allows it and no-fires bars it" in line for line in matrix.behind[1, "by_hill"])
    edit(leagues, ("applies: {activity: beacons}}", "applies: {activity: beacons}, overrides: no-fires}"))
    assert on_docket(detente.read_case(str(leagues)).case).under_bloc_rules("beacons").states() == ("conditional",)
    assert "pair of rules" not in finding(rules(leagues)[1], "matrix").says


def test_bilateral_channels_meet_only_the_rules_of_the_state_and_of_the_answering_side():
    found = on_docket(first())
    for name in found.proposals:
        for member, held in found.under_member_rules(name).items():
            assert held.parties == (member, "nato")
    binding = {
        rule
        for held in found.under_member_rules("foreign-base").values()
        for r in held.rulings
        for rule in r.verdict.deciding_rules
    }
    assert {"ru-foreign-troops", "ru-foreign-bases-memo"} <= binding  # these bind the members too
    crisis = found.under_member_rules("nato-in-csto-crisis").values()
    assert not any("ru-m-territory" in r.verdict.deciding_rules for held in crisis for r in held.rulings)
    by_partner = {m: h.states() for m, h in found.under_member_rules("ca-f-terror").items()}
    assert by_partner["russia"] == ("open",)  # the council of NATO and Russia
    assert by_partner["armenia"] == ("undetermined",)


def test_scenarios_change_the_verdicts_and_say_what_is_presumed():
    now, _ = rules("nato-csto")
    mandate, mandated = rules("nato-csto", "un-mandate")
    assert open_proposals(mandate) == open_proposals(now) + 3
    found = on_docket(mandate.loaded.case)
    assert found.under_bloc_rules("ca-13-7").states() == ("open",)
    assert any("mandate un" in assumption for assumption in mandated.assumptions)
    behind = finding(mandated, "matrix").behind
    assert any("presumed" in line.lower() for lines in behind.values() for line in lines)
    alone, _ = rules("nato-csto", "mandate-alone")
    assert on_docket(detente.read_case("nato-csto", "mandate-alone").case).under_bloc_rules("ca-13-7").states() == (
        "conditional",
    )
    assert open_proposals(alone) == open_proposals(now)


def test_the_report_counts_the_rules_of_each_side_and_what_rests_on_silence():
    _, section = rules("nato-csto")
    nato = table_row(finding(section, "known"), organisation="NATO")
    assert nato["from_elsewhere"] == sum(bool(rule.sources) for rule in first().rules.values() if "nato" in rule.of)
    assert float(nato["from_the_documents"] or 0) < float(nato["rules"] or 0)
    known = finding(section, "known")
    assert f"and {nato['from_elsewhere']} of {nato['rules']} of NATO." in known.says
    csto = table_row(known, organisation="CSTO")
    assert f"No known rule of the CSTO speaks of {csto['verdicts_on_silence']} of {csto['verdicts']}" in known.says
    assert known.short_answer == "22 of 34, on one side"
    # Of 17 that are open six rest on rules of both sides alone.
    assert known.robustness.standing == "fragile"
    assert "6 of 22" in known.robustness.because


def test_which_rules_carry_the_verdicts():
    _, section = rules("nato-csto")
    found = finding(section, "without-each")
    assert found.robustness.standing == "fragile"
    most = table_rows(found)[0]
    offered = {name for name, part in first().proposals.items() if part.standing == "offered"}
    assert most["without"] == "nato-any-organisation"
    assert len(offered & set(str(most["no_longer_open"]).split(", "))) == 12
    assert "Twelve of the 17 open proposals depend on one rule of NATO." in found.says
    assert isinstance(found.picture, UnitTally)
    assert [[part.count for part in row.parts] for row in found.picture.rows] == [[12, 1], [2]]
    ranking = finding(section, "ranking")  # of the six that are recommended two hang on that rule
    assert ranking.robustness.because == "Without one rule of NATO, four of six would be open."


def test_formal_equality_beside_the_real_shares():
    _, section = rules("nato-csto")
    found = finding(section, "power")
    assert "100 for 6 members (2004 and 2005) and 110 for 7 members (2006 and 2007)" in found.says
    assert "In the CSTO, 2007, Russia has 0.14" in found.says
    assert "would have 0.71 if shares (2004 to 2007) were votes" in found.says
    assert {row["at"] for row in table_rows(found)} == {
        "2007"
    }  # of 2013 the report, which is of 2007, cannot say who holds what
    seven = table_row(found, member="Russia", at="2007")
    assert seven["shapley_shubik"] == pytest.approx(1 / 7)
    assert seven["shapley_shubik_by_shares"] == pytest.approx(5 / 7)  # in majority with any other but the last
    assert finding(section, "how").structural


def test_how_a_proposal_would_fare():
    _, section = rules("two-leagues")
    hill = table_row(finding(section, "fares"), organisation="Hill League")
    assert hill["outcome"] == "open"
    assert hill["chance_of_passing"] == pytest.approx(0.02)  # both must say yes: 0.2 times 0.1
    river = table_row(finding(section, "fares"), organisation="River League")
    assert (river["outcome"], river["who_blocks_it_or_might"]) == ("fails", "Brae")


def test_the_documents_stand_beside_the_ranking_only_where_they_say_something():
    said = ("the_documents", "beside_them")
    for name in bundled_cases():
        table = finding(rules(name)[1], "ranking").table
        assert table is not None
        assert tuple(column for column in table.names if column in said) == (said if name == "nato-csto" else ())


def test_explain_tells_the_chain_of_rules():
    assessment, _ = rules("nato-csto")
    chain = explain(assessment, "ca-13-7").rule_trail
    assert chain[0].id == "ca-13-7"
    told = [line.words for side in chain[0].beneath for line in side.beneath]
    assert any("ru-m-unrequest" in line for line in told)
    assert any("Still needed: a mandate of the UN" in line for line in told)
    stopped = {step.id for step in explain(assessment, "ru-m-territory").rule_trail}
    assert stopped == {"ca-13-7", "ca-pk-limited", "nato-in-csto-crisis"}
    waiting = {step.id for step in explain(assessment, "mandate").rule_trail}
    assert "ca-13-7" in waiting
    assert "ca-12-5" not in waiting


MEETING = """  no-meetings:
    of: hill
    type: custom
    says: No meetings.
    applies: {activity: meeting}
    bars: true
"""


def test_deleting_the_rule_that_bars_opens_it_in_the_report(leagues: Path):
    def shown() -> Cell:
        return table_row(finding(rules(leagues)[1], "matrix"), proposal="michaelmas")["as_blocs"]

    edit(leagues, ("rules:\n  pilgrims-peace:", f"rules:\n{MEETING}  pilgrims-peace:"))
    assert shown() == "barred"
    edit(leagues, (MEETING, ""))
    assert shown() == "open"


def test_without_its_only_rule_a_proposal_is_seen_to_move():
    case = detente.read_case("two-leagues").case
    alone = on_docket(case.model_copy(update={"rules": {"pilgrims-peace": case.rules["pilgrims-peace"]}}))
    (found,) = rule_removals(alone) or []
    assert found.changed_states == {"road-watch": ("open",)}


def test_no_organisation_is_judged_before_it_is_founded():
    _, section = rules("nato-csto")
    spells = table_rows(finding(section, "years"), organisation="CSTO", verdict="not founded")
    assert spells
    assert {row["last_year"] for row in spells} == {2001}


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
