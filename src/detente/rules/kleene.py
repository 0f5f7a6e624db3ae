"""Conditions on a proposal that may be true, false or unknown, since most facts about a proposal are not settled.

The strong logic of three values (Kleene 1952, par. 64): what is unknown makes a whole unknown only where it could turn
it. So settling an unknown never contradicts what was true or false before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Truth = bool | None
"""None where it is unknown."""
Attributes = Mapping[str, str | None]
"""What is said of a proposal; an attribute that is None, or not given, is not settled."""


def all_of(truths: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is."""
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            found = None
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is."""
    found: Truth = False
    for truth in truths:
        if truth:
            return True
        if truth is None:
            found = None
    return found


def negated(truth: Truth) -> Truth:
    """What is unknown stays so."""
    return None if truth is None else not truth


@dataclass(frozen=True, slots=True)
class Is:
    """An attribute has one of these values."""

    attribute: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class All:
    """All of these hold; with none of them, always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: Condition


Condition = Is | All | Any | Not


def holds(condition: Condition, attributes: Attributes) -> Truth:
    """Whether a condition holds of a proposal."""
    match condition:
        case Is(attribute, values):
            value = attributes.get(attribute)
            return None if value is None else value in values
        case All(parts):
            return all_of(holds(part, attributes) for part in parts)
        case Any(parts):
            return any_of(holds(part, attributes) for part in parts)
        case Not(part):
            return negated(holds(part, attributes))


def mentioned(condition: Condition) -> dict[str, set[str]]:
    """The attributes that a condition asks for, with the values it knows."""
    match condition:
        case Is(attribute, values):
            return {attribute: set(values)}
        case Not(part):
            return mentioned(part)
        case All(parts) | Any(parts):
            found: dict[str, set[str]] = {}
            for part in parts:
                for name, known in mentioned(part).items():
                    found.setdefault(name, set()).update(known)
            return found
