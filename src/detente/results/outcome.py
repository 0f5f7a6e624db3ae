"""Outcomes: the numbers of an assessment that sweeps, comparisons and sensitivity analyses work on, each by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.methods.inference.running_moments import STANDARD_ERRORS_APART

if TYPE_CHECKING:
    import polars

Standing = Literal["found", "assumed", "built in"]
"""Whether a number follows from the inputs, is one of them, or is the same for any inputs."""

_KEY = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts, how sure it is, of which year it is and how it came about."""

    value: float
    unit: str
    error: float | None = None
    """Its standard error, where draws give it; None where it is exact."""
    year: int | None = None
    """The year whose memberships and numbers it is of, where there are several."""
    standing: Standing = "found"

    def differs_from(self, other: Quantity) -> bool:
        """Whether the two are further apart than their errors explain; numbers without error, at all."""
        distance = abs(self.value - other.value)
        error = ((self.error or 0.0) ** 2 + (other.error or 0.0) ** 2) ** 0.5
        return bool(distance > max(STANDARD_ERRORS_APART * error, 1e-12 * max(abs(self.value), abs(other.value))))


@dataclass(frozen=True, slots=True)
class OutcomeKind:
    """A kind of outcome that a room gives: how its name is made, what it counts, and what it means."""

    pattern: str
    """The name with its keys in angle brackets: `acceptance.<channel>.<form>.<theory>.accepts`."""
    unit: str
    meaning: str
    """What it says, in a sentence, for the reference."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the name, in order."""
        return tuple(_KEY.findall(self.pattern))

    @property
    def measure(self) -> str:
        """The last part of the name: what is measured."""
        return self.pattern.rsplit(".", 1)[-1]

    def at(
        self,
        value: float,
        *ids: str,
        error: float | None = None,
        year: int | None = None,
        standing: Standing = "found",
    ) -> Outcome:
        """An outcome of this kind.

        Args:
            value: The number.
            ids: What the keys stand for, in their order.
            error: Its standard error.
            year: Its year.
            standing: How it came about.
        """
        quantity = Quantity(float(value), self.unit, None if error is None else float(error), year, standing)
        return Outcome(self, dict(zip(self.keys, ids, strict=True)), quantity)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A number by name."""

    kind: OutcomeKind
    ids: Mapping[str, str]
    """What each key of the name stands for here, mostly an id of the case."""
    quantity: Quantity

    @property
    def name(self) -> str:
        """Its name: `acceptance.bloc.hub.as-realists.accepts`."""
        return _KEY.sub(lambda key: self.ids[key[1]], self.kind.pattern)


def outcome_frame(outcomes: Iterable[Outcome]) -> polars.DataFrame:
    """Outcomes as a tidy frame: a row each, with a column for each key of the names; null where a name has it not."""
    import polars as pl

    listed = list(outcomes)
    keys = list(dict.fromkeys(key for outcome in listed for key in outcome.kind.keys))
    rows = [
        {
            "name": outcome.name,
            "room": outcome.kind.pattern.split(".", 1)[0],
            "measure": outcome.kind.measure,
            **{key: outcome.ids.get(key) for key in keys},
            "value": outcome.quantity.value,
            "unit": outcome.quantity.unit,
            "error": outcome.quantity.error,
            "year": outcome.quantity.year,
            "standing": outcome.quantity.standing,
        }
        for outcome in listed
    ]
    schema = {
        "name": pl.String,
        "room": pl.String,
        "measure": pl.String,
        **dict.fromkeys(keys, pl.String),
        "value": pl.Float64,
        "unit": pl.String,
        "error": pl.Float64,
        "year": pl.Int64,
        "standing": pl.String,
    }
    return pl.DataFrame(rows, schema=schema)
