"""Where a number of a case can lie, and what to call it: declared on the field that holds it, and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a number can be, as a mark on its field: `Annotated[Estimate, Bounds(0, 1, ...)]`."""

    low: float
    high: float
    label: str
    """What the number is, within a sentence."""
    below_low: str = ""
    """What to say besides of a number that lies below."""
    told_by_room: bool = False
    """Whether a room tells in its own words what lies outside."""
    called: str = ""
    """What a reader is to call the number where it stands alone; its label without the article, unless given."""

    @property
    def name(self) -> str:
        """What a reader is to call the number where it stands alone: `efficiency`."""
        return self.called or self.label.removeprefix("an ").removeprefix("a ")

    def clamp(self, value: float) -> float:
        """The value, or the end that it lies beyond."""
        return min(max(value, self.low), self.high)


@dataclass(frozen=True, eq=False)
class BoundsByKind:
    """Bounds that depend on the `kind:` of the entry that holds the number."""

    by_kind: Mapping[str, Bounds]


NO_LOSS = "what two would lose by dealing is no reason to join them, so leave the issue out"
"""What to say of stakes below 0."""
UNBOUNDED = Bounds(-math.inf, math.inf, "a number")
"""Where no field says otherwise."""
