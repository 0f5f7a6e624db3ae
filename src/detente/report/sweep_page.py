"""A sweep told: its map as a page of its own and in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from detente.files.durable_write import write_through
from detente.report.static_text import static_text
from detente.report.sweep_words import FORM_WORDS, of_100, value_text
from detente.report.template_environment import template_environment
from detente.report.terminal import open_console, single_line
from detente.sweeps.maps import MapSeries, SweepMap, idle_axes, sweep_maps
from detente.sweeps.sweep import SweepResult
from detente.text.english import count_noun, join_words, upper_first
from detente.text.number_format import format_number
from detente.text.safe_text import clean_text
from detente.version import __version__

MOST_MAPS = 24
"""Maps that are drawn; all numbers are in the files."""
MOST_TOLD = 10
"""Settings that failed of which it is said why."""
MOST_TABLE_ROWS = 1_000
"""Rows of a table on the page; all are in the files."""
MOST_ROWS, MOST_COLUMNS = 40, 12
"""Rows and columns of a map in a terminal."""
HEIGHT, MARGIN = 12.0, 1.0
"""Of a line's picture, and what is left above and below, in rem."""


@dataclass(frozen=True)
class ChartPoint:
    """A point of a line: x in per cent, y and the ends of its error in rem."""

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True)
class ChartLine:
    """A line of a picture."""

    title: str
    mark: str
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True)
class FieldCell:
    """A cell of a field."""

    text: str
    error: str
    shade: int
    """How dark, from 0 to 40 per cent of the ink: numbers stay legible on it."""
    is_own: bool


@dataclass(frozen=True)
class FieldView:
    """An answer over two levers."""

    title: str
    rows: tuple[tuple[str, tuple[FieldCell, ...]], ...]


@dataclass(frozen=True)
class MapView:
    """A map as a reader sees it."""

    title: str
    note: str
    across: str
    down: str
    columns: tuple[str, ...]
    ends: tuple[str, str]
    """The least and the greatest value across."""
    lines: tuple[ChartLine, ...]
    own_x: float | None
    """Where the case's own setting stands, in per cent."""
    fields: tuple[FieldView, ...]
    table: tuple[tuple[str, ...], ...]
    """Of a line, or of settings that are no numbers: a row each, the heads first."""


def render_sweep(result: SweepResult) -> str:
    """The page of a sweep, as text."""
    maps = [one for one in sweep_maps(result.manifest, result.frame) if one.series]
    page = (
        template_environment()
        .get_template("sweep.html")
        .render(
            style=static_text("templates/page.css"),
            version=__version__,
            question=_question(result),
            lines=list(sweep_lines(result)),
            maps=[_map_view(one, len(result.manifest.cases) > 1) for one in maps[:MOST_MAPS]],
            more=max(0, len(maps) - MOST_MAPS),
            failures=list(_failure_lines(result)),
        )
    )
    return clean_text(page)


def print_sweep(result: SweepResult) -> None:
    """The map of a sweep in a terminal."""
    console = open_console()
    console.print(Text(single_line(_question(result)), style="bold"))
    for line in sweep_lines(result):
        console.print(single_line(line))
    maps = [one for one in sweep_maps(result.manifest, result.frame) if one.series]
    for one in maps[:MOST_MAPS]:
        console.print()
        view = _map_view(one, len(result.manifest.cases) > 1)
        if view.title:
            console.print(Text(single_line(view.title), style="bold"))
        for table in _terminal_tables(view):
            console.print(table)
        if view.note:
            console.print(Text(single_line(view.note), style="dim"))
    if len(maps) > MOST_MAPS:
        console.print(f"And {len(maps) - MOST_MAPS} more: all numbers are in the files.")
    for line in _failure_lines(result):
        console.print(single_line(line))


def _question(result: SweepResult) -> str:
    questions = list(dict.fromkeys(case.question for case in result.manifest.cases if case.question))
    return questions[0] if len(questions) == 1 else f"A sweep over {count_noun(len(result.manifest.cases), 'case')}"


def sweep_lines(result: SweepResult) -> Iterator[str]:
    """What was swept, and how far it is done."""
    manifest = result.manifest
    swept = [f"{axis.heading} ({count_noun(len(axis.values), 'value')})" for axis in manifest.axes]
    over = f" over {join_words(swept)}" if swept else ""
    done = result.frame["point"].n_unique() if len(result.frame) else 0
    settings = count_noun(len(manifest.points), "setting")
    yield f"{upper_first(settings)}{over}, {manifest.simulations} simulations each; {done} of them done."
    for axis in idle_axes(manifest):
        yield f"{axis.heading} changes nothing: the model of the offer is the same whatever it is."
    yield "How often the answer is a yes, of 100 simulations, by the theory that the case tells its answer by."


def _failure_lines(result: SweepResult) -> Iterator[str]:
    """Why settings failed, each reason once with the first setting that has it."""
    by_reason: dict[str, list[int]] = {}
    for number, reason in sorted(result.failures.items()):
        by_reason.setdefault(reason, []).append(number)
    for reason, numbers in list(by_reason.items())[:MOST_TOLD]:
        point = result.manifest.points[numbers[0]]
        settings = [
            f"{axis.heading}={value_text(value)}"
            for axis, value in zip(result.manifest.axes, point.settings, strict=True)
        ]
        more = f" and {count_noun(len(numbers) - 1, 'more setting')}" if len(numbers) > 1 else ""
        yield f"Failed: {', '.join([point.case, *settings])}{more}: {' '.join(reason.split())}"
    if len(by_reason) > MOST_TOLD:
        yield f"And {len(by_reason) - MOST_TOLD} more reasons, in the folder's failed/."


def _map_view(one: SweepMap, several: bool) -> MapView:
    """A map as a reader sees it; with the name of its case where there are several."""
    fixed = ", ".join(f"{heading} {value_text(value)}" for heading, value in one.fixed)
    name = "" if one.case is None else one.case.title or one.case.name
    if one.case is not None and several:
        name = f"{one.case.name}: {name}"
    columns = tuple(map(value_text, one.across.values)) if one.across else ()
    numbers = [float(value) for value in one.across.values] if one.across else []
    return MapView(
        title=": ".join(part for part in (name, fixed) if part),
        note=_own_note(one),
        across=upper_first(one.labels[0]),
        down=upper_first(one.labels[1]),
        columns=columns,
        ends=(value_text(min(numbers)), value_text(max(numbers))) if numbers else ("", ""),
        lines=tuple(_lines(one)) if one.across and not one.down else (),
        own_x=_x(one, one.own[0]) if one.own[0] is not None and not one.down else None,
        fields=tuple(_field(one, series) for series in one.series) if one.down else (),
        table=() if one.down else tuple(_table(one)),
    )


def _own_note(one: SweepMap) -> str:
    """What the case itself has."""
    axes = [axis for axis in (one.across, one.down) if axis]
    told = [
        f"{axis.name} {format_number(own)}"
        for axis, own in zip(axes, (own for own in one.own if own is not None), strict=False)
    ]
    if not told or len(told) < len(axes):
        return ""
    return f"The case itself has, or has on average: {join_words(told)}."


def _series_title(series: MapSeries) -> str:
    return f"{FORM_WORDS[series.form]}, {series.test} test"


def _x(one: SweepMap, value: float) -> float:
    assert one.across is not None
    numbers = [float(number) for number in one.across.values]
    low, high = min(numbers), max(numbers)
    share = 0.5 if low == high else (value - low) / (high - low)
    return 3 + 94 * min(max(share, -0.02), 1.02)


def _lines(one: SweepMap) -> Iterator[ChartLine]:
    """The answers over one lever, as lines with their errors (95 of 100)."""
    assert one.across is not None
    for series in one.series:
        points = []
        for column, value in enumerate(one.across.values):
            if (0, column) in series.shares:
                share, error = series.shares[0, column]
                ends = (min(share + 1.96 * error, 1), max(share - 1.96 * error, 0))
                points.append(ChartPoint(_x(one, float(value)), _y(share), *map(_y, ends)))
        points.sort(key=lambda point: point.x)
        mark = f"{'h' if series.form == 'hub' else 'c'}{'' if series.test == 'strict' else ' g'}"
        yield ChartLine(upper_first(_series_title(series)), mark, tuple(points))


def _y(share: float) -> float:
    return round(MARGIN + (1 - share) * (HEIGHT - 2 * MARGIN), 3)


def _field(one: SweepMap, series: MapSeries) -> FieldView:
    assert one.across is not None
    assert one.down is not None
    own = [_nearest(axis.values, value) for axis, value in ((one.down, one.own[1]), (one.across, one.own[0]))]
    rows = []
    for row, value in enumerate(one.down.values):
        cells = []
        for column in range(len(one.across.values)):
            found = series.shares.get((row, column))
            cells.append(
                FieldCell(
                    of_100(found[0]) if found else "–",
                    f"± {of_100(found[1])}" if found else "not done",
                    round(40 * found[0]) if found else 0,
                    own == [row, column],
                )
            )
        rows.append((value_text(value), tuple(cells)))
    return FieldView(upper_first(_series_title(series)), tuple(rows))


def _nearest(values: Sequence[float | str], own: float | None) -> int | None:
    if own is None:
        return None
    return min(range(len(values)), key=lambda place: abs(float(values[place]) - own))


def _table(one: SweepMap) -> Iterator[tuple[str, ...]]:
    """A row for each value of the one lever, or each setting, with the error of each share: so many at most."""
    heads = [upper_first(one.labels[0])] if one.across else list(map(upper_first, one.heads))
    rows = [(value,) for value in one.across.values] if one.across else one.settings
    yield (*heads, *(upper_first(_series_title(series)) for series in one.series))
    for place, settings in enumerate(rows[:MOST_TABLE_ROWS]):
        found = [series.shares.get((0, place)) for series in one.series]
        shares = (f"{of_100(one[0])} ± {of_100(one[1])}" if one else "not done" for one in found)
        yield (*map(value_text, settings), *shares)


def _terminal_tables(view: MapView) -> Iterator[Table | Text]:
    if view.table:
        table = Table(*map(single_line, view.table[0]), box=None, padding=(0, 2, 0, 0))
        for row in view.table[1 : MOST_ROWS + 1]:
            table.add_row(*map(single_line, row))
        yield table
    for field in view.fields:
        yield Text(single_line(f"{field.title}. Down: {view.down}; across: {view.across}."))
        table = Table("", *view.columns[:MOST_COLUMNS], box=None, padding=(0, 2, 0, 0))
        for value, cells in field.rows[:MOST_ROWS]:
            table.add_row(value, *(f"[{one.text}]" if one.is_own else one.text for one in cells[:MOST_COLUMNS]))
        yield table
    if len(view.table) > MOST_ROWS + 1 or (view.fields and _is_cut(view)):
        yield Text("The rest is on the page and in the files.", style="dim")


def _is_cut(view: MapView) -> bool:
    """Whether a field has more rows or columns than a terminal is given."""
    return len(view.columns) > MOST_COLUMNS or any(len(field.rows) > MOST_ROWS for field in view.fields)


def write_sweep_page(result: SweepResult) -> Path:
    """Writes the page into the folder of its sweep, and says where it lies."""
    page = result.folder / "index.html"
    write_through(page, render_sweep(result).encode())
    return page
