"""Any id and any path explained: what stands there, in numbers, why, and what rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import Assessment, UnknownName, assess, explain, read_case
from detente.case.bundled import bundled_cases
from detente.case.entries.entries import case_inputs
from detente.case.paths import value_at_path
from tests.cases.assessed_cases import assessed_case
from tests.command import detente
from tests.conftest import edit


@pytest.fixture(scope="module")
def small() -> Assessment:
    return assessed_case("two-leagues")


def test_an_entry_prints_its_numbers(assessed: Assessment):
    details = dict(explain(assessed, "relative-gains").details)
    assert details["kind"] == "relative"
    assert details["of.russia"] == "uniform 0, 1 (our assumption; as for NATO)"
    assert details["against.csto"] == "russia"
    known = dict(explain(assessed, "polyarchy").details)
    assert known["held.2007"].startswith("united-states 0.897, canada 0.834")
    assert dict(explain(assessed, "ev-2004-official").details)["date"] == "2004-10/2004-12"


def test_a_path_has_value_meaning_reason_and_sources(assessed: Assessment):
    found = explain(assessed, "mechanisms.relative-gains.of.russia")
    assert found.details == (("value", "uniform 0, 1 (our assumption; as for NATO)"),)
    assert found.meaning.startswith("How much it counts, for each actor.")
    assert [entry.id for _, entry in found.referred_by] == ["relative-gains"]
    assert found == explain(assessed, "relative-gains.of.russia")
    observed = explain(assessed, "network.observed")
    assert (observed.details, observed.is_given) == ((("value", "bilateral"),), True)
    assert [entry.id for _, entry in observed.refers_to] == ["bilateral"]
    secondary = explain(assessed, "evidence.secondary")
    assert secondary.places[0].startswith("FFI-rapport 2007/01671, section 2.6")
    assert ("scenario secondary-half", "evidence.secondary = 0.5") in secondary.overrides
    gravity = explain(assessed, "network.gravity")
    assert any("Which numbers it depends on" in where for where, _ in gravity.findings)
    assert ("priors gains-alike", "network.gravity = uniform 0, 0.2") in gravity.overrides


def test_a_lever_on_a_number_is_told(leagues: Path):
    with leagues.open("a", encoding="utf-8") as file:
        file.write("levers: [{path: evidence.secondary, says: How much, from: 0, to: 1}]\n")
    found = explain(assess(read_case(str(leagues))), "evidence.secondary")
    assert ("lever", "evidence.secondary from 0 to 1: How much") in found.overrides


def test_what_the_case_does_not_say_is_its_default(small: Assessment):
    found = explain(small, "about")
    assert (found.details, found.is_given) == ((("value", "1"),), False)
    assert "in its own units" in found.meaning.lower()


def test_a_path_of_an_entry_is_the_entry(small: Assessment):
    assert explain(small, "record.second-offer").entry.id == "second-offer"
    assert explain(small, "record.3").entry.id == "second-offer"
    assert explain(small, "second-offer.date").entry.id == explain(small, "record.3.date").entry.id
    assert explain(small, "record.3.date").entry.id == "record.second-offer.date"


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("network.obsevred", "observed"),
        ("hill.decids", "decides"),
        ("organisations.hill.shares.0.held.don", "dun"),
        ("netwrok", "network"),
        ("first-ofer", "first-offer"),
        ("organisations.hill.members.9", "no entry '9'"),
        ("title.more", "no 'more'"),
        ("..", "page lists"),
    ],
)
def test_an_unknown_path_names_the_nearest(small: Assessment, path: str, near: str):
    with pytest.raises(UnknownName) as raised:
        explain(small, path)
    assert near in str(raised.value)


@pytest.mark.parametrize("name", bundled_cases())
def test_inputs_stand_at_the_paths_they_name(name: str):
    loaded = read_case(name)
    found = case_inputs(loaded.case)
    assert "stances.corrie-doubts.chances.for" in {one.path for one in found} or name != "two-leagues"
    for one in found[::9]:
        assert value_at_path(loaded.case, loaded.data, one.path).is_given, one.path


def test_the_terminal_tells_a_path(tmp_path: Path):
    answer = detente("explain", "two-leagues", "network.decay")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("network.decay: path\nWhat is left of a gain after every further tie")
    answer = detente("explain", "two-leagues", "network.decoy")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "did you mean 'decay'?" in answer.stderr


def test_a_coding_sheet_without_passages_names_the_other_units(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    begin, end = text.index("\npassages:"), text.index("\ntheories:")
    leagues.write_text(text[:begin] + text[end:], encoding="utf-8")
    edit(leagues, ("import: [codings-second.csv]\n", ""))
    lines = leagues.read_text(encoding="utf-8").splitlines(keepends=True)
    leagues.write_text("".join(line for line in lines if "unit: p-" not in line), encoding="utf-8")
    answer = detente("coding-sheet", leagues)
    assert answer.returncode == 2
    assert "this case has no passages to code" in answer.stderr
    assert "or --units motives for its motives" in answer.stderr
