"""Where the rules of one side stand on a proposal, and on an issue: whether they allow it, say nothing, or stop it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from detente.methods.institutions.legal_rule import VerdictState
from detente.rooms.rules.model.feasibility_ranking import RankedProposal

SidePosition = Literal["forbids", "covered", "disputed", "unclear", "conditional", "silent", "allows"]
"""What the rules of a side make of a proposal. `silent`: open, since no rule speaks of all that is proposed; `covered`:
another channel has it already; `unclear`: one would have to know more; `disputed`: the sources have it either way."""
POSITIONS_WORST_FIRST: tuple[SidePosition, ...] = (
    "forbids",
    "covered",
    "disputed",
    "unclear",
    "conditional",
    "silent",
    "allows",
)
"""From worst to best."""
POSITION_OF_STATE: Mapping[VerdictState, SidePosition] = {
    "barred": "forbids",
    "redundant": "covered",
    "undetermined": "unclear",
    "conditional": "conditional",
    "open": "allows",
}


def side_position(row: RankedProposal, party: str) -> SidePosition:
    """Where the rules of a side stand on a proposal, at the time of comparison."""
    states = row.rulings.states([party])
    if len(states) > 1:
        return "disputed"
    position = POSITION_OF_STATE[states[0]]
    return "silent" if position == "allows" and party in row.silent_parties else position


def best_positions(rows: Iterable[RankedProposal]) -> tuple[SidePosition, ...] | None:
    """Where the rules of each side stand on that one of some proposals on which they stand best; None without any."""
    positions = (tuple(side_position(row, party) for party in row.rulings.parties) for row in rows)
    return max(positions, key=_openness, default=None)


def _openness(positions: tuple[SidePosition, ...]) -> tuple[int, int]:
    """By the worse of the two sides, then by both."""
    places = [POSITIONS_WORST_FIRST.index(position) for position in positions]
    return min(places), sum(places)
