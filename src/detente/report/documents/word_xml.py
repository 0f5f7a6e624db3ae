"""Parts of a Word document as XML (Office Open XML, ECMA-376): paragraphs, bookmarks, captions, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from detente.report.documents.blocks import Run, Runs, TableBlock, plain
from detente.report.documents.column_widths import column_shares, font_points
from detente.text.safe_text import clean_text

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT_WIDTH = 9638
"""The width of the text in twentieths of a point: 170 mm."""
LONGEST_BOOKMARK = 40
MOST_TOGETHER = 16
"""A table of at most so many rows is not broken between pages."""


class Bookmarks:
    """Names for bookmarks, each once in a document: letters, digits and underscores, at most forty of them."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def wrap(self, source: str, content: str) -> str:
        """XML of runs within a bookmark that is named after where they come from."""
        if not source:
            return content
        stem = re.sub(r"\W", "_", source, flags=re.ASCII)[: LONGEST_BOOKMARK - 5]
        stem = stem if stem[:1].isalpha() else f"d_{stem}"
        name = next(
            name
            for name in (stem, *(f"{stem}_{number}" for number in range(2, len(self._names) + 3)))
            if name not in self._names
        )
        self._names.add(name)
        id = len(self._names)
        return f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{id}"/>'


def runs_xml(runs: Sequence[Run], properties: str = "") -> str:
    """Runs as XML, strong ones in bold, keys in the style of code."""
    parts = []
    for run in runs:
        own = ('<w:rStyle w:val="Code"/>' if run.is_code else "") + ("<w:b/>" if run.strong else "") + properties
        format = f"<w:rPr>{own}</w:rPr>" if own else ""
        text = escape(" ".join(clean_text(run.text).splitlines()))
        parts.append(f'<w:r>{format}<w:t xml:space="preserve">{text}</w:t></w:r>')
    return "".join(parts)


def paragraph_xml(style: str, content: str, properties: str = "", with_namespace: bool = True) -> str:
    """A paragraph of a style around XML of runs."""
    namespace = f' xmlns:w="{NAMESPACE}"' if with_namespace else ""
    return f'<w:p{namespace}><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def field_xml(instruction: str, shown: str) -> str:
    """A field with what it showed last."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>{escape(shown)}</w:t></w:r></w:fldSimple>'


def caption_xml(kind: str, number: int, caption: str, properties: str = "") -> str:
    """A caption that Word numbers by itself: `Figure 1. ...`"""
    label = (
        f'<w:r><w:t xml:space="preserve">{kind} </w:t></w:r>{field_xml(f"SEQ {kind} {chr(92)}* ARABIC", str(number))}'
    )
    return paragraph_xml("Caption", f"{label}{runs_xml(plain(f'. {caption}'))}", properties)


def table_xml(table: TableBlock) -> str:
    """A table between rules, its headings marked as such and repeated on every page."""
    widths = [round(TEXT_WIDTH * share) for share in column_shares(table)]
    size = f'<w:sz w:val="{round(2 * font_points(table))}"/>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row_xml(
        [plain(heading, strong=True) for heading in table.headings], widths, size, is_head=True, keeps_next=True
    )
    is_short = len(table.rows) <= MOST_TOGETHER
    body = "".join(
        _row_xml(row, widths, size, keeps_next=is_short and number < len(table.rows))
        for number, row in enumerate(table.rows, start=1)
    )
    title = f'<w:tblCaption w:val="{escape(clean_text(table.caption))}"/>' if table.caption else ""
    rules = "".join(
        f'<w:{edge} w:val="single" w:sz="{weight}" w:space="0" w:color="{colour}"/>'
        for edge, weight, colour in (("top", 8, "111111"), ("bottom", 8, "111111"), ("insideH", 4, "C4C8CE"))
    )
    return (
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/>{title}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>'
    )


def _row_xml(
    cells: Sequence[Runs], widths: Sequence[int], size: str, is_head: bool = False, keeps_next: bool = False
) -> str:
    mark = "<w:tblHeader/>" if is_head else ""
    keep = "<w:keepNext/>" if keeps_next else ""
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph_xml('TableText', runs_xml(cell, size), keep, with_namespace=False)}</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{inner}</w:tr>"
