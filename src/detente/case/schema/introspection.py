"""Which keys the schema allows at a path: for suggestions, scenario paths and generic walks."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate

Path = tuple[str | int, ...]


@lru_cache(maxsize=256)
def fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the names they have in a case file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def keys_at(path: Iterable[str | int], data: Any) -> frozenset[str] | None:
    """The keys allowed in the mapping at a path, or None where any id may stand or nothing is known."""
    models = models_at(path, data)
    return frozenset(key for model in models for key in fields(model)) if models else None


def models_at(path: Iterable[str | int], data: Any) -> list[type[BaseModel]]:
    """The models that may stand at a path."""
    annotations, data = _walk(path, data)
    return [model for outer in annotations for model in _models(outer, data)]


BY_PARTY = (("threat",),)
"""Sections whose keys are not entries of their own, but declared elsewhere."""


def takes_any_key(path: Iterable[str | int], data: Any) -> bool:
    """Whether any id may stand as a key at a path inside an entry: what declares it says whether it is one."""
    steps = tuple(path)
    annotations, _ = _walk(steps, data)
    open_ = [m for outer in annotations for m in _members(outer)]
    mapping = any(get_origin(member) is dict for member in open_)
    models = [m for m in open_ if isinstance(m, type) and issubclass(m, BaseModel)]
    inside = len(steps) > 1 or steps[:1] in BY_PARTY
    return inside and (mapping or any(m.model_config.get("extra") == "allow" for m in models))


def takes_number(path: Iterable[str | int], data: Any) -> bool:
    """Whether a number may stand at a path."""
    annotations, _ = _walk(path, data)
    return bool({member for outer in annotations for member in _members(outer)} & {int, float, Estimate})


def _walk(path: Iterable[str | int], data: Any) -> tuple[list[Any], Any]:
    """What the schema says may stand at a path, and what does."""
    annotations: list[Any] = [Case]
    for step in path:
        annotations = [inner for outer in annotations for inner in _inside(outer, step, data)]
        data = _child(data, step)
    return annotations, data


def _child(data: Any, step: str | int) -> Any:
    if isinstance(data, dict) and isinstance(step, str):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _inside(annotation: Any, step: str | int, data: Any) -> Iterator[Any]:
    for model in _models(annotation, data):
        if step in fields(model):
            yield fields(model)[str(step)].annotation
    for member in _members(annotation):
        origin, args = get_origin(member), get_args(member)
        if origin is dict:
            yield args[1]
        elif origin is list and isinstance(step, int):
            yield args[0]


def _models(annotation: Any, data: Any) -> Iterator[type[BaseModel]]:
    """The models that data at this annotation may be meant as; a list of one may be written without brackets."""
    found = [m for m in _members(annotation) if isinstance(m, type) and issubclass(m, BaseModel)]
    if isinstance(data, dict):
        items = [get_args(m)[0] for m in _members(annotation) if get_origin(m) is list]
        found += [model for item in items for model in _models(item, data)]
    kind = data.get("kind") if isinstance(data, dict) else None
    if len(found) > 1 and kind:
        found = [m for m in found if kind in get_args(m.model_fields["kind"].annotation)] or found
    yield from found


def _members(annotation: Any) -> Iterator[Any]:
    """The annotation without Annotated, and its alternatives if it is a union."""
    if get_origin(annotation) is Annotated:
        yield from _members(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    else:
        yield annotation
