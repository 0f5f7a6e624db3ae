"""Saved assessments: read within bounds, told what is wrong with them, and never taken for the case itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from detente import read_case, write_report
from detente.assessment.assess import Assessment
from detente.assessment.json_format import ASSESSMENT_FILE, read_saved, to_json, to_saved
from detente.assessment.saved_report import ambiguity_note, saved_assessment_file, staleness_note
from detente.case.bundled import new_case
from detente.errors import CaseError
from detente.report.terminal import open_console, print_summary
from tests.conftest import edit
from tests.stress.kills import reports


@pytest.fixture(scope="module")
def later() -> Assessment:
    return reports()["later"]


def test_a_saved_assessment_that_is_none_is_told_with_its_places(later: Assessment, tmp_path: Path):
    whole = json.loads(to_json(to_saved(later)))
    whole["format_version"] = 1
    whole["sections"][0]["findings"][0]["table"]["rows"][0].append("one more")
    whole["sections"][0]["title"] = ["no text"]
    whole["more"] = 1
    del whole["question"]
    (tmp_path / "assessment.json").write_text(spoilt := json.dumps(whole, ensure_ascii=False, indent=1))
    with pytest.raises(CaseError) as caught:
        read_saved(tmp_path / "assessment.json")
    lines = spoilt.split("\n")
    found = {p.path: lines[p.place.line - 1][p.place.column - 1 :] for p in caught.value.problems}
    assert found.pop("question") == "{"
    assert found.pop("sections.0.findings.0.table.rows") == "["
    assert found == {"format_version": "1,", "sections.0.title": "[", "more": "1"}
    assert all(problem.remedy for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1:1: not an assessment"),
        (b'{"format":\n "detente-assessment",\n "case": \xff}', ":3:"),
        (b'{"data": ' + b"[" * 10**6, "recursion limit"),
        (b"[]", "1:1: not an assessment"),
        (b"1" * 5000, "not an assessment"),
        (b'{"title": "\\ud800"}', "hex escape"),
    ],
)
def test_bytes_that_are_no_assessment(tmp_path: Path, content: bytes, said: str):
    file = tmp_path / "assessment.json"
    file.write_bytes(content)
    with pytest.raises(CaseError, match=said):
        read_saved(file)


def test_no_more_is_read_than_an_assessment_can_have(tmp_path: Path):
    with (tmp_path / "assessment.json").open("wb") as file:
        file.truncate(6 * 2**30)  # takes no room on the disk
    with pytest.raises(CaseError, match="larger than 64 MiB"):
        read_saved(tmp_path / "assessment.json")
    os.mkfifo(tmp_path / "pipe.json")
    for name in ("pipe.json", ".", "nothing.json"):
        with pytest.raises(CaseError):
            read_saved(tmp_path / name)


def test_what_is_saved_is_read_back(later: Assessment, tmp_path: Path):
    (tmp_path / "a.json").write_text(to_json(to_saved(later)))
    assert read_saved(tmp_path / "a.json") == to_saved(later)


# Beside the case it was made from.


def compared(*names: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from detente.__main__ import main; main()", "compare", *map(str, names)]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_folder_with_case_and_report_is_the_case(tmp_path: Path, later: Assessment):
    leagues = new_case(tmp_path / "mine", "two-leagues")[0]  # no other test's case lies beside it
    folder = leagues.parent
    write_report(later, folder)
    assert saved_assessment_file(str(folder)) is None
    assert saved_assessment_file(str(folder / ASSESSMENT_FILE)) == folder / ASSESSMENT_FILE
    edit(leagues, ("title: The River League and the Hill League", "title: Another"))
    answer = compared(folder, folder / ASSESSMENT_FILE)
    assert answer.returncode == 0, answer.stderr
    assert "Inputs that differ: 1\n  title: Another → The River League and the Hill League\n" in answer.stdout
    assert f"{folder} holds a case and a report saved earlier; this is the case" in answer.stderr
    assert f"{folder / ASSESSMENT_FILE} is older than {leagues}, which says something else now" in answer.stderr


@pytest.mark.parametrize("report", ["mine", "two-leagues-report"])
def test_a_report_older_than_the_case_beside_it_is_said_to_be(tmp_path: Path, later: Assessment, report: str):
    """With a scenario and a change by hand, and another case nearby: the report is as its own case would have it."""
    case = new_case(tmp_path / "mine", "two-leagues")[0]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "case.yaml").write_text("case: other-leagues\n")
    (tmp_path / "many.yaml").write_bytes(b"\xff\x00 no case")
    loaded = read_case(str(case), "secondary-half", {"period": "1401/1410"})
    record = write_report(replace(later, loaded=loaded), tmp_path / report).with_name(ASSESSMENT_FILE)
    assert staleness_note(record, read_saved(record)) is None
    text = case.read_text(encoding="utf-8")
    case.write_text(f"# a comment changes nothing\n{text}", encoding="utf-8")
    assert staleness_note(record, read_saved(record)) is None
    edit(case, ("note: Invented, for learning", "note: Made up, for learning"))
    assert f"is older than {case}" in str(staleness_note(record, read_saved(record)))
    case.write_text(f"{text}\nmore: [", encoding="utf-8")
    assert f"is older than {case}" in str(staleness_note(record, read_saved(record)))
    case.unlink()
    assert staleness_note(record, read_saved(record)) is None


def test_a_report_of_another_version_is_said_to_be(tmp_path: Path, later: Assessment):
    old = replace(later, version="0.0.1")
    record = write_report(old, tmp_path / "two-leagues").with_name(ASSESSMENT_FILE)
    assert "was written by Détente 0.0.1" in str(staleness_note(record, read_saved(record)))


def test_a_folder_called_as_a_bundled_case(tmp_path: Path, later: Assessment, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    write_report(later, Path("two-leagues"))
    assert saved_assessment_file("two-leagues") == Path("two-leagues") / ASSESSMENT_FILE
    assert "a folder here with a saved report, and a bundled case" in str(ambiguity_note("two-leagues"))
    assert ambiguity_note("nato-csto") is None
    for odd in ("x" * 300, "a\0b", "x" * 300 + ".json"):
        assert saved_assessment_file(odd) is None
        assert ambiguity_note(odd) is None


# What is printed.


def printed(assessment: Assessment, capsys: pytest.CaptureFixture[str]) -> list[str]:
    print_summary(assessment)
    return capsys.readouterr().out.split("\n")


@pytest.mark.parametrize("columns", [None, "", "0", "-5", "wide", "9" * 50])
def test_a_pipe_gets_whole_lines_without_blanks_at_their_ends(
    later: Assessment, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str | None
):
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    lines = printed(later, capsys)
    assert later.answer in lines
    assert [line for line in lines if line != line.rstrip()] == []
    open_console().print("x" * 50_000)
    assert capsys.readouterr().out == "x" * 50_000 + "\n"


def test_a_pipe_gets_lines_as_long_as_columns_says(
    later: Assessment, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "57")
    lines = printed(later, capsys)
    assert 50 < max(map(len, lines)) <= 57
    assert [line for line in lines if line != line.rstrip()] == []
    monkeypatch.setenv("COLUMNS", "90000")
    assert " ".join(" ".join(lines).split()) == " ".join(" ".join(printed(later, capsys)).split())
