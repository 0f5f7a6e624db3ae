"""How an organisation that answers as one divides what it gains by that among its members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.case.index.membership import certainly_overlaps, in_force_at_stated_dates
from detente.case.schema.case import Case
from detente.case.schema.decision_rules import ShareAllocation
from detente.methods.chronology.edtf import Edtf
from detente.rooms.gains.model.network.actor_network import ActorNetwork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def applicable_allocation(
    case: Case, actor_network: ActorNetwork, organisation: str, group: Sequence[int]
) -> ShareAllocation | None:
    """The shares by which an organisation divides among a group of members: its first that say so.

    Those that surely hold in the year come before those that may.
    """
    for allocation in _allocations_in_force(case.organisations[organisation].shares, actor_network.year):
        if sum(_shares_held(allocation, actor_network, group)) > 0:
            return allocation
    return None


def _allocations_in_force(allocations: Sequence[ShareAllocation], year: int) -> list[ShareAllocation]:
    edtf_year = Edtf.parse(f"{year:04d}")
    in_force = [
        allocation
        for allocation in allocations
        if allocation.divides and in_force_at_stated_dates(allocation.during, edtf_year)
    ]
    return sorted(in_force, key=lambda allocation: not certainly_overlaps(allocation.during, edtf_year))


def _shares_held(allocation: ShareAllocation, actor_network: ActorNetwork, group: Sequence[int]) -> list[int]:
    return [allocation.held.get(actor_network.actors[member], allocation.others or 0) for member in group]


def member_gain_shares(case: Case, actor_network: ActorNetwork, organisation: str, group: Sequence[int]) -> Floats:
    """The part of each member, in all 1: by the shares that say so, else equal."""
    import numpy as np

    allocation = applicable_allocation(case, actor_network, organisation, group)
    shares_held = np.array(
        _shares_held(allocation, actor_network, group) if allocation else [1] * len(group), dtype=float
    )
    member_shares: Floats = shares_held / shares_held.sum()
    return member_shares
