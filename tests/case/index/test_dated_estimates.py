"""Numbers with years: each year that is worked out takes its own, and says so where another year's stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import CaseError, assess, read_case
from detente.assessment.assess import Assessment
from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_in_year, case_of_answer, dated_estimates
from detente.rooms.acceptance.model.acceptance import AcceptanceModel, build_acceptance_model
from detente.rooms.gains.model.simulation.simulation import simulate_gains
from tests.conftest import edit
from tests.rooms.sections import table_rows

HILL = 'hill: {uniform: [0, 0.8], because: "invented; the hills have never liked the towns below"}'
LOW, HIGH = "{uniform: [0, 0.1]}", "{uniform: [0.6, 0.9]}"


@pytest.fixture
def two_years(leagues: Path) -> Path:
    """The case answered for two years, of which it has figures."""
    edit(leagues, ("\nnetwork:\n", "\nnetwork:\n  years: [1403, 1408]\n"))
    return leagues


def answers(file: Path) -> AcceptanceModel:
    case = read_case(str(file)).case
    gains = simulate_gains(case)
    assert gains is not None
    model = build_acceptance_model(gains)
    assert model is not None
    return model


def shares(file: Path) -> dict[int, list[float]]:
    """By year, in how many draws the other side accepts, by each theory."""
    return {
        year.deciders.actor_network.year: [
            year.acceptance_share(variant, theory)
            for variant in year.deciders.offered_variants
            for theory in year.deciders.theories
        ]
        for year in answers(file).years
    }


def test_each_year_takes_its_own_number(two_years: Path):
    found = {}
    for name, value in (
        ("low", LOW),
        ("high", HIGH),
        ("dated", f"{{in: {{1403: {LOW}, 1408: {HIGH}}}, because: invented}}"),
    ):
        text = two_years.read_text(encoding="utf-8")
        edit(two_years, (HILL, f"hill: {value}"))
        found[name] = shares(two_years)
        two_years.write_text(text, encoding="utf-8")
    assert found["dated"] == {1403: found["low"][1403], 1408: found["high"][1408]}
    assert found["low"] != found["high"]


def test_the_games_are_those_of_the_last_year(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    outcomes = []
    for patience in ("{value: 0.4}", "{in: {1403: 0.9, 1408: 0.4}}"):
        edit(leagues, ("patience: {uniform: [0.7, 0.9]", f"patience: {patience[:-1]}"))
        assessment = assess(read_case(str(leagues)))
        outcomes.append({name: value for name, value in assessment.outcomes.items() if name.startswith("durability.")})
        leagues.write_text(text, encoding="utf-8")
    assert outcomes[0] == outcomes[1]


def test_a_case_without_years_is_left_as_it_is():
    case = read_case("two-leagues").case
    assert dated_estimates(case) == ()
    assert case_in_year(case, 1403) is case
    assert case_of_answer(case) is case


def test_a_year_takes_the_latest_before_it_and_the_first_where_there_is_none(leagues: Path):
    edit(leagues, (HILL, "hill: {in: {1405: 0.1, 1407: {value: 0.2, because: told}}, because: invented}"))
    loaded = read_case(str(leagues))
    of_hill = loaded.case.mechanisms["envy"].of["hill"]
    assert [of_hill.in_year(year).value for year in (1403, 1405, 1406, 1408)] == [0.1, 0.1, 0.1, 0.2]
    assert [of_hill.in_year(year).because for year in (1405, 1407)] == ["invented", "told"]
    assert (of_hill.bounds, of_hill.mean) == ((0.1, 0.2), 0.2)
    (warning,) = [str(one) for one in loaded.warnings if ".hill.in" in one.path]
    assert "no number for 1408; that of 1407 is taken (it has numbers for 1405 and 1407: add one for 1408)" in warning
    inputs = {one.path: one.value for one in assess(loaded).inputs if "envy.of.hill" in one.path}
    assert inputs == {"mechanisms.envy.of.hill.in.1405": "0.1", "mechanisms.envy.of.hill.in.1407": "0.2"}


@pytest.mark.parametrize(
    ("value", "path", "told"),
    [
        ("{in: {1403: 0.1}, value: 2}", "mechanisms.envy.of.hill", "value and in together"),
        ("{in: {}}", "mechanisms.envy.of.hill.in", "at least 1"),
        ("{in: {1403: {in: {1404: 1}}}}", "mechanisms.envy.of.hill", "years within years"),
        ("{in: {1403: 11}}", "mechanisms.envy.of.hill.in.1403", "11 is not from 0 to 10"),
        ("{in: {1403: [1, 2]}}", "mechanisms.envy.of.hill.in.1403", "a number or a distribution"),
        ("{in: {soon: 1}}", "mechanisms.envy.of.hill.in.soon", ""),
    ],
)
def test_what_is_wrong_with_years_has_its_place(leagues: Path, value: str, path: str, told: str):
    edit(leagues, (HILL, f"hill: {value}"))
    with pytest.raises(CaseError) as caught:
        read_case(str(leagues))
    (problem,) = [one for one in caught.value.problems if one.severity != "warning"]
    assert (problem.path, told in str(problem)) == (path, True), str(problem)


def test_the_year_that_is_answered_for_stands_last_and_is_not_moved_by_the_others(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    edit(leagues, ("\nnetwork:\n", "\nnetwork:\n  years: [1403, 1405, 1408]\n  answer_year: 1405\n"))
    loaded = read_case(str(leagues))
    assert analysed_years(loaded.case) == [1403, 1408, 1405]
    beside_others = assess(loaded).outcomes
    leagues.write_text(text, encoding="utf-8")
    edit(leagues, ("\nnetwork:\n", "\nnetwork:\n  years: [1405]\n"))
    assert beside_others == assess(read_case(str(leagues))).outcomes
    assert {value.year for name, value in beside_others.items() if name.startswith(("gains.", "acceptance."))} == {1405}


def test_the_first_case_answers_for_the_year_of_the_report(assessed: Assessment):
    assert analysed_years(assessed.loaded.case) == [2005, 2013, 2007]
    years = {value.year for name, value in assessed.outcomes.items() if name.startswith(("gains.", "acceptance."))}
    assert years == {2007}
    (theories,) = (f for s in assessed.sections if s.id == "response" for f in s.findings if f.id == "theories")
    assert list(dict.fromkeys(row["year"] for row in table_rows(theories))) == [2005, 2007, 2013]


def test_an_answer_for_a_year_that_is_not_worked_out_is_refused(leagues: Path):
    edit(leagues, ("\nnetwork:\n", "\nnetwork:\n  years: [1403, 1408]\n  answer_year: 1405\n"))
    with pytest.raises(CaseError) as caught:
        read_case(str(leagues))
    (problem,) = [one for one in caught.value.problems if one.severity != "warning"]
    assert str(problem).startswith(f"{leagues}:206:16: network.answer_year: 1405 is not worked out")
    assert "add it to years: [1403, 1405, 1408]" in str(problem)
