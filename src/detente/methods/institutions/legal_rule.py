"""Legal rules as data: what a rule does, verdicts from worst to best, and what could be otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from detente.methods.institutions.three_valued_logic import LegalCondition, TruthValue

VerdictState = Literal["barred", "undetermined", "conditional", "redundant", "open"]
STATES_WORST_FIRST: tuple[VerdictState, ...] = ("barred", "undetermined", "conditional", "redundant", "open")
"""From worst to best."""
STATE_RANK: dict[VerdictState, int] = {state: rank for rank, state in enumerate(STATES_WORST_FIRST)}
RuleEffect = Literal["bars", "requires", "allows", "duplicates", "limits"]
OBSTRUCTING_EFFECTS: tuple[RuleEffect, ...] = ("bars", "requires", "duplicates")
OTHER_VALUE = "something else"
"""A value that no rule asks for, where it is not known which there are."""


@dataclass(frozen=True, slots=True)
class LegalRule:
    """A rule: to which proposals it applies, and what it makes of them."""

    id: str
    effect: RuleEffect
    applies_if: LegalCondition
    requirements: tuple[LegalCondition, ...] = ()
    """What must hold besides: for a rule that requires, or that allows on conditions. Each is a fact of its own."""
    in_force: TruthValue = True
    """Whether it is in force at the time; unknown where its dates leave it open."""
    overrides: tuple[str, ...] = ()
    """The rules that it takes the place of where it applies."""


@dataclass(frozen=True, slots=True, order=True)
class LegalChange:
    """One thing that could be otherwise.

    A need met, a fact settled, the proposal itself amended, a rule dropped, or one adopted that allows it.
    """

    kind: Literal["meets", "settles", "amends", "drops", "adopts"]
    target: str = ""
    """The attribute, or the rule."""
    value: str = ""


ChangeSet = frozenset[LegalChange]


def worst_state(states: Iterable[VerdictState]) -> VerdictState:
    """The verdict on what must pass all of them: the worst.

    Example:
        >>> from detente.methods.institutions.legal_rule import worst_state
        >>> worst_state(["open", "conditional", "redundant"])
        'conditional'
    """
    return min(states, key=STATE_RANK.__getitem__, default="open")
