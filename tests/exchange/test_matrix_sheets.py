"""Matrices of competing hypotheses: as analysts keep them, and as we write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from detente import CaseError, DetenteError, read_case
from detente.case.schema.case import Case
from detente.exchange.dispatch import export_file, import_file
from detente.exchange.sheets.ratings import is_totals_heading, parse_decimal, parse_rating
from detente.rooms.evidence.model.coding_routes import index_latest_codings
from detente.rooms.evidence.model.competing_hypotheses import rated_items
from tests.conftest import edit

TABLE = "why-hill-declines"


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case("two-leagues").case


def clues(case: Case, folder: Path, sheet: str | bytes) -> tuple[dict[str, Any], list[str]]:
    """What a sheet gives a case, and what is said."""
    (folder / "m.csv").write_bytes(sheet.encode() if isinstance(sheet, str) else sheet)
    (folder / "x.yaml").unlink(missing_ok=True)
    said = import_file(case, folder / "m.csv", folder / "x.yaml", TABLE, {})
    found: dict[str, Any] = yaml.safe_load((folder / "x.yaml").read_text(encoding="utf-8"))
    return found, [line.removeprefix(str(folder)) for line in said]


def rows(case: Case) -> dict[str, tuple[dict[str, int], float]]:
    counting = index_latest_codings(case)
    return {
        item.id: (dict(item.ratings), float(item.weight))
        for name, table in case.tables.items()
        for item in rated_items(case, counting, name, table)
    }


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        *(("++", 2), ("CC", 2), ("Very Consistent", 2), ("STRONGLY CONSISTENT", 2), ("very_consistent", 2), ("2.0", 2)),
        *(("+2", 2), ("＋＋", 2), ("+", 1), ("c", 1), ("consistent", 1), ("1.", 1), ("＋１", 1)),
        *(("0", 0), ("N", 0), ("neutral", 0), ("-0.0", 0), ("−0", 0)),
        *(("−", -1), ("–", -1), ("－", -1), ("‐", -1), ("i", -1), ("Inconsistent", -1), ("–1", -1), ("-1.00", -1)),
        *(
            ("--", -2),
            ("−−", -2),
            ("––", -2),
            ("II", -2),
            ("Highly inconsistent", -2),
            ("−2", -2),
            ("very-inconsistent", -2),
        ),
        *(("n/a", "n/a"), ("N/A", "n/a"), ("NA", "n/a"), ("Not Applicable", "n/a"), ("", "n/a")),
        *(("3", None), ("1.5", None), ("maybe", None), ("—", None), ("1,0", None), ("+-", None), ("very", None)),
    ],
)
def test_ratings_as_they_are_written(cell: str, read: object):
    assert parse_rating(cell, decimal_comma=False) == read


@pytest.mark.parametrize(
    ("cell", "comma", "read"),
    [
        *(("0,8", True, 0.8), (",5", True, 0.5), ("0.8", True, 0.8), ("1", True, 1.0), ("80 %", False, 0.8)),
        *(("62,5%", True, 0.625), ("−0,5", True, -0.5), ("０．５", False, 0.5)),
        *(
            ("0,8", False, None),
            ("1,2,3", True, None),
            ("1.0,5", True, None),
            ("nan", False, None),
            ("inf", True, None),
        ),
        *(("5E-2", False, 0.05), ("1_0", False, None), ("", True, None), (".", False, None)),
    ],
)
def test_numbers_as_they_are_written(cell: str, comma: bool, read: float | None):
    assert parse_decimal(cell, comma) == read


@pytest.mark.parametrize("separator", [";", "\t"])
def test_decimal_commas_where_commas_do_not_separate(tmp_path: Path, case: Case, separator: str):
    sheet = [
        ["Evidence", "Credibility", '"Power, alone"', "Realism alone"],
        ["Toll book", "0,25", "-2,0", "Very consistent"],
    ]
    text = "\r\n".join(separator.join(row) for row in sheet)
    found, said = clues(case, tmp_path, f"sep={separator}\r\n{text}\r\n" if separator == ";" else text)
    assert found["hypotheses"] == {"power-alone-2": {"name": "Power, alone"}}
    assert found["clues"]["toll-book"]["credibility"] == 0.25
    assert found["clues"]["toll-book"]["consistency"] == {"power-alone-2": -2, "power-alone": 2}
    assert said == []
    with pytest.raises(CaseError, match=r"m.csv:2:3: credibility: '0,25' is no number from 0 to 1"):
        clues(case, tmp_path, 'Evidence,Credibility,Realism alone\nA,"0,25",+\n')


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [
        *(
            ("Inconsistency score", True),
            ("Weighted Inconsistency Score:", True),
            ("TOTAL", True),
            ("Grand total", True),
        ),
        *(("Sum", True), ("weighted total", True), ("Inconsistency count", True), ("Diagnosticity", True)),
        *(
            ("Total war was planned", False),
            ("The sum paid", False),
            ("Scores of witnesses", False),
            ("Evidence", False),
        ),
    ],
)
def test_what_is_headed_as_a_total(heading: str, is_one: bool):
    assert is_totals_heading(heading) == is_one


def test_rows_and_columns_of_totals_are_no_evidence(tmp_path: Path, case: Case):
    sheet = (
        "Evidence,Source,Credibility,Realism alone,Liberalism alone,Weighted score,Total\n"
        "Toll book,the abbey,1,CC,I,-1.5,CC\n"
        "Total,,,+,II,,\n"  # rated in words: evidence, whatever it is called
        "Weighted inconsistency score,,,-12,-3.5,,\n"
        "Sum,,0.5,-2,-1,,\n"  # weighed: evidence
        "Totals,,,2,1,,\n"
    )
    found, said = clues(case, tmp_path, sheet)
    assert list(found["clues"]) == ["toll-book", "total-2", "sum"]
    assert found["hypotheses"] == {"total": {"name": "Total"}}
    assert found["clues"]["toll-book"]["consistency"] == {"power-alone": 2, "gain-alone": -1, "total": 2}
    assert [line.split(": ")[0].rsplit("/")[-1] for line in said] == [
        "m.csv:1:10",
        "m.csv:1:60",
        "m.csv:4:1",
        "m.csv:6:1",
    ]
    assert "'Totals' is a row of totals, and no evidence: left out." in said[-1]
    assert "'Source' holds no ratings of a hypothesis: left out." in said[0]


def without(case: Case, *clues: str) -> Case:
    return case.model_copy(update={"clues": {id: clue for id, clue in case.clues.items() if id not in clues}})


def test_a_matrix_goes_out_and_comes_back(tmp_path: Path, leagues: Path, case: Case):
    assert export_file(case, "matrix", tmp_path / "m.csv", {}) == []
    sheet = (tmp_path / "m.csv").read_text(encoding="utf-8")
    with pytest.raises(DetenteError, match="17 rows of the sheet are in the case already"):
        clues(case, tmp_path, sheet)
    # Into the case without its clues they come back, as they were; its passages are not doubled.
    found, said = clues(without(case, *case.clues), tmp_path, sheet)
    assert said == ["14 rows of the sheet are in the case already."]
    start = leagues.read_text(encoding="utf-8").index("\nclues:\n")
    text = leagues.read_text(encoding="utf-8")
    end = text.index("\nevidence:\n")
    leagues.write_text(text[:start] + text[end:], encoding="utf-8")
    (leagues.parent / "x.yaml").write_text(yaml.safe_dump(found), encoding="utf-8")
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, x.yaml]"))
    assert rows(read_case(str(leagues)).case) == rows(case)


@given(st.floats(0, 1))
def test_a_weight_keeps_its_digits(weight: float):
    from detente.case.schema.estimate import Estimate
    from detente.exchange.sheets.ach_matrix import _format_weight

    assert parse_decimal(_format_weight(Estimate.model_validate(weight)), decimal_comma=False) == weight


def test_evidence_that_the_case_rates_otherwise_is_told(tmp_path: Path, case: Case):
    export_file(case, "matrix", tmp_path / "m.csv", {})
    lines = (tmp_path / "m.csv").read_text(encoding="utf-8").splitlines()
    lines = [line.replace(",0.8,2,-1", ",0.7,2,-2") if line.startswith("brae-deal") else line for line in lines]
    found, said = clues(case, tmp_path, "\n".join([*lines, "A new find,it says,why-hill-declines,,,1,0,0,n/a"]))
    assert list(found["clues"]) == ["a-new-find"]
    told = "/m.csv:17:1: 'brae-deal' is in the case already, with another relevance and rating for gain-alone: left out"
    assert said == [f"{told}; change it there.", "16 rows of the sheet are in the case already."]
    # What was brought in and named in the case does not come in again.
    new = case.clues["brae-deal"].model_copy(update={"says": "A find", "entry": None, "given": None})
    more = case.model_copy(update={"clues": {**case.clues, "a-find": new}})
    with pytest.raises(DetenteError, match="One row of the sheet is in the case already"):
        clues(
            more, tmp_path, "Evidence,Relevance,power-alone,gain-alone,both-count,neither-counts\nA find,.8,2,-1,1,0\n"
        )


def test_characters_that_no_text_is_made_of_are_replaced(tmp_path: Path, case: Case):
    sheet = 'Evidence,says,Realism alone\nA,"two\nlines",+\nToll\x1b[31m \u202ebook,=1+1,+\n'
    found, said = clues(case, tmp_path, sheet.encode("utf-16"))
    assert found["clues"]["toll-31m-book"] == {
        "says": "=1+1",
        "table": TABLE,
        "consistency": {"power-alone": 1},
    }
    assert said == ["/m.csv:4:5: Characters that no text is made of are replaced, the first here."]


def test_all_mistakes_of_a_sheet_are_told_at_once(tmp_path: Path, case: Case):
    sheet = "Evidence;credibility;Realism alone;A new one\nE1;1,2;+;−\n;1;+;+\nE2;,5;maybe;Very odd\nE3;high;+;—\n"
    with pytest.raises(CaseError) as caught:
        clues(case, tmp_path, sheet)
    found = [str(problem).removeprefix(str(tmp_path)).split(": ")[0] for problem in caught.value.problems]
    assert found == ["/m.csv:2:4", "/m.csv:3:1", "/m.csv:4:7", "/m.csv:4:13", "/m.csv:5:4", "/m.csv:5:11"]
    assert not (tmp_path / "x.yaml").exists()
    with pytest.raises(CaseError, match=r"m.csv:1:10: is not UTF-8"):
        clues(case, tmp_path, "Evidence,É".encode("latin-1"))


def test_files_beside_the_project_give_their_right_values(tmp_path: Path, case: Case, shared: Path):
    def read(name: str) -> dict[str, Any]:
        found, said = clues(case, tmp_path, (shared / "inputs" / name).read_bytes())
        assert bool(said) == (name == "ach-totals-row.csv")
        return dict(found["clues"])

    assert read("ach-decimal-comma.csv")["toll-silence"]["credibility"] == 0.8
    rated = {"power-alone": 2, "gain-alone": -1, "both-count": 0}
    assert read("ach-floats.csv")["toll-silence"]["consistency"] == rated
    assert read("ach-words.csv")["toll-silence"]["consistency"] == rated
    words = {"power-alone": -2, "gain-alone": -1, "both-count": "n/a"}
    assert read("ach-open-synthesis-words.csv")["toll-silence"]["consistency"] == words
    assert list(read("ach-totals-row.csv")) == ["toll-silence", "letters-back", "harvest"]
