"""Marks and letters of a standalone SVG, in the colours of print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from textwrap import wrap

from detente.text.safe_text import clean_text

INK, BLUE, RUST, SOFT, LINE, BAND = "#111", "#1d5c9c", "#a5481f", "#4a5058", "#c4c8ce", "#ecebe6"
SIDE_COLOURS = {0: RUST, 1: BLUE, None: SOFT}
"""The colour of the side that offers, of the one that answers, and of any other."""
FONTS = "'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', sans-serif"
FONT_SIZE, SMALL_SIZE, LINE_HEIGHT = 12.0, 10.5, 14.0
WIDTH = 640.0
"""The width of every figure in units: the width of the text of an A4 page, at a little under ten points."""
BOLD_OUTLINE = 0.45
EDGE = 3.0
"""A little room at either side, since fonts differ in width."""
LETTER_WIDTH = 0.5
"""The width of a letter, on average, by the size of the font."""


def number(value: float) -> str:
    """A coordinate with no digits that nobody sees."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """About how wide a text is."""
    return LETTER_WIDTH * size * len(text)


def wrap_text(text: str, width: float, size: float = FONT_SIZE) -> list[str]:
    """A text in lines of at most about a width."""
    return wrap(" ".join(clean_text(text).split()), max(6, int(width / (LETTER_WIDTH * size)))) or [""]


def letters(
    x: float, y: float, text: str, size: float = FONT_SIZE, anchor: str = "start", fill: str = INK, bold: bool = False
) -> str:
    """A line of text."""
    # One font only, made bold by an outline: two fonts stand in a PDF in any order, and no run would be like another.
    weight = f' stroke="{fill}" stroke-width="{BOLD_OUTLINE}"' if bold else ""
    ends = f' text-anchor="{anchor}"' if anchor != "start" else ""
    place = f'x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"'
    return f"<text {place}{ends}{weight}>{escape(clean_text(' '.join(text.split())))}</text>"


def text_lines(x: float, y: float, lines: Sequence[str], size: float = FONT_SIZE, **style: str | bool) -> Iterable[str]:
    """Lines below each other, the first on a base line."""
    fill, bold = str(style.get("fill", INK)), bool(style.get("bold", False))
    for index, line in enumerate(lines):
        yield letters(x, y + index * LINE_HEIGHT, line, size, fill=fill, bold=bold)


def line(x1: float, y1: float, x2: float, y2: float, colour: str = LINE, width: float = 1.0, cap: str = "butt") -> str:
    """A straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{number(width)}" stroke-linecap="{cap}"/>'


def box(x: float, y: float, width: float, height: float, fill: str, radius: float = 0.0, stroke: str = "none") -> str:
    """A rectangle."""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {place} rx="{number(radius)}" fill="{fill}" stroke="{stroke}"/>'


def circle(x: float, y: float, radius: float, fill: str, stroke: str = "none", width: float = 1.2) -> str:
    """A dot."""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    return f'<circle {place} fill="{fill}" stroke="{stroke}" stroke-width="{number(width)}"/>'


def half_disc(x: float, y: float, radius: float, fill: str) -> str:
    """The left half of a dot."""
    r = number(radius)
    return (
        f'<path d="M{number(x)} {number(y - radius)}A{r} {r} 0 0 0 {number(x)} {number(y + radius)}Z" fill="{fill}"/>'
    )


def svg_document(marks: Iterable[str], height: float) -> str:
    """Marks as a whole file, as wide as every figure and so high."""
    width = number(WIDTH + 2 * EDGE)
    size = f'viewBox="{number(-EDGE)} 0 {width} {number(height)}" width="{width}" height="{number(height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}">'
    return "\n".join([head, box(-EDGE, 0, WIDTH + 2 * EDGE, height, "#fff"), *marks, "</svg>\n"])
