"""What is wrong with a condition: attributes and values that the case does not know, or that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from detente.case.fault import Fault
from detente.case.schema import legal_rules as declared
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.errors import did_you_mean
from detente.methods.institutions.legal_rule import OTHER_VALUE
from detente.methods.institutions.three_valued_logic import LegalCondition, attributes_in, evaluate_condition
from detente.rooms.rules.model.build_rulebooks import CHANNEL_ATTRIBUTES, CHANNELS

MOST_TRIED = 5_000
"""Steps beyond which a condition is taken to be one that can hold."""


def unknown_value_fault(case: Case, attribute: str, value: str, path: CasePath) -> Fault:
    """A value that an attribute does not have, with the nearest that it has."""
    values = list(case.attributes[attribute].values)
    suggestion = did_you_mean(value, values) or f"it has: {', '.join(values[:8])}"
    return Fault(path, f"'{attribute}' has no value '{value}'", suggestion)


def condition_faults(case: Case, condition: declared.Condition | None, path: CasePath) -> Iterator[Fault]:
    """Attributes and values in a condition that the case does not know."""
    if condition is None:
        return
    if not (condition.required_attributes or condition.any or condition.all or condition.negated):
        yield Fault(path, "this condition asks nothing", "leave it out for a rule on everything")
    for name, values in condition.required_attributes.items():
        if name not in case.attributes and name not in CHANNEL_ATTRIBUTES:
            known_names = [*case.attributes, *CHANNEL_ATTRIBUTES]
            suggestion = did_you_mean(name, known_names) or f"declared: {', '.join(known_names[:8])}"
            yield Fault((*path, name), f"no attribute '{name}'", suggestion, is_omission=True)
            continue
        for value in values:
            if name in case.attributes and value not in case.attributes[name].values:
                yield unknown_value_fault(case, name, value, (*path, name))
            elif name == "channel" and value not in CHANNELS:
                yield Fault((*path, name), f"there is no channel '{value}'", f"one of {', '.join(CHANNELS)}")
            elif name == "partner" and value not in case.actors and value not in case.organisations:
                suggestion = did_you_mean(value, [*case.actors, *case.organisations])
                yield Fault((*path, name), f"no actor or organisation '{value}'", suggestion, is_omission=True)
    for key, alternatives in (("any", condition.any), ("all", condition.all)):
        for index, part in enumerate(alternatives or ()):
            yield from condition_faults(case, part, (*path, key, index))
    yield from condition_faults(case, condition.negated, (*path, "not"))


def can_hold(case: Case, condition: LegalCondition) -> bool:
    """Whether some proposal could meet a condition; true where that is not found out in `MOST_TRIED` steps."""
    domains = {name: _distinguishing_values(case, name, values) for name, values in attributes_in(condition).items()}
    steps = count()
    return _search_satisfying(condition, domains, {}, steps)


def _distinguishing_values(case: Case, name: str, asked_values: set[str]) -> Sequence[str]:
    """The answers that make a difference: those that are asked for, and one that is not, if there is any."""
    known_values = (
        tuple(case.attributes[name].values) if name in case.attributes else CHANNELS if name == "channel" else None
    )
    if known_values is None:
        return (*sorted(asked_values), OTHER_VALUE)
    return (
        *(value for value in known_values if value in asked_values),
        *[value for value in known_values if value not in asked_values][:1],
    )


def _search_satisfying(
    condition: LegalCondition,
    domains: Mapping[str, Sequence[str]],
    settled: dict[str, str | None],
    steps: Iterator[int],
) -> bool:
    """Settles one attribute after the other, as long as the condition neither holds nor fails."""
    truth = evaluate_condition(condition, settled)
    if truth is not None or next(steps) >= MOST_TRIED:
        return truth is not False
    name = next(name for name in domains if name not in settled)
    return any(_search_satisfying(condition, domains, {**settled, name: value}, steps) for value in domains[name])
