"""How an organisation that answers as one divides what it gains by that among its members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.case.index.membership import certainly_overlaps, in_force_at_stated_dates
from detente.case.schema.case import Case
from detente.case.schema.decision_rules import ShareAllocation
from detente.methods.chronology.edtf import Edtf
from detente.rooms.gains.model.actor_network import Arena

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def dividing(case: Case, arena: Arena, organisation: str, group: Sequence[int]) -> ShareAllocation | None:
    """The shares by which an organisation divides among a group of members: its first that say so.

    Those that surely hold in the year come before those that may.
    """
    for shares in _in_force(case.organisations[organisation].shares, arena.year):
        if sum(_held(shares, arena, group)) > 0:
            return shares
    return None


def _in_force(given: Sequence[ShareAllocation], year: int) -> list[ShareAllocation]:
    when = Edtf.parse(f"{year:04d}")
    may = [shares for shares in given if shares.divides and in_force_at_stated_dates(shares.during, when)]
    return sorted(may, key=lambda shares: not certainly_overlaps(shares.during, when))


def _held(shares: ShareAllocation, arena: Arena, group: Sequence[int]) -> list[int]:
    return [shares.held.get(arena.actors[member], shares.others or 0) for member in group]


def division(case: Case, arena: Arena, organisation: str, group: Sequence[int]) -> Floats:
    """The part of each member, in all 1: by the shares that say so, else equal."""
    import numpy as np

    shares = dividing(case, arena, organisation, group)
    held = np.array(_held(shares, arena, group) if shares else [1] * len(group), dtype=float)
    part: Floats = held / held.sum()
    return part
