"""What the rules say of an issue on offer, in at most six words, and how far they allow it."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.brief import Degree
from detente.rooms.rules.model.side_positions import SidePosition

MOST_WORDS = 6


def option_degree(positions: Sequence[SidePosition] | None) -> Degree:
    """How far the rules of both sides allow something: fully, in part, not at all; or nothing is known of it.

    Args:
        positions: Where the rules of each side stand; None where no proposal says enough to be held against rules.
    """
    if positions is None or "unclear" in positions or set(positions) == {"silent"}:
        return "none" if positions and set(positions) & {"forbids", "covered"} else "not modelled"
    if set(positions) & {"forbids", "covered"}:
        return "none"
    return "full" if set(positions) == {"allows"} else "half"


def option_says(positions: Sequence[SidePosition] | None, names: Sequence[str]) -> str:
    """What the rules of both sides say of something, with the side named where one stands out and its name is short."""
    if positions is None:
        return "the proposals say too little"
    if "forbids" in positions:
        return _of_one_or_both(positions, names, "forbids", "forbids it", "both sides forbid it")
    if "covered" in positions:
        return "covered elsewhere already"
    if "disputed" in positions:
        return "the sources disagree"
    if "unclear" in positions:
        return "the known rules do not tell"
    if "conditional" in positions:
        return _of_one_or_both(positions, names, "conditional", "sets a condition", "both sides set conditions")
    if set(positions) == {"silent"}:
        return "no known rule speaks of it"
    if "silent" in positions:
        allowing, silent = (names[positions.index(position)] for position in ("allows", "silent"))
        says = f"{allowing} yes; {silent} silent"
        return says if len(says.split()) <= MOST_WORDS else "one side yes, the other silent"
    return "both sides allow it"


def _of_one_or_both(
    positions: Sequence[SidePosition], names: Sequence[str], position: SidePosition, of_one: str, of_both: str
) -> str:
    """What one side does, by its name where that is short enough, or both do."""
    if positions.count(position) == len(positions):
        return of_both
    says = f"{names[positions.index(position)]} {of_one}"
    return says if len(says.split()) <= MOST_WORDS else f"one side {of_one}"
