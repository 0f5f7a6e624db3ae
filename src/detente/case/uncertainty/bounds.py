"""The bounds of the numbers of a case: which belong to which number, and which numbers lie outside theirs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from detente.case.fault import Fault
from detente.case.schema.base import CasePath
from detente.case.schema.bounds import UNBOUNDED, Bounds, BoundsByKind
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate, fields_with_estimates
from detente.case.uncertainty.distributions import MIN_MASS, probability_mass
from detente.text.number_format import format_number

Mark = Bounds | BoundsByKind | None


def bounds_faults(case: Case) -> Iterator[Fault]:
    """Numbers of a case that lie where they cannot, those of its other sets of assumptions included."""
    for path, bounds, estimate in bounded_estimates(case):
        if not bounds.told_by_room:
            yield from range_faults(path, estimate, bounds)
    for name, priors in case.priors.items():
        for path_text, estimate in priors.set.items():
            if (bounds := bounds_at(case, path_text)) is not UNBOUNDED:
                yield from range_faults(("priors", name, "set", path_text), estimate, bounds)


def range_faults(path: CasePath, estimate: Estimate, bounds: Bounds) -> Iterator[Fault]:
    """The fault of an estimate that lies where it cannot, if it does; of one with years, the fault of each.

    Args:
        path: Where it stands.
        estimate: The number.
        bounds: Where it can lie.
    """
    if estimate.by_year:
        for year, of_year in estimate.by_year.items():
            yield from range_faults((*path, "in", year), of_year, bounds)
        return
    low, high = bounds.low, bounds.high
    unbounded_above = f"{format_number(low)} or more"
    range_text = f"from {format_number(low)} to {format_number(high)}" if math.isfinite(high) else unbounded_above
    explanation = f"; {bounds.below_low}" if bounds.below_low and estimate.bounds[0] < low else ""
    inside_mass = probability_mass(estimate, low, high)
    if estimate.normal or estimate.lognormal:
        if inside_mass < MIN_MASS:
            message = f"hardly any of this distribution is {range_text}"
            yield Fault(path, message, f"{bounds.label} is {range_text}; what is outside is drawn again{explanation}")
    elif inside_mass < 1 - 1e-9:
        lowest, highest = (format_number(end) for end in estimate.bounds)
        message = f"{lowest} is" if lowest == highest else f"{lowest} to {highest} is"
        yield Fault(path, f"{message} not {range_text}", f"{bounds.label} is {range_text}{explanation}")


def bounded_estimates(part: BaseModel, path: CasePath = ()) -> Iterator[tuple[CasePath, Bounds, Estimate]]:
    """Every number of a part whose field has bounds, at any depth, with its path."""
    with_estimates = {name for name, _ in fields_with_estimates(type(part))}
    for name, key, mark in _fields(type(part)):
        if name not in with_estimates:
            continue
        value = getattr(part, name)
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for inner_path, inner in [((*path, key), value), *(((*path, key, step), item) for step, item in items)]:
            if isinstance(inner, Estimate):
                if (bounds := _bounds_of(mark, part)) is not UNBOUNDED:
                    yield inner_path, bounds, inner
            elif isinstance(inner, BaseModel):
                yield from bounded_estimates(inner, inner_path)


def bounds_at(case: Case, path_text: str) -> Bounds:
    """The bounds of the number at a dotted path, whether or not the case gives one there; unbounded if none are set."""
    model: type[BaseModel] | None = type(case)
    part: Any = case
    rest = path_text
    mark: Mark = None
    while model is not None:
        key, _, rest = rest.partition(".")
        if key not in (fields := _fields_by_key(model)):
            return UNBOUNDED
        name, mark = fields[key]
        annotation: Any = model.model_fields[name].annotation
        holder, part = part, getattr(part, name, None)
        if _is_mapping(annotation) and rest:
            key = _entry_key(part, rest)
            rest = rest[len(key) + 1 :]
            part = part.get(key) if isinstance(part, Mapping) else None
        model = next((inner for inner in _models_in(annotation) if inner is not Estimate), None)
        if Estimate in _models_in(annotation):
            return _bounds_of(mark, holder)
    return UNBOUNDED


def _entry_key(entries: Any, rest: str) -> str:
    """The key with which the rest of a path begins: ids may hold dots, so the longest that is there."""
    keys = entries if isinstance(entries, Mapping) else ()
    known = [key for key in keys if isinstance(key, str) and (rest == key or rest.startswith(f"{key}."))]
    return max(known, key=len, default=rest.partition(".")[0])


def _bounds_of(mark: Mark, holder: Any) -> Bounds:
    if isinstance(mark, BoundsByKind):
        return mark.by_kind.get(getattr(holder, "kind", ""), UNBOUNDED)
    return mark or UNBOUNDED


@lru_cache(maxsize=256)
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, Mark], ...]:
    """The fields of a class: name, key in the case file, and the bounds declared on it, at whatever depth."""
    return tuple(
        (name, info.alias or name, _mark_in(info.annotation, tuple(info.metadata)))
        for name, info in model.model_fields.items()
    )


@lru_cache(maxsize=256)
def _fields_by_key(model: type[BaseModel]) -> Mapping[str, tuple[str, Mark]]:
    return {key: (name, mark) for name, key, mark in _fields(model)}


def _mark_in(annotation: Any, metadata: tuple[Any, ...] = ()) -> Mark:
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, Bounds | BoundsByKind):
            return mark
    return next((mark for inner in get_args(annotation) if (mark := _mark_in(inner))), None)


@lru_cache(maxsize=1024)
def _models_in(annotation: Any) -> tuple[type[BaseModel], ...]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(model for inner in get_args(annotation) for model in _models_in(inner))


@lru_cache(maxsize=1024)
def _is_mapping(annotation: Any) -> bool:
    return get_origin(annotation) is dict or any(_is_mapping(inner) for inner in get_args(annotation))
