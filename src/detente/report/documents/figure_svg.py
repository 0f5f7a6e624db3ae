"""A picture as a standalone SVG for print, from the same numbers and places as on the page."""

from __future__ import annotations

from collections.abc import Iterator

from detente.report.documents.figure_ranges import range_figure
from detente.report.documents.svg_marks import (
    FONT_SIZE,
    INK,
    LINE,
    LINE_HEIGHT,
    SIDE_COLOURS,
    SMALL_SIZE,
    SOFT,
    WIDTH,
    box,
    circle,
    half_disc,
    letters,
    line,
    svg_document,
    text_lines,
    text_width,
    wrap_text,
)
from detente.report.picture_scale import AxisScale, share_widths, time_scale, year_ticks
from detente.results.pictures import (
    CellState,
    Network,
    Networks,
    Picture,
    RangeRows,
    StackedBars,
    TallyPart,
    TallyRow,
    Timeline,
    TimeMark,
    UnitTally,
)
from detente.text.number_format import per_hundred

DrawnPicture = RangeRows | StackedBars | Timeline | UnitTally | Networks
"""The forms that are drawn; the others are tables of words."""
LABEL_WIDTH = 210.0
FILLS = (
    ("#1d5c9c", "#fff"),
    ("#c6d5e6", INK),
    ("#a5481f", "#fff"),
    ("#ecd3c6", INK),
    ("#4a5058", "#fff"),
    ("#d3d6da", INK),
    ("#111", "#fff"),
)
"""The colours of the parts of a whole, each with that of the letters on it."""
MOST_UNITS = 60
"""So many marks are drawn of one kind in a row; the number stands beside them."""
UNIT = 10.0


def drawn_picture(picture: Picture) -> DrawnPicture:
    """A picture that is drawn.

    Raises:
        TypeError: If it is a table of words.
    """
    if not isinstance(picture, DrawnPicture):
        raise TypeError(f"{type(picture).__name__} is a table of words, and is not drawn")
    return picture


def figure_svg(picture: DrawnPicture) -> str:
    """A picture as the text of an SVG file."""
    match picture:
        case RangeRows():
            return range_figure(picture)
        case StackedBars():
            return _stacked_figure(picture)
        case Timeline():
            return _timeline_figure(picture)
        case UnitTally():
            return _tally_figure(picture)
        case Networks():
            return _networks_figure(picture)


def _stacked_figure(picture: StackedBars) -> str:
    marks: list[str] = []
    y, left = 4.0, LABEL_WIDTH + 10
    for bar in picture.bars:
        lines = wrap_text(bar.label, LABEL_WIDTH)
        height = max(26.0, len(lines) * LINE_HEIGHT + 6)
        marks += text_lines(0, y + height / 2 + 4 - (len(lines) - 1) * LINE_HEIGHT / 2, lines)
        x = left
        for index, share in enumerate(share_widths(bar.shares)):
            width = share / 100 * (WIDTH - left)
            fill, ink = FILLS[index % len(FILLS)]
            if width > 0.5:
                marks.append(box(x, y + height / 2 - 10, max(width - 1.5, 0.5), 20, fill))
            number = per_hundred(bar.shares[index])
            if width > text_width(number, SMALL_SIZE) + 4:
                marks.append(letters(x + width / 2, y + height / 2 + 4, number, SMALL_SIZE, "middle", ink))
            x += width
        y += height + 4
    keys = [(box(0, -9, 10, 10, FILLS[n % len(FILLS)][0]), words) for n, words in enumerate(picture.categories)]
    legend, y = _legend(keys, y + 14)
    marks += [*legend, letters(0, y + 2, picture.measure, SMALL_SIZE, fill=SOFT)]
    return svg_document(marks, y + 10)


def _legend(keys: list[tuple[str, str]], y: float) -> tuple[list[str], float]:
    """Keys with their words, side by side as far as there is room; and where the next line stands."""
    marks, x = [], 0.0
    for mark, words in keys:
        width = text_width(words, SMALL_SIZE) + 32
        if x and x + width > WIDTH:
            x, y = 0.0, y + LINE_HEIGHT + 2
        marks.append(f'<g transform="translate({x:.1f} {y:.1f})">{mark}</g>')
        marks.append(letters(x + 15, y, words, SMALL_SIZE, fill=SOFT))
        x += width
    return marks, y + (LINE_HEIGHT + 4 if keys else 0)


def _timeline_figure(picture: Timeline) -> str:
    scale = time_scale(picture)
    widest = max((text_width(row.value) for row in picture.rows), default=0.0)
    value_width = min(widest + 4, 150.0) if widest else 0.0
    left, right = LABEL_WIDTH + 10, WIDTH - value_width - (14 if value_width else 6)
    marks: list[str] = []
    y = 18.0
    marks += [letters(0, 12, picture.heading, SMALL_SIZE, fill=SOFT)] if picture.heading else []
    if value_width and picture.value_heading:
        marks.append(letters(WIDTH - value_width, 12, picture.value_heading, SMALL_SIZE, fill=SOFT))
    for row in picture.rows:
        lines, values = wrap_text(row.label, LABEL_WIDTH), wrap_text(row.value, value_width or 60)
        height = max(len(lines), len(values)) * LINE_HEIGHT + 8
        marks += [line(0, y, WIDTH, y), *text_lines(0, y + 15, lines), *text_lines(WIDTH - value_width, y + 15, values)]
        marks.append(line(left, y + height / 2, right, y + height / 2))
        marks += [_time_mark(mark, scale, left, right, y + height / 2) for mark in row.marks]
        y += height
    marks.append(line(0, y, WIDTH, y))
    for tick in year_ticks(scale):
        x = left + tick.at / 100 * (right - left)
        marks += [line(x, y, x, y + 4, SOFT), letters(x, y + 15, tick.text, SMALL_SIZE, "middle", SOFT)]
    keys = [(_mark_shape(kind, side, 4, -4), words) for kind, side, words in picture.legend]
    legend, y = _legend(keys, y + 34)
    return svg_document([*marks, *legend], y + (0 if keys else -12))


def _time_mark(mark: TimeMark, scale: AxisScale, left: float, right: float, y: float) -> str:
    start, end = (left + scale.at(at) / 100 * (right - left) for at in (mark.start, mark.end))
    if end - start > 0.008 * (right - left):
        colour = SIDE_COLOURS.get(mark.side, SOFT)
        return box(start, y - 3, end - start, 6, "#fff" if mark.kind == "reply" else colour, 0, colour)
    return _mark_shape(mark.kind, mark.side, (start + end) / 2, y)


def _mark_shape(kind: str, side: int | None, x: float, y: float) -> str:
    """Approaches and spells filled, answers hollow, anything else a small dot."""
    colour = SIDE_COLOURS.get(side, SOFT)
    if kind == "reply":
        return circle(x, y, 4.2, "#fff", colour, 1.6)
    return circle(x, y, 3.2 if kind == "event" else 5.0, colour)


def _tally_figure(picture: UnitTally) -> str:
    widest = max((text_width(row.value) for row in picture.rows), default=0.0)
    right = WIDTH - (min(widest, 160.0) + 12 if widest else 0)
    marks: list[str] = []
    y = 2.0
    for row in picture.rows:
        lines = wrap_text(row.label, LABEL_WIDTH)
        drawn, units_height = _tally_units(row, right, y)
        height = max(len(lines) * LINE_HEIGHT, units_height) + 8
        marks += [line(0, y, WIDTH, y), *text_lines(0, y + 16, lines), *drawn]
        marks += [letters(WIDTH, y + 16, row.value, anchor="end", bold=True)] if row.value else []
        y += height
    marks.append(line(0, y, WIDTH, y))
    if picture.unit:
        marks.append(letters(0, y + 14, f"Each mark is {picture.unit}.", SMALL_SIZE, fill=SOFT))
    return svg_document(marks, y + (20 if picture.unit else 4))


def _tally_units(row: TallyRow, right: float, y: float) -> tuple[list[str], float]:
    """The marks of a row with their numbers, in as many lines as they need; and how high those are."""
    marks, x, base = [], LABEL_WIDTH + 14, y + 12
    for part in row.parts:
        if not part.count:
            continue
        words = f"{part.count} {part.label}"
        width = min(part.count, MOST_UNITS) * UNIT + text_width(words, SMALL_SIZE) + 14
        if x > LABEL_WIDTH + 14 and x + width > right:
            x, base = LABEL_WIDTH + 14, base + LINE_HEIGHT + 3
        for _ in range(min(part.count, MOST_UNITS)):
            if x + UNIT > right:
                x, base = LABEL_WIDTH + 14, base + LINE_HEIGHT
            marks.append(_unit(part, x, base))
            x += UNIT
        if x + text_width(words, SMALL_SIZE) > right:
            x, base = LABEL_WIDTH + 14, base + LINE_HEIGHT
        marks.append(letters(x + 1, base + 4, words, SMALL_SIZE, fill=SOFT))
        x += text_width(words, SMALL_SIZE) + 14
    return marks, base - y + 8


UNIT_FILLS: dict[CellState, tuple[str, str]] = {
    "yes": (INK, INK),
    "half": ("#fff", INK),
    "no": ("#fff", INK),
    "unclear": (LINE, SOFT),
    "empty": ("#fff", LINE),
}


def _unit(part: TallyPart, x: float, y: float) -> str:
    fill, stroke = UNIT_FILLS[part.state]
    mark = circle(x, y, 3.6, fill, stroke)
    return mark + half_disc(x, y, 3.6, INK) if part.state == "half" else mark


MOST_SIDE_BY_SIDE = 3
NETWORK_HEIGHT = 190.0


def _networks_figure(picture: Networks) -> str:
    columns = min(len(picture.networks), MOST_SIDE_BY_SIDE) or 1
    width = WIDTH / columns
    marks: list[str] = []
    for index, network in enumerate(picture.networks):
        row, column = divmod(index, columns)
        marks += _network(network, column * width, row * NETWORK_HEIGHT, width)
    rows = -(-len(picture.networks) // columns)
    return svg_document(marks, max(rows, 1) * NETWORK_HEIGHT)


def _network(network: Network, left: float, top: float, width: float) -> Iterator[str]:
    yield from text_lines(left, top + 13, wrap_text(network.title, width - 12), FONT_SIZE, bold=True)
    places = [
        (left + (0.14 + 0.72 * node.x) * width, top + 62 + node.y * (NETWORK_HEIGHT - 92)) for node in network.nodes
    ]
    for tie in network.ties:
        (x1, y1), (x2, y2) = places[tie.first], places[tie.second]
        yield line(x1, y1, x2, y2, INK if tie.is_new else SOFT, 2.4 if tie.is_new else 1.0)
    for node, (x, y) in zip(network.nodes, places, strict=True):
        yield circle(x, y, 5.5, SIDE_COLOURS.get(node.side, SOFT))
        yield letters(x, y + (-10 if node.y < 0.5 else 18), node.label, SMALL_SIZE, "middle")
