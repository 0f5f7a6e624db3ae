"""A report on the disk: whole whatever happens, and nobody else's file touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from detente import write_report
from detente.assessment.assess import Assessment
from detente.assessment.json_format import read_saved
from detente.errors import OutputError
from detente.files import directory_swap as folder_swap
from detente.files.atomic_write import locked_staging, staging_name
from detente.report.files import NEW_NAME, OLD_NAME
from detente.report.output_folder import MAX_OTHER_FILES
from tests.conftest import ROOT
from tests.stress.kills import OTHERS, manifest, others, reports


@pytest.fixture(scope="module")
def two() -> dict[str, Assessment]:
    return reports()


@pytest.fixture
def report(two: dict[str, Assessment], tmp_path: Path) -> Path:
    """An earlier report in a folder of its own, with files of others."""
    folder = tmp_path / "in" / "out"
    write_report(two["earlier"], folder)
    for name, text in OTHERS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_kill_leaves_the_old_report_or_the_new_one():
    """Three kills; the command of the same name does as many as one likes."""
    command = [sys.executable, "-m", "tests.stress.kills", "--kills", "3", "--seed", "5"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "3 kills" in answer.stdout
    assert "every folder whole, nothing hidden left" in answer.stdout


@pytest.mark.parametrize("exchanged", [True, False])
def test_what_no_report_wrote_is_the_same_file_as_before(
    two: dict[str, Assessment], report: Path, monkeypatch: pytest.MonkeyPatch, exchanged: bool
):
    (report / "link").symlink_to("notes.txt")
    (report / "empty").mkdir()
    report.chmod(0o750)
    stood = others(report)
    if not exchanged:
        monkeypatch.setattr(folder_swap, "exchange_names", lambda one, other: False)
    write_report(two["later"], report)
    assert others(report) == stood
    assert (report / "link").readlink() == Path("notes.txt")
    assert (report / "empty").is_dir()
    assert report.stat().st_mode & 0o777 == 0o750
    assert set(manifest(report)) - {"link"} == set(read_saved(report / "assessment.json").files)
    assert [path.name for path in report.parent.iterdir()] == ["out"]


def without_second_names(monkeypatch: pytest.MonkeyPatch, report: Path) -> None:
    def link(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)


def saved_at_the_last_moment(monkeypatch: pytest.MonkeyPatch, report: Path) -> None:
    """An editor writes a new file in the place of the old one between the link and the swap."""
    real = folder_swap.exchange_names

    def exchange(one: Path, other: Path) -> bool:
        (report / "~notes").write_text("newer")
        os.replace(report / "~notes", report / "notes.txt")
        return real(one, other)

    monkeypatch.setattr(folder_swap, "exchange_names", exchange)


@pytest.mark.parametrize(
    ("hinder", "held"),
    [(without_second_names, {"mine"}), (saved_at_the_last_moment, {"mine", "newer"})],
)
def test_no_file_of_others_is_lost_on_the_way(
    two: dict[str, Assessment],
    report: Path,
    monkeypatch: pytest.MonkeyPatch,
    hinder: Callable[[pytest.MonkeyPatch, Path], None],
    held: set[str],
):
    hinder(monkeypatch, report)
    write_report(two["later"], report)
    assert {path.read_text() for path in report.glob("notes.txt*")} == held
    assert {(report / name).read_text() for name in OTHERS} >= {"a,b", "too"}
    assert [path.name for path in report.parent.iterdir()] == ["out"]


def test_the_report_of_another_version_gives_way(two: dict[str, Assessment], report: Path):
    """Though what it says cannot be read by this one."""
    record = json.loads((report / "assessment.json").read_text())
    (report / "assessment.json").write_text(json.dumps(record | {"format_version": 0, "outcomes": None, "more": 1}))
    write_report(two["later"], report)
    assert read_saved(report / "assessment.json").files


def test_a_record_written_by_hand_has_nothing_deleted(two: dict[str, Assessment], report: Path):
    """Listed or not: what no report can have written stays; and a page that is none of ours is in the way."""
    record = json.loads((report / "assessment.json").read_text())
    record["files"] += [*OTHERS, "../outside.csv", "tables/record-../../outside.csv"]
    finding = next(one for one in record["sections"][0]["findings"] if one["table"])
    record["sections"][0]["findings"].append(finding | {"id": "../../outside"})
    (report / "assessment.json").write_text(json.dumps(record))
    (report.parent / "outside.csv").write_text("x")
    stood = others(report)
    write_report(two["later"], report)
    assert others(report) == stood
    assert (report.parent / "outside.csv").read_text() == "x"
    (report / "index.html").write_text("<h1>My own site</h1>")
    before = everything(report)
    with pytest.raises(OutputError, match=r"'.*index\.html' stands in the way.*--out .*two-leagues-report"):
        write_report(two["earlier"], report)
    assert everything(report) == before


@pytest.mark.parametrize("record", [None, b"", b"{", b"\xff\xfe", b"[" * 10**5, b'{"files": ["index.html"]}'])
def test_without_a_record_nothing_is_a_reports(two: dict[str, Assessment], report: Path, record: bytes | None):
    (report / "assessment.json").unlink() if record is None else (report / "assessment.json").write_bytes(record)
    before = everything(report)
    with pytest.raises(OutputError, match="stand in the way, and no report wrote that"):
        write_report(two["later"], report)
    assert everything(report) == before
    assert [path.name for path in report.parent.iterdir()] == ["out"]


def test_folders_that_a_report_cannot_take_the_place_of(
    two: dict[str, Assessment], report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    full = tmp_path / "full"
    full.mkdir()
    for number in range(MAX_OTHER_FILES + 1):
        (full / str(number)).touch()
    with pytest.raises(OutputError, match="holds more than 1000 files"):
        write_report(two["later"], full)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written: Not a directory"):
        write_report(two["later"], tmp_path / "file")
    with monkeypatch.context() as patched:
        patched.setattr(os.path, "ismount", lambda path: path == report / "more")
        with pytest.raises(OutputError, match="more' is a mount point"):
            write_report(two["later"], report)
    monkeypatch.chdir(report)
    with pytest.raises(OutputError, match="is the folder you are in"):
        write_report(two["later"], Path())
    assert {path.name for path in tmp_path.iterdir()} == {"in", "full", "file"}


def test_a_failure_leaves_the_folder_as_it_was_and_makes_none(
    two: dict[str, Assessment], report: Path, monkeypatch: pytest.MonkeyPatch
):
    before = everything(report)
    write, written = Path.write_bytes, []

    def until_full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) % 5 == 0:
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", until_full)
    for folder in (report, report.parent / "not" / "yet" / "there"):
        with pytest.raises(OutputError, match="No space left"):
            write_report(two["later"], folder)
    assert everything(report) == before
    assert [path.name for path in report.parent.iterdir()] == ["out"]


def test_two_runs_into_one_folder(two: dict[str, Assessment], report: Path):
    before = everything(report)
    with locked_staging(report), pytest.raises(OutputError, match=r"another run is writing '.*out' just now"):
        write_report(two["later"], report)
    assert everything(report) == before


def test_where_nothing_can_be_exchanged_a_run_puts_back_what_a_kill_left(two: dict[str, Assessment], report: Path):
    """Killed between the two renames: nothing stands at the name, the old report and the new one in the staging."""
    before = everything(report)
    left = report.parent / staging_name(report)
    write_report(two["later"], left / NEW_NAME)
    report.rename(left / OLD_NAME)
    (left / "lock").touch()
    with pytest.raises(OutputError, match="cannot be written: a fault"):
        write_report(broken(two["later"]), report)
    assert everything(report) == before
    assert [path.name for path in report.parent.iterdir()] == ["out"]


def broken(assessment: Assessment) -> Assessment:
    """An assessment of which no page can be made."""

    class Broken(Assessment):
        @property
        def headline(self) -> str:
            raise OSError("a fault")

    return Broken(assessment.loaded, assessment.sections, assessment.absent, assessment.version)
