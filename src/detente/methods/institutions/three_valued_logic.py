"""Conditions on a proposal that may be true, false or unknown, since most facts about a proposal are not settled.

The strong logic of three values (Kleene 1952, par. 64): what is unknown makes a whole unknown only where it could turn
it. So settling an unknown never contradicts what was true or false before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

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


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to one question that will do: these, or all but these."""

    values: frozenset[str]
    all_but: bool = False

    def __and__(self, other: Answers) -> Answers:
        if self.all_but and other.all_but:
            return Answers(self.values | other.values, True)
        if self.all_but or other.all_but:
            some, barred = (other, self) if self.all_but else (self, other)
            return Answers(some.values - barred.values)
        return Answers(self.values & other.values)

    def take(self, value: str) -> bool:
        """Whether an answer will do."""
        return (value in self.values) != self.all_but


Alternative = Mapping[str, Answers]
"""Attributes that must all have an answer that will do."""


def alternatives(condition: Condition, most: int) -> list[Alternative] | None:
    """A condition as alternatives of which one must hold (its disjunctive normal form); None if there are too many.

    The values true, unknown and false with `all_of`, `any_of` and `negated` are a De Morgan algebra: distribution, De
    Morgan's laws and double negation hold for them, so that both forms have the same truth for every proposal.

    Args:
        condition: What is to be put so.
        most: How many alternatives there may be, on the way as well as in the end.
    """
    return _alternatives(condition, True, most)


def _alternatives(condition: Condition, wanted: bool, most: int) -> list[Alternative] | None:
    match condition:
        case Is(attribute, values):
            return [{attribute: Answers(values, not wanted)}]
        case Not(part):
            return _alternatives(part, not wanted, most)
        case All(parts) | Any(parts):
            each = [_alternatives(part, wanted, most) for part in parts]
            together = isinstance(condition, All) == wanted
            return _distributed(each, most) if together else _one_of(each, most)


def _one_of(each: Iterable[list[Alternative] | None], most: int) -> list[Alternative] | None:
    found: list[Alternative] = []
    for some in each:
        if some is None or len(found) + len(some) > most:
            return None
        found += some
    return found


def _distributed(each: Iterable[list[Alternative] | None], most: int) -> list[Alternative] | None:
    found: list[Alternative] = [{}]
    for some in each:
        if some is None or len(found) * len(some) > most:
            return None
        found = [_both(one, other) for one, other in product(found, some)]
    return found


def _both(one: Alternative, other: Alternative) -> Alternative:
    joined = dict(one)
    for name, answers in other.items():
        joined[name] = joined[name] & answers if name in joined else answers
    return joined
