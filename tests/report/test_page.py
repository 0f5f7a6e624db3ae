from __future__ import annotations

import base64
import gzip
import json
import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from detente import assess, read_case, write_report
from detente.assessment.assess import Assessment
from detente.case.entries.entries import case_entries
from detente.report.html import link_ids, render_html
from detente.report.vega_bundle import compress_to_base64
from tests.conftest import edit

NASTY = "<script>window.pwned=1</script> </script><!-- <img src=x onerror=window.pwned=1> & \" ' ]]> \u2028 𝔘"


@pytest.fixture(scope="module")
def report(assessed: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(assessed, tmp_path_factory.mktemp("report") / "out")


def test_the_page_is_one_small_file_that_names_no_other(report: Path):
    text = report.read_text(encoding="utf-8")
    assert len(text.encode()) < 2_000_000
    own = text[: text.index('<script type="text/plain"')]
    assert not re.search(r'<(link|img|iframe|script)[^>]*(src|href)="(?!#)', own)


def test_every_method_is_told_once(assessed: Assessment, report: Path):
    from markupsafe import escape

    told = report.read_text(encoding="utf-8").partition('<section id="method"')[2]
    methods = {f.method for section in assessed.sections for f in section.findings if f.method}
    assert len(methods) > 8
    for method in methods:
        assert told.count(str(escape(method))) == 1


def test_every_link_leads_somewhere(report: Path):
    text = report.read_text(encoding="utf-8")
    own = text[: text.index('<script type="text/plain"')]
    targets = set(re.findall(r'id="([^"]+)"', own))
    links = set(re.findall(r'href="#([^"]+)"', own))
    assert links - targets == set()
    assert {f"id-{id}" for id in case_entries(read_case("nato-csto").case)} <= targets


def test_absent_rooms_say_what_they_would_need(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    for section in ("tables", "verdicts", "codings", "theories", "lenses", "hypotheses", "clues", "passages"):
        text = re.sub(rf"(?ms)^{section}:\n.*?(?=^\S)", "", text)
    text = re.sub(r"(?ms)^  abbess-decides:\n.*?(?=^  \S)", "", text).replace("import: [codings-second.csv]\n", "")
    leagues.write_text(text, encoding="utf-8")
    html = render_html(assess(read_case(str(leagues))))
    assert "The case would need tables of motives" in html


def nasty_case(leagues: Path) -> Path:
    """The small case with hostile text wherever text may stand."""
    text = re.sub(r"(?m)^(title|question|note): .+$", r"  \1: x", leagues.read_text(encoding="utf-8"))
    quoted = json.dumps(NASTY, ensure_ascii=False).replace("\u2028", "\\u2028")
    keys = "title|name|says|note|because|question|type|treatment|condition|unit|attribute|searched"
    numbers = count()  # names have to differ

    def hostile() -> str:
        return f'{quoted[:-1]}{next(numbers)}"'

    text = re.sub(rf"(?m)^(\s+)({keys}): [^{{\[\n]+$", lambda m: f"{m[1]}{m[2]}: {hostile()}", text)
    text = re.sub(r"\{name: [^,}]+", lambda m: f"{{name: {hostile()}", text)
    text = re.sub(r"(?m)^(    short): .+$", r'\1: "<img onerror=pwned=1 src=x>"', text)
    text = re.sub(r"(?m)^  (title|question|note): ", r"\1: ", text)
    leagues.write_text(text, encoding="utf-8")
    return leagues


def test_hostile_text_is_text(leagues: Path):
    html = render_html(assess(read_case(str(nasty_case(leagues)))))
    own = html[: html.index('<script type="text/plain"')]
    assert "<script>window" not in own
    assert "<img" not in own
    assert "&lt;script&gt;window.pwned=1&lt;/script&gt;" in own


def test_what_is_packed_cannot_end_its_script_element():
    text = compress_to_base64(NASTY)
    assert not set("<>&\u2028") & set(text)
    assert gzip.decompress(base64.b64decode(text)).decode() == NASTY


def test_links_in_sentences_keep_the_sentence():
    known = case_entries(read_case("nato-csto").case)
    assert str(link_ids("see csto-1 <b> & liberalism", known)).startswith('see <a href="#id-csto-1"')
    assert str(link_ids("see csto-1 <b> & liberalism", known)).endswith("</a> &lt;b&gt; &amp; liberalism")


def test_notebooks_show_the_same(leagues: Path):
    html = assess(read_case(str(nasty_case(leagues))))._repr_html_()
    assert html is not None
    assert "<svg" in html
    assert "<script" not in html


def opened(browser: Any, path: Path, width: int = 1400, scheme: str = "light") -> tuple[Any, list[str], list[str]]:
    view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    requests: list[str] = []
    messages: list[str] = []
    view.on("request", lambda request: requests.append(request.url))
    view.on("console", lambda message: messages.append(message.text))
    view.on("pageerror", lambda error: messages.append(str(error)))
    view.goto(path.as_uri())
    view.wait_for_function("[...document.querySelectorAll('.chart')].every(e => e.dataset.drawn)", timeout=600_000)
    return view, requests, messages


@pytest.mark.browser
@pytest.mark.parametrize(("width", "layout"), [(375, "narrow"), (1400, "wide")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_in_a_browser(browser: Any, report: Path, width: int, layout: str, scheme: str):
    from axe_playwright_python.sync_playwright import Axe

    view, requests, messages = opened(browser, report, width, scheme)
    assert requests == [report.as_uri()]
    assert messages == []
    assert view.evaluate("document.documentElement.scrollWidth") == width
    assert set(view.evaluate("[...document.querySelectorAll('.chart')].map(e => e.dataset.drawn)")) == {layout}
    assert view.evaluate(
        "[...document.querySelectorAll('.chart svg')].every(s => s.getBoundingClientRect().right <= innerWidth)"
    )
    assert "almost no chance that NATO accepts “A channel between the blocs”" in view.inner_text("#answer")
    with_folds_open = (scheme, layout) == ("dark", "wide")  # takes a minute; the small case does the rest
    if not with_folds_open:
        violations = Axe().run(view).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []
    view.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert view.evaluate("document.documentElement.scrollWidth") == width
    if layout == "narrow":  # cards are as wide as the phone, and so is what opens in them
        cards = "[...document.querySelectorAll('.scroll:has(> .cards)')].map(e => e.scrollWidth - e.clientWidth)"
        assert set(view.evaluate(cards)) == {0}
    if with_folds_open:
        assert [v["id"] for v in Axe().run(view).response["violations"]] == []
    view.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [375, 1400])
def test_what_opens_is_as_accessible(browser: Any, width: int, tmp_path: Path):
    from axe_playwright_python.sync_playwright import Axe

    view, _, messages = opened(browser, write_report(assess(read_case("two-leagues")), tmp_path / "out"), width)
    view.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(view).response["violations"]] == []
    assert messages == []
    view.close()


@pytest.mark.browser
def test_pictures_show_what_the_tables_say(browser: Any, report: Path):
    view, _, _ = opened(browser, report)
    drawn = view.inner_text('[data-chart="record-timeline"]')
    for label in ("CIS joint command", "Putin: train anti-drug staff", "Simmons, reportedly no", "no comment"):
        assert label in drawn
    assert "Realism" in view.inner_text('[data-chart="evidence-table-2.5-verdict"]')
    view.set_viewport_size({"width": 400, "height": 900})
    view.wait_for_function("[...document.querySelectorAll('.chart')].every(e => e.dataset.drawn === 'narrow')")
    view.close()


@pytest.mark.browser
def test_a_link_opens_the_fold_it_leads_into(browser: Any, report: Path):
    view, _, _ = opened(browser, report)
    assert not view.is_visible("#id-csto-3")
    view.click('#evidence a[href="#id-csto-3"] >> nth=0')
    view.wait_for_selector("#id-csto-3", state="visible")
    view.close()


@pytest.mark.browser
def test_paper_shows_every_fold(browser: Any, report: Path):
    view, _, _ = opened(browser, report)
    view.emulate_media(media="print")
    assert (
        view.evaluate(
            "dispatchEvent(new Event('beforeprint')), document.querySelectorAll('details:not([open])').length"
        )
        == 0
    )
    assert view.is_visible("#id-csto-3")
    view.close()


@pytest.mark.browser
def test_hostile_text_does_nothing_in_a_browser(browser: Any, leagues: Path):
    path = write_report(assess(read_case(str(nasty_case(leagues)))), leagues.parent / "out")
    view, requests, messages = opened(browser, path, 375)
    assert view.evaluate("window.pwned") is None
    assert requests == [path.as_uri()]
    assert messages == []
    assert view.evaluate("document.documentElement.scrollWidth") == 375
    assert "<script>window.pwned=1</script>" in view.inner_text("h1")
    view.close()


def test_the_page_says_which_scenario_it_is(leagues: Path):
    html = render_html(assess(read_case(str(leagues), "secondary-half")))
    assert "scenario: secondary-half" in html
    assert "In this scenario: A secondary reading counts half" in html


def test_a_tie_is_called_a_tie(leagues: Path):
    edit(leagues, ("weight: {triangular: [1, 2, 3], because: the chronicle returns to it three times}", "weight: 1"))
    section = assess(read_case(str(leagues))).sections[1]
    assert [f.robustness.standing for f in section.findings if f.id.endswith("verdict")] == ["tie", "tie"]
