"""The table of inputs by their kind, for the annex: how many say where they come from, and which are readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from detente.case.entries.registry import CaseInput
from detente.results.table import Column, Table, make_table

COLUMNS = (
    Column("kind"),
    Column("is_reading", "a reading", "yes_no"),
    Column("sourced", "with a source", "count", "inputs"),
    Column("unsourced", "without", "count", "inputs"),
)


def input_kinds_table(inputs: Sequence[CaseInput]) -> Table:
    """How many inputs of each kind there are, those of which most have a source first."""
    sourced = Counter(one.kind for one in inputs if one.has_source)
    unsourced = Counter(one.kind for one in inputs if not one.has_source)
    readings = {one.kind for one in inputs if one.is_reading}
    kinds = sorted({one.kind for one in inputs}, key=lambda kind: (-sourced[kind], -unsourced[kind], kind))
    return make_table(
        COLUMNS,
        (
            {"kind": kind, "is_reading": kind in readings, "sourced": sourced[kind], "unsourced": unsourced[kind]}
            for kind in kinds
        ),
    )
