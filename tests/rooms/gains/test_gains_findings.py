"""What the gains room says: findings of the bundled cases, other constellations, words, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.assessment.assess import Assessment, assess, read_case
from detente.report.table_view import column_heading, table_view
from detente.results.finding import Finding, Section
from detente.results.pictures import Bar, Networks, RangeRows
from detente.results.table import Cell, Table
from detente.text.shares import size_phrase
from tests.cases.two_hub_case import sums, written
from tests.oracles.two_hub_thresholds import Stakes, Threat, exclusivity_threshold, threat_threshold
from tests.rooms.sections import assess_only, sections_of

FEW = range(3)


@pytest.fixture(scope="module")
def first(assessed: Assessment) -> Section:
    """The section of the first case."""
    return next(s for s in assessed.sections if s.id == "channels")


def section(file: Path | str, **scenario: Any) -> Section:
    """The section of a case."""
    return sections_of(read_case(str(file), **scenario).case, "gains")[0]


def finding(of: Section, id: str) -> Finding:
    """One finding."""
    return next(f for f in of.findings if f.id == id)


def table(of: Section, id: str) -> Table:
    """The table of a finding."""
    found = finding(of, id).table
    assert isinstance(found, Table)
    return found


def rows(of: Section, id: str, **where: Cell) -> list[dict[str, Cell]]:
    """The rows of a table whose cells are such."""
    return [row for row in table(of, id).records() if all(row[name] == cell for name, cell in where.items())]


def number(row: dict[str, Cell], name: str) -> float:
    """A cell that holds a number."""
    cell = row[name]
    assert isinstance(cell, int | float)
    return float(cell)


def ranges(of: Section | Finding) -> RangeRows:
    """A picture that is rows of bars."""
    assert isinstance(of.picture, RangeRows)
    return of.picture


def bar_value(bar: Bar | None) -> float:
    """The one value of a bar."""
    assert bar is not None
    assert bar.low == bar.high
    return bar.low


def by_actor(of: Section, id: str, name: str) -> dict[Cell, Cell]:
    """A column by actor."""
    return {row["actor"]: row[name] for row in table(of, id).records()}


def test_the_headline_says_what_depends_on_who_runs_the_channel(first):
    assert "Russia gains whoever runs the channel" in first.headline
    assert "NATO and the rest only if the CSTO decides by consensus" in first.headline


def test_the_lead_says_how_often_the_answering_side_gains(first):
    (nato,) = rows(first, "gains-bloc", actor="NATO")
    for form in ("hub", "collegiate"):
        assert f"in {round(100 * number(nato, f'gain_frequency_{form}'))}" in first.lead
    assert "59 are our estimates" in first.lead


def test_the_picture_shows_the_numbers_of_the_table(first):
    assert first.picture_of == ("gains-bloc",)
    assert ranges(first).axis == "signed"
    assert ranges(first).series == ("Russia-run", "By consensus")
    in_picture = {row.label: row.bars for row in ranges(first).rows}
    assert list(in_picture)[:2] == ["Russia", "NATO"]  # those that lead first
    for row in rows(first, "gains-bloc"):
        for bar, form in zip(in_picture[str(row["actor"])], ("hub", "collegiate"), strict=True):
            parts = [number(row, f"gain_{form}{part}") for part in ("_low", "_high", "")]
            assert bar is not None
            assert [bar.low, bar.high, bar.dot] == pytest.approx(parts)


def test_both_forms_and_all_years(first):
    every = table(first, "every-channel")
    assert list(dict.fromkeys(every.values("year"))) == [2005, 2007, 2013]
    bloc = "A channel between the blocs"
    assert {f"{bloc} (Russia-run)", f"{bloc} (by consensus)"} <= set(every.values("channel"))
    counts = [len({row["actor"] for row in rows(first, "every-channel", year=year)}) for year in (2005, 2007, 2013)]
    assert counts == [7, 8, 7]
    assert "In 2005 and 2013 the same parties gain." in finding(first, "gains-bloc").says
    verdicts = by_actor(first, "gains-bloc", "verdict")
    assert verdicts["Russia"] == "gains"
    assert verdicts["NATO"] == verdicts["Belarus"] == "depends on who runs it"


def test_gains_are_rerouting_and_efficiency_and_links(first):
    for row in rows(first, "rerouting"):
        parts = [number(row, name) for name in ("rerouting", "efficiency", "links", "gain")]
        assert sum(parts[:3]) == pytest.approx(parts[3])
    assert finding(first, "rerouting").structural
    hub = rows(first, "rerouting", channel="A channel between the blocs (Russia-run)")
    signs = {row["actor"]: row["for_any_stakes"] for row in hub}
    assert signs.pop("Russia") == "never loses"
    assert set(signs.values()) == {"never gains"}


def test_means_of_the_table_are_those_of_the_issues(first):
    issues = rows(first, "by-issue")
    assert sum(number(row, "share") for row in issues) == pytest.approx(1)
    assert "access" in [row["issue"] for row in issues]
    titles = {column.name: column.title for column in table(first, "by-issue").columns}
    assert titles["gain_hub_russia"] == "Russia, Russia-run"
    total = sum(number(row, "gain_hub_russia") for row in issues)
    rerouting = rows(first, "rerouting")[0]
    assert total == pytest.approx(number(rerouting, "gain") - number(rerouting, "links"))


def test_other_ways_name_whose_sign_changes(first):
    through = rows(first, "otherwise-bloc", run="Russia-run")
    assert rows(first, "otherwise-bloc", worked_out="position value")
    members = rows(first, "otherwise-bloc", worked_out="NATO as its members, around the member that leads")
    assert {row["members"] for row in members} == {26}
    assert rows(first, "otherwise-bloc", worked_out="ties survive one by one")
    assert all(number(row, "gain_nato") < 0 for row in through)
    decays = [row["decay"] for row in through if row["worked_out"] == "Myerson value"]
    assert decays[1:] == [1, 0.9, 0.7]
    assert "Position value, by consensus: Russia, NATO and" in finding(first, "otherwise-bloc").says
    standing = finding(first, "gains-bloc").robustness
    assert standing.standing == "fragile"
    assert "Three of ten other ways" in standing.because


def test_the_others_are_told_from_the_least_gain_to_the_greatest(first):
    every = [*rows(first, "otherwise-bloc"), *rows(first, "threat-bloc")]
    assert all(number(row, "others_least_gain") <= number(row, "others_most_gain") for row in every)
    myerson = rows(first, "otherwise-bloc", run="Russia-run")[0]
    assert number(myerson, "others_least_gain") == pytest.approx(-0.019, abs=5e-4)
    assert number(myerson, "others_most_gain") == pytest.approx(-0.009, abs=5e-4)


def test_the_observed_network_is_stable_where_links_are_cheap(first):
    kept = rows(first, "kept")
    assert "8,192 networks" in finding(first, "kept").says
    assert {row["observed"] for row in kept if number(row, "link_cost") <= 0.01} == {"kept"}
    assert {row["observed"] for row in rows(first, "kept", link_cost=0.05)} == {"left"}


def test_what_it_turns_on_names_numbers_of_the_case(first):
    paths = set(table(first, "turns-on-bloc").values("path"))
    assert "channels.bilateral.efficiency" in paths
    assert {"channels", "network", "issues", "traits"} >= {str(path).split(".")[0] for path in paths}
    names = {row["number"] for row in rows(first, "turns-on-bloc", path="channels.bilateral.efficiency")}
    assert names == {"how well today's ties work"}
    told = finding(first, "turns-on-bloc")
    assert "depends most on how well today's ties work" in told.says
    assert told.short_answer == "how well today's ties work"


def test_the_picture_of_numbers_joins_both_ends(first):
    picture = ranges(finding(first, "turns-on-bloc"))
    base, *numbers = picture.rows
    assert base.is_base
    shown = {row.label: row for row in numbers}["How well today's ties work"]
    ends = rows(first, "turns-on-bloc", path="channels.bilateral.efficiency")
    for bar, row in zip(shown.bars, ends, strict=True):
        assert bar is not None
        assert [bar.low, bar.high] == sorted([number(row, "lowest"), number(row, "highest")])
    assert shown.note == "more of it hurts"
    for bar, own in zip(shown.bars, base.bars, strict=True):
        assert bar is not None
        assert bar.low <= bar_value(own) <= bar.high


def test_what_it_would_take_is_where_the_closed_forms_have_it(tmp_path):
    file = written(tmp_path, network__raised=0.2, issues__road__multilateral=0.1)
    takes = section(file)
    (exclusivity,) = rows(takes, "takes-bloc", run="R-run", number="how far it replaces today's ties")
    (threat,) = rows(takes, "takes-bloc", run="R-run", number="a threat that both feel")
    lost = 1 - 0.1 * (1 - 0.6)
    a, b, c, _ = sums(lost)
    chi = float(exclusivity_threshold(Stakes(a, b, c), 1 / lost))
    assert 0 < chi < 1
    assert exclusivity["gains"] == "below"
    assert exclusivity["turning_point_1"] == pytest.approx(chi, abs=1e-6)
    felt = threat_threshold(Stakes(*sums()[:3]), Threat(0.2, 0.1, 0.6), exclusivity=0.7)
    assert threat["gains"] == ("nowhere" if felt is None else "above")
    assert threat["turning_point_1"] == (None if felt is None else pytest.approx(felt, abs=1e-6))


def test_what_it_would_take_stands_beside_what_it_depends_on(first):
    work = "how well today's ties work"
    (point,) = rows(first, "takes-bloc", run="Russia-run", number=work)
    (other,) = rows(first, "takes-bloc", run="by consensus", number=work)
    limits = [round(100 * number(row, "turning_point_1")) for row in (point, other)]
    says = finding(first, "turns-on-bloc").says
    assert f"{limits[0]} per cent if Russia runs the channel, and {limits[1]} if" in says
    where = {row["number"]: row["gains"] for row in rows(first, "takes-bloc", run="Russia-run")}
    assert where["how well the channel works"] == "nowhere"
    assert where["a threat that both feel"] == "nowhere"


def test_only_what_both_feel_counts_between_them(first):
    felt = {row["felt"]: row for row in rows(first, "threat-bloc", run="Russia-run")}
    quiet, nato = felt["by nobody"], felt["by NATO alone"]
    assert (nato["felt_by_csto"], nato["felt_by_nato"]) == (0, 1)
    gain_names = [name for name in quiet if not name.startswith(("felt", "run"))]
    assert [quiet[name] for name in gain_names] == pytest.approx([nato[name] for name in gain_names])
    assert (felt["by both, in part"]["felt_by_csto"], felt["by both, in part"]["felt_by_nato"]) == (0.25, 0.25)
    scenarios = ("by the CSTO alone", "by nobody", "by both, in part", "by both, in full")
    gains = [number(felt[scenario], "gain_nato") for scenario in scenarios]
    assert gains == sorted(gains)
    assert len(set(gains)) == len(gains)
    says = finding(first, "threat-bloc").says
    assert "Felt by both, in full, it would turn gain and loss round for NATO if the CSTO decides by consensus" in says
    assert "if Russia runs" not in says


def test_brokers_and_balance(first):
    (hub,) = rows(first, "brokers", channel="A channel between the blocs (Russia-run)", actor="Russia")
    assert number(hub, "brokerage") > 0.1
    for row in rows(first, "brokers"):
        assert number(row, "own") + number(row, "brokerage") == pytest.approx(row["all"])
    (balance,) = rows(first, "balance", year=2007, other="the CSTO as one")
    assert balance["of_other"] == pytest.approx(0.0502, abs=5e-5)
    assert number(balance, "ratio") == pytest.approx(number(balance, "of_one") / number(balance, "of_other"))
    assert "“Today's ties” 7.3" in finding(first, "balance").says


def test_networks_show_who_is_tied_to_whom(first):
    picture = finding(first, "brokers").picture
    assert isinstance(picture, Networks)
    today, hub, collegiate = picture.networks
    assert [network.title for network in (today, hub, collegiate)] == ["Today's ties", "Russia-run", "By consensus"]
    assert len(today.nodes) == len(hub.nodes) == 8
    assert [node.label for node in collegiate.nodes] == ["CSTO", "NATO"]
    assert [tie.is_new for tie in collegiate.ties] == [True]
    nato = next(at for at, node in enumerate(hub.nodes) if node.label == "NATO")
    assert hub.nodes[nato].side == 1
    to_nato = [tie for tie in hub.ties if nato in (tie.first, tie.second)]
    assert len(to_nato) == 1  # all others are left out, as they would be replaced
    assert not to_nato[0].is_new
    assert len([tie for tie in today.ties if nato in (tie.first, tie.second)]) == 7


def test_the_parts_of_a_gain_add_up_in_the_picture(first):
    *parts, whole = ranges(finding(first, "rerouting")).rows
    assert whole.is_base
    for at in (0, 1):
        assert sum(bar_value(row.bars[at]) for row in parts) == pytest.approx(bar_value(whole.bars[at]))


def test_scenarios_move_what_they_should():
    draws = {"network.draws": "1000"}
    adds = finding(section("nato-csto", scenario="adds-to-bilateral-ties", changes=draws), "every-channel").says
    assert "“A channel between the blocs” and “Both side by side” replace no ties" in adds

    def nato(scenario: str | None = None) -> float:
        case = read_case("nato-csto", scenario=scenario, changes=draws)
        return assess_only(case, "gains").outcomes["gains.bloc.hub.nato.gain"].value

    now = nato()
    assert nato("nothing-gets-lost-between-blocs") > now
    assert nato("existential-threat") != now


def test_the_small_case_has_two_hubs():
    found = section("two-leagues")
    assert ranges(found).series == ("Run by Aldmoor and Corrie", "River League and Hill League as one")
    assert "Aldmoor and Corrie gain either way" in found.headline
    assert "deals through" not in " ".join(found.assumptions)
    assert "What River League gains by answering as one is divided among its members equally." in found.assumptions


def test_one_bloc_and_one_state(tmp_path):
    file = written(tmp_path)
    case = yaml.safe_load(file.read_text())
    del case["organisations"]["west"]
    case["sides"] = []
    case["channels"]["bloc"]["joins"] = ["n", "east"]
    file.write_text(yaml.safe_dump(case))
    found = section(file)
    assert ranges(found).series == ("R-run", "East as one")


def test_three_organisations_and_several_hubs(tmp_path):
    names = [f"{side}{k}" for side in "abc" for k in FEW]
    case = {
        **{"case": "three", "title": "Three", "question": "Who gains?", "period": "2000"},
        "actors": {name: {"name": name.upper(), "kind": "state"} for name in names},
        "organisations": {
            side: {"name": f"League {side.upper()}", "members": [{"actor": f"{side}{k}", "in": "1990/.."} for k in FEW]}
            for side in "abc"
        },
        "sides": ["a", "b"],
        "issues": {"road": {"title": "The road", "stakes": {"uniform": [1, 2]}, "multilateral": 0.4}},
        "channels": {
            "each": {
                "title": "Each with each",
                "links": [["a", "b"], ["b", "c"], ["a", "c"], ["a", "a"], ["b", "b"], ["c", "c"]],
                "efficiency": 0.5,
            },
            "three": {
                **{"title": "Three leagues", "links": [["a", "a"], ["b", "b"], ["c", "c"]], "joins": ["a", "b", "c"]},
                "displaces": "each",
            },
        },
        "network": {"through": {"a": ["a0", "a1"], "b": "b0", "c": "c0"}, "draws": 200},
    }
    file = tmp_path / "case.yaml"
    file.write_text(yaml.safe_dump(case))
    found = section(file)
    assert ranges(found).series == ("Run by A0, A1, B0 and C0", "League A, League B and League C as one")
    assert len(found.headline.split()) <= 20
    verdict = by_actor(found, "gains-three", "verdict")
    assert verdict["A0"] == verdict["A1"]
    assert verdict["B1"] == verdict["B2"] == verdict["C2"]
    assert any(said.startswith("All states can do as much as each other") for said in found.assumptions)


def test_rounding_is_no_gain(tmp_path):
    """Where a channel is the same graph nothing changes, whatever is drawn."""
    file = written(
        tmp_path,
        channels__bloc={"title": "Bloc", "links": [["r", "east"], ["n", "east"]], "efficiency": 0.6},
        issues__road__stakes={"uniform": [0.1, 0.9]},
        network__spread=0.5,
    )
    found = section(file)
    assert "“Bloc” changes nothing for anyone" in finding(found, "every-channel").says
    assert {row["gain_frequency"] for row in rows(found, "every-channel", channel="Bloc")} == {0}


def test_gains_by_issue_are_told_once_where_no_form_makes_a_difference(tmp_path):
    found = section(written(tmp_path, channels__bloc__exclusivity=0, network__observed="bilateral"))
    headings = [column_heading(column) for column in table(found, "by-issue").columns]
    assert len(set(headings)) == len(headings)


def test_a_reader_sees_no_more_digits_than_before(first):
    """Costs of links in per cent, and how many times another's capability somebody has."""
    kept, balance = (table_view(table(first, id)) for id in ("kept", "balance"))
    costs = {row[kept.headings.index("A tie costs, %")].text for row in kept.rows}
    assert costs >= {"0", "0.2", "0.5", "1", "2", "5"}
    assert "7.3" in {row[balance.headings.index("Times")].text for row in balance.rows}


def test_what_is_so_by_construction_says_so(tmp_path):
    found = section(written(tmp_path, channels__bloc__exclusivity=0, issues__road__stakes={"uniform": [1, 2]}))
    assert not [f for f in found.findings if f.id == "gains-bloc"]
    found = section(written(tmp_path, channels__bloc__exclusivity=1, issues__road__stakes={"uniform": [1, 2]}))
    assert by_actor(found, "gains-bloc", "verdict")["R"] == "gains, built in"
    assert "Built in: R cannot lose if R runs the channel." in finding(found, "gains-bloc").says


def test_nothing_is_by_construction_that_turns_out_otherwise(tmp_path):
    """A third channel whose links survive may get more done, and links within an organisation cost its members."""
    better = written(
        tmp_path, channels__bilateral__efficiency=1, channels__bloc__efficiency=0.2, channels__bloc__exclusivity=0.5
    )
    case = yaml.safe_load(better.read_text())
    case["channels"]["weak"] = {"title": "Weak", "links": [["r", "east"], ["n", "east"]], "efficiency": 0.2}
    case["network"]["observed"] = "weak"
    better.write_text(yaml.safe_dump(case))
    assert "built in" not in str(by_actor(section(better), "gains-bloc", "verdict")["N"])

    costly = written(tmp_path, network__link_cost=0.2, channels__bloc__exclusivity=1)
    case = yaml.safe_load(costly.read_text())
    case["channels"]["bloc"]["links"].append(["east", "east"])
    costly.write_text(yaml.safe_dump(case))
    for verdict in table(section(costly), "gains-bloc").values("verdict"):
        assert verdict != "gains, built in"


def test_who_mostly_is_unmoved_gains_nothing_by_construction(tmp_path):
    seldom = {"discrete": [[0, 0.7], [1, 0.3]]}
    file = written(tmp_path, channels__bloc__exclusivity=seldom, issues__road__multilateral=0)
    assert "built in" not in str(by_actor(section(file), "gains-bloc", "verdict")["R"])


@pytest.mark.parametrize(
    "odd", [{"network__decay": {"triangular": [0.7, 0.9, 1]}}, {"network__link_cost": {"uniform": [0, 0.0301]}}]
)
def test_central_estimates_with_many_digits(tmp_path, odd):
    assert "networks that the" in finding(section(written(tmp_path, **odd)), "kept").says


def test_actors_of_one_organisation_have_something_at_stake_too(tmp_path):
    file = written(tmp_path)
    case = yaml.safe_load(file.read_text())
    case["organisations"]["all"] = {"name": "All", "members": [{"actor": a, "in": "1990/.."} for a in case["actors"]]}
    case["channels"]["none"]["links"].append(["all", "r"])
    file.write_text(yaml.safe_dump(case))
    assert finding(section(file), "gains-bloc").table is not None


def test_one_actor_is_no_network(tmp_path):
    file = written(tmp_path)
    case = yaml.safe_load(file.read_text())
    case["organisations"] = {"east": {"name": "East", "members": [{"actor": "r", "in": "1990/.."}]}}
    case["sides"] = []
    case["channels"] = {"a": {"title": "A", "links": [["r", "east"]]}, "b": {"title": "B", "links": [["east", "east"]]}}
    case["network"] = {"observed": "a"}
    file.write_text(yaml.safe_dump(case))
    assert "Who gains" in assess(read_case(str(file))).absent


def test_a_period_without_an_end_is_no_year(tmp_path):
    file = written(tmp_path, period="2000/..")
    assert section(file).year == 2000


def test_a_case_with_nothing_at_stake_says_what_it_would_need(tmp_path):
    file = written(tmp_path, issues__road__stakes=0)
    assessment = assess(read_case(str(file)))
    assert "something at stake" in assessment.absent["Who gains"]
    assert "Who gains" in assess(read_case(str(written(tmp_path, channels={}, network={})))).absent


def test_large_irregular_graphs_are_estimated_and_say_so(tmp_path):
    from random import Random

    random = Random(1)
    names = [f"s{k}" for k in range(24)]
    links = [[a, b] for at, a in enumerate(names) for b in names[:at] if random.random() < 0.3]
    case = {
        **{"case": "wild", "title": "Wild", "question": "Who gains?", "period": "2000"},
        "actors": {name: {"name": name.upper(), "kind": "state"} for name in names},
        "issues": {"road": {"title": "The road", "stakes": 1}},
        "channels": {"all": {"title": "All", "links": links}, "few": {"title": "Few", "links": links[:-3]}},
        "network": {"draws": 100, "observed": "all"},
    }
    file = tmp_path / "case.yaml"
    file.write_text(yaml.safe_dump(case))
    assert "estimated by drawing orders of arrival, with standard errors of shares up to 0.0" in section(file).method
    assert "exact on all" in section("two-leagues").method


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([0.025], "+2.5 per cent"),
        ([-0.012, -0.005], "−1.2 to −0.5 per cent"),
        ([0.0049, -0.003], "next to nothing either way"),
        ([0.02, 0.0204], "+2.0 per cent"),
    ],
)
def test_sizes_stand_beside_signs(shares: list[float], told: str):
    assert size_phrase(shares) == told
