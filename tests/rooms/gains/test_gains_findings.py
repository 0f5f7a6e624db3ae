"""What the channels room says: findings of the bundled cases, other constellations, words, pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from detente.assessment.assess import Assessment, assess, read_case
from detente.results.finding import Finding, Section
from detente.text.number_format import format_number
from tests.cases.two_hub_case import sums, written
from tests.oracles.two_hub_thresholds import Stakes, Threat, exclusivity_threshold, threat_threshold
from tests.rooms.sections import sections_of

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


def table(of: Section, id: str) -> pl.DataFrame:
    """The table of a finding."""
    found = finding(of, id).table
    assert found is not None
    return found


def test_the_first_screen_says_what_turns_on_the_form(first):
    assert "turns on how it is run" in first.brief
    for words in ("through Russia, NATO gains in", "CSTO as one, NATO gains in", "Russia gains either way"):
        assert words in first.brief
    assert first.tile is not None
    assert first.tile.value == "Whether NATO gains turns on how the channel is run"
    assert first.brief in first.answer


def test_both_forms_and_both_years(first):
    every = table(first, "every-channel")
    assert set(every["year"]) == {2005, 2007}
    bloc = "A channel between the blocs"
    assert {f"{bloc} (through Russia)", f"{bloc} (CSTO as one)"} <= set(every["channel"])
    counts = every.group_by("year").agg(pl.col("actor").n_unique()).sort("year")["actor"].to_list()
    assert counts == [7, 8]
    assert "In 2005, without Uzbekistan, all signs are the same." in finding(first, "gains-bloc").says
    gains = table(first, "gains-bloc")
    verdicts = dict(zip(gains["actor"], gains["verdict"], strict=True))
    assert verdicts["Russia"] == "gains"
    assert verdicts["NATO"] == verdicts["Belarus"] == "turns on how it is run"


def test_gains_are_rerouting_and_efficiency_and_links(first):
    for row in table(first, "rerouting").iter_rows(named=True):
        parts = [float(row[key].replace("−", "-")) for key in ("rerouting", "efficiency", "links", "gain")]
        assert sum(parts[:3]) == pytest.approx(parts[3], abs=0.16)
    assert finding(first, "rerouting").structural
    hub = table(first, "rerouting").filter(pl.col("channel").str.contains("through"))
    signs = dict(zip(hub["actor"], hub["for_any_stakes"], strict=True))
    assert signs.pop("Russia") == "never loses"
    assert set(signs.values()) == {"never gains"}


def test_means_of_the_table_are_those_of_the_issues(first):
    issues = table(first, "by-issue")
    assert issues["share"].sum() == pytest.approx(100, abs=0.5)
    assert "access" in issues["issue"].to_list()
    hub = [column for column in issues.columns if column == "Russia, through Russia"]
    assert hub
    total = sum(float(text.replace("−", "-")) for text in issues[hub[0]])
    rerouting = table(first, "rerouting").row(0, named=True)
    before_links = float(rerouting["gain"].replace("−", "-")) - float(rerouting["links"].replace("−", "-"))
    assert total == pytest.approx(before_links, abs=0.6)


def test_other_ways_name_whose_sign_changes(first):
    other = table(first, "otherwise-bloc")
    ways = other["worked_out"].to_list()
    assert "position value" in ways
    assert any("as its 26 members" in way for way in ways)
    assert "links survive one by one" in ways
    through = other.filter(pl.col("run") == "through Russia")["NATO"]
    assert all(text.startswith("−") for text in through)


def test_the_observed_network_is_stable_where_links_are_cheap(first):
    kept = table(first, "kept")
    assert "8,192 networks" in finding(first, "kept").says
    cheap = kept.filter(pl.col("cost") <= 1)
    assert set(cheap["observed"]) == {"kept"}
    assert set(kept.filter(pl.col("cost") == 5)["observed"]) == {"left"}


def test_what_it_turns_on_names_numbers_of_the_case(first):
    paths = set(table(first, "turns-on-bloc")["number"])
    assert "channels.bilateral.efficiency" in paths
    assert {"channels", "network", "issues"} >= {path.split(".")[0] for path in paths}


def test_what_it_would_take_is_where_the_closed_forms_have_it(tmp_path):
    file = written(tmp_path, network__raised=0.2, issues__road__multilateral=0.1)
    takes = table(section(file), "takes-bloc")
    where = {(row["run"], row["number"]): row["gains"] for row in takes.iter_rows(named=True)}
    lost = 1 - 0.1 * (1 - 0.6)
    a, b, c, _ = sums(lost)
    chi = float(exclusivity_threshold(Stakes(a, b, c), 1 / lost))
    assert 0 < chi < 1
    assert where["through R", "exclusivity"] == f"below {format_number(round(chi, 2))}"
    felt = threat_threshold(Stakes(*sums()[:3]), Threat(0.2, 0.1, 0.6), exclusivity=0.7)
    assert where["through R", "threat felt by both"] == (
        "nowhere" if felt is None else f"above {format_number(round(felt, 2))}"
    )


def test_the_answer_says_what_would_turn_it(first):
    assert "NATO gains if the chance that the channel displaces other links is below" in first.answer
    takes = table(first, "takes-bloc").filter(pl.col("run") == "through Russia")
    where = dict(zip(takes["number"], takes["gains"], strict=True))
    assert where["efficiency"] == "nowhere"
    assert where["threat felt by both"] == "nowhere"


def test_only_what_both_feel_counts_between_them(first):
    threat = table(first, "threat-bloc")
    rows = {(row["felt"], row["run"]): row for row in threat.iter_rows(named=True)}
    quiet, nato = rows["by nobody", "through Russia"], rows["by NATO alone", "through Russia"]
    assert {**quiet, "felt": ""} == {**nato, "felt": ""}

    def gain(felt: str) -> float:
        return float(rows[felt, "through Russia"]["NATO"].replace("−", "-"))

    assert gain("by CSTO alone") < gain("by nobody") < gain("by both, in part (.25)") < gain("by both, in full")
    assert "it would turn no sign" in finding(first, "threat-bloc").says


def test_brokers_and_balance(first):
    brokers = table(first, "brokers")
    hub = brokers.filter(pl.col("channel").str.contains("through Russia") & (pl.col("actor") == "Russia"))
    assert hub["brokerage"][0] > 10
    for row in brokers.iter_rows(named=True):
        assert row["own"] + row["brokerage"] == pytest.approx(row["all"], abs=0.11)
    balance = table(first, "balance").filter(pl.col("year") == 2007)
    assert balance.filter(pl.col("other") == "CSTO as one")["of_other"].to_list() == ["0.0502"]
    assert "“Bilateral channels” 7.3" in finding(first, "balance").says


def test_pictures_are_drawn_for_wide_and_narrow(first):
    for id in ("gains-bloc", "brokers"):
        chart = finding(first, id).chart
        assert chart is not None
        assert chart.wide != chart.narrow
        assert "Russia" in chart.description


def test_scenarios_move_what_they_should():
    says = {
        name: section("nato-csto", scenario=name, changes={"network.draws": "1000"})
        for name in ("adds-to-bilateral-ties", "existential-threat", "nothing-gets-lost-between-blocs")
    }
    adds = finding(says["adds-to-bilateral-ties"], "every-channel").says
    assert "“A channel between the blocs”" in adds
    assert "displaces nothing" in adds

    def nato(of: Section) -> float:
        return of.outcome["bloc.hub.nato"]

    now = nato(section("nato-csto", changes={"network.draws": "1000"}))
    assert nato(says["nothing-gets-lost-between-blocs"]) > now
    assert nato(says["existential-threat"]) != now


def test_the_small_case_has_two_hubs():
    found = section("two-leagues")
    assert "through Aldmoor and Corrie" in found.brief
    assert "River League and Hill League as one" in found.brief
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
    assert "through R, " in found.brief
    assert "East as one" in found.brief


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
    assert "through A0, A1, B0 and C0" in found.brief
    assert "League A, League B and League C as one" in found.brief
    gains = table(found, "gains-three")
    verdict = dict(zip(gains["actor"], gains["verdict"], strict=True))
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
    assert "“Bloc”: nothing changes for" in finding(found, "every-channel").says
    assert set(table(found, "every-channel").filter(pl.col("channel") == "Bloc")["often"]) == {0.0}


def test_what_is_so_by_construction_says_so(tmp_path):
    found = section(written(tmp_path, channels__bloc__exclusivity=0, issues__road__stakes={"uniform": [1, 2]}))
    assert not [f for f in found.findings if f.id == "gains-bloc"]
    found = section(written(tmp_path, channels__bloc__exclusivity=1, issues__road__stakes={"uniform": [1, 2]}))
    verdicts = dict(zip(table(found, "gains-bloc")["actor"], table(found, "gains-bloc")["verdict"], strict=True))
    assert verdicts["R"] == "gains by construction"
    assert "It is structural that R cannot lose, through R" in finding(found, "gains-bloc").says


def test_nothing_is_by_construction_that_turns_out_otherwise(tmp_path):
    """A third channel whose links survive may get more done, and links within an organisation cost its members."""
    better = written(
        tmp_path, channels__bilateral__efficiency=1, channels__bloc__efficiency=0.2, channels__bloc__exclusivity=0.5
    )
    case = yaml.safe_load(better.read_text())
    case["channels"]["weak"] = {"title": "Weak", "links": [["r", "east"], ["n", "east"]], "efficiency": 0.2}
    case["network"]["observed"] = "weak"
    better.write_text(yaml.safe_dump(case))
    gains = table(section(better), "gains-bloc")
    assert "by construction" not in dict(zip(gains["actor"], gains["verdict"], strict=True))["N"]

    costly = written(tmp_path, network__link_cost=0.2, channels__bloc__exclusivity=1)
    case = yaml.safe_load(costly.read_text())
    case["channels"]["bloc"]["links"].append(["east", "east"])
    costly.write_text(yaml.safe_dump(case))
    gains = table(section(costly), "gains-bloc")
    for verdict in gains["verdict"]:
        assert verdict != "gains by construction"


def test_who_mostly_is_unmoved_gains_nothing_by_construction(tmp_path):
    seldom = {"discrete": [[0, 0.7], [1, 0.3]]}
    file = written(tmp_path, channels__bloc__exclusivity=seldom, issues__road__multilateral=0)
    gains = table(section(file), "gains-bloc")
    assert "by construction" not in dict(zip(gains["actor"], gains["verdict"], strict=True))["R"]


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
    case["network"] = {}
    file.write_text(yaml.safe_dump(case))
    assert "Who gains" in assess(read_case(str(file))).absent


def test_a_period_without_an_end_is_no_year(tmp_path):
    file = written(tmp_path, period="2000/..")
    assert "in 2000:" in finding(section(file), "gains-bloc").says


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
        "network": {"draws": 100},
    }
    file = tmp_path / "case.yaml"
    file.write_text(yaml.safe_dump(case))
    assert "estimated by drawing orders of arrival, with standard errors of shares up to 0.0" in section(file).method
    assert "exact on all" in section("two-leagues").method
