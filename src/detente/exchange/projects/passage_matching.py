"""Which unit of a case a place in a document is: the passage that it overlaps, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.text.english import count_noun, join_words

MIN_OVERLAP = 0.5
"""A place and a passage are taken for the same if they share at least so much of what both cover."""
MIN_OVERLAP_RATIO = 2.0
"""And so many times as much as the place shares with any other."""


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A passage or an argument of a case, at a place of a document."""

    id: str
    motive: str
    start: int
    end: int
    """Exclusive."""
    is_passage: bool = True


def overlap_share(start: int, end: int, unit: PlacedUnit) -> float:
    """The share of what a place and a unit cover together that both cover, from 0 to 1."""
    shared_length = max(min(end, unit.end) - max(start, unit.start), 0)
    return shared_length / (max(end, unit.end) - min(start, unit.start)) if shared_length else 0.0


def units_at_place(start: int, end: int, units: Sequence[PlacedUnit], text: str | None) -> list[PlacedUnit]:
    """The units that cover the same characters, white space at their ends aside."""

    def trim_span(first: int, last: int) -> tuple[int, int]:
        part = (text or "")[first:last]
        return first + len(part) - len(part.lstrip()), last - len(part) + len(part.rstrip())

    trimmed_span = trim_span(start, end)
    return [
        unit
        for unit in units
        if (start, end) == (unit.start, unit.end) or trim_span(unit.start, unit.end) == trimmed_span
    ]


def nearest_unit(start: int, end: int, units: Sequence[PlacedUnit]) -> tuple[PlacedUnit | None, list[PlacedUnit]]:
    """The unit that a place clearly is, if there is one, and all that it overlaps, those that share most first.

    A place that overlaps any passage is none of the arguments.
    """
    shares = {unit: share for unit in units if (share := overlap_share(start, end, unit))}
    if any(unit.is_passage for unit in shares):
        shares = {unit: share for unit, share in shares.items() if unit.is_passage}
    ranked = sorted(shares, key=lambda unit: -shares[unit])
    if not ranked or shares[ranked[0]] < MIN_OVERLAP:
        return None, ranked
    runner_up_share = next((shares[unit] for unit in ranked if unit.id != ranked[0].id), 0)
    return (ranked[0] if shares[ranked[0]] >= MIN_OVERLAP_RATIO * runner_up_share else None), ranked


def difference_phrase(start: int, end: int, unit: PlacedUnit) -> str:
    """How far a place is from a unit: `begins two characters earlier and ends one character later`."""

    def boundary_phrase(verb: str, shift: int) -> list[str]:
        return [f"{verb} {count_noun(abs(shift), 'character')} {'later' if shift > 0 else 'earlier'}"] if shift else []

    return (
        join_words([*boundary_phrase("begins", start - unit.start), *boundary_phrase("ends", end - unit.end)])
        or "is the same"
    )


def shared_characters_phrase(start: int, end: int, unit: PlacedUnit) -> str:
    """What a place shares with a unit: `40 of the 154 characters of 'p-control-1'`."""
    shared_length = max(min(end, unit.end) - max(start, unit.start), 0)
    return f"{shared_length} of the {unit.end - unit.start} characters of '{unit.id}'"
