"""Cells of tables as a reader sees them: a number with its error or bounds, no digits more than it deserves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.results.table import Cell, Column, NumberFormat
from detente.text.number_format import format_number, format_probability, per_hundred
from detente.text.shares import as_percent, signed_percent

NUMBER_FORMATS: Mapping[NumberFormat, Callable[[float], str]] = {
    "count": lambda value: str(round(value)),
    "year": lambda value: str(round(value)),
    "number": format_number,
    "signed": lambda value: f"{value:+.2f}".replace("-", "−"),
    "decimals": lambda value: f"{value:.2f}",
    "digits": lambda value: f"{value:.3g}",
    "probability": format_probability,
    "of_100": per_hundred,
    "percent": lambda value: f"{as_percent(value):.1f}",
    "signed_percent": signed_percent,
}
"""How a number of each format is written."""


def cell_text(column: Column, record: Mapping[str, Cell]) -> str:
    """What a reader sees in a cell: `13.1 ± 0.5`, `+3.3 (+0.6 to +7.4)`, `yes`, or what stands for no value.

    Args:
        column: The column.
        record: The row, by the names of the table.
    """
    value = record[column.name]
    if value is None:
        return column.missing
    if isinstance(value, bool | str):
        return value if isinstance(value, str) else "yes" if value else "no"
    if column.error and (error := record[f"{column.name}_error"]):
        return f"{_text_beside_error(column, value)} ± {_text_beside_error(column, error)}"
    text = number_text(column, value)
    if column.bounds:
        low, high = (record[f"{column.name}_{role}"] for role in ("low", "high"))
        if low != high:
            return f"{text} ({number_text(column, low)} to {number_text(column, high)})"
    return text


def number_text(column: Column, value: Cell) -> str:
    """A number as its column shows it, or what stands for no value."""
    return column.missing if value is None else NUMBER_FORMATS[column.number_format](float(value))


def _text_beside_error(column: Column, value: Cell) -> str:
    """A number beside its error, or that error: shares with one digit after the point."""
    number = float(value or 0)
    return f"{100 * number:.1f}" if column.format in ("of_100", "percent") else format_number(number)
