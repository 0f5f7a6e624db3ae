"""Numbers stand under the year they are of: capabilities, regimes, shares."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from detente.assessment.assess import Assessment, assess, read_case
from detente.case.index.stand_in_figures import capability_year, stand_in_figures
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.network.internal_division import member_gain_shares
from tests.cases.two_hub_case import written
from tests.rooms.sections import sections_of, table_rows

HELD = {"n": 9, "r": 4, "j0": 1, "j1": 2, "j2": 0.5}
LATER = {"n": 18, "r": 4, "j0": 1, "j1": 2, "j2": 0.5}


def assessed(folder: Path, **more: Any) -> Assessment:
    return assess(read_case(str(written(folder, **more))))


def finding(assessment: Assessment, id: str) -> Any:
    return next(f for section in assessment.sections for f in section.findings if f.id == id)


@pytest.mark.parametrize(("year", "of"), [(1995, 2000), (2000, 2000), (2003, 2000), (2004, 2004), (2050, 2004)])
def test_the_latest_figures_until_a_year_or_else_the_first(year: int, of: int, tmp_path: Path):
    file = written(tmp_path, capabilities__wagons__held={2004: LATER, 2000: HELD})
    assert capability_year(read_case(str(file)).case, year) == of


def test_figures_stand_under_their_own_year(tmp_path: Path):
    found = assessed(tmp_path, network__years=[1995, 2000, 2002])
    balance = finding(found, "balance")
    assert "By Wagons, in 2000, which stands here for 2002, whoever faces" in balance.says
    years = {(row["year"], row["figures_of"]) for row in balance.table.records()}
    assert years == {(1995, 2000), (2000, 2000), (2002, 2000)}
    gains = finding(found, "gains-bloc").says
    assert gains.endswith("In 1995 (with the capabilities of 2000) and 2000 the same parties gain.")
    assert found.stand_ins is not None
    assert list(found.stand_ins.records()) == [
        {"number": "Wagons", "path": "capabilities.wagons", "year": year, "figure_year": 2000} for year in (1995, 2002)
    ]


def test_nothing_is_said_of_other_years_where_the_figures_are_of_the_year(tmp_path: Path):
    found = assessed(tmp_path, network__years=[2000, 2002], capabilities__wagons__held={2000: HELD, 2002: LATER})
    assert "By Wagons, in 2002, whoever faces" in finding(found, "balance").says
    assert "figures_of" not in finding(found, "balance").table.names
    assert finding(found, "gains-bloc").says.endswith("In 2000 the same parties gain.")
    assert found.stand_ins is None


@pytest.mark.parametrize(("held", "years", "warned"), [(1998, [], False), (2003, [], True), (1998, [2000], True)])
def test_of_a_year_that_nobody_chose_only_later_figures_are_warned_of(
    held: int, years: list[int], warned: bool, tmp_path: Path
):
    """But the report lists either: the case is of 2000 by its period alone, or by the years that it asks for."""
    file = written(tmp_path, capabilities__wagons__held={held: HELD}, network__years=years)
    loaded = read_case(str(file))
    told = [str(warning) for warning in loaded.warnings]
    assert any(f"'wagons' has no figures for 2000; those of {held} are taken" in one for one in told) == warned
    (figure,) = stand_in_figures(loaded.case)
    assert (figure.path, figure.year, figure.figure_year) == (("capabilities", "wagons"), 2000, held)


def test_regimes_of_another_year_are_told(tmp_path: Path):
    everybody = dict.fromkeys(("n", "r", "j0", "j1", "j2"), 0.5)
    more = {
        "regimes": {"polity": {"title": "Polity", "held": {1998: everybody, 2001: everybody}}},
        "mechanisms": {"k": {"title": "K", "kind": "norms", "of": {"n": 0.1}, "by_regime": "polity"}},
    }
    table = assessed(tmp_path, **more).stand_ins
    assert table is not None
    assert [tuple(row.values()) for row in table.records()] == [("Polity", "regimes.polity", 2000, 1998)]
    later = assessed(tmp_path, **more, network__years=[2001]).stand_ins
    assert later is not None
    assert [row["number"] for row in later.records()] == ["Wagons"]


def test_shares_are_shown_only_for_times_they_hold_for(leagues: Path):
    """Dun holds two of the three wardens: by votes it would decide alone, wherever that is known."""

    def told(dates: str) -> tuple[str, dict[str, Any]]:
        text = text_of_case.replace("whole: 3, note", f"whole: 3, {dates}note")
        leagues.write_text(re.sub("snapshots: .*", "snapshots: [1404, 1408]", text), encoding="utf-8")
        power = next(
            f for s in sections_of(read_case(str(leagues)).case, "rules") for f in s.findings if f.id == "power"
        )
        assert power.table is not None
        dun = table_rows(power, member="Dun")
        return power.says, {str(row["at"]): (row["shapley_shubik_by_shares"], row["shares_in"]) for row in dun}

    text_of_case = leagues.read_text(encoding="utf-8")
    assert text_of_case.count("whole: 3, note") == 1
    says, dun = told("")
    assert dun == {"1404": (1, None), "1408": (1, None)}
    assert "In Hill League, 1408, Dun has 0.5" in says
    assert "would have 1 if shares were votes" in says
    says, dun = told("in: 1400/1405, ")
    assert dun == {"1404": (1, "1400/1405")}  # of 1408 nothing is said
    assert "In Hill League, 1404, Dun has 0.5" in says
    assert "1408" not in says
    says, dun = told("in: 1400/, ")  # nobody knows until when: shown, with its time
    assert dun == {"1404": (1, "1400/"), "1408": (1, "1400/")}
    assert "would have 1 if shares (from 1400) were votes" in says
    says, dun = told("in: 1404-06/1408-02, ")  # on some day of either year
    assert dun == {"1404": (1, "1404-06/1408-02"), "1408": (1, "1404-06/1408-02")}


def test_shares_that_surely_hold_come_before_those_that_may(tmp_path: Path):
    def part(*shares: dict[str, Any]) -> float:
        file = written(tmp_path, organisations__east__shares=[{"divides": True, **one} for one in shares])
        case = read_case(str(file)).case
        found = build_actor_network(case, 2000)
        group = [found.actors.index(name) for name in ("r", "j0", "j1", "j2")]
        return float(member_gain_shares(case, found, "east", group)[0])

    old = {"of": "old", "held": {"r": 1}, "others": 1, "in": "1990/"}
    new = {"of": "new", "held": {"r": 7}, "others": 1, "in": "1999/2001"}
    assert part(old) == 0.25
    assert part(old, new) == 0.7
    assert part(old, {**new, "in": "1995/1999"}) == 0.25
