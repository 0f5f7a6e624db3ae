"""Cells of tables as a reader sees them: a number with its error or bounds, no digits more than it deserves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.methods.inference.competing_hypotheses import RATING_SYMBOLS
from detente.results.table import Cell, Column, NumberFormat
from detente.text.dates import name_seasons
from detente.text.number_format import format_number, format_probability, per_hundred
from detente.text.shares import as_percent, signed_percent

NUMBER_FORMATS: Mapping[NumberFormat, Callable[[float], str]] = {
    "count": lambda value: str(round(value)),
    "year": lambda value: str(round(value)),
    "number": format_number,
    "whole": lambda value: str(round(value)),
    "signed": lambda value: f"{value:+.2f}".replace("-", "−"),
    "decimals": lambda value: f"{round(value, 2) + 0.0:.2f}",
    "digits": lambda value: f"{value:.3g}",
    "tenths": lambda value: format_number(round(value, 1)),
    "probability": format_probability,
    "of_100": per_hundred,
    "percent": lambda value: f"{as_percent(value):.1f}",
    "percent_number": lambda value: format_number(100 * value),
    "signed_percent": signed_percent,
    "rating": lambda value: RATING_SYMBOLS[round(value)],
}
"""How a number of each format is written."""

SMALLEST_ERROR = 0.05
"""The least standard error of a share, in per cent, that is shown."""


def cell_text(column: Column, record: Mapping[str, Cell]) -> str:
    """What a reader sees in a cell: `13.1 ± 0.5`, `+3.3 (+0.6 to +7.4)`, `yes`, or what stands for no value.

    Args:
        column: The column.
        record: The row, by the names of the table.
    """
    value = record[column.name]
    if isinstance(value, str):
        return name_seasons(value) if column.format == "date" else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.error and value is not None:
        return _with_error(column, float(value), float(record[f"{column.name}_error"] or 0))
    text = number_text(column, value)
    if column.bounds:
        low, high = (record[f"{column.name}_{role}"] for role in ("low", "high"))
        if low != high:
            return f"{text} ({number_text(column, low)} to {number_text(column, high)})"
    return text


def number_text(column: Column, value: Cell) -> str:
    """A number as its column shows it, or what stands for no value."""
    return column.missing if value is None else NUMBER_FORMATS[column.number_format](float(value))


def _with_error(column: Column, value: float, error: float) -> str:
    """A number and its standard error, where that is not too small to be shown: shares with one digit."""
    if column.format not in ("of_100", "percent", "signed_percent"):
        return f"{format_number(value)} ± {format_number(error)}" if error else format_number(value)
    text = signed_percent(value) if column.format == "signed_percent" else f"{100 * value:.1f}"
    return f"{text} ± {100 * error:.1f}" if 100 * error >= SMALLEST_ERROR else text
