"""Columns that several tables of the evidence room share, and what its numbers count."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CongruenceTally
from detente.results.table import Column

MOTIVES = "motives"
"""What sums and weights count: motives, a secondary reading by its weight."""
RECODINGS = "recodings"
PROBABILITY = "probability"
DECIBELS = "decibels"
PIECES = "pieces of evidence"


def score_columns(case: Case, prefix: str = "sum", suffix: str = "") -> Iterator[Column]:
    """The sum of each theory, called by its name.

    Args:
        case: The case.
        prefix: What the names of the columns in files begin with.
        suffix: What a reader is shown after the name of the theory.
    """
    for theory, part in case.theories.items():
        yield Column(f"{prefix}_{theory}", part.name + suffix, "number", MOTIVES)


def score_cells(tally: CongruenceTally | None, prefix: str = "sum") -> dict[str, object]:
    """The sum of each theory in a tally, for `score_columns`; nothing without one."""
    return {f"{prefix}_{theory}": score for theory, score in tally.scores.items()} if tally else {}
