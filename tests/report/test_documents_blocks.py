"""Documents as blocks: what is told, from where, and with which names for its numbers."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path
from xml.etree import ElementTree

import pytest

from detente.assessment.assess import Assessment, assess, read_case
from detente.report.documents.blocks import Figure, Heading, Paragraph, Run, TableBlock, code_runs, runs_text
from detente.report.documents.column_widths import column_shares
from detente.report.documents.compose import compose_document
from detente.report.documents.figure_svg import drawn_picture, figure_svg
from detente.report.documents.number_names import name_numbers
from detente.report.documents.picture_tables import picture_tables, table_in_words
from detente.results.pictures import CellGrid, GridCell
from tests.cases.assessed_cases import assessed_case
from tests.conftest import ROOT
from tests.report.conftest import CASES, HOSTILE, pictures

FOLDER = ROOT / "src" / "detente" / "report" / "documents"
WRITERS = ("markdown", "word", "word_xml", "word_styles", "latex", "latex_text", "svg_marks", "figure_svg")


@pytest.mark.parametrize("name", CASES)
def test_the_brief_tells_what_the_page_tells(name: str) -> None:
    assessment = assessed_case(name)
    document = compose_document(assessment)
    told = " ".join(runs_text(block.runs) for block in document.blocks if isinstance(block, Paragraph))
    assert document.title == assessment.loaded.case.question
    assert assessment.answer.removesuffix(" ".join(assessment.reasons)).strip() in told
    assert " ".join(assessment.reasons) in told
    assert {block.level for block in document.blocks if isinstance(block, Heading)} == {1}
    assert assessment.loaded.digest[:8] in told


@pytest.mark.parametrize("name", CASES)
def test_chapters_and_annex_tell_every_finding(name: str) -> None:
    assessment = assessed_case(name)
    document = compose_document(assessment, chapters=True, annex=True)
    sources = {getattr(block, "source", "") for block in document.blocks}
    told = {source.removeprefix("t-") for source in sources}
    assert told >= {f"{section.id}-{finding.id}" for section in assessment.sections for finding in section.findings}
    levels = [0, *(block.level for block in document.blocks if isinstance(block, Heading))]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), "a level is left out"
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    assert all(len(row) == len(table.headings) for table in tables for row in table.rows)
    assert len([block for block in document.blocks if isinstance(block, Heading) and block.level == 1]) == 2 + len(
        assessment.chapters
    )


def test_parts_are_wanted_one_by_one(assessed: Assessment) -> None:
    def first_levels(chapters: bool, annex: bool) -> list[str]:
        blocks = compose_document(assessed, chapters, annex).blocks
        return [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]

    assert first_levels(True, False)[0] == first_levels(False, True)[0] == "The brief"
    assert len(first_levels(True, False)) == 1 + len(assessed.chapters)
    assert len(first_levels(False, True)) == 2


def test_numbers_of_the_brief_have_names(assessed: Assessment) -> None:
    document = compose_document(assessed)
    names = [name for _, name in document.numbers]
    changes = assessed.brief.changes
    answer = assessed.brief.answer
    assert answer is not None
    assert len(names) == len(set(names)) == 2 * len(answer.forms) * (2 + len(changes))
    assert {name: value for value, name in document.numbers}["By consensus generous"]
    (figure,) = [block for block in document.blocks if isinstance(block, Figure)]
    runs = [run for table in figure.tables for row in table.rows for cell in row for run in cell]
    runs += [run for block in document.blocks if isinstance(block, Paragraph) for run in block.runs]
    used = {(run.text, run.number_name) for run in runs if run.number_name}
    assert used <= set(document.numbers)
    assert len(used) > len(changes)


def test_a_scenario_and_no_answer_are_told(leagues: Path) -> None:
    scenario = next(iter(read_case(str(leagues)).case.scenarios))
    blocks = compose_document(assess(read_case(str(leagues), scenario))).blocks
    assert isinstance(blocks[0], Paragraph)
    assert "what-if" in runs_text(blocks[0].runs)


def test_numbers_are_found_whole() -> None:
    named = name_numbers(Run("at most 10 of 100"), (("0", "low"), ("10", "high")))
    assert [(run.text, run.number_name) for run in named] == [("at most ", ""), ("10", "high"), (" of 100", "")]
    assert name_numbers(Run("5"), (("5", "low"), ("5", "high"))) == (Run("5", number_name="low"),)


def test_keys_in_backticks_are_code() -> None:
    assert code_runs("Add `stances:`, once.") == (Run("Add "), Run("stances:", is_code=True), Run(", once."))
    assert code_runs("a ` b") == (Run("a ` b"),)
    assert code_runs("") == ()


def test_figures_are_whole_svg_files_whatever_stands_in_them() -> None:
    for picture in [*pictures("A plain label"), *pictures(HOSTILE), *pictures("")]:
        svg = figure_svg(picture)
        root = ElementTree.fromstring(svg)
        assert root.get("viewBox")
        assert svg == figure_svg(picture)
        assert "\x1b" not in svg
        assert "\u202e" not in svg


def test_figures_say_what_they_show() -> None:
    words = [table_in_words(picture_tables(picture)) for picture in pictures("label")]
    assert all("label" in text for picture, text in zip(pictures("label"), words, strict=True) if picture.says and text)
    assert "10–40 (unlikely at best)" in words[0]
    assert "2003–2009" in words[4]


def test_a_grid_is_a_table_of_words() -> None:
    rows = (("row", (GridCell("yes"), GridCell("unclear", "3"))),)
    grid = CellGrid("What to see.", "Corner", ("a", "b"), rows, (("yes", "allowed"),), (("Group", 2),))
    (table,) = picture_tables(grid, "caption")
    assert table.headings == ("Corner", "Group: a", "Group: b")
    assert [runs_text(cell) for cell in table.rows[0]] == ["row", "allowed", "3"]
    with pytest.raises(TypeError):
        drawn_picture(grid)


def test_columns_share_the_width() -> None:
    table = TableBlock(("a", "a much longer heading", ""), (((Run("x" * 300),), (), ()),))
    assert sum(column_shares(table)) == pytest.approx(1)
    assert min(column_shares(table)) > 0.05
    assert sum(column_shares(TableBlock(("a",), ()))) == pytest.approx(1)


def test_writers_know_no_rooms_and_no_assessment() -> None:
    for name in WRITERS:
        tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not any(module.startswith(("detente.rooms", "detente.assessment", "detente.case")) for module in modules)
