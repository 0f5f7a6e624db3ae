"""The table of figures of other years that stand in, for the annex of inputs."""

from __future__ import annotations

from detente.case.index.stand_in_figures import stand_in_figures, stand_in_label
from detente.case.schema.case import Case
from detente.results.table import Column, Table, make_table

STAND_IN_TABLE = ("sources", "stand-ins")
"""Under which names the table stands in a report, as other tables do under those of their section and finding."""
COLUMNS = (
    Column("number"),
    Column("path", "case path", "id"),
    Column("year", "wanted for", "year"),
    Column("figure_year", "taken from", "year"),
)


def stand_in_table(case: Case) -> Table | None:
    """Which figure is of another year than the one it stands for; None where every figure is of its year."""
    figures = stand_in_figures(case)
    rows = [
        {
            "number": stand_in_label(case, figure.path),
            "path": ".".join(map(str, figure.path)),
            "year": figure.year,
            "figure_year": figure.figure_year,
        }
        for figure in figures
    ]
    return make_table(COLUMNS, rows) if rows else None
