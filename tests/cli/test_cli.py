from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import polars as pl
import pytest

from detente.case.bundled import BUNDLED_FOLDER
from detente.case.loading.yaml.tree import read_yaml_tree
from tests.cases.assessed_cases import assessed_case
from tests.command import detente, detente_process
from tests.conftest import edit


def test_help_names_every_command():
    answer = detente_process("--help")
    assert answer.returncode == 0
    for command in ("cases", "new", "check", "run", "compare", "schema", "explain", "coverage"):
        assert f"  {command} " in answer.stdout
        assert detente(command, "--help").returncode == 0


def test_cases_lists_the_bundled_ones():
    answer = detente("cases")
    assert [line.split()[0] for line in answer.stdout.splitlines()] == ["cmea-ec", "nato-csto", "two-leagues"]


def test_run_writes_the_page_the_json_and_the_tables(tmp_path: Path):
    answer = detente_process("run", "nato-csto", cwd=tmp_path)
    folder = tmp_path / "nato-csto-report"
    assert answer.returncode == 0, answer.stderr
    printed = " ".join(answer.stdout.split())
    assert "On our assumptions, no. If Russia runs the channel, there is almost no chance that NATO accepts" in printed
    assert "Our confidence: " in printed
    assert str(folder / "index.html") in answer.stdout
    saved = json.loads((folder / "assessment.json").read_text(encoding="utf-8"))
    jsonschema.validate(saved, json.loads(detente("schema", "--assessment").stdout))
    finding = next(f for f in saved["sections"][1]["findings"] if f["id"] == "table-2.5-verdict")
    frame = pl.read_parquet(folder / "tables" / "evidence-table-2.5-verdict.parquet")
    assert frame.columns == [column["name"] for column in finding["table"]["columns"]]
    assert [list(row) for row in frame.rows()] == finding["table"]["rows"]
    assert (folder / "tables" / "evidence-table-2.5-verdict.csv").read_text().startswith("secondary_counts,sum_realism")


def test_run_can_be_quiet_or_give_json(tmp_path: Path):
    quiet = detente("run", "two-leagues", "--quiet", cwd=tmp_path)
    assert quiet.stdout == f"{tmp_path / 'two-leagues-report' / 'index.html'}\n"
    printed = detente("run", "two-leagues", "--json", cwd=tmp_path / "two-leagues-report")
    saved = json.loads((tmp_path / "two-leagues-report" / "assessment.json").read_text(encoding="utf-8"))
    assert json.loads(printed.stdout) == saved | {"files": []}  # the same, but of no files
    assert sorted(path.name for path in tmp_path.iterdir()) == ["two-leagues-report"]
    assert not list((tmp_path / "two-leagues-report").glob("*-report"))
    both = detente("run", "two-leagues", "--json", "--quiet", cwd=tmp_path)
    assert both.returncode == 2
    assert "Traceback" not in both.stderr


def test_two_runs_give_the_same_bytes(tmp_path: Path):
    for name, seed in (("a", "1"), ("b", "2")):
        assert detente_process("run", "cmea-ec", "--out", tmp_path / name, PYTHONHASHSEED=seed).returncode == 0
    files = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*") if p.is_file())
    assert len(files) > 10
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file


def test_run_shows_the_page_in_a_browser(tmp_path: Path):
    shown = tmp_path / "shown.txt"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {shown}\n')
    browser.chmod(0o755)
    answer = detente_process("run", "two-leagues", "--out", tmp_path / "out", "--open", BROWSER=str(browser))
    assert answer.returncode == 0
    assert shown.read_text().strip() == (tmp_path / "out" / "index.html").as_uri()
    answer = detente("run", "two-leagues", "--json", "--open")
    assert answer.returncode == 2
    assert "--out" in answer.stderr


def test_a_scenario_and_a_set_change_the_answer(tmp_path: Path):
    headlines = {}
    for name, options in {
        "as it is": (),
        "scenario": ("--scenario", "secondary-half"),
        "set": ("--set", "evidence.secondary=0.5"),
    }.items():
        saved = json.loads(detente("run", "two-leagues", "--json", *options, "--out", tmp_path / name).stdout)
        headlines[name] = next(section["headline"] for section in saved["sections"] if section["id"] == "evidence")
    assert headlines["scenario"] == headlines["set"] != headlines["as it is"]
    assert "secondary-half" in (tmp_path / "scenario" / "index.html").read_text(encoding="utf-8")


def test_check_gives_every_problem_and_exit_code_2(leagues: Path):
    edit(
        leagues,
        ("liberalism, level: secondary, coder: author", "liberlism, level: secondary, coder: author"),
        ("date: 1408~", "date: soon"),
    )
    answer = detente_process("check", leagues)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count(f"{leagues}:") == 2
    assert answer.stderr.endswith("2 problems\n")
    assert detente("run", leagues, cwd=leagues.parent).returncode == 2
    assert not list(leagues.parent.glob("*-report"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "nato-cstp"],
        ["run", "nato-csto", "--scenario", "nothing"],
        ["run", "nato-csto", "--set", "evidence.secondary"],
        ["run", "nato-csto", "--set", "evidence.secondary=[1, 2"],
        ["run", "nato-csto", "--set", "nowhere.at.all=1"],
        ["run", "two-leagues", "--out", "/dev/null/x"],
        ["explain", "two-leagues", "csto-9"],
        ["compare", "two-leagues", "two-leagues@nothing"],
        ["new", "."],
        ["nothing"],
    ],
)
def test_bad_calls_end_with_2_and_a_reason(arguments: list[str], tmp_path: Path):
    answer = detente(*arguments, cwd=tmp_path)
    assert answer.returncode == 2
    assert answer.stderr
    assert "Traceback" not in answer.stderr
    assert not list(tmp_path.iterdir())


def test_compare_says_which_input_changed_and_what_moved(tmp_path: Path):
    answer = detente("compare", "two-leagues", "two-leagues@freedom-like-any-other")
    assert answer.returncode == 0
    assert "motives.hill-freedom.weight" in answer.stdout
    assert "evidence.why-hill-declines.margin: 1 → 0 (-1 motives)" in answer.stdout
    assert "why-river-offers" not in answer.stdout
    detente("run", "two-leagues", "--out", tmp_path / "old")
    assert "no finding moved" in detente("compare", tmp_path / "old" / "assessment.json", "two-leagues").stdout
    (tmp_path / "bad.json").write_text('{"format": "other"}')
    assert detente("compare", tmp_path / "bad.json", "two-leagues").returncode == 2


def test_explain_says_what_an_id_is_and_what_rests_on_it():
    answer = detente("explain", "nato-csto", "csto-5")
    assert answer.returncode == 0
    for words in (
        "csto-5: motive",
        "section 2.3.5, characters 40099 to 40134",
        "ar-c5-single",
        "t-csto-5-liberalism",
        "the verdict",
    ):
        assert words in answer.stdout


def test_new_begins_a_case_that_checks(tmp_path: Path):
    assert detente("new", "mine", cwd=tmp_path).returncode == 0
    assert detente("check", "mine", cwd=tmp_path).returncode == 0
    schema = json.loads(detente("schema").stdout)
    for file in (tmp_path / "mine").glob("*.yaml"):
        assert "$schema=case.schema.json" in file.read_text(encoding="utf-8").splitlines()[0]
    assert json.loads((tmp_path / "mine" / "case.schema.json").read_text(encoding="utf-8")) == schema


def test_the_schema_admits_the_bundled_cases_and_refuses_a_typo():
    schema = json.loads(detente("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for file in BUNDLED_FOLDER.rglob("*.yaml"):
        tree = read_yaml_tree(file.read_bytes(), file.name, 0, [])
        assert tree is not None
        assert [f"{file.name}: {e.json_path}: {e.message}" for e in validator.iter_errors(tree.plain_data())] == []
    assert not validator.is_valid({"actors": {"x": {"nmae": "X", "kind": "state"}}})


def test_what_no_report_wrote_is_left_alone(assessed, tmp_path: Path):
    from detente import OutputError, write_report

    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "mine.csv").write_text("mine")
    write_report(assessed, tmp_path)
    write_report(assessed_case("two-leagues"), tmp_path)
    assert (tmp_path / "tables" / "mine.csv").read_text() == "mine"
    assert not list((tmp_path / "tables").glob("*table-2.5*"))
    (tmp_path / "assessment.json").unlink()
    with pytest.raises(OutputError, match="stand in the way"):
        write_report(assessed_case("two-leagues"), tmp_path)


def test_a_termination_leaves_no_staging_folder(tmp_path: Path):
    for delay in (0.3, 0.5, 0.7):
        command = [
            sys.executable,
            "-c",
            "from detente.__main__ import main; main()",
            "run",
            "nato-csto",
            "--out",
            "out",
        ]
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.terminate()
        process.wait()
        assert {p.name for p in tmp_path.iterdir()} <= {"out"}


def test_a_terminal_of_another_encoding_is_no_failure(tmp_path: Path):
    answer = detente_process("run", "two-leagues", "--out", tmp_path / "x", PYTHONIOENCODING="ascii:backslashreplace")
    assert answer.returncode == 0, answer.stderr


def test_an_interruption_leaves_the_old_report_or_the_whole_new_one(tmp_path: Path):
    folder = tmp_path / "out"

    def held(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert detente("run", "two-leagues", "--out", folder).returncode == 0
    assert detente("run", "cmea-ec", "--out", tmp_path / "whole").returncode == 0
    old, new = held(folder), held(tmp_path / "whole")
    for delay in (0.1, 0.3, 0.5, 0.7):
        command = [
            sys.executable,
            "-c",
            "from detente.__main__ import main; main()",
            "run",
            "cmea-ec",
            "--out",
            str(folder),
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        process.wait()
        now = held(folder)
        assert now in (old, new)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "whole"]
        if now == new:
            break


def test_a_fault_of_ours_is_one_line_and_exit_code_1():
    code = """
import detente.assessment.assess
def boom(*_, **__): raise ValueError("boom")
detente.assessment.assess.read_case = boom
from detente.__main__ import main; main()
"""
    answer = subprocess.run([sys.executable, "-c", code, "check", "nato-csto"], capture_output=True, text=True)
    assert answer.returncode == 1
    assert "a fault of ours, ValueError: boom" in answer.stderr
    assert "Traceback" not in answer.stderr
