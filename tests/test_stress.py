"""A little of what `make stress` does at length: mutated cases and hostile text through everything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente import assess, read_case
from detente.errors import CaseError
from detente.report.files import write_report
from detente.report.notebook import render_notebook
from detente.report.score_map import render_score_map
from tests.conftest import ROOT, edit
from tests.stress.everything import run_everything
from tests.stress.hostile import REFUSED, TEXTS, harm_in, hostile_case, write_case
from tests.stress.mutants import mutated_case


@pytest.mark.parametrize("seed", range(8))
def test_a_mutated_case_is_refused_with_places_or_goes_all_the_way(seed: int, tmp_path: Path):
    case = mutated_case(seed, ["two-leagues"])  # the first case takes its turn in `make stress`
    came = run_everything(write_case(case, tmp_path), tmp_path / "out")
    assert came in ("refused", "assessed")


def test_the_same_seed_gives_the_same_case():
    assert mutated_case(7) == mutated_case(7) != mutated_case(8)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    written, places = hostile_case(list(TEXTS.values()))
    assert places > 200
    assert run_everything(write_case(written, folder), folder / "out") == "assessed"
    return folder / "out"


def test_hostile_text_does_no_harm_in_any_format(hostile: Path):
    assert {path.suffix for path in hostile.rglob("*")} >= {
        ".html",
        ".json",
        ".csv",
        ".bib",
        ".qdpx",
        ".efg",
        ".md",
        ".docx",
        ".tex",
    }
    assert list(harm_in(hostile)) == []


def test_a_game_with_hostile_names_is_still_a_game(hostile: Path):
    import pyspiel

    game = pyspiel.load_efg_game((hostile / "game.efg").read_text(encoding="utf-8"))
    assert game.num_players() >= 2


@pytest.mark.browser
def test_a_hostile_page_runs_nothing(hostile: Path, browser: Any):
    view = browser.new_page()
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.on("dialog", lambda dialog: asked.append("a dialog"))
    page = hostile / "report" / "index.html"
    view.goto(page.as_uri())
    for element in view.query_selector_all("[title], summary, a")[:200]:
        element.dispatch_event("mouseover")
        element.dispatch_event("focus")
    assert view.evaluate("window.pwned") is None
    # The page's own engine is a worker from inside the file; nothing else may be asked for.
    assert [address for address in asked if not address.startswith("blob:null/")] == [page.as_uri()]
    assert sum(address.startswith("blob:null/") for address in asked) <= 1
    view.close()


@pytest.mark.parametrize("character", REFUSED)
def test_what_is_no_text_is_refused_with_its_place(character: str, leagues: Path):
    escaped = "".join(f"\\U{ord(c):08x}" if not c.isascii() or not c.isprintable() else c for c in character)
    edit(leagues, ("title: The River League and the Hill League", f'title: "The River {escaped} League"'))
    with pytest.raises(CaseError) as refused:
        read_case(str(leagues))
    first = refused.value.problems[0]
    assert f"U+{ord(character[0]):04X}" in first.message
    assert (first.place.line, first.place.column) == (3, 8)
    assert character[0] not in str(refused.value)


def test_a_control_character_in_a_coding_is_refused_at_its_cell(leagues: Path):
    sheet = leagues.parent / "codings-second.csv"
    lines = sheet.read_text(encoding="utf-8").splitlines()
    sheet.write_text("\n".join([*lines, lines[-1] + "\x1b[2J"]) + "\n", encoding="utf-8")
    with pytest.raises(CaseError, match=rf"codings-second.csv:{len(lines) + 1}:\d+: the character U\+001B"):
        read_case(str(leagues))


def test_pictures_are_cleaned_whatever_they_are_given():
    """In a process of its own: a control character in a picture would end it with an abort."""
    code = """
from tests.test_stress import draw
print(draw("a\\x1bb\\ufffe\\u202ec"))
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert answer.returncode == 0, answer.stderr
    assert "a\ufffdb\ufffd\ufffdc" in answer.stdout


def draw(text: str) -> str:
    """A picture with a text in it."""
    return render_score_map([text], [[1.0]])


def test_a_case_that_was_never_read_is_cleaned_on_its_way_out(tmp_path: Path):
    """Somebody may build a case in Python, past the reader."""
    loaded = read_case("two-leagues")
    actors = {id: actor.model_copy(update={"name": f"=1+1\x1b{id}"}) for id, actor in loaded.case.actors.items()}
    object.__setattr__(loaded, "case", loaded.case.model_copy(update={"actors": actors, "title": "\x00\u202e"}))
    assessment = assess(loaded)
    write_report(assessment, tmp_path / "out" / "report")
    (tmp_path / "out" / "notebook.html").write_text(render_notebook(assessment), encoding="utf-8")
    assert list(harm_in(tmp_path / "out")) == []
