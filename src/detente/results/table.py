"""Tables whose cells are numbers, dates, ids or words: what a number is stands in its column, not in its text.

A number with an error or bounds takes further columns of its own, named after it: `gain`, `gain_error`, `gain_low`,
`gain_high`. Files carry all of them as numbers; page and terminal show them together (`cells.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, SupportsFloat, cast, get_args

if TYPE_CHECKING:
    import polars
    from polars.datatypes import DataTypeClass

Cell = str | int | float | bool | None
WordFormat = Literal["text", "id", "ids", "date"]
NumberFormat = Literal[
    "count",
    "year",
    "number",
    "whole",
    "signed",
    "decimals",
    "digits",
    "tenths",
    "probability",
    "of_100",
    "percent",
    "percent_number",
    "signed_percent",
    "rating",
]
CellFormat = WordFormat | NumberFormat | Literal["yes_no"]
"""How a cell is shown. Of words: `ids` are joined by a comma and a space, a `date` is EDTF. Of numbers: `of_100` shows
a share as so many of 100, `percent` and `signed_percent` a share in per cent with one digit, `percent_number` with no
more digits than it deserves, `digits` three significant digits, `tenths` at most one after the point, `whole` none,
`rating` steps for or against a hypothesis as signs."""
WORD_FORMATS: frozenset[CellFormat] = frozenset(get_args(WordFormat))
WHOLE_FORMATS: frozenset[CellFormat] = frozenset({"count", "year", "rating"})
PartRole = Literal["value", "error", "low", "high"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a reader sees it: what it holds, in which unit, and how it is shown."""

    name: str
    """Its name in files, unique in its table."""
    title: str = ""
    """What a reader is shown above it; its name where nothing is said."""
    format: CellFormat = "text"
    unit: str = ""
    """What a number counts: `share of draws`, `share of all at stake`, `months`."""
    error: bool = False
    """Whether a standard error stands beside each number."""
    bounds: bool = False
    """Whether each number has the bounds between which 90 of 100 draws lie."""
    missing: str = ""
    """What a reader is shown where there is no value."""

    def __post_init__(self) -> None:
        if (self.error or self.bounds or self.unit) and self.format in (*WORD_FORMATS, "yes_no"):
            raise ValueError(f"column {self.name}: words have no unit, no error and no bounds")

    @property
    def parts(self) -> tuple[tuple[str, PartRole], ...]:
        """The columns that it takes in files, each with its role: itself, then its error, then its bounds."""
        error: tuple[PartRole, ...] = ("error",) if self.error else ()
        bounds: tuple[PartRole, ...] = ("low", "high") if self.bounds else ()
        return ((self.name, "value"), *((f"{self.name}_{role}", role) for role in error + bounds))

    @property
    def number_format(self) -> NumberFormat:
        """How its numbers are shown; a column of words has none."""
        if self.format in (*WORD_FORMATS, "yes_no"):
            raise ValueError(f"column {self.name} holds no numbers")
        return cast(NumberFormat, self.format)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under typed columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """The cells of each row, in the order of the names."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns in files, those of errors and bounds included."""
        return tuple(name for column in self.columns for name, _ in column.parts)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def records(self) -> Iterator[dict[str, Cell]]:
        """Each row as a mapping from names to cells."""
        names = self.names
        for row in self.rows:
            yield dict(zip(names, row, strict=True))

    def values(self, name: str) -> list[Cell]:
        """The cells of a column of files, from top to bottom."""
        index = self.names.index(name)
        return [row[index] for row in self.rows]

    def to_frame(self) -> polars.DataFrame:
        """The table as a data frame: words as strings, whole numbers as Int64, others as Float64."""
        import polars as pl

        schema = {name: _data_type(column.format, role) for column in self.columns for name, role in column.parts}
        return pl.DataFrame(list(self.rows), schema=schema, orient="row")


def make_table(columns: Sequence[Column], rows: Iterable[Mapping[str, object]]) -> Table:
    """A table from mappings of names to cells; an error, a bound or a value that is not given is no value.

    Args:
        columns: The columns, in order.
        rows: The rows; numbers may be those of NumPy.

    Raises:
        ValueError: If two columns have the same name, a row has a name that no column has, or a cell is not what its
            column holds.
    """
    formats = {name: (column.format, role) for column in columns for name, role in column.parts}
    if len(formats) < sum(len(column.parts) for column in columns):
        raise ValueError(f"two columns have the same name: {[column.name for column in columns]}")
    table_rows = []
    for row in rows:
        if unknown := row.keys() - formats.keys():
            raise ValueError(f"no column is called {sorted(unknown)}")
        table_rows.append(tuple(_cell(name, *formats[name], row.get(name)) for name in formats))
    return Table(tuple(columns), tuple(table_rows))


def _cell(name: str, cell_format: CellFormat, role: PartRole, value: object) -> Cell:
    """A value as its column holds it: a plain number, a word, or none."""
    if value is None:
        return None
    if cell_format in WORD_FORMATS:
        if isinstance(value, str):
            return value
    elif cell_format == "yes_no":
        if not isinstance(value, str):
            return bool(value)
    elif isinstance(value, SupportsFloat) and not isinstance(value, bool):
        number = float(value)
        if number != number or number in (float("inf"), float("-inf")):
            raise ValueError(f"column {name}: {number} is no number; None says that there is none")
        return round(number) if cell_format in WHOLE_FORMATS and role == "value" else number
    raise ValueError(f"column {name} holds {cell_format}, and not {value!r}")


def _data_type(cell_format: CellFormat, role: PartRole) -> DataTypeClass:
    """The type of a column of a data frame."""
    import polars as pl

    if cell_format in WORD_FORMATS:
        return pl.String
    if cell_format == "yes_no":
        return pl.Boolean
    return pl.Int64 if cell_format in WHOLE_FORMATS and role == "value" else pl.Float64
