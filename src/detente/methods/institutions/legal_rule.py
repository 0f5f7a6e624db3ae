"""The words of the room: rules, verdicts from worst to best, and what could be otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from detente.methods.institutions.three_valued_logic import Condition, Truth

State = Literal["barred", "undetermined", "conditional", "redundant", "open"]
ORDER: tuple[State, ...] = ("barred", "undetermined", "conditional", "redundant", "open")
"""From worst to best."""
RANK: dict[State, int] = {state: rank for rank, state in enumerate(ORDER)}
Effect = Literal["bars", "requires", "allows", "duplicates", "limits"]
STANDING_IN_THE_WAY: tuple[Effect, ...] = ("bars", "requires", "duplicates")
OTHER = "something else"
"""A value that no rule asks for, where it is not known which there are."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: to which proposals it applies, and what it makes of them."""

    id: str
    effect: Effect
    applies: Condition
    requires: tuple[Condition, ...] = ()
    """What must hold besides: for a rule that requires, or that allows on conditions. Each is a fact of its own."""
    in_force: Truth = True
    """Whether it is in force at the time; unknown where its dates leave it open."""
    overrides: tuple[str, ...] = ()
    """The rules that it takes the place of where it applies."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing that could be otherwise.

    A need met, a fact settled, the proposal itself amended, a rule dropped, or one adopted that allows it.
    """

    kind: Literal["meets", "settles", "amends", "drops", "adopts"]
    what: str = ""
    """The attribute, or the rule."""
    value: str = ""


Changes = frozenset[Change]


def worst(states: Iterable[State]) -> State:
    """The verdict on what must pass all of them: the worst."""
    return min(states, key=RANK.__getitem__, default="open")
