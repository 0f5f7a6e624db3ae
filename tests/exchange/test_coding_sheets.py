"""Coding sheets and lists of codings: written blind, read back with every mistake at its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import assess, read_case
from detente.case.loading.csv_codings import parse_code, read_codings
from detente.case.schema.case import Case
from detente.case.schema.coding import Coding
from detente.errors import Problem
from detente.exchange.sheets.coding_sheet import codebook_markdown, coding_sheet_csv, codings_csv
from tests.command import detente
from tests.conftest import edit
from tests.rooms.evidence.test_coding import findings, problems_of, rows


def test_a_sheet_is_blind_and_comes_back(tmp_path: Path):
    case = read_case("two-leagues").case
    sheet = coding_sheet_csv(case, "passages", "third")
    table = list(csv.DictReader(io.StringIO(sheet)))
    assert {row["unit"] for row in table} == set(case.passages)
    assert [row["unit"] for row in table] != list(case.passages)
    for row in table:
        assert [row[name] for name in ("realism", "liberalism", "because")] == ["", "", ""]
    for coding in case.codings:
        assert not coding.because or coding.because not in sheet
    book = codebook_markdown(case)
    for theory in case.theories.values():
        assert theory.codebook is not None
        assert theory.codebook.definition in book
        assert all(rule in book for rule in theory.codebook.include + theory.codebook.exclude)
        assert str(theory.codebook.example) in book


def test_both_bundled_cases_say_how_to_recognise_their_theories():
    for name in ("two-leagues", "nato-csto"):
        for theory in read_case(name).case.theories.values():
            assert theory.codebook
            assert theory.codebook.include
            assert theory.codebook.exclude
            assert theory.codebook.example


def test_a_second_coder_from_the_command_line(tmp_path: Path):
    assert detente("new", "mine", "--from", "two-leagues", cwd=tmp_path).returncode == 0
    made = detente("coding-sheet", "mine", "--coder", "third", "--out", "sheets", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "Name the coder" in made.stderr
    sheet = tmp_path / "sheets" / "codings-third-passages.csv"
    table = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert all(row["text"] for row in table)
    before = sheet.read_bytes()
    assert detente("coding-sheet", "mine", "--coder", "third", "--out", "sheets", cwd=tmp_path).returncode == 2
    assert sheet.read_bytes() == before
    # As a spreadsheet on a European machine saves it.
    for row in table:
        row["realism"] = "Strong for" if row["unit"] == "p-control-1" else "neither"
    written = io.StringIO()
    writer = csv.DictWriter(written, list(table[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    (tmp_path / "mine" / "codings-third.csv").write_bytes(b"\xef\xbb\xbf" + written.getvalue().encode())
    case = tmp_path / "mine" / "case.yaml"
    edit(
        case,
        ("[codings-second.csv]", "[codings-second.csv, codings-third.csv]"),
        ("  second: {name:", "  third: {name: T}\n  second: {name:"),
    )
    assert detente("check", "mine", cwd=tmp_path).returncode == 0
    held = read_case(str(case)).case
    third = [c for c in held.codings if c.coder == "third"]
    assert len(third) == 14
    assert [(c.direction, c.strength) for c in third if c.unit == "p-control-1"] == [("for", "strong")]
    assert {row["coders"] for row in rows(findings(str(case))["reliability"]) if row["level"] == "passages"} == {3}


def test_every_mistake_in_a_sheet_has_its_cell(leagues: Path):
    (leagues.parent / "codings-second.csv").write_text(
        "unit,about,realism,libralism,coder,round,date,because\n"
        "p-control-1,x,strong for,,second,1,,\n"
        "p-control-2,x,strnog for,,second,1,,\n"
        "p-control-9,x,neither,,second,1,,\n"
        "p-control-3,x,primary,,second,1,,\n"
        "p-trade-1,x,weak for,,secnod,1,,\n"
        "p-trade-2,x,,weak for,second,1,,\n"
        "hill-order,x,primary,,second,3,,\n"
        "hill-freedom,x,neither,,second,1,1411-13,\n",
        encoding="utf-8",
    )
    found = problems_of(leagues)
    expected = [
        ("1:20", "no theory 'libralism' (did you mean 'liberalism'?)"),
        ("3:15", "'strnog for' is no code"),
        ("4:1", "'p-control-9'"),
        ("5:15", "'p-control-3' is no motive and has no level"),
        ("6:23", "no coder 'secnod' (did you mean 'second'?)"),
        ("8:14", "needs a date and a reason"),
        ("9:34", "'1411-13' is no date"),
    ]
    for place, words in expected:
        assert any(f"codings-second.csv:{place}: " in p and words in p for p in found), (place, words, found)
    assert sum("no theory 'libralism'" in p for p in found) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "there is nothing here"),
        (b"unit\n", ""),
        (b"motive,realism\nx,primary\n", "there is no column 'unit'"),
        (b"unit,realism,realism\nhill-order,primary,\n", "stands twice"),
        (b"unit,,realism\nhill-order,x,primary\n", "a column without a name"),
        (b"unit,realism\nhill-order,primary,more\n", "a cell beyond the last column"),
        (b'unit,realism\n"hill-order,primary\n', "never closed"),
        (b'unit,realism\n"hill-order"x,primary\n', "after a closing quotation mark"),
        (b"unit,realism\nhill-order,primary\xff\n", "is not UTF-8"),
        (b"unit,theory,levle\nhill-order,realism,primary\n", "did you mean 'level'"),
        (b"unit,realism\nhill-order,primary\n", "'coder' is missing"),
        (b"unit,theory,level,coder\nhill-order,realism,first,second\n", "'first' is not known here"),
        (b"unit,realism,coder,round\nhill-order,primary,second,twice\n", "should be a whole number"),
    ],
)
def test_bad_sheets(leagues: Path, content: bytes, words: str):
    (leagues.parent / "codings-second.csv").write_bytes(content)
    if words:
        assert words in "\n".join(problems_of(leagues))
    else:
        read_case(str(leagues))


@given(content=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@settings(max_examples=200)
def test_any_bytes_give_codings_or_problems(content: bytes):
    problems: list[Problem] = []
    tree = read_codings(content, "x.csv", 1, problems)
    assert tree is not None or problems


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20).map(lambda t: " ".join(t.split()))


@given(reasons=st.lists(words, min_size=1, max_size=5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_list_of_codings_comes_back_equal(reasons: list[str]):
    base = read_case("two-leagues").case
    codings = [
        Coding(unit=unit, theory="realism", direction="for", coder="author", because=reason or None)
        for unit, reason in zip(base.passages, reasons, strict=False)
    ]
    case = base.model_copy(update={"codings": [*base.codings, *codings]})
    problems: list[Problem] = []
    tree = read_codings(codings_csv(case).encode(), "x.csv", 1, problems)
    assert not problems
    assert tree is not None
    read = [Coding.model_validate(entry) for entry in tree.plain_data()["codings"]]
    assert read == case.codings


def test_what_a_spreadsheet_would_run_is_guarded():
    case = read_case("two-leagues").case
    coding = Coding(unit="p-trade-1", theory="realism", direction="for", coder="author", because="=1+1")
    written = codings_csv(Case.model_copy(case, update={"codings": [coding]}))
    assert ",=1" not in written
    assert ",'=1+1," in written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("strong for", {"direction": "for", "strength": "strong"}),
        ("Against, weak", {"direction": "against", "strength": "weak"}),
        ("neither", {"direction": "neither"}),
        ("PRIMARY", {"level": "primary"}),
        ("for against", None),
        ("strong", None),
        ("", None),
    ],
)
def test_codes(text: str, expected: dict[str, str] | None):
    assert parse_code(text) == expected


LAST = "p-order-4, theory: realism, direction: for, strength: moderate"
AUTHORS = "hill-order, theory: liberalism, level: primary, coder: author"
FIRST = "{power-alone: 0.3, gain-alone"
RHO = "  correlation: {value: 0.5,"
SPOILT = [
    (("both-count: 0.5, neither-counts: 0.4", "both-count: 0.5"), "no likelihood under"),
    ((FIRST, "{power-alone: 0, gain-alone"), "above 0 and below 1"),
    ((FIRST, "{power-alone: 1, gain-alone"), "no evidence could ever change"),
    ((FIRST, "{power-alone: {beta: [2, 2]}, gain-alone"), "its ends too"),
    (("    given: brae-deal", "    given: gate-after-raid"), "is no earlier clue"),
    (("    given: brae-deal\n", "    correlation: {with: brae-deal, rho: 1}\n"), "cannot be correlated"),
    (("reliability: 0.9", "reliability: 1.9"), "the reliability is between 0 and 1"),
    (("relevance: 0.8", "relevance: -1"), "the relevance is between 0 and 1"),
    (("neither-counts: n/a", "neither-counts: 3"), "consistency.neither-counts"),
    (("holds: [realism, liberalism]", "holds: [realism]"), "the same theories hold as in 'power-alone'"),
    (("holds: [], prior: {value: 0.5,", "holds: [], prior: {value: 0,"), "a prior is above 0"),
    ((", holds: [realism]}", "}"), "this one does not"),
    (("weak: {value: 0.6,", "weak: {value: 0.4,"), "from 0.5 to below 1"),
    ((RHO, "  clusters: {cronicle: 0.2}\n  correlation: {value: 0.5,"), "did you mean 'chronicle'"),
    ((RHO, "  correlation: {value: 1.5,"), "between 0 and 1"),
    (("adjudicates: [author, second]", "adjudicates: [author, abbess]"), "is no coder but decides too"),
    (("level: primary, coder: abbess, date: 1411-02,", "level: primary, coder: abbess,"), "a decision between"),
    ((LAST, "p-order-4, theory: realism, level: primary"), "is no motive and has no level"),
    ((LAST, "p-order-4, theory: realism"), "neither for nor against"),
    (
        ("p-order-4, theory: realism, direction: for,", "p-order-4, theory: realism, direction: neither,"),
        "has no strength",
    ),
    ((AUTHORS, "hill-order, theory: liberalism, direction: for, coder: author"), "is a motive and needs a level"),
]


@pytest.mark.parametrize(("change", "expected"), SPOILT)
def test_what_cannot_be_weighed_is_located(leagues: Path, change: tuple[str, str], expected: str):
    edit(leagues, change)
    found = problems_of(leagues)
    assert any(expected in problem for problem in found), found
    assert all(problem.startswith(f"{leagues}:") for problem in found)


def test_explain_walks_from_the_verdict_to_the_passage_and_back():
    down = detente("explain", "two-leagues", "chronicler-on-hill").stdout
    order = ["> chronicler-on-hill", "- why-hill-declines", "- hill-order", "- p-order-4", "p-order-4/realism/second"]
    places = [down.index(step) for step in order]
    assert places == sorted(places)
    up = detente("explain", "two-leagues", "p-order-4/realism/second").stdout
    assert (
        up.index("- why-hill-declines") < up.index("- hill-order") < up.index("- p-order-4") < up.index("> p-order-4/")
    )
    assert "p-order-1:" not in up
    assert "“Corrie asked nobody for help" in up


def test_sheets_never_take_each_others_place(tmp_path: Path):
    from detente.exchange.sheets.coding_sheet import coding_sheet_name

    case = read_case("two-leagues").case
    names = {
        coding_sheet_name(case, units, coder) for units in ("passages", "motives") for coder in ("second", "third")
    }
    assert names == {
        "codings-second-passages-round-2.csv",
        "codings-second-motives-round-2.csv",
        "codings-third-passages.csv",
        "codings-third-motives.csv",
    }
    orders = {tuple(csv_units(coding_sheet_csv(case, "passages", coder))) for coder in ("third", "fourth")}
    assert len(orders) == 2
    assert coding_sheet_csv(case, "passages", "third") == coding_sheet_csv(case, "passages", "third")


def csv_units(sheet: str) -> list[str]:
    return [row["unit"] for row in csv.DictReader(io.StringIO(sheet))]


@pytest.mark.parametrize("coder", ["../../x", "", "a b", "=cmd", "realism", "Third"])
def test_a_coder_is_named_by_an_id(tmp_path: Path, coder: str):
    answer = detente("coding-sheet", "two-leagues", "--coder", coder, "--out", "x", cwd=tmp_path)
    assert answer.returncode == 2
    assert "fault of ours" not in answer.stderr
    assert list(tmp_path.rglob("*.csv")) == []


def test_what_excel_adds_is_passed_over(leagues: Path):
    sheet = leagues.parent / "codings-second.csv"
    before = read_case(str(leagues)).case.codings
    lines = sheet.read_text(encoding="utf-8").splitlines()
    sheet.write_text("sep=,\n" + "".join(f"{line},,,\n" for line in lines) + ",,,,,,,,,,\n", encoding="utf-8")
    assert read_case(str(leagues)).case.codings == before


def test_names_that_no_reader_could_tell_apart(leagues: Path):
    edit(leagues, ("    name: Liberalism\n", "    name: Realism\n"))
    assert "'realism' has the same name" in problems_of(leagues)[0]


def test_sheets_without_bound_are_given_up(leagues: Path):
    sheet = leagues.parent / "codings-second.csv"
    sheet.write_bytes(b"," * 8_000_000)
    assert "more than 500 columns" in "\n".join(problems_of(leagues))
    sheet.write_bytes(b"unit\n" + b"p-order-1\n" * 60_000)
    assert "more than 50000 lines" in "\n".join(problems_of(leagues))
    sheet.write_bytes(b"x" * 9_000_000)
    assert "larger than 8 MiB" in "\n".join(problems_of(leagues))


def test_nothing_coded_is_no_tie(leagues: Path):
    edit(leagues, ("title: Why the River League offers\n", "title: Why the River League offers\n"))
    text = leagues.read_text(encoding="utf-8")
    leagues.write_text(text.replace("    coder: author\n", "    coder: nobody\n").replace(
        "coders:\n", "coders:\n  nobody: {name: Nobody}\n"), encoding="utf-8")  # fmt: skip
    evidence = assess(read_case(str(leagues))).sections
    section = next(s for s in evidence if s.id == "evidence")
    assert (section.headline, section.lead) == ("No motive is coded to a theory yet, so no theory leads.", "")
