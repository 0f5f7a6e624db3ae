"""Columns that several tables of the room have, and the cells of shares of draws."""

from __future__ import annotations

from detente.results.table import Column
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from detente.rooms.acceptance.model.results import share_error

RUN_COLUMN = Column("run", "the channel is run")
"""How the channel is run."""
THEORY_COLUMN = Column("theory")
"""The title of a theory."""
OF_ALL_AT_STAKE = "share of all at stake"
"""The unit of utilities and amounts."""
LEVER_SCALE = "from 0 to 1"
"""What a lever is measured in: chances, shares of what is to be done, the strength of a threat."""


def share_column(name: str, title: str = "", missing: str = "") -> Column:
    """A column of shares of draws, with their standard errors.

    Args:
        name: Its name in files.
        title: What a reader is shown above it.
        missing: What a reader is shown where there is no value.
    """
    return Column(name, title, "of_100", "share of draws", error=True, missing=missing)


def share_cells(name: str, share: float | None, draw_count: int) -> dict[str, float | None]:
    """A share of draws and its standard error in the columns of a name; nothing where there is no share."""
    return {} if share is None else {name: share, f"{name}_error": share_error(share, draw_count)}


def estimate_cells(name: str, share: EstimatedShare | None) -> dict[str, float]:
    """A share that has its error in the columns of a name; nothing where there is none."""
    return {} if share is None else {name: share.value, f"{name}_error": share.error}
