"""Columns and cells that several tables of the durability room share: issues, patience, lists of a few values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.results.table import Column
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles

ISSUE = Column("game", "issue")
SHARE = "share of simulations"
"""What columns of so many of 100 count."""
PATIENCE_UNIT = "discount factor"
NONE_IS_ENOUGH = "none is enough"
ORDINALS = ("", ", second", ", third", ", fourth", ", fifth")
"""What is added to the heading of a column of the same kind as the one before."""


def patience_cell(patience: float) -> float | None:
    """A patience that is needed; none where no patience is enough."""
    return patience if patience < 1 else None


def patience_cells(name: str, patience: DrawQuantiles) -> dict[str, float | None]:
    """The cells of a patience with its bounds."""
    low, middle, high = map(patience_cell, patience)
    return {name: middle, f"{name}_low": low, f"{name}_high": high}


def numbered_columns(column: Column, count: int) -> list[Column]:
    """As many columns of a kind as there are values to show: `stable_1`, `stable_2`."""
    return [
        replace(
            column,
            name=f"{column.name}_{number}",
            title=column.title + (ORDINALS[number - 1] if number <= len(ORDINALS) else f", number {number}"),
        )
        for number in range(1, count + 1)
    ]


def numbered_cells(column: Column, values: Sequence[object]) -> dict[str, object]:
    """The cells of such columns."""
    return {f"{column.name}_{number}": value for number, value in enumerate(values, 1)}
