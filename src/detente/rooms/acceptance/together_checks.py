"""What is wrong with numbers that are said to go up and down together."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.response import NumbersTogether
from detente.case.uncertainty.bounds import bounded_estimates
from detente.errors import did_you_mean


def together_faults(case: Case) -> Iterator[Fault]:
    """Groups of numbers that are none, or in two groups."""
    estimates = _estimates_by_path(case)
    grouped: dict[str, str] = {}
    for path, group in _groups_of(case):
        for key, paths in (("numbers", group.numbers), ("opposed", group.opposed)):
            for place, number in enumerate(paths):
                if number not in estimates:
                    remedy = did_you_mean(number, list(estimates)) or "a path of the case"
                    yield Fault((*path, key, place), f"'{number}' is no number that is drawn", remedy)
                elif path[0] == "together":
                    if number in grouped:
                        message = f"'{number}' is in '{grouped[number]}' already"
                        yield Fault((*path, key, place), message, "a number goes with one group")
                    grouped[number] = str(path[1])
        if len(group.numbers) + len(group.opposed) < 2:
            yield Fault((*path, "numbers"), "one number alone goes with nothing", "name two at least")


def certain_together_faults(case: Case) -> Iterator[Fault]:
    """Numbers that are said to go up and down with others, and are certain: worth a warning, as a what-if may have
    made them so."""
    estimates = _estimates_by_path(case)
    for path, group in _groups_of(case):
        for key, paths in (("numbers", group.numbers), ("opposed", group.opposed)):
            for place, number in enumerate(paths):
                if number in estimates and estimates[number].value is not None:
                    message = f"'{number}' is certain, and goes with nothing"
                    remedy = "give it as a distribution, or leave it out"
                    yield Fault((*path, key, place), message, remedy, severity="warning")


def _estimates_by_path(case: Case) -> dict[str, Estimate]:
    return {".".join(map(str, path)): estimate for path, _, estimate in bounded_estimates(case)}


def _groups_of(case: Case) -> list[tuple[CasePath, NumbersTogether]]:
    """The groups of numbers that go together, in the case and in its other sets of estimates, each with its path."""
    groups: list[tuple[CasePath, NumbersTogether]] = [(("together", name), one) for name, one in case.together.items()]
    groups += [(("priors", name, "together"), one.together) for name, one in case.priors.items() if one.together]
    return groups
