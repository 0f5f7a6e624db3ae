"""The command that writes documents: by the ending of the name, whole or not at all, in nobody's place."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from detente.assessment.assess import assess, read_case
from detente.errors import OutputError
from detente.report.documents.output import (
    DOCUMENT_SUFFIXES,
    check_document_file,
    export_document,
    figures_folder,
)
from tests.cases.assessed_cases import assessed_case
from tests.cases.two_hub_case import written
from tests.command import detente
from tests.rooms.acceptance.test_defaults import SMALL
from tests.rooms.test_small_cases import THREE


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_each_kind_by_its_ending(tmp_path: Path) -> None:
    marked = detente("export", "two-leagues", "brief.md", cwd=tmp_path)
    assert (marked.returncode, marked.stdout) == (0, "brief.md\n"), marked.stderr
    assert (tmp_path / "brief.md").read_text(encoding="utf-8").startswith("# Will the Hill League accept")
    word = detente("export", "two-leagues", "sub/brief.DOCX", "--chapters", "--annex", cwd=tmp_path)
    assert word.returncode == 0, word.stderr
    opened = docx.Document(io.BytesIO((tmp_path / "sub" / "brief.DOCX").read_bytes()))
    assert "The brief" in [paragraph.text for paragraph in opened.paragraphs]
    tex = detente("export", "two-leagues", "brief.tex", cwd=tmp_path)
    assert (tex.returncode, tex.stdout) == (0, "brief.tex\nbrief-figures\n"), tex.stderr
    assert (tmp_path / "brief-figures" / "figure-1.pdf").is_file()


def test_scenarios_and_changes_by_hand(tmp_path: Path) -> None:
    scenario = next(iter(read_case("two-leagues").case.scenarios))
    told = detente(
        *("export", "two-leagues", "a.md", "--scenario", scenario, "--set", "evidence.secondary=0.5"), cwd=tmp_path
    )
    assert told.returncode == 0, told.stderr
    assert "what-if" in (tmp_path / "a.md").read_text(encoding="utf-8")
    unknown = detente("export", "two-leagues", "b.md", "--scenario", "none-such", cwd=tmp_path)
    assert unknown.returncode == 2
    assert files_in(tmp_path) == ["a.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("two-leagues", "brief.pdf"), "should end in .docx, .md or .tex"),
        (("two-leagues", "brief"), "should end in .docx, .md or .tex"),
        (("two-leagues", "there.md"), "exists already"),
        (("two-leagues", "figured.tex"), "figured-figures' exists already"),
        (("two-leagues", "there.md/brief.md"), "cannot be written"),
        (("no-such-case", "x.md"), "no-such-case"),
        (("two-leagues",), "name a file"),
        (("two-leagues", "codings"), "export CASE codings FILE"),
        (("two-leagues", "nothing", "x.csv"), "'nothing' is not one of"),
        (("two-leagues", "codings", "x.csv", "--annex"), "for documents"),
        (("two-leagues", "x.md", "--set", "a"), "PATH=VALUE"),
    ],
)
def test_bad_calls_say_why_and_leave_all_as_it_was(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "there.md").write_text("mine", encoding="utf-8")
    (tmp_path / "figured-figures").mkdir()
    before = files_in(tmp_path)
    answer = detente("export", *arguments, cwd=tmp_path)
    assert answer.returncode == 2
    assert said in " ".join(answer.stderr.split())
    assert "fault of ours" not in answer.stderr
    assert files_in(tmp_path) == before
    assert (tmp_path / "there.md").read_text(encoding="utf-8") == "mine"


def test_the_help_tells_both_forms() -> None:
    shown = " ".join(detente("export", "--help").stdout.split())
    assert "export CASE FILE writes a document" in shown
    assert "export CASE WHAT FILE writes for another program" in shown


def test_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that cannot be drawn leaves neither text nor folder."""
    import vl_convert

    def fail(svg: str) -> bytes:
        raise OSError("no more room")

    monkeypatch.setattr(vl_convert, "svg_to_pdf", fail)
    assessment = assessed_case("two-leagues")
    with pytest.raises(OSError, match="no more room"):
        export_document(assessment, tmp_path / "brief.tex")
    assert files_in(tmp_path) == []


def test_small_cases_and_cases_of_three_theories(tmp_path: Path) -> None:
    small = tmp_path / "small.yaml"
    small.write_text(SMALL, encoding="utf-8")
    for name, file in (("small", small), ("three", written(tmp_path, **THREE))):
        assessment = assess(read_case(str(file)))
        for suffix in DOCUMENT_SUFFIXES:
            export_document(assessment, tmp_path / f"{name}{suffix}", chapters=True, annex=name == "three")
        told = (tmp_path / f"{name}.md").read_text(encoding="utf-8")
        assert assessment.loaded.case.question in told
    assert "`tables:`" in (tmp_path / "small.md").read_text(encoding="utf-8")


def test_names_of_files() -> None:
    assert figures_folder(Path("a") / "brief.tex") == Path("a") / "brief-figures"
    with pytest.raises(OutputError):
        check_document_file(Path("a\x1b.txt"))
