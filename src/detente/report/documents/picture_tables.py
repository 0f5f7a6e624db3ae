"""Pictures as tables of words and numbers: what Markdown shows, and what a figure says to who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from detente.report.documents.blocks import Run, Runs, TableBlock, plain, runs_text
from detente.report.picture_scale import bar_value, bar_word
from detente.results.pictures import (
    CellGrid,
    CellState,
    GridCell,
    MotiveRow,
    MotiveTable,
    MotiveTables,
    Network,
    Networks,
    Picture,
    RangeRow,
    RangeRows,
    StackedBars,
    Timeline,
    TimeMark,
    TimeRow,
    UnitTally,
)
from detente.text.english import upper_first
from detente.text.number_format import per_hundred

TAGGED = ("built in", "assumed")
"""Standings that are told beside a number."""
RANK_WORDS = {"first": "first", "second": "second", "none": "–"}
STATE_WORDS: dict[CellState, str] = {"yes": "yes", "half": "in part", "no": "no", "unclear": "not known", "empty": ""}


def picture_tables(picture: Picture, caption: str = "", source: str = "") -> tuple[TableBlock, ...]:
    """What a picture shows, as tables: one, or one for each part of it.

    Args:
        picture: Any form.
        caption: What stands above a table that has no title of its own.
        source: The address of what it comes from.
    """
    match picture:
        case RangeRows():
            headings = (picture.heading or upper_first(picture.measure), *picture.series)
            return (TableBlock(headings, _range_rows(picture), caption, source),)
        case MotiveTables():
            return tuple(_motive_table(table, picture, source) for table in picture.tables)
        case StackedBars():
            rows = [(plain(bar.label), *(plain(per_hundred(share)) for share in bar.shares)) for bar in picture.bars]
            return (TableBlock((upper_first(picture.measure), *picture.categories), tuple(rows), caption, source),)
        case Timeline():
            return (_timeline_table(picture, caption, source),)
        case UnitTally():
            return (_tally_table(picture, caption, source),)
        case Networks():
            return tuple(_network_table(network, source) for network in picture.networks)
        case CellGrid():
            return (_grid_table(picture, caption, source),)


def table_in_words(tables: Sequence[TableBlock]) -> str:
    """Tables row by row: `As we assume: Russia-run <1–2, By consensus 2–15.`"""
    return " ".join(_row_in_words(table, row) for table in tables for row in table.rows)


def _row_in_words(table: TableBlock, row: Sequence[Runs]) -> str:
    title, *cells = (runs_text(runs) for runs in row)
    headings = table.headings[1:]
    named = [f"{heading} {cell}".strip() for heading, cell in zip(headings, cells, strict=True) if cell]
    return f"{title}: {', '.join(named)}." if named else f"{title}."


def _range_rows(picture: RangeRows) -> tuple[tuple[Runs, ...], ...]:
    rows: list[tuple[Runs, ...]] = []
    group = ""
    for row in picture.rows:
        if row.group and row.group != group:
            rows.append((plain(row.group, strong=True), *(() for _ in picture.series)))
        group = row.group
        rows.append((range_label(row), *(_bar_cell(picture, row, index) for index in range(len(picture.series)))))
    return tuple(rows)


def range_label(row: RangeRow) -> Runs:
    """The label of a row with its smaller line and its standing."""
    tags = [tag for tag in (row.note, row.standing if row.standing in TAGGED else "") if tag]
    return (Run(row.label, strong=row.is_base), *plain(f" ({'; '.join(tags)})" if tags else ""))


def _bar_cell(picture: RangeRows, row: RangeRow, index: int) -> Runs:
    bar = row.bars[index]
    word = bar_word(picture.axis, bar)
    value = bar_value(picture.axis, bar)
    return (Run(value), Run(f" ({word})")) if word else plain(value)


def _motive_table(table: MotiveTable, picture: MotiveTables, source: str) -> TableBlock:
    rows = [(_motive_label(row), *(plain(RANK_WORDS[rank]) for rank in row.ranks)) for row in table.rows]
    total = (plain("Together", strong=True), *(plain(_tally(table, picture, n)) for n in range(len(table.theories))))
    return TableBlock(("Motive", *table.theories), (*rows, total), table.title, source)


def _motive_label(row: MotiveRow) -> Runs:
    weight = f"counts {row.weight:g}" if row.weight != 1 else ""
    notes = [note for note in (row.note, weight) if note]
    return (Run(row.motive), *plain(f" ({'; '.join(notes)})" if notes else ""))


def _tally(table: MotiveTable, picture: MotiveTables, theory: int) -> str:
    counts = {"first": 1.0, "second": picture.second_counts, "none": 0.0}
    return f"{sum(row.weight * counts[row.ranks[theory]] for row in table.rows):g}"


def _timeline_table(picture: Timeline, caption: str, source: str) -> TableBlock:
    headings = (
        picture.heading or "What",
        "When",
        *((picture.value_heading or "Outcome",) if _has_values(picture) else ()),
    )
    rows = tuple(_time_cells(picture, row)[: len(headings)] for row in picture.rows)
    return TableBlock(headings, rows, caption, source)


def _has_values(picture: Timeline) -> bool:
    return any(row.value for row in picture.rows)


def _time_cells(picture: Timeline, row: TimeRow) -> tuple[Runs, ...]:
    words = {(kind, side): text for kind, side, text in picture.legend}
    marks = "; ".join(_mark_words(mark, mark.label or words.get((mark.kind, mark.side), "")) for mark in row.marks)
    return plain(row.label), plain(marks), plain(row.value)


def _mark_words(mark: TimeMark, label: str) -> str:
    # A time that ends as a year begins ends with the year before.
    first, last = int(mark.start), int(mark.end - 1e-6 if mark.end > mark.start else mark.end)
    years = str(first) if first == last else f"{first}–{last}"
    return f"{years} ({label})" if label else years


def _tally_table(picture: UnitTally, caption: str, source: str) -> TableBlock:
    """A column for each label of units, in the order in which they come."""
    labels = list(dict.fromkeys(part.label for row in picture.rows for part in row.parts if part.count))
    has_values = any(row.value for row in picture.rows)
    rows = []
    for row in picture.rows:
        counts = {part.label: str(part.count) for part in row.parts if part.count}
        cells = [plain(counts.get(label, "")) for label in labels]
        rows.append((plain(row.label), *cells, *((plain(row.value),) if has_values else ())))
    headings = ("Counted", *map(upper_first, labels), *(("Together",) if has_values else ()))
    return TableBlock(headings, tuple(rows), caption, source)


def _network_table(network: Network, source: str) -> TableBlock:
    rows = tuple(
        (
            plain(network.nodes[tie.first].label),
            plain(network.nodes[tie.second].label),
            plain("new" if tie.is_new else "there already"),
        )
        for tie in network.ties
    )
    return TableBlock(("Tie from", "to", "Tie"), rows, network.title, source)


def _grid_table(picture: CellGrid, caption: str, source: str) -> TableBlock:
    words = STATE_WORDS | dict(picture.legend)
    groups = [title for title, span in picture.groups for _ in range(span)]
    columns = [f"{group}: {column}" for group, column in zip(groups, picture.columns, strict=False)] or picture.columns
    rows = tuple((plain(title), *(plain(_cell_words(cell, words)) for cell in cells)) for title, cells in picture.rows)
    return TableBlock((picture.corner, *columns), rows, caption, source)


def _cell_words(cell: GridCell, words: dict[CellState, str]) -> str:
    return cell.text or words[cell.state]
