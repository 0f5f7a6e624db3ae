"""Numbers that change with the years: a case as it is in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from detente.case.entries.cache import once_per_case
from detente.case.index.by_year import analysed_years
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate, fields_with_estimates


def case_in_year(case: Case, year: int) -> Case:
    """The case with every number as it is in a year; the very same where no number has years."""
    return _part_in_year(case, year) if dated_estimates(case) else case


def case_of_answer(case: Case) -> Case:
    """The case as it is in the year that is answered for, the last of those worked out."""
    return case_in_year(case, analysed_years(case)[-1])


@once_per_case
def dated_estimates(case: Case) -> tuple[tuple[CasePath, Estimate], ...]:
    """Every number that has years, with its path."""
    return tuple(_dated_in(case, ()))


def _part_in_year(part: Any, year: int) -> Any:
    """A part of a case as it is in a year: itself where nothing in it has years."""
    if isinstance(part, Estimate):
        return part.in_year(year)
    if isinstance(part, BaseModel):
        changes = _changed_items({name: getattr(part, name) for name, _ in fields_with_estimates(type(part))}, year)
        return part.model_copy(update=changes) if changes else part
    if isinstance(part, dict):
        changes = _changed_items(part, year)
        return {**part, **changes} if changes else part
    if isinstance(part, list):
        return [_part_in_year(item, year) for item in part]
    return part


def _changed_items(items: dict[Any, Any], year: int) -> dict[Any, Any]:
    """Those that are others in a year than as they stand."""
    in_year = {key: _part_in_year(item, year) for key, item in items.items()}
    return {key: item for key, item in in_year.items() if item is not items[key] and item != items[key]}


def _dated_in(part: Any, path: CasePath) -> Iterator[tuple[CasePath, Estimate]]:
    if isinstance(part, Estimate):
        if part.by_year:
            yield path, part
    elif isinstance(part, BaseModel):
        for name, key in fields_with_estimates(type(part)):
            yield from _dated_in(getattr(part, name), (*path, key))
    elif isinstance(part, dict):
        for key, item in part.items():
            yield from _dated_in(item, (*path, key))
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield from _dated_in(item, (*path, index))
