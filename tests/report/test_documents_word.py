"""Documents for Word, opened again: headings, captions, tables, bookmarks, words for pictures; the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import docx
import pytest

from detente.assessment.assess import Assessment
from detente.report.documents.blocks import Document, Figure, Heading, TableBlock
from detente.report.documents.compose import compose_document
from detente.report.documents.word import render_word
from detente.report.documents.word_xml import Bookmarks
from tests.cases.assessed_cases import assessed_case
from tests.report.conftest import CASES, HOSTILE, document_of


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def paragraphs(word: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == style]


def check_structure(document: Document, content: bytes) -> None:
    """That a file has every heading, figure and table of a document, each marked as what it is."""
    word = opened(content)
    for level in (1, 2, 3):
        expected = [block for block in document.blocks if isinstance(block, Heading) and block.level == level]
        assert len(paragraphs(word, f"Heading {level}")) == len(expected)
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    drawings = word.element.body.xpath(".//wp:docPr")
    assert len(drawings) == len(figures) == len(word.element.body.xpath(".//*[local-name()='svgBlip']"))
    assert len({drawing.get("id") for drawing in drawings}) == len(drawings)
    assert len(word.tables) == len(tables)
    assert all(len(table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")) == 1 for table in word.tables)
    captions = word.element.body.xpath(".//w:p[w:pPr/w:pStyle/@w:val='Caption']")
    fields = [caption.xpath("./w:fldSimple/@w:instr") for caption in captions]
    assert len(captions) == len(figures) + sum(bool(table.caption) for table in tables)
    assert all(len(field) == 1 and "SEQ" in field[0] for field in fields)
    names = word.element.body.xpath(".//w:bookmarkStart/@w:name")
    assert len(names) == len(set(names)) == len(word.element.body.xpath(".//w:bookmarkEnd"))
    assert all(len(name) <= 40 and name.isascii() and name[0].isalpha() for name in names)


@pytest.mark.parametrize("name", CASES)
def test_whole_documents(name: str) -> None:
    for parts in ((False, False), (True, True)):
        document = compose_document(assessed_case(name), *parts)
        content = render_word(document)
        check_structure(document, content)
        word = opened(content)
        assert word.core_properties.title == document.title
        assert word.core_properties.language == "en-GB"
        assert "response_theories" in word.element.body.xpath(".//w:bookmarkStart/@w:name")


def test_a_brief(assessed: Assessment) -> None:
    document = compose_document(assessed)
    content = render_word(document)
    assert content == render_word(compose_document(assessed))
    word = opened(content)
    assert paragraphs(word, "Title") == [document.title]
    (drawing,) = word.element.body.xpath(".//wp:docPr")
    assert drawing.get("descr").startswith("As we assume")
    (section,) = word.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "PAGE" in section.footer._element.xpath(".//w:fldSimple/@w:instr")[0]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {"word/media/figure1.svg", "word/media/image1.png"} <= set(parts.namelist())
        assert not any("thumbnail" in part for part in parts.namelist())
        assert b"dcterms:created" not in parts.read("docProps/core.xml")
        assert b"en-US" not in parts.read("word/styles.xml")
        for part in parts.namelist():
            if part.endswith((".xml", ".rels", ".svg")):
                ElementTree.fromstring(parts.read(part))


def test_hostile_words_stay_words() -> None:
    document = document_of(HOSTILE)
    content = render_word(document)
    check_structure(document, content)
    text = "\n".join(paragraph.text for paragraph in opened(content).paragraphs)
    assert r"\input{/etc/passwd}" in text
    assert "<b>x</b>" in text
    assert "\u202e" not in text


def test_bookmarks_have_names_of_their_own() -> None:
    bookmarks = Bookmarks()
    made = [bookmarks.wrap(source, "") for source in ("a-b", "a.b", "1", "é", "x" * 60, "x" * 61, "a-b")]
    names = [xml.split('w:name="')[1].split('"')[0] for xml in made]
    assert names[:3] == ["a_b", "a_b_2", "d_1"]
    assert len(set(names)) == 7
    assert bookmarks.wrap("", "content") == "content"
