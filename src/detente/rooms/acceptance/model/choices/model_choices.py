"""The choices that a case makes: those that it declares, and those that every case makes whether it says so or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from detente.case.schema.case import Case
from detente.case.schema.choices import OWN_OPTION
from detente.rooms.acceptance.model.choices import standing_alternatives as standing
from detente.rooms.acceptance.model.choices.defaults import undeclared_numbers

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
HALF_TAKES_ALL = 0.5
"""What part of what is at stake is taken to take all members where it is asked how much a channel gets done of that."""

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


ChoiceKind = Literal["declared", "standing", "default"]
"""Whether a case declares a choice, makes it whether or not it says so, or leaves a number to its default."""


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
    """A key of `choices:`, one of `STANDING_CHOICES`, or the path of a number that is left to its default."""
    kind: ChoiceKind
    options: tuple[ChoiceOption, ...]
    """What the case has, then its alternatives."""


def choices_of_case(case: Case) -> tuple[ModelChoice, ...]:
    """Every choice that has alternatives: those that the case declares, then those that it makes without saying so."""
    declared = (
        ModelChoice(
            name,
            "declared",
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
            "standing",
            (ChoiceOption(OWN_OPTION), *(ChoiceOption(id, 1.0, values) for id, values in _ALTERNATIVES[name](case))),
        )
        for name in STANDING_CHOICES
        if name not in case.choices
    )
    return tuple(choice for choice in (*declared, *undeclared) if len(choice.options) > 1)


def numbers_left_to_defaults(case: Case) -> Iterator[ModelChoice]:
    """The numbers that gains rest on and that the case leaves to their defaults, with other values of each."""
    for path, _, values in undeclared_numbers(case):
        others = (ChoiceOption(f"{value:g}", 1.0, _values_with(case, path, value)) for value in values)
        yield ModelChoice(path, "default", (ChoiceOption(OWN_OPTION), *others))


def _values_with(case: Case, path: str, value: float) -> dict[str, Any]:
    """A number of another size; how much a channel gets done counts only where something takes all members."""
    is_inert = path.endswith(".efficiency") and "multilateral" not in case.network.model_fields_set
    return {path: value, **({"network.multilateral": HALF_TAKES_ALL} if is_inert else {})}
