"""Codes of states: the table, codes that cannot be right, and codes in the tables of members."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from detente import read_case
from detente.case.loading.state_codes import all_states, states_by_cow_number, states_by_iso_code, states_named
from detente.methods.chronology.edtf import Edtf
from tests.rooms.sections import sections_of

CASE = """\
case: codes
title: Codes
question: Which state is which?
sides: [a, b]
actors:
{actors}
organisations:
  a: {{name: A, members: [{{actor: one, in: 1990-01-01/..}}]}}
  b: {{name: B, members: [{{actor: two, in: 1990-01-01/..}}]}}
record:
  - {{id: o1, kind: offer, date: 2003-12-03, by: a, to: b, says: An offer.}}
"""


def written(folder: Path, *actors: str) -> str:
    names = ("one", "two", "three")
    lines = [f"  {name}: {{{given}, kind: state}}" for name, given in zip(names, actors, strict=False)]
    file = folder / "case.yaml"
    file.write_text(CASE.format(actors="\n".join(lines)), encoding="utf-8")
    return str(file)


NORWAY = "name: Norway, cow: 385, iso: NOR"


@pytest.mark.parametrize(
    ("given", "key", "words"),
    [
        ("name: Switzerland, cow: 225, iso: SWZ", "iso", "SWZ is Eswatini, and 225 is Switzerland (that is the COW"),
        ("name: Angola, cow: 540, iso: AGL", "iso", "no state has the ISO code AGL ('Angola' is AGO)"),
        ("name: Angola, cow: 541", "cow", "541 is Mozambique, and this actor is called Angola ('Angola' is 540)"),
        ("name: The Gambia, iso: GAB", "iso", "GAB is Gabon, and this actor is called The Gambia ('The Gambia' is"),
        ("name: Nowhere, cow: 998", "cow", "no state has the COW number 998"),
        ("name: Sverige, iso: NOR", "iso", "NOR is that of 'one', too (one code, one state"),
        ("name: Sweden, cow: 385", "cow", "385 is Norway, and this actor is called Sweden ('Sweden' is 380)"),
        ("name: Bavaria, cow: 245, iso: DEU", "iso", "and 245 is Bavaria (ISO has no code for it)"),
    ],
)
def test_a_code_that_cannot_be_right_is_warned_of(tmp_path: Path, given: str, key: str, words: str):
    file = Path(written(tmp_path, NORWAY, given))
    told = [str(warning) for warning in read_case(str(file)).warnings]
    column = file.read_text(encoding="utf-8").splitlines()[6].index(f"{key}: ") + len(f"{key}: ") + 1
    assert any(f"case.yaml:7:{column}: warning: actors.two.{key}: " in line and words in line for line in told), told


@pytest.mark.parametrize(
    "given",
    [
        "name: Россия, cow: 365, iso: RUS",
        "name: Soviet Union, cow: 365, iso: SUN",
        "name: Yugoslavia, cow: 345, iso: YUG",
        "name: Congo, cow: 490, iso: COD",
        "name: Cote d'Ivoire, cow: 437, iso: CIV",
        "name: Greenland, iso: GRL",
        "name: Kosovo, cow: 347, iso: XKX",
    ],
)
def test_codes_that_can_be_right_are_left_alone(tmp_path: Path, given: str):
    assert not read_case(written(tmp_path, NORWAY, given)).warnings


def test_two_yemens_may_share_a_code_and_two_actors_may_not(tmp_path: Path):
    north, south = "name: North Yemen, cow: 678, iso: YEM", "name: Yemen, cow: 679, iso: YEM"
    assert not read_case(written(tmp_path, NORWAY, north, south)).warnings
    (told,) = read_case(written(tmp_path, NORWAY, north, "name: Yemen, cow: 678, iso: YEM")).warnings
    assert told.message == "678 and YEM are those of 'two', too"
    (told,) = read_case(written(tmp_path, NORWAY, "name: Chile, cow: 150", "name: Paraguay, cow: 150")).warnings[1:]
    assert (told.message, told.remedy) == ("150 is that of 'two', too", "'Chile' is 155")


def test_the_codes_of_the_inputs_are_warned_of(shared: Path):
    told = [warning.message for warning in read_case(str(shared / "inputs" / "actor-codes.yaml")).warnings]
    assert told == [
        "AUS is Australia, and 305 is Austria",
        "260 and DEU are those of 'ger', too",
        "345 and SRB are those of 'yug', too",
        "no state has the COW number 999",
        "no state has the ISO code ZZZ",
    ]


def test_the_bundled_cases_have_no_wrong_code():
    assert not read_case("nato-csto").warnings


def test_the_table_is_sound():
    table = all_states()
    assert (
        len({state.cow_number for state in table if state.cow_number})
        == sum(state.cow_number is not None for state in table)
        == 217
    )
    assert len({state.abbreviation for state in table if state.cow_number}) == 217
    current = {state.iso3 for state in table if state.iso3 and state.iso3 not in dict(state.withdrawn_codes)}
    assert len(current - {"XKX"}) == 249  # ISO 3166-1 has so many since 2011
    shared = {code for code, its in states_by_iso_code().items() if len(its) > 1}
    assert shared == {"DEU", "YEM", "VNM"}
    for state in table:
        assert len(state.iso3) in (0, 3)
        assert len(state.iso2) in (0, 2)
        assert all(len(old) == 3 and len(new) == 4 for old, new in state.withdrawn_codes)
        assert state in states_named(state.name)
        spells = [Edtf.parse(years) for years in state.years]
        assert all(a.last_day < b.first_day for a, b in pairwise(spells))
        assert bool(spells) == (state.cow_number is not None)


def test_the_table_agrees_with_the_list_of_the_project(shared: Path):
    with (shared / "data" / "states.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {int(row["ccode"]) for row in rows} == set(states_by_cow_number())
    for row in rows:
        ours = states_by_cow_number()[int(row["ccode"])]
        assert ours.abbreviation == row["stateabb"]
        if (
            ours.cow_number != 817
        ):  # there VDR is put to the Republic of Vietnam; ISO 3166-3 withdrew it with the other one
            assert ours.iso3 == row["iso3"]
        assert ours in states_named(row["name"])
    with (shared / "data" / "state_spells.csv").open(encoding="utf-8") as file:
        theirs = sorted((int(r["ccode"]), int(r["styear"]), int(r["endyear"])) for r in csv.DictReader(file))
    spells = [(s.cow_number, Edtf.parse(years)) for s in all_states() if s.cow_number for years in s.years]
    # The list ends in 2016.
    assert sorted((cow, spell.first_day.year, min(spell.last_day.year, 2016)) for cow, spell in spells) == theirs


def test_tables_of_members_carry_the_codes(tmp_path: Path):
    found = sections_of(read_case(written(tmp_path, NORWAY, "name: Chile, cow: 155")).case, "record")[0]
    table = next(finding.table for finding in found.findings if finding.id == "membership")
    assert table is not None
    codes = [(row["actor"], row["cow"], row["iso"]) for row in table.records()]
    assert codes == [("one", "385", "NOR"), ("two", "155", None)]
    found = sections_of(read_case(written(tmp_path, "name: One", "name: Two")).case, "record")[0]
    table = next(finding.table for finding in found.findings if finding.id == "membership")
    assert table is not None
    assert not {"cow", "iso"} & set(table.columns)
