"""A chart of ranges as a standalone SVG: labels, bars on the legend of the likelihood words, numbers beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.report.documents.svg_marks import (
    BAND,
    FONT_SIZE,
    INK,
    LINE,
    LINE_HEIGHT,
    SMALL_SIZE,
    SOFT,
    WIDTH,
    box,
    circle,
    letters,
    line,
    svg_document,
    text_lines,
    text_width,
    wrap_text,
)
from detente.report.picture_scale import AxisScale, bar_ends, bar_value, range_scale, range_ticks
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.text.likelihood import SCALE

LABEL_WIDTH = 194.0
LEGEND_SIZE = 8.5
BAR_GAP = 6.5
"""How far above and below the middle of a row its two bars lie."""
TOP, NAME_TOP, GROUP_HEIGHT = 40.0, 10.0, 22.0
MOST_NAME_WIDTH = 74.0
"""A longer name of a series takes several lines."""
KEY_ROOM = 22.0


def range_figure(picture: RangeRows) -> str:
    """A chart of ranges as the text of an SVG file."""
    chart = _Chart(picture)
    marks: list[str] = []
    y = chart.top
    top, group = y, ""
    for row in picture.rows:
        if row.group and row.group != group:
            marks += [letters(0, y + 16, row.group, SMALL_SIZE, fill=SOFT)]
            y += GROUP_HEIGHT
        group = row.group
        drawn, height = chart.row(row, y)
        marks += [line(0, y, WIDTH, y), *drawn]
        y += height
    measure = wrap_text(picture.measure, LABEL_WIDTH, SMALL_SIZE)
    return svg_document(
        [*chart.background(top, y), *marks, *chart.foot(y, measure)], y + 8 + len(measure) * LINE_HEIGHT
    )


class _Chart:
    """Where the columns of a chart stand."""

    def __init__(self, picture: RangeRows):
        self.picture = picture
        self.scale: AxisScale = range_scale(picture)
        longest = [
            max([text_width(bar_value(picture.axis, row.bars[index])) for row in picture.rows], default=0.0)
            for index in range(len(picture.series))
        ]
        self.names = [wrap_text(name, MOST_NAME_WIDTH, SMALL_SIZE) for name in picture.series]
        keys = [max(text_width(one, SMALL_SIZE) for one in lines) + KEY_ROOM for lines in self.names]
        lines = max(map(len, self.names), default=1)
        self.top = max(TOP if picture.axis == "likelihood" else 0.0, NAME_TOP + lines * LINE_HEIGHT)
        self.value_widths = [max(value, key) + 8 for value, key in zip(longest, keys, strict=True)]
        self.left, self.right = LABEL_WIDTH + 12, WIDTH - sum(self.value_widths) - 8

    def x(self, per_cent: float) -> float:
        """The place of a per cent of the axis."""
        return self.left + per_cent / 100 * (self.right - self.left)

    def value_end(self, index: int) -> float:
        """Where the numbers of a series end."""
        return WIDTH - sum(self.value_widths[index + 1 :])

    def background(self, top: float, bottom: float) -> Iterator[str]:
        """Bands of the likelihood words with the words above, headings, and the line at zero."""
        picture = self.picture
        if picture.axis == "likelihood":
            yield from self._bands(top, bottom)
        elif picture.axis == "signed":
            yield line(self.x(50), top, self.x(50), bottom, SOFT)
        if picture.heading:
            yield letters(0, top - 7, picture.heading, SMALL_SIZE, fill=SOFT)
        for index, lines in enumerate(self.names):
            end = self.value_end(index)
            if len(picture.series) > 1:
                start = end - max(text_width(one, SMALL_SIZE) for one in lines) - KEY_ROOM + 2
                yield box(start, top - 15, 15, 7, "#fff" if index == 0 else INK, 3.5, INK)
            for below, one in enumerate(reversed(lines)):
                yield letters(end, top - 7 - below * LINE_HEIGHT, one, SMALL_SIZE, "end", SOFT)

    def _bands(self, top: float, bottom: float) -> Iterator[str]:
        edges = [0, *(highest for highest, _ in SCALE)]
        for index, (_, word) in enumerate(SCALE):
            low, high = self.x(edges[index]), self.x(edges[index + 1])
            if index % 2 == 0 and word != "about even":
                yield box(low, top, high - low, bottom - top, BAND)
            upper = word in ("almost no chance", "about even", "almost certain")
            anchor = "start" if index == 0 else "end" if index == len(SCALE) - 1 else "middle"
            x = low if index == 0 else high if anchor == "end" else (low + high) / 2
            yield letters(x, top - (18 if upper else 7), word, LEGEND_SIZE, anchor, SOFT)

    def row(self, row: RangeRow, y: float) -> tuple[list[str], float]:
        """The marks of a row and its height."""
        tag = f" [{row.standing}]" if row.standing != "found" else ""
        lines = wrap_text(row.label + tag, LABEL_WIDTH - (10 if row.is_base else 0))
        notes = wrap_text(row.note, LABEL_WIDTH, SMALL_SIZE) if row.note else []
        height = max((len(lines) + len(notes)) * LINE_HEIGHT + 8, 28.0)
        start = y + (height - (len(lines) + len(notes)) * LINE_HEIGHT) / 2 + 11
        marks = [*text_lines(0, start, lines, FONT_SIZE, bold=row.is_base)]
        marks += text_lines(0, start + len(lines) * LINE_HEIGHT, notes, SMALL_SIZE, fill=SOFT)
        middle = y + height / 2
        for index, bar in enumerate(row.bars):
            if bar is None:
                continue
            is_pair = len(row.bars) > 1
            at = middle + (0 if not is_pair else -BAR_GAP if index == 0 else BAR_GAP)
            marks += self._bar(bar, at, is_hollow=is_pair and index == 0)
            value = bar_value(self.picture.axis, bar)
            marks.append(letters(self.value_end(index), middle + 4, value, FONT_SIZE, "end", bold=row.is_base))
        return marks, height

    def _bar(self, bar: Bar, y: float, is_hollow: bool) -> Iterator[str]:
        start, end = (self.x(at) for at in bar_ends(self.scale, bar))
        fill = "#fff" if is_hollow else INK
        if bar.dot is not None:
            yield line(start, y, end, y, INK, 1.6)
            yield circle(self.x(self.scale.at(bar.dot)), y, 4, fill, INK)
            return
        yield box(start - 2, y - 3.5, end - start + 4, 7, fill, 3.5, INK)

    def foot(self, y: float, measure: Sequence[str]) -> Iterator[str]:
        """The numbers under the axis, and what they count."""
        yield line(0, y, WIDTH, y, LINE)
        for tick in range_ticks(self.picture):
            anchor = "start" if tick.at < 4 else "end" if tick.at > 96 else "middle"
            yield letters(self.x(tick.at), y + 13, tick.text, SMALL_SIZE, anchor, SOFT)
        yield from text_lines(0, y + 13, measure, SMALL_SIZE, fill=SOFT)
