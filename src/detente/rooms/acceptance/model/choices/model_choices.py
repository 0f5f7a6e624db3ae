"""The choices that a case makes: those that it declares, and those that every case makes whether it says so or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from detente.case.schema.case import Case
from detente.rooms.acceptance.model.choices import standing_alternatives as standing

StandingChoiceId = Literal[
    "compared-with",
    "present-channel",
    "leading-member",
    "measure-of-regimes",
    "measure-of-capability",
    "threat-within",
    "fixed-terms",
    "payments",
]
"""The choices that every case makes."""
STANDING_CHOICES: tuple[StandingChoiceId, ...] = get_args(StandingChoiceId)
OWN_OPTION = "own"
"""The id of what the case itself has; no alternative is called so."""

_ALTERNATIVES: Mapping[StandingChoiceId, Callable[[Case], Iterator[standing.NamedValues]]] = {
    "compared-with": standing.other_comparisons,
    "present-channel": standing.other_present_channels,
    "leading-member": standing.other_leading_members,
    "measure-of-regimes": standing.other_measures_of_regimes,
    "measure-of-capability": standing.other_measures_of_capability,
    "threat-within": standing.other_threats_within,
    "fixed-terms": standing.other_fixed_terms,
    "payments": standing.other_payments,
}


@dataclass(frozen=True)
class ChoiceOption:
    """One way to choose."""

    id: str
    weight: float = 1.0
    values: Mapping[str, Any] = field(default_factory=dict)
    """By path, what the case would have; nothing for what it has."""


@dataclass(frozen=True)
class ModelChoice:
    """A choice with its options."""

    id: str
    """A key of `choices:`, or one of `STANDING_CHOICES`."""
    is_declared: bool
    """Whether the case declares it."""
    options: tuple[ChoiceOption, ...]
    """What the case has, then its alternatives."""


def choices_of_case(case: Case) -> tuple[ModelChoice, ...]:
    """Every choice that has alternatives: those that the case declares, then those that it makes without saying so."""
    declared = (
        ModelChoice(
            name,
            True,
            (
                ChoiceOption(OWN_OPTION, choice.weight),
                *(ChoiceOption(id, one.weight, one.set) for id, one in choice.alternatives.items()),
            ),
        )
        for name, choice in case.choices.items()
    )
    undeclared = (
        ModelChoice(
            name,
            False,
            (ChoiceOption(OWN_OPTION), *(ChoiceOption(id, 1.0, values) for id, values in _ALTERNATIVES[name](case))),
        )
        for name in STANDING_CHOICES
        if name not in case.choices
    )
    return tuple(choice for choice in (*declared, *undeclared) if len(choice.options) > 1)
