"""What is wrong with a condition: attributes and values that the case does not know, or that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from detente.case.fault import Fault
from detente.case.schema import legal_rules as declared
from detente.case.schema.case import Case
from detente.case.schema.introspection import Path
from detente.errors import did_you_mean
from detente.methods.institutions.legal_rule import OTHER
from detente.methods.institutions.three_valued_logic import Condition, holds, mentioned
from detente.rooms.rules.model.build_rulebooks import ASKED_OF_THE_CHANNEL, CHANNELS

MOST_TRIED = 5_000
"""Steps beyond which a condition is taken to be one that can hold."""


def no_value(case: Case, attribute: str, value: str, path: Path) -> Fault:
    """A value that an attribute does not have, with the nearest that it has."""
    values = list(case.attributes[attribute].values)
    near = did_you_mean(value, values) or f"it has: {', '.join(values[:8])}"
    return Fault(path, f"'{attribute}' has no value '{value}'", near)


def condition_faults(case: Case, given: declared.Condition | None, path: Path) -> Iterator[Fault]:
    """Attributes and values in a condition that the case does not know."""
    if given is None:
        return
    if not (given.asks or given.any or given.all or given.negated):
        yield Fault(path, "this condition asks nothing", "leave it out for a rule on everything")
    for name, values in given.asks.items():
        if name not in case.attributes and name not in ASKED_OF_THE_CHANNEL:
            known = [*case.attributes, *ASKED_OF_THE_CHANNEL]
            near = did_you_mean(name, known) or f"declared: {', '.join(known[:8])}"
            yield Fault((*path, name), f"no attribute '{name}'", near, lacks=True)
            continue
        for value in values:
            if name in case.attributes and value not in case.attributes[name].values:
                yield no_value(case, name, value, (*path, name))
            elif name == "channel" and value not in CHANNELS:
                yield Fault((*path, name), f"there is no channel '{value}'", f"one of {', '.join(CHANNELS)}")
            elif name == "partner" and value not in case.actors and value not in case.organisations:
                near = did_you_mean(value, [*case.actors, *case.organisations])
                yield Fault((*path, name), f"no actor or organisation '{value}'", near, lacks=True)
    for key, inner in (("any", given.any), ("all", given.all)):
        for index, part in enumerate(inner or ()):
            yield from condition_faults(case, part, (*path, key, index))
    yield from condition_faults(case, given.negated, (*path, "not"))


def can_hold(case: Case, asked: Condition) -> bool:
    """Whether some proposal could meet a condition; true where that is not found out in `MOST_TRIED` steps."""
    domains = {name: _domain(case, name, values) for name, values in mentioned(asked).items()}
    steps = count()
    return _can_hold(asked, domains, {}, steps)


def _domain(case: Case, name: str, asked: set[str]) -> Sequence[str]:
    """The answers that make a difference: those that are asked for, and one that is not, if there is any."""
    known = tuple(case.attributes[name].values) if name in case.attributes else CHANNELS if name == "channel" else None
    if known is None:
        return (*sorted(asked), OTHER)
    return (*(value for value in known if value in asked), *[value for value in known if value not in asked][:1])


def _can_hold(
    asked: Condition, domains: Mapping[str, Sequence[str]], settled: dict[str, str | None], steps: Iterator[int]
) -> bool:
    """Settles one attribute after the other, as long as the condition neither holds nor fails."""
    truth = holds(asked, settled)
    if truth is not None or next(steps) >= MOST_TRIED:
        return truth is not False
    name = next(name for name in domains if name not in settled)
    return any(_can_hold(asked, domains, {**settled, name: value}, steps) for value in domains[name])
