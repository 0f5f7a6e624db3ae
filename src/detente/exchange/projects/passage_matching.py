"""Which unit of a case a place in a document is: the passage that it overlaps, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.text.english import count, listed

MATCH = 0.5
"""A place and a passage are taken for the same if they share at least so much of what both cover."""
CLEAR = 2.0
"""And so many times as much as the place shares with any other."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage or an argument of a case, at a place of a document."""

    id: str
    motive: str
    start: int
    end: int
    """Exclusive."""
    passage: bool = True


def overlap(start: int, end: int, unit: Unit) -> float:
    """The share of what a place and a unit cover together that both cover, from 0 to 1."""
    both = max(min(end, unit.end) - max(start, unit.start), 0)
    return both / (max(end, unit.end) - min(start, unit.start)) if both else 0.0


def same_place(start: int, end: int, units: Sequence[Unit], text: str | None) -> list[Unit]:
    """The units that cover the same characters, white space at their ends aside."""

    def trimmed(first: int, last: int) -> tuple[int, int]:
        part = (text or "")[first:last]
        return first + len(part) - len(part.lstrip()), last - len(part) + len(part.rstrip())

    wanted = trimmed(start, end)
    return [unit for unit in units if (start, end) == (unit.start, unit.end) or trimmed(unit.start, unit.end) == wanted]


def nearest(start: int, end: int, units: Sequence[Unit]) -> tuple[Unit | None, list[Unit]]:
    """The unit that a place clearly is, if there is one, and all that it overlaps, those that share most first.

    A place that overlaps any passage is none of the arguments.
    """
    shares = {unit: share for unit in units if (share := overlap(start, end, unit))}
    if any(unit.passage for unit in shares):
        shares = {unit: share for unit, share in shares.items() if unit.passage}
    ranked = sorted(shares, key=lambda unit: -shares[unit])
    if not ranked or shares[ranked[0]] < MATCH:
        return None, ranked
    others = next((shares[unit] for unit in ranked if unit.id != ranked[0].id), 0)
    return (ranked[0] if shares[ranked[0]] >= CLEAR * others else None), ranked


def difference(start: int, end: int, unit: Unit) -> str:
    """How far a place is from a unit: `begins two characters earlier and ends one character later`."""

    def side(verb: str, by: int) -> list[str]:
        return [f"{verb} {count(abs(by), 'character')} {'later' if by > 0 else 'earlier'}"] if by else []

    return listed([*side("begins", start - unit.start), *side("ends", end - unit.end)]) or "is the same"


def shared(start: int, end: int, unit: Unit) -> str:
    """What a place shares with a unit: `40 of the 154 characters of 'p-control-1'`."""
    both = max(min(end, unit.end) - max(start, unit.start), 0)
    return f"{both} of the {unit.end - unit.start} characters of '{unit.id}'"
