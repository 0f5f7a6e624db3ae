"""How a Word document looks: page, fonts, styles, footer, language; and what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.report.documents.blocks import Document
from detente.report.documents.word_xml import field_xml, paragraph_xml
from detente.text.safe_text import clean_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LANGUAGE = "en-GB"
SERIF, SANS, FIXED = "Cambria", "Calibri", "Consolas"
LONGEST_PROPERTY = 255
"""So many letters a property of a file may have."""
HEADING_SIZES = {"Title": 19, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10}
PARAGRAPH_STYLES = {
    "Lead": (SERIF, 12, 4, ""),
    "Note": (SANS, 8.5, 4, "4A5058"),
    "TableText": (SANS, 9, 0, ""),
    "AfterTable": (SANS, 4, 2, ""),
    "Figure": (SANS, 9, 0, ""),
}
"""Font, size in points, space after in points, and colour of styles that Word has not."""


def set_up_document(word: WordDocument, document: Document) -> None:
    """Sets an empty document up: A4, our styles, page numbers, language and title."""
    _set_page(word)
    _set_styles(word)
    _set_footer(word)
    _set_properties(word, document)


def _set_page(word: WordDocument) -> None:
    from docx.shared import Mm

    (section,) = word.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    section.footer_distance = Mm(9)


def _set_styles(word: WordDocument) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles = word.styles
    for language in styles.element.xpath("w:docDefaults//w:lang"):
        for name in ("val", "eastAsia"):
            language.set(_qualified(name), LANGUAGE)
    _set_style(styles["Normal"], SERIF, 10, 0, 4)
    for name, size in HEADING_SIZES.items():
        _set_style(styles[name], SANS, size, 0 if name == "Title" else 0.8 * size, 3, "111111")
    _remove_rules(styles["Title"])
    styles["Title"].font.bold = True
    _set_style(styles["Caption"], SANS, 8.5, 2, 5, "4A5058")
    styles["Caption"].font.bold = False
    for name in ("List Bullet", "List Number"):
        _set_style(styles[name], SERIF, 10, 0, 1)
    for name, (font, size, after, colour) in PARAGRAPH_STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set_style(style, font, size, 0, after, colour)
    code = styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
    _set_fonts(code, FIXED)


def _set_style(style: Any, font: str, size: float, before: float, after: float, colour: str = "") -> None:
    from docx.shared import Pt, RGBColor

    _set_fonts(style, font)
    style.font.size = Pt(size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.0 if style.name in ("TableText", "AfterTable", "Figure") else 1.08
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)


def _set_fonts(style: Any, font: str) -> None:
    """One font for all scripts, in the place of those of the theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(_qualified(name), font)


def _remove_rules(style: Any) -> None:
    for rules in style.element.xpath(".//w:pBdr"):
        rules.getparent().remove(rules)


def _set_footer(word: WordDocument) -> None:
    from docx.oxml import parse_xml

    footer = word.sections[0].footer
    footer.is_linked_to_previous = False
    for paragraph in footer.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    pages = f'{field_xml("PAGE", "1")}<w:r><w:t xml:space="preserve"> of </w:t></w:r>{field_xml("NUMPAGES", "1")}'
    footer._element.append(parse_xml(paragraph_xml("Note", pages, '<w:jc w:val="right"/>')))


def _set_properties(word: WordDocument, document: Document) -> None:
    """Title, subject and language; no author, no time, no picture of the template."""
    properties: Any = word.core_properties
    properties.title = clean_text(document.title)[:LONGEST_PROPERTY]
    properties.subject = clean_text(document.subject)[:LONGEST_PROPERTY]
    properties.language, properties.author = LANGUAGE, "Détente"
    properties.comments = properties.last_modified_by = ""
    element = properties._element
    for time in element.xpath("dcterms:created | dcterms:modified"):
        element.remove(time)
    package = word.part.package
    if package is None:
        raise ValueError("a document without a package")
    for id, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[id]


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")
