"""Documents as Markdown: read again, they are what was told, and nothing in them is taken for markup."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from detente.report.documents.blocks import Run
from detente.report.documents.compose import compose_document
from detente.report.documents.markdown import escape_markdown, markdown_runs, render_markdown
from tests.cases.assessed_cases import assessed_case
from tests.report.conftest import CASES, HOSTILE, document_of


def read_again(text: str) -> str:
    """Markdown as HTML, by a reader of its own that lets raw HTML through."""
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


@pytest.mark.parametrize("name", CASES)
def test_whole_documents(name: str) -> None:
    assessment = assessed_case(name)
    for parts in ((False, False), (True, True)):
        document = compose_document(assessment, *parts)
        text = render_markdown(document)
        assert text == render_markdown(compose_document(assessment, *parts))
        assert text.startswith("# ")
        page = read_again(text)
        assert page.count("<h1>") == 1
        assert "|" not in re.sub(r"<code>.*?</code>", "", page), "a table was not read as one"
        assert "<!-- response-theories -->" in text
        assert f"<strong>{assessment.headline}</strong>" in page


def test_hostile_words_stay_words() -> None:
    text = render_markdown(document_of(HOSTILE))
    page = re.sub("<!--.*?-->", "", read_again(text))
    assert "<b>" not in page
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert page.count("<table>") == text.count("| --- |") or page.count("<table>") > 5


@pytest.mark.parametrize("text", ["# a", "1. a", "12) b", "- a", "+ a", "= a", "a *b* _c_ `d` [e](f) <g> h|i", "&amp;"])
def test_escaped_text_is_read_as_it_was(text: str) -> None:
    page = read_again(escape_markdown(text))
    assert page.startswith("<p>")
    assert "<em>" not in page
    assert "<a" not in page


def test_strong_runs_stand_beside_each_other() -> None:
    assert (
        markdown_runs((Run("a ", True), Run("5", True, number_name="x"), Run(" b", True), Run(" c"))) == "**a 5 b** c"
    )
    assert markdown_runs((Run(" "), Run(" ", True))) == "  "
    assert markdown_runs((Run("a`b", is_code=True),)) == "`` a`b ``"
