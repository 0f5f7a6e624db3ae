"""The page in Chromium: widths, light and dark, keyboard, fragments, levers, paper, without scripts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente import assess, read_case, write_report
from detente.assessment.assess import Assessment
from detente.report.table_view import table_view
from tests.cases.assessed_cases import assess_once, assessed_case
from tests.report.test_page import nasty_case
from tests.report.test_plain_words import UNSEEN

pytestmark = pytest.mark.browser
WIDTHS = (375, 768, 1400)
HIDE = "[...document.querySelectorAll('details')].forEach(fold => { fold.open = %s })"


@pytest.fixture(scope="module")
def report(assessed: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(assessed, tmp_path_factory.mktemp("report") / "out")


@pytest.fixture(scope="module")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(assessed_case("two-leagues"), tmp_path_factory.mktemp("small") / "out")


def opened(
    browser: Any, path: Path, width: int = 1400, scheme: str = "light", scripts: bool = True, fragment: str = ""
) -> tuple[Any, list[str], list[str]]:
    """A page with what it asked for and what it said."""
    view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts)
    requests: list[str] = []
    messages: list[str] = []
    view.on("request", lambda request: requests.append(request.url))
    view.on("console", lambda message: messages.append(message.text))
    view.on("pageerror", lambda error: messages.append(str(error)))
    view.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
    return view, requests, messages


@pytest.fixture(scope="module")
def page(browser: Any, report: Path) -> Iterator[Any]:
    view, _, _ = opened(browser, report)
    yield view
    view.close()


def violations(view: Any, options: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(view, options={"resultTypes": ["violations"]} | (options or {})).response["violations"]
    return [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in found]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_fetched_and_nothing_scrolls_sideways(browser: Any, report: Path, width: int) -> None:
    view, requests, messages = opened(browser, report, width)
    for id in view.evaluate("[...document.querySelectorAll('section.view')].map(view => view.id)"):
        view.evaluate(f"location.hash = '{id}'")
        view.wait_for_selector(f"#{id}", state="visible")
        assert view.evaluate("document.documentElement.scrollWidth") == width, id
        view.evaluate(HIDE % "!fold.closest('.rail')")
        assert view.evaluate("document.documentElement.scrollWidth") == width, f"{id}, folds open"
    assert [request for request in requests if not request.startswith((report.as_uri(), "blob:"))] == []
    assert messages == []
    view.close()


SET_ASIDE = """() => {
    const leave = (lists, count) => document.querySelectorAll(lists).forEach(
        list => [...list.children].slice(count).forEach(part => part.remove()));
    leave('table.data tbody', 3);
    leave('.register dl', 6);
    const views = [...document.querySelectorAll('section.view')];
    window.partsOf = new Map(views.map(view => [view, [...view.childNodes]]));
    window.headingOf = new Map(views.map(
        view => [view, document.getElementById(view.getAttribute('aria-labelledby')).cloneNode(true)]));
    return views.map(view => view.id);
}"""
"""Takes the content of views from the page, so that axe need not go through what is hidden. Of what follows one
pattern, rows of tables and entries of the case, it leaves the first: the annex has thousands."""
PUT_BACK = """shown => partsOf.forEach(
    (parts, view) => view.replaceChildren(...(view.id === shown ? parts : [headingOf.get(view)])))"""
CONTRAST = {"runOnly": ["color-contrast"]}
ALL_BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}


# Light and dark differ by their contrast alone; that is measured once in each, on the narrowest page and the widest.
@pytest.mark.parametrize(
    ("scheme", "width", "options"),
    [
        ("light", 1400, ALL_BUT_CONTRAST),
        ("light", 768, ALL_BUT_CONTRAST),
        ("light", 375, ALL_BUT_CONTRAST),
        ("light", 375, CONTRAST),
        ("dark", 1400, CONTRAST),
    ],
)
def test_axe_finds_nothing(browser: Any, small_report: Path, width: int, scheme: str, options: dict[str, Any]) -> None:
    view, _, _ = opened(browser, small_report, width, scheme)
    views = view.evaluate(SET_ASIDE)
    for folds in ("shut", "open") if options is ALL_BUT_CONTRAST and width == 1400 else ("open",):
        for id in views:
            view.evaluate(PUT_BACK, id)
            view.evaluate(f"location.hash = '{id}'")
            view.wait_for_selector(f"#{id}", state="visible")
            if folds == "open":
                view.evaluate(HIDE % "true")
            assert violations(view, options) == [], f"{id}, folds {folds}"
    view.close()


def test_axe_finds_nothing_on_the_whole_page_of_the_first_case(browser: Any, report: Path) -> None:
    """So that nothing of one view clashes with what stands in another."""
    view, _, _ = opened(browser, report)
    assert violations(view) == []
    view.evaluate(SET_ASIDE)
    view.evaluate(PUT_BACK, "response")
    view.evaluate("location.hash = 'response'")
    view.wait_for_selector("#response", state="visible")
    assert violations(view) == []
    view.close()


def test_one_view_is_shown_and_search_finds_the_others(page: Any) -> None:
    page.evaluate("location.hash = 'brief'")
    page.wait_for_selector("#brief", state="visible")
    shown = "[...document.querySelectorAll('section.view')].filter(view => !view.hasAttribute('hidden')).length"
    assert page.evaluate(shown) == 1
    others = "[...document.querySelectorAll('section.view[hidden]')].map(view => view.getAttribute('hidden'))"
    assert set(page.evaluate(others)) == {"until-found"}


def test_every_fragment_lands(page: Any) -> None:
    ids = page.evaluate("[...document.querySelectorAll('main [id]')].map(element => element.id)")
    assert len(ids) > 500
    step = max(len(ids) // 60, 1)
    wanted = [id for id in ids if id not in ("bar", "levers") and "lever-" not in id and id != "game-choice"][::step]
    missed = []
    for id in wanted:
        page.evaluate("id => { location.hash = id }", id)
        page.wait_for_function("id => document.getElementById(id).checkVisibility()", arg=id, timeout=5_000)
        top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id)
        if not -20 <= top <= 900:
            missed.append((id, top))
    assert missed == []


def test_without_scripts_everything_is_there(browser: Any, report: Path) -> None:
    view, _, _ = opened(browser, report, scripts=False)
    for id in ("brief", "record", "response", "annex"):
        assert view.is_visible(f"#{id} h2")
    assert not view.is_visible(".levers")
    assert not view.is_visible("[data-print]")
    view.close()


def test_the_keyboard_alone_opens_a_chapter_a_fold_and_a_word(browser: Any, report: Path) -> None:
    view, _, _ = opened(browser, report)
    view.focus('.rail a[href="#response"]')
    view.keyboard.press("Enter")
    view.wait_for_selector("#response", state="visible")
    assert view.evaluate("document.activeElement.id") == "h-response"
    view.focus("#response details.more summary")
    view.keyboard.press("Enter")
    assert view.evaluate("document.querySelector('#response details.more').open")
    view.goto(f"{report.as_uri()}#brief")
    view.focus("#brief a.term")
    view.keyboard.press("Space")
    view.wait_for_selector("#gloss", state="visible")
    assert view.inner_text("#gloss").strip()
    view.keyboard.press("Escape")
    view.wait_for_selector("#gloss", state="hidden")
    view.close()


@pytest.mark.parametrize("scenario", ["secondary-half", "secondary-full"])
def test_codings_are_recounted_exactly(browser: Any, report: Path, tmp_path: Path, scenario: str) -> None:
    """The lever gives the tallies that a run with that weight gives."""
    rerun = write_report(assess_once(read_case("nato-csto", scenario)), tmp_path / "out")
    tallies = "[...document.querySelectorAll('#evidence .tally .num')].map(cell => cell.textContent)"
    other, _, _ = opened(browser, rerun, fragment="evidence")
    expected = other.evaluate(tallies)
    other.close()
    weight = {"secondary-half": 0.5, "secondary-full": 1}[scenario]
    view, _, _ = opened(browser, report, fragment=f"evidence;evidence.secondary={weight}")
    assert view.evaluate(tallies) == expected
    assert view.is_visible("[data-tally-says]")
    view.close()


def test_what_is_not_understood_is_left_out_and_said(browser: Any, report: Path) -> None:
    view, _, messages = opened(browser, report, fragment="response;threat.nobody=0.3;change=%E0%A4%A")
    assert view.is_visible("#response h2")
    assert "not understood" in view.inner_text("#bar")
    assert messages == []
    view.close()


def test_levers_at_rest_leave_the_page_as_written(browser: Any, report: Path) -> None:
    view, _, _ = opened(browser, report)
    before = view.inner_html("#brief figure")
    view.fill("#levers input[type=range] >> nth=0", "0.2")
    view.wait_for_selector("tr.mine", state="visible")
    view.click("#bar [data-reset]")
    after = view.inner_html("#brief figure")
    assert re.sub(r"<tr[^>]*mine.*?</tr>", "", after, flags=re.DOTALL) == re.sub(
        r"<tr[^>]*mine.*?</tr>", "", before, flags=re.DOTALL
    )
    view.close()


@pytest.mark.parametrize("name", ["nato-csto", "cmea-ec", "two-leagues"])
def test_the_brief_is_two_pages_of_paper(browser: Any, tmp_path: Path, name: str) -> None:
    view, _, _ = opened(browser, write_report(assessed_case(name), tmp_path / "out"))
    paper = view.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) <= 2
    view.close()


def test_paper_shows_the_folds_of_a_chapter(browser: Any, report: Path) -> None:
    view, _, _ = opened(browser, report, fragment="response")
    view.emulate_media(media="print")
    view.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert view.evaluate("document.querySelectorAll('#response details.more:not([open])').length") == 0
    assert not view.is_visible(".rail")
    view.close()


def test_a_number_leads_to_its_inputs_and_back(browser: Any, report: Path) -> None:
    view, _, _ = opened(browser, report)
    view.click("#brief .lead a.strong >> nth=0")
    view.wait_for_selector("#response-theories[open]", state="visible")
    view.click("#response-theories .ids a >> nth=0")
    view.wait_for_function("location.hash.startsWith('#id-')")
    entry = view.evaluate("location.hash.slice(1)")
    view.click(f"#{entry} + dd a[href^='#5.'] >> nth=0")
    view.wait_for_selector("#response", state="visible")
    view.go_back()
    view.wait_for_selector("#annex", state="visible")
    view.close()


def test_a_saved_table_has_every_cell_of_every_row(page: Any, assessed: Assessment) -> None:
    """Also those that one cell of the page stands for in several rows."""
    (finding,) = (one for section in assessed.sections for one in section.findings if one.id == "every-channel")
    assert finding.table is not None
    page.evaluate(f"location.hash = 'annex'; {HIDE % 'true'}")
    with page.expect_download() as download:
        page.locator("#t-channels-every-channel button", has_text="Save as CSV").click()
    heading, *rows = csv.reader(download.value.path().read_text(encoding="utf-8").splitlines())
    shown = table_view(finding.table)
    assert len(set(heading)) == len(shown.headings)
    assert any(cell.row_span > 1 for row in shown.rows for cell in row)
    assert rows == [[cell.text for cell in row] for row in shown.rows]


def test_hostile_text_does_nothing(browser: Any, leagues: Path) -> None:
    path = write_report(assess(read_case(str(nasty_case(leagues)))), leagues.parent / "out")
    view, requests, messages = opened(browser, path, 375)
    assert view.evaluate("window.pwned") is None
    assert [request for request in requests if not request.startswith("blob:")] == [path.as_uri()]
    assert messages == []
    for id in view.evaluate("[...document.querySelectorAll('section.view')].map(view => view.id)"):
        view.evaluate(f"location.hash = '{id}'")
        view.wait_for_selector(f"#{id}", state="visible")
        assert view.evaluate("document.documentElement.scrollWidth") == 375, id
    assert "<script>window.pwned=1</script>" in view.text_content("h1")
    view.evaluate("location.hash = 'brief'")
    view.fill("#levers input[type=range] >> nth=0", "0.1")
    view.wait_for_selector("tr.mine", state="visible")
    view.get_by_role("button", name="All numbers, scenarios and choices").click()
    view.locator("#drawer button.chip").first.click()
    for name in ("Command", "As a scenario"):
        view.get_by_role("button", name=name, exact=True).evaluate("button => button.click()")
        view.locator("#taken").get_by_role("button", name="Close").click()
    assert view.evaluate("document.documentElement.scrollWidth") == 375
    assert view.evaluate("window.pwned") is None
    assert messages == []
    view.close()


def test_what_is_not_counted_as_seen_is_not_seen(browser: Any, report: Path):
    """The count of words that are seen leaves out what no reader sees on a wide screen: all of it, with all shown."""
    view, _, _ = opened(browser, report, scripts=False)
    for mark in UNSEEN:
        boxes = [node.bounding_box() for node in view.query_selector_all(f"section.view {mark}")]
        drawn = [box for box in boxes if box is not None and min(box["width"], box["height"]) > 1]
        assert boxes or mark == "option", mark
        assert drawn == [], mark
    assert all(node.bounding_box() for node in view.query_selector_all("section.view h2"))
    view.close()
