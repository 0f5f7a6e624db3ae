"""How a case grows, as the tutorial has it: every rung is a case that opens what it says; and the bare case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente import assess, new_case, read_case
from detente.case.first_case import FALLBACK_ID, id_of_name
from detente.case.loading.load import LoadedCase
from detente.errors import OutputError
from detente.rooms.registry import ROOMS
from detente.rooms.room import questions_without_material
from tests.command import detente
from tests.conftest import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
RUNGS = re.findall(r"<!-- ladder:(.*?) -->\n```yaml\n(.*?)```", TUTORIAL, re.DOTALL)
MOST_BARE_LINES = 30


def climbed(folder: Path, count: int) -> LoadedCase:
    """The case of so many rungs."""
    file = folder / "case.yaml"
    file.write_text("".join(text for _, text in RUNGS[:count]), encoding="utf-8")
    return read_case(str(file), every_scenario=True)


def test_there_are_rungs():
    assert len(RUNGS) == 7
    assert len(RUNGS[0][1].splitlines()) == 5


@pytest.mark.parametrize("count", range(1, len(RUNGS) + 1))
def test_each_rung_opens_what_it_says(count: int, tmp_path: Path):
    loaded = climbed(tmp_path, count)
    assessment = assess(loaded)
    rooms = {room.section_ids[0] for room in ROOMS}
    assert [s.id for s in assessment.sections if s.id in rooms and s.findings] == sorted(
        RUNGS[count - 1][0].split(), key=[room.section_ids[0] for room in ROOMS].index
    )
    # What is not there yet is told by the check, and left open by the page.
    missing = [question for question, _ in questions_without_material(loaded.case, ROOMS)]
    assert set(missing) <= set(assessment.absent)
    assert bool(missing) == (count < len(RUNGS))


def test_the_bare_case_is_short_and_has_an_answer(tmp_path: Path):
    file, _ = new_case(tmp_path / "My First Case")
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_BARE_LINES
    loaded = read_case(str(file), every_scenario=True)
    assert loaded.case.id == "my-first-case"
    assert loaded.warnings == ()
    assert {"channels", "response"} <= {section.id for section in assess(loaded).sections}


def test_every_key_of_the_bare_case_has_its_question(tmp_path: Path):
    file, _ = new_case(tmp_path / "bare")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    sections = [line for line in lines if re.match(r"[a-z]+:", line)]
    assert len(sections) >= 9
    for line in sections:
        told = line if "#" in line else lines[lines.index(line) + 1]  # of settings that of the first one
        assert re.search(r"# .+[?.]$", told), line


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("rivers", "rivers"),
        ("My Case 1", "my-case-1"),
        ("NATO_CSTO", "nato-csto"),
        ("...", FALLBACK_ID),
        ("ü", FALLBACK_ID),
    ],
)
def test_the_id_comes_from_the_folder(name: str, id: str):
    assert id_of_name(name) == id


def test_nothing_is_written_where_something_is(tmp_path: Path):
    (tmp_path / "there").mkdir()
    with pytest.raises(OutputError):
        new_case(tmp_path / "there")
    assert not list((tmp_path / "there").iterdir())


def test_check_says_what_would_open_next(tmp_path: Path):
    assert detente("new", "bare case", cwd=tmp_path).stdout.endswith("detente check 'bare case'\n")
    answer = detente("check", "bare case", cwd=tmp_path)
    assert answer.returncode == 0
    assert "  not yet: Would it last. It needs " in answer.stdout
    assert "(`games:`)" in answer.stdout
    assert "not yet" not in detente("check", "two-leagues").stdout
