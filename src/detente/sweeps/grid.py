"""The settings of a sweep: every combination of the values of its axes, each with the model that it comes to."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from pydantic import ValidationError

from detente.assessment.assess import read_case
from detente.case.loading.load import LoadedCase
from detente.case.loading.model_patch import case_with_values
from detente.case.schema.case import Case
from detente.errors import DetenteError, did_you_mean
from detente.methods.offer_model.description import ModelDescription
from detente.methods.sampling.distributions import Distribution
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from detente.rooms.acceptance.model.choices.model_choices import choices_of_case
from detente.sweeps.axes import AS_IT_IS, BadSweep, SweepAxis
from detente.text.number_format import format_number

Setting = float | str
"""A value of an axis."""
NOBODY_IS_ASKED = "in this case nobody offers a channel to anybody; see channels: and sides:"


@dataclass(frozen=True)
class SweptCase:
    """A case of a sweep, as it stands."""

    name: str
    """As it was asked for: a bundled name, a folder, a file."""
    loaded: LoadedCase | None
    fault: str = ""
    """Why it cannot be swept, a line for each problem; empty where it can."""


@dataclass(frozen=True)
class SweepPoint:
    """One setting of everything that is swept."""

    case: str
    settings: tuple[Setting, ...]
    """A value of each axis."""
    description: ModelDescription | None
    """The model, but for the numbers that are swept; None where there is none."""
    numbers: Mapping[str, float] = field(default_factory=dict)
    """The numbers to be put into it, by path."""
    fault: str = ""
    """Why there is no model."""
    is_value_fault: bool = False
    """Whether that is because of a number that may not stand where it is put."""


def resolve_axes(axes: Sequence[SweepAxis], cases: Sequence[SweptCase]) -> tuple[SweepAxis, ...]:
    """The axes with the options of choices of which none were named: all that some case has.

    Raises:
        BadSweep: If a choice or a scenario is in none of the cases, or an option in none that has the choice.
    """
    known = [one.loaded.case for one in cases if one.loaded]
    faults: list[str] = []
    resolved = []
    for axis in axes:
        options = list(dict.fromkeys(name for case in known for name in _known_values(case, axis)))
        if axis.kind == "choice" and not options and known:
            names = [choice.id for case in known for choice in choices_of_case(case)]
            faults.append(_unknown("a choice", axis.name, names))
        elif axis.kind != "number" and known:
            of_what = f"an option of {axis.name}" if axis.kind == "choice" else "a scenario"
            faults += [_unknown(of_what, str(one), options) for one in axis.values if one not in options]
        resolved.append(axis if axis.values else replace(axis, values=tuple(options)))
    if faults:
        raise BadSweep(faults)
    return tuple(resolved)


def _known_values(case: Case, axis: SweepAxis) -> list[str]:
    """The names that an axis of choices or scenarios may take in a case."""
    if axis.kind == "choice":
        return [option.id for choice in choices_of_case(case) if choice.id == axis.name for option in choice.options]
    return [AS_IT_IS, *case.scenarios]


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    remedy = did_you_mean(name, known) or (
        f"there are {', '.join(dict.fromkeys(known))}" if known else "there are none"
    )
    return f"--over: '{name}' is not {what} here; {remedy}"


def grid_points(cases: Sequence[SweptCase], axes: Sequence[SweepAxis]) -> Iterator[SweepPoint]:
    """Every combination of cases and values, the last axis changing fastest.

    A case is read again only where a scenario, or a path at which its model has no number, takes another value.
    """
    for case in cases:
        if case.loaded is None:
            yield from (SweepPoint(case.name, settings, None, fault=case.fault) for settings in _combinations(axes))
            continue
        yield from _points_of_case(case.name, case.loaded, axes)


def _combinations(axes: Sequence[SweepAxis]) -> Iterator[tuple[Setting, ...]]:
    return product(*(axis.values for axis in axes))


def _points_of_case(name: str, loaded: LoadedCase, axes: Sequence[SweepAxis]) -> Iterator[SweepPoint]:
    own = describe_offer(loaded.case)
    in_model = [axis.kind == "number" and own is not None and axis.name in own.number_index for axis in axes]
    by_numbers_alone = all(axis.kind == "number" for axis in axes)
    described: dict[tuple[Setting, ...], ModelDescription | str] = {}
    for settings in _combinations(axes):
        outside = tuple(value for value, inside in zip(settings, in_model, strict=True) if not inside)
        if outside not in described:
            described[outside] = _describe(name, loaded, axes, settings, in_model)
        found = described[outside]
        numbers = {
            axis.name: float(value) for axis, value, inside in zip(axes, settings, in_model, strict=True) if inside
        }
        if isinstance(found, str):
            yield SweepPoint(name, settings, None, fault=found, is_value_fault=by_numbers_alone)
        elif fault := _missing_number(found, numbers):
            yield SweepPoint(name, settings, None, fault=fault)
        elif fault := _number_fault(found, numbers):
            yield SweepPoint(name, settings, None, fault=fault, is_value_fault=True)
        else:
            yield SweepPoint(name, settings, found, numbers)


def _describe(
    name: str,
    loaded: LoadedCase,
    axes: Sequence[SweepAxis],
    settings: tuple[Setting, ...],
    in_model: Sequence[bool],
) -> ModelDescription | str:
    """The model with everything that is no number of it, or why there is none."""
    scenario: str | None = None
    changes: dict[str, str] = {}
    chosen = []
    for axis, value, inside in zip(axes, settings, in_model, strict=True):
        if axis.kind == "scenario":
            scenario = None if value == AS_IT_IS else str(value)
        elif axis.kind == "choice":
            chosen.append((axis.name, str(value)))
        elif not inside:
            changes[axis.name] = json.dumps(value)
    try:
        case = read_case(name, scenario, changes).case if scenario or changes else loaded.case
        for choice, option in chosen:
            case = _with_option(case, choice, option)
        description = describe_offer(case)
    except (DetenteError, ValidationError) as error:
        return str(error).replace("--set ", "--over ")
    return NOBODY_IS_ASKED if description is None or description.decision is None else description


def _with_option(case: Case, choice: str, option: str) -> Case:
    for one in choices_of_case(case):
        if one.id == choice:
            for candidate in one.options:
                if candidate.id == option:
                    return case_with_values(case, candidate.values)
    raise DetenteError(f"this case has no choice '{choice}' with an option '{option}'")


def _missing_number(description: ModelDescription, numbers: Mapping[str, float]) -> str:
    """Which of the numbers the model does not have at a setting, if any."""
    missing = [path for path in numbers if path not in description.number_index]
    return "\n".join(f"{path}: the model has no such number at this setting" for path in missing)


def _number_fault(description: ModelDescription, numbers: Mapping[str, float]) -> str:
    """What is wrong with the numbers, if anything: each has its limits."""
    faults = []
    for path, value in numbers.items():
        low, high = _distribution_at(description, path).limits
        if not low <= value <= high:
            above = f"{format_number(low)} or more"
            inside = f"from {format_number(low)} to {format_number(high)}" if math.isfinite(high) else above
            faults.append(f"{path}: {format_number(value)} is not {inside}")
    return "\n".join(faults)


def _distribution_at(description: ModelDescription, path: str) -> Distribution:
    return description.numbers[description.number_index[path]].distribution
