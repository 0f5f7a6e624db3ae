"""A document for Word: real headings, captions and tables, figures as SVG with PNG beside it, bookmarks by finding."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from detente.report.documents.blocks import (
    Block,
    CodeBlock,
    Document,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Run,
    TableBlock,
    plain,
)
from detente.report.documents.figure_svg import drawn_picture, figure_svg
from detente.report.documents.picture_tables import table_in_words
from detente.report.documents.word_styles import set_up_document
from detente.report.documents.word_xml import Bookmarks, caption_xml, paragraph_xml, runs_xml, table_xml
from detente.text.safe_text import clean_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

STYLES = {"body": "Normal", "lead": "Lead", "note": "Note"}
KEEP_WITH_NEXT = "<w:keepNext/>"
FIGURE_WIDTH = 6_120_000
"""In English Metric Units: 170 mm."""
PNG_SCALE = 2.5
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""By which Word finds the SVG beside the PNG (MS-ODRAWXML, 2.2.18)."""
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every part, so that the same document is the same bytes."""


def render_word(document: Document) -> bytes:
    """The document as the bytes of a .docx file."""
    import docx

    word = docx.Document()
    set_up_document(word, document)
    writer = _Writer(word)
    writer.paragraph("Title", runs_xml(plain(document.title)))
    for block in document.blocks:
        writer.write(block)
    buffer = io.BytesIO()
    word.save(buffer)
    return _with_fixed_times(buffer.getvalue())


class _Writer:
    """Writes blocks at the end of a document, and counts figures and tables."""

    def __init__(self, word: WordDocument):
        self._word = word
        self._bookmarks = Bookmarks()
        self._figures = self._tables = 0

    def write(self, block: Block) -> None:
        """A block of any kind."""
        match block:
            case Heading():
                content = self._bookmarks.wrap(block.source, runs_xml(plain(block.text)))
                self.paragraph(f"Heading{block.level}", content)
            case Paragraph():
                self.paragraph(STYLES[block.style], self._bookmarks.wrap(block.source, runs_xml(block.runs)))
            case ItemList():
                for item in block.items:
                    self.paragraph("ListNumber" if block.is_ordered else "ListBullet", runs_xml(item))
            case TableBlock():
                self._table(block)
            case Figure():
                self._figure(block)
            case CodeBlock():
                for text in block.text.splitlines():
                    self.paragraph("Normal", runs_xml((Run(text, is_code=True),)))

    def paragraph(self, style: str, content: str, properties: str = "") -> None:
        """A paragraph of a style around XML of runs."""
        self._append(paragraph_xml(style, content, properties))

    def _append(self, xml: str) -> Any:
        from docx.oxml import parse_xml

        element = parse_xml(xml)
        self._word.element.body.insert_element_before(element, "w:sectPr")
        return element

    def _table(self, table: TableBlock) -> None:
        if table.caption:
            self._tables += 1
            self._append(caption_xml("Table", self._tables, table.caption, KEEP_WITH_NEXT))
        self._append(table_xml(table))
        self.paragraph("AfterTable", "")

    def _figure(self, figure: Figure) -> None:
        import vl_convert

        self._figures += 1
        svg = figure_svg(drawn_picture(figure.picture))
        png = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
        paragraph = self._append(paragraph_xml("Figure", self._bookmarks.wrap(figure.source, "<w:r/>"), KEEP_WITH_NEXT))
        inline = self._word.part.new_pic_inline(io.BytesIO(png), FIGURE_WIDTH)
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # what is not said, some programs take for an eighth of an inch
        inline.docPr.set("name", f"Figure {self._figures}")
        inline.docPr.set("descr", clean_text(table_in_words(figure.tables)))
        self._add_svg(inline, svg)
        paragraph.r_lst[0].add_drawing(inline)
        self._append(caption_xml("Figure", self._figures, figure.caption))

    def _add_svg(self, inline: Any, svg: str) -> None:
        """Puts an SVG beside the PNG of a picture: newer programs show it, others the PNG."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml

        part = self._word.part
        if part.package is None:
            raise ValueError("a document without a package")
        name = PackURI(f"/word/media/figure{self._figures}.svg")
        relation = part.relate_to(Part(name, "image/svg+xml", svg.encode(), part.package), RELATIONSHIP_TYPE.IMAGE)
        main = "http://schemas.openxmlformats.org/drawingml/2006/main"
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        extension = (
            f'<a:extLst xmlns:a="{main}" xmlns:r="{relations}"><a:ext uri="{SVG_EXTENSION}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
        (blip,) = inline.xpath(".//a:blip")
        blip.append(parse_xml(extension))


def _with_fixed_times(content: bytes) -> bytes:
    """The same file with the same time at each of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(info, source.read(name))
    return buffer.getvalue()
