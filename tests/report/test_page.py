from __future__ import annotations

import gzip
import json
import re
from functools import reduce
from itertools import count
from pathlib import Path

import pytest

from detente import assess, read_case, write_report
from detente.assessment.assess import Assessment
from detente.case.entries.entries import case_entries
from detente.report.html import PAGE_SCRIPTS, render_html
from detente.report.static_text import script_text
from detente.report.template_environment import link_ids
from tests.conftest import edit

NASTY = "<script>window.pwned=1</script> </script><!-- <img src=x onerror=window.pwned=1> & \" ' ]]> \u2028 𝔘"


@pytest.fixture(scope="module")
def report(assessed: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(assessed, tmp_path_factory.mktemp("report") / "out")


def test_the_page_is_one_small_file_that_names_no_other(report: Path):
    """A megabyte to read, and 40 kB compressed for what works it out beside what stood in the page before it."""
    text = report.read_text(encoding="utf-8")
    live = re.findall(r'<script type="[^"]+" id="(?:live|engine|games)">.*?</script>', text, re.DOTALL)
    scripts = (f"live/{name}.js" for name in PAGE_SCRIPTS)
    levers = str(script_text(*scripts))
    told = reduce(lambda rest, part: rest.replace(part, ""), [*live, levers], text)
    assert len(live) == 3
    assert levers in text
    assert len(told.encode()) <= 2**20
    assert (
        len(gzip.compress(text.encode())) - len(gzip.compress(told.encode())) < 42_000
    )  # of which 1.6 kB took the place of levers that were computed ahead
    assert len(text.partition('id="annex"')[0].encode()) < 400_000
    assert not re.search(r'<(link|img|iframe|script)[^>]*(src|href)="(?!#)', text)
    assert "vega" not in text


def test_every_method_is_told_once(assessed: Assessment, report: Path):
    from markupsafe import escape

    told = report.read_text(encoding="utf-8").partition('<h3 id="method"')[2]
    methods = {f.method for section in assessed.sections for f in section.findings if f.method}
    assert len(methods) > 8
    for method in methods:
        assert told.count(str(escape(method)).replace("&#39;", "'")) == 1


def test_every_link_leads_somewhere(report: Path):
    text = report.read_text(encoding="utf-8")
    targets = re.findall(r' id="?([^"\s>]+)', text)
    links = set(re.findall(r'href="?#([^"\s>]+)', text))
    assert len(targets) == len(set(targets))
    assert links - set(targets) == set()
    assert {f"id-{id}" for id in case_entries(read_case("nato-csto").case)} <= set(targets)


def test_absent_rooms_say_what_they_would_need(leagues: Path):
    text = leagues.read_text(encoding="utf-8")
    for section in ("tables", "verdicts", "codings", "theories", "lenses", "hypotheses", "clues", "passages"):
        text = re.sub(rf"(?ms)^{section}:\n.*?(?=^\S)", "", text)
    text = re.sub(r"(?ms)^  abbess-decides:\n.*?(?=^  \S)", "", text).replace("import: [codings-second.csv]\n", "")
    leagues.write_text(text, encoding="utf-8")
    html = render_html(assess(read_case(str(leagues))))
    assert "the case would need tables of motives" in html


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
    assert "<script>window" not in html
    assert "<img" not in html
    assert "&lt;script&gt;window.pwned=1&lt;/script&gt;" in html


def test_links_in_sentences_keep_the_sentence():
    known = case_entries(read_case("nato-csto").case)
    assert str(link_ids("see csto-1 <b> & liberalism", known)).startswith("see <a href=#id-csto-1>")
    assert str(link_ids("see csto-1 <b> & liberalism", known)).endswith("</a> &lt;b&gt; &amp; liberalism")


def test_notebooks_show_the_same(leagues: Path):
    html = assess(read_case(str(nasty_case(leagues))))._repr_html_()
    assert html is not None
    assert "<svg" in html
    assert "<script" not in html


def test_the_page_says_which_scenario_it_is(leagues: Path):
    html = render_html(assess(read_case(str(leagues), "secondary-half")))
    assert "scenario secondary-half" in html
    assert "what-if: a secondary reading counts half" in html


def test_a_tie_is_called_a_tie(leagues: Path):
    edit(leagues, ("weight: {triangular: [1, 2, 3], because: the chronicle returns to it three times}", "weight: 1"))
    section = assess(read_case(str(leagues))).sections[1]
    assert [f.robustness.standing for f in section.findings if f.id.endswith("verdict")] == ["tie", "tie"]
