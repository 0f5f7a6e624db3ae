"""Sweeps from the command line: what is printed, what is refused, and where it ends."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from detente.case.bundled import BUNDLED_FOLDER
from tests.command import detente
from tests.report.test_page_in_browser import opened, violations

OVER = "channels.league-to-league.exclusivity=0.2,0.8"


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweeps")
    assert detente("sweep", "two-leagues", "--over", OVER, "--out", "line", cwd=folder).returncode == 0
    two = ("--over", OVER, "--over", "response.discount=.5,.7,.9", "--over", "scenario=as-it-is,secondary-half")
    answer = detente("sweep", "two-leagues", *two, "--out", "field", "--simulations", "500", cwd=folder)
    assert answer.returncode == 0, answer.stderr
    return folder


def test_a_line_is_printed_and_shown_again(swept: Path):
    again = detente("sweep", "two-leagues", "--over", OVER, "--out", "line", cwd=swept)
    shown = detente("show", "line", cwd=swept)
    assert again.stdout == shown.stdout
    assert shown.returncode == 0
    assert "Two settings over channels.league-to-league.exclusivity (two values)" in shown.stdout
    rows = [line.split() for line in shown.stdout.splitlines() if line.startswith("0.")]
    assert [row[0] for row in rows] == ["0.2", "0.8"]
    assert rows[0].count("±") == 4
    assert f"The map: {(swept / 'line' / 'index.html').resolve()}" in shown.stdout


def test_a_field_frames_what_the_case_has(swept: Path):
    shown = detente("show", "field", cwd=swept).stdout
    assert shown.count("Down: ") == 8  # two what-ifs, two ways to run it, two tests
    assert shown.count("[") == 8


def test_what_a_terminal_leaves_out_is_said(swept: Path):
    over = ("--over", "response.discount=.5,.9", "--over", "network.gravity=0:1:13")
    wide = detente("sweep", "two-leagues", *over, "--simulations", "100", "--out", "wide", cwd=swept)
    assert wide.stdout.count("The rest is on the page and in the files.") == 1
    assert "The rest" not in detente("show", "field", cwd=swept).stdout


def test_a_report_tells_what_a_sweep_of_its_case_found(swept: Path):
    for name in ("line", "field"):
        answer = detente("run", "two-leagues", "--sweep", name, "--out", f"with-{name}", "--quiet", cwd=swept)
        assert answer.returncode == 0, answer.stderr
        page = (swept / f"with-{name}" / "index.html").read_text(encoding="utf-8")
        told = page.partition('id="sure-sweep"')[2].partition("</details>")[0]
        assert ("We asked at two settings." if name == "line" else "We asked at twelve settings.") in told
        assert ("the case has 0.65" in told) == (name == "line")
        table = pl.read_parquet(swept / f"with-{name}" / "tables" / "sure-sweep.parquet")
        frame = pl.read_parquet(swept / name / "outcomes.parquet")
        strict = frame.filter(pl.col("outcome").str.ends_with("strict"))["value"]
        assert set(table["strict"]) <= set(strict)
        assert len(table) == 2 * (2 if name == "line" else 12)
    for case, sets in (("cmea-ec", ()), ("two-leagues", ("--set", "network.gravity=2"))):
        refused = detente("run", case, *sets, "--sweep", "line", "--out", "refused", cwd=swept)
        assert (refused.returncode, "or the case has changed since" in refused.stderr) == (2, True)
    assert not (swept / "refused").exists()


def test_all_that_is_wrong_is_told_and_nothing_is_written(tmp_path: Path):
    wrong = ("--over", "nothing", "--over", "a.b=1:2:x", "--over", "c.d=1", "--over", "c.d=2")
    answer = detente("sweep", "two-leagues", *wrong, "--out", "out", cwd=tmp_path)
    assert answer.returncode == 2
    assert [line.startswith("detente: --over") for line in answer.stderr.splitlines()] == [True] * 3
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("two-leagues", "--over", "chanels.x=1"), "--over chanels.x"),
        (("two-leagues", "--over", "network.gravty=1"), "did you mean 'gravity'?"),
        (("two-leagues", "--over", "network.gravity=-5"), "network.gravity: -5 is not from 0 to 10"),
        (("two-leagues", "--over", "choice=payment"), "'payment' is not a choice here; did you mean 'payments'?"),
        (("two-leagues", "--over", "choice=payments:non"), "is not an option of payments here"),
        (("two-leagues", "--over", "scenario=abbess-decide"), "did you mean 'abbess-decides'?"),
        (("two-leagues", "--simulations", "0"), "--simulations: 0 is not from 1"),
        (("two-leagues", "--over", "network.gravity=0:1:10000", "--over", "network.decay=0:1:11"), "take fewer values"),
        (("two-leagues", "--cluster", "here"), "'here' is no address of a scheduler"),
        (("two-leagues", "--cluster", "a:1", "--workers", "2"), "a cluster has its own workers"),
        (("no-such-case",), "no case 'no-such-case'"),
    ],
)
def test_what_cannot_be_swept_is_told_with_a_remedy(words: tuple[str, ...], told: str, tmp_path: Path):
    answer = detente("sweep", *words, "--out", "out", cwd=tmp_path)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert told in " ".join(answer.stderr.replace("│", " ").split())
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists()


def test_the_folder_of_something_else_is_left_alone(swept: Path):
    before = (swept / "line" / "sweep.json").read_bytes()
    other = detente("sweep", "two-leagues", "--out", "line", cwd=swept)
    assert (other.returncode, "another sweep" in other.stderr) == (2, True)
    assert (swept / "line" / "sweep.json").read_bytes() == before
    (swept / "mine").mkdir(exist_ok=True)
    (swept / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    mine = detente("sweep", "two-leagues", "--out", "mine", cwd=swept)
    assert (mine.returncode, "none of a sweep" in mine.stderr) == (2, True)
    assert detente("show", "mine", cwd=swept).returncode == 2


def test_cases_that_fail_are_told_and_the_rest_is_done(tmp_path: Path):
    for name in ("good", "bad"):
        shutil.copytree(BUNDLED_FOLDER / "two-leagues", tmp_path / "cases" / name)
    (tmp_path / "cases" / "bad" / "case.yaml").write_text("case: bad\n", encoding="utf-8")
    answer = detente("sweep", "cases", "--simulations", "300", "--out", "out", cwd=tmp_path)
    assert answer.returncode == 2
    assert "cases/good" in answer.stdout
    assert "Failed: cases/bad: cases/bad/case.yaml:1:1: 'question' is missing" in answer.stdout
    assert json.loads((tmp_path / "out" / "failed" / "point-000000.json").read_text())["case"] == "cases/bad"


def test_who_stops_it_is_told_how_to_go_on(tmp_path: Path):
    words = ["-m", "detente", "sweep", "two-leagues", "--simulations", "3000000", "--chunk", "1", "--out", "out"]
    program = subprocess.Popen(
        [sys.executable, *words], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    while not list(tmp_path.glob("out/chunks/*.parquet")) and program.poll() is None:
        time.sleep(0.02)
    program.send_signal(signal.SIGINT)
    _, told = program.communicate(timeout=60)
    assert program.returncode == 130, told
    assert told.decode().strip() == "Stopped. What was done stands: the same command goes on from there."


@pytest.mark.browser
@pytest.mark.parametrize("name", ["line", "field"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1400)])
def test_the_map_is_a_page_of_its_own(browser: Any, swept: Path, name: str, scheme: str, width: int) -> None:
    view, requests, messages = opened(browser, swept / name / "index.html", width, scheme)
    assert violations(view) == []
    assert view.evaluate("document.documentElement.scrollWidth") == width
    assert (len(requests), messages) == (1, [])
    assert view.locator(".chart circle" if name == "line" else "table.field td.own").count() == 8
    view.close()
