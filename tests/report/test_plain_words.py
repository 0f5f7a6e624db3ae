"""The page and the terminal in plain words: what is said, how long it is, and how much is seen at once."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

import pytest

from detente.assessment.assess import Assessment
from detente.case.bundled import bundled_cases
from detente.report.html import render_html
from detente.report.terminal import print_summary
from detente.text.glossary import GLOSSARY
from tests.cases.assessed_cases import assessed_case
from tests.page_text import Block, read_blocks
from tests.plain_words import banned_words, count_words, number_faults, word_faults

MOST_WORDS = {"brief": 400, "opening": 120, "all that is seen": 3_000, "detail": 150, "meaning": 35}
DRAWN = ("figure",)
LISTS = (".basis", ".behind", ".numbers", ".sr", ".colophon")
"""Where links and ties are listed, and no sentence stands."""
SCRIPTED = (".js-only",)
UNSEEN = (".sr", ".word", ".measure-foot", ".colophon", "option", "[hidden]")
"""For readers by ear, for narrow screens, for paper, in a list that is shut, and what stands there once it is asked."""
MOST_LINES, COLUMNS = 24, 80


@pytest.fixture(scope="module", params=sorted(bundled_cases()))
def assessment(request: pytest.FixtureRequest) -> Assessment:
    return assessed_case(request.param)


@pytest.fixture(scope="module")
def blocks(assessment: Assessment) -> list[Block]:
    return [block for block in read_blocks(render_html(assessment)) if block.view and not block.stands_in("code")]


def words_in(blocks: list[Block]) -> int:
    return sum(count_words(block.text) for block in blocks)


def of_view(blocks: list[Block], view: str) -> list[Block]:
    return [block for block in blocks if block.view == view]


def views(blocks: list[Block]) -> list[str]:
    return [view for view in dict.fromkeys(block.view for block in blocks) if view != "annex"]


def is_seen(block: Block) -> bool:
    """Whether it is seen before anything is opened: of a fold, its question alone; of folds inside it, nothing."""
    folds = sum(element.split()[0] == "details" for element in block.within)
    return folds == 0 or (folds == 1 and block.stands_in("summary"))


def test_the_brief_is_brief(blocks: list[Block]) -> None:
    told = [
        block for block in of_view(blocks, "brief") if not block.stands_in(*DRAWN, ".index", ".colophon", ".js-only")
    ]
    assert words_in([block for block in told if is_seen(block)]) <= MOST_WORDS["brief"]


def test_chapters_open_in_few_words(blocks: list[Block]) -> None:
    for view in views(blocks):
        figure_labels = (
            "table",
            ".note",
            ".measure-foot",
            ".net-title",
            ".sr",
            ".key",
            ".nets",
            ".stk",
            "details",
            ".pager",
            ".absent",
        )
        told = [block for block in of_view(blocks, view) if not block.stands_in(*figure_labels, *SCRIPTED)]
        assert view == "brief" or words_in(told) <= MOST_WORDS["opening"], view


def test_what_is_seen_before_anything_is_opened_can_be_read(blocks: list[Block]) -> None:
    shown = [block for view in views(blocks) for block in of_view(blocks, view) if not block.stands_in(*UNSEEN)]
    seen = [block for block in shown if is_seen(block)]
    assert 200 < words_in(seen) <= MOST_WORDS["all that is seen"]


def test_a_detail_is_short(assessment: Assessment) -> None:
    for chapter in assessment.chapters:
        for detail in chapter.details:
            finding = detail.finding
            picture_says = finding.picture.says if finding.picture else ""
            told = " ".join((finding.question, finding.says, finding.see, picture_says, finding.robustness.because))
            assert count_words(told) <= MOST_WORDS["detail"], detail.address
            assert finding.question, detail.address
            assert 1 <= count_words(finding.short_answer) <= 6, (detail.address, finding.short_answer)
        assert chapter.section.headline.endswith("."), chapter.id
        assert len(chapter.details) <= 9, chapter.id


def test_page_has_plain_words_and_short_sentences(blocks: list[Block]) -> None:
    told = [block for block in blocks if block.view != "annex"]
    assert word_faults(block.text for block in told if not block.stands_in(*LISTS, "table")) == []
    sentences = [block.text for block in told if not block.stands_in(*LISTS, "table", "summary")]
    assert [fault for text in sentences for fault in number_faults(text)] == []
    cells = [block.text for block in told if block.stands_in("table") and not block.stands_in(".behind")]
    assert [fault for text in cells for fault in banned_words(text)] == []


def test_glossary_is_in_plain_words() -> None:
    assert word_faults(term.meaning for term in GLOSSARY) == []
    assert [term.id for term in GLOSSARY if count_words(term.meaning) > MOST_WORDS["meaning"]] == []


def test_terminal_has_plain_words_and_fits_its_screen(assessment: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    output = io.StringIO()
    with redirect_stdout(output):
        print_summary(assessment)
    lines = output.getvalue().splitlines()
    assert max(map(len, lines)) <= COLUMNS
    assert len(lines) <= MOST_LINES - 2  # the path of the page and the line before it come after
    paragraphs = output.getvalue().split("\n\n")
    assert word_faults(" ".join(text.split()) for text in paragraphs if "  " not in text.strip()) == []


def test_faults_would_be_found() -> None:
    page = (
        '<section class="view" id="brief"><p>In 4 draws <b>NATO</b> declines.'
        "<details><summary>Q</summary><p>x</p><details><summary>R</summary></details></details></section>"
    )
    told = read_blocks(page)
    assert [(block.view, block.text) for block in told] == [
        ("brief", "In 4 draws NATO declines."),
        ("brief", "Q"),
        ("brief", "x"),
        ("brief", "R"),
    ]
    assert [is_seen(block) for block in told] == [True, True, False, False]
    assert len(word_faults(block.text for block in told)) == 2
    assert word_faults([f"{'word ' * 26}end."])
    assert [
        *number_faults("It accepts in 4 of 100."),
        *number_faults("It does in 4 of 100 simulations, or 5 of 100."),
    ] == ["“of 100” without its noun in: It accepts in 4 of 100."]
