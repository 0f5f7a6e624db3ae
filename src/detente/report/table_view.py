"""A table as page and notebook show it: headings, and cells with their links, marks and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from types import MappingProxyType

from detente.results.cells import cell_text
from detente.results.finding import CellMark
from detente.results.table import Column, Table
from detente.text.english import upper_first

NO_MARKS: Mapping[str, CellMark] = MappingProxyType({})
NOTHING_BEHIND: Mapping[tuple[int, str], tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as a reader sees it."""

    text: str
    ids: tuple[str, ...]
    """The ids that it holds, if its column holds ids."""
    mark: CellMark | None
    notes: tuple[int, ...]
    """The notes under the table that say what stands behind it."""
    row_span: int = 1
    """How many rows it stands for, this one first; 0 where a cell above stands for this row, too."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as a reader sees it: one heading for each column, one cell for each number with its error or bounds."""

    headings: tuple[str, ...]
    holds_ids: tuple[bool, ...]
    """Of each column, whether its cells hold ids."""
    rows: tuple[tuple[CellView, ...], ...]
    notes: tuple[str, ...]
    """What stands behind its cells, each line once; the first has the number 1."""


def table_view(
    table: Table,
    marks: Mapping[str, CellMark] = NO_MARKS,
    behind: Mapping[tuple[int, str], tuple[str, ...]] = NOTHING_BEHIND,
) -> TableView:
    """A table as a reader sees it.

    Args:
        table: The table.
        marks: Words in its cells that get a mark before them.
        behind: What stands behind a cell, by the number of its row and its column.
    """
    rows = []
    lines = list(dict.fromkeys(line for told in behind.values() for line in told))
    numbers = {line: number for number, line in enumerate(lines, start=1)}
    for number, record in enumerate(table.records()):
        texts = [cell_text(column, record) for column in table.columns]
        rows.append(
            tuple(
                CellView(
                    text,
                    tuple(text.split(", ")) if text and column.format in ("id", "ids") else (),
                    marks.get(text),
                    tuple(numbers[line] for line in behind.get((number, column.name), ())),
                )
                for column, text in zip(table.columns, texts, strict=True)
            )
        )
    holds_ids = tuple(column.format in ("id", "ids") for column in table.columns)
    return TableView(tuple(map(column_heading, table.columns)), holds_ids, tuple(_span_rows(rows)), tuple(lines))


def _span_rows(rows: Sequence[tuple[CellView, ...]]) -> list[tuple[CellView, ...]]:
    """Rows of which the first cells, where they say what those of the row above do, are told once for all of them."""
    spanned: list[tuple[CellView, ...]] = []
    covered = [0] * max(map(len, rows), default=0)
    for number in reversed(range(len(rows))):
        alike = _cells_alike(rows[number - 1], rows[number]) if number else 0
        spans = [1 + below for below in covered]
        covered = [span if column < alike else 0 for column, span in enumerate(spans)]
        spanned.append(
            tuple(
                replace(cell, row_span=0 if column < alike else span)
                for column, (cell, span) in enumerate(zip(rows[number], spans, strict=True))
            )
        )
    return spanned[::-1]


def _cells_alike(above: tuple[CellView, ...], row: tuple[CellView, ...]) -> int:
    """How many first cells of a row say the same as those above; never the last, and none that is empty."""
    pairs = zip(above[:-1], row[:-1], strict=True)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1] and pair[0].text, pairs))


def column_heading(column: Column) -> str:
    """What stands above a column, its first letter large."""
    return upper_first(column.title or column.name.replace("_", " "))
