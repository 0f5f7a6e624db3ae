"""Typed tables: what their cells may hold, how files carry them, and how a reader sees them."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.results.cells import cell_text
from detente.results.table import Column, make_table

CHANGE = Column("change", "change", "signed_percent", "share of draws", error=True)
GAIN = Column("gain", "gain", "signed_percent", "share of all at stake", bounds=True)
ACCEPTS = Column("accepts", "accepts, of 100", "of_100", "share of draws", error=True)
NEEDED = Column("needed", "patience needed", "number", "discount factor", missing="none is enough")

SPREAD = Column("needed", "patience needed", "number", "discount factor", bounds=True, missing="none is enough")


def test_errors_and_bounds_are_columns_of_their_own() -> None:
    """With the types that a data frame needs."""
    rows = [{"who": "Russia", "gain": np.float64(0.15), "gain_low": 0.07, "gain_high": 0.26, "n": np.int64(3)}]
    table = make_table([Column("who"), GAIN, Column("n", format="count", unit="offers")], rows)
    assert table.names == ("who", "gain", "gain_low", "gain_high", "n")
    assert table.to_frame().dtypes == [pl.String, pl.Float64, pl.Float64, pl.Float64, pl.Int64]
    assert list(table.records()) == [{"who": "Russia", "gain": 0.15, "gain_low": 0.07, "gain_high": 0.26, "n": 3}]


@pytest.mark.parametrize(
    ("column", "record", "text"),
    [
        (GAIN, {"gain": 0.033, "gain_low": 0.006, "gain_high": 0.074}, "+3.3 (+0.6 to +7.4)"),
        (GAIN, {"gain": -0.02, "gain_low": -0.02, "gain_high": -0.02}, "−2.0"),
        (ACCEPTS, {"accepts": 0.131, "accepts_error": 0.0053}, "13.1 ± 0.5"),
        (CHANGE, {"change": -0.1989, "change_error": 0.0032}, "−19.9 ± 0.3"),
        (CHANGE, {"change": 0.0002, "change_error": 0.0002}, "0"),
        (ACCEPTS, {"accepts": 0.0, "accepts_error": 0.0}, "0.0"),
        (NEEDED, {"needed": None}, "none is enough"),
        (SPREAD, {"needed": None, "needed_low": 0.89}, "none is enough (0.89 to none is enough)"),
        (SPREAD, {}, "none is enough"),
        (NEEDED, {"needed": 0.85}, "0.85"),
        (Column("holds", format="yes_no"), {"holds": False}, "no"),
        (Column("when", format="date"), {"when": "2005-23"}, "autumn 2005"),
        (Column("year", format="year"), {"year": 2007}, "2007"),
    ],
)
def test_a_reader_sees_a_number_with_its_error_or_bounds(column: Column, record: dict[str, object], text: str) -> None:
    """And words where there is none."""
    (row,) = make_table([column], [record]).records()
    assert cell_text(column, row) == text


@pytest.mark.parametrize(
    "row",
    [{"gain": "3 to 5"}, {"gain": float("inf")}, {"gain": float("nan")}, {"gains": 1.0}, {"gain": True}],
)
def test_a_number_is_no_word_and_a_name_is_known(row: dict[str, object]) -> None:
    """A table refuses what its columns do not hold."""
    with pytest.raises(ValueError, match="gain"):
        make_table([GAIN], [row])


def test_words_have_no_unit() -> None:
    """Nor an error."""
    with pytest.raises(ValueError, match="words"):
        Column("who", unit="draws")
    with pytest.raises(ValueError, match="same name"):
        make_table([GAIN, Column("gain_low", format="number")], [])


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)), max_size=20))
def test_a_frame_gives_back_what_was_put_in(values: list[float | None]) -> None:
    """To the last digit."""
    table = make_table([Column("x", format="number")], [{"x": value} for value in values])
    assert table.to_frame()["x"].to_list() == values == table.values("x")
