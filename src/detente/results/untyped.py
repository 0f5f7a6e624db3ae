"""For as long as there are findings whose table has no typed columns: theirs as one of words."""

from __future__ import annotations

from detente.results.finding import Finding
from detente.results.table import Column, Table


def finding_table(finding: Finding) -> Table | None:
    """The table of a finding."""
    frame = finding.table
    if frame is None or isinstance(frame, Table):
        return frame
    import polars as pl

    columns = tuple(
        Column(
            name,
            finding.headers.get(name, ""),
            "ids"
            if name in finding.links
            else "text"
            if kind == pl.String
            else "yes_no"
            if kind == pl.Boolean
            else "count"
            if kind.is_integer()
            else "number",
        )
        for name, kind in frame.schema.items()
    )
    return Table(columns, tuple(frame.rows()))
