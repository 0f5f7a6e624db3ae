"""Tables as a reader sees them: what rows have in common is told once, and nothing is lost by that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.report.table_view import table_view
from detente.results.table import Column, make_table


@given(st.lists(st.tuples(*(st.sampled_from(["", "a", "b"]),) * 3), max_size=12))
def test_a_cell_that_stands_for_several_rows_says_what_each_of_them_says(words: list[tuple[str, ...]]):
    table = make_table([Column(name) for name in "xyz"], [dict(zip("xyz", row, strict=True)) for row in words])
    grid: list[dict[int, str]] = [{} for _ in words]
    for number, row in enumerate(table_view(table).rows):
        for column, cell in enumerate(row):
            assert (cell.row_span == 0) == (column in grid[number])
            for below in range(number, number + cell.row_span):
                grid[below][column] = cell.text
    assert [tuple(row[column] for column in range(3)) for row in grid] == words


def test_first_cells_are_told_once_and_the_last_one_always():
    rows = [("a", "x", "1"), ("a", "x", "1"), ("a", "y", "1"), ("b", "y", "1")]
    table = make_table([Column(name) for name in "pqr"], [dict(zip("pqr", row, strict=True)) for row in rows])
    spans = [[cell.row_span for cell in row] for row in table_view(table).rows]
    assert spans == [[3, 2, 1], [0, 0, 1], [0, 1, 1], [1, 1, 1]]
