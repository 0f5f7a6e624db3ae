"""Which keys the schema allows at a path: for suggestions, scenario paths and generic walks."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from detente.case.schema.estimate import Estimate


@lru_cache(maxsize=256)
def fields_by_key(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the names they have in a case file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def allowed_keys(root: type[BaseModel], path: Iterable[str | int], data: Any) -> frozenset[str] | None:
    """The keys allowed in the mapping at a path, or None where any id may stand or nothing is known."""
    models = allowed_models(root, path, data)
    return frozenset(key for model in models for key in fields_by_key(model)) if models else None


def allowed_models(root: type[BaseModel], path: Iterable[str | int], data: Any) -> list[type[BaseModel]]:
    """The models that may stand at a path."""
    annotations, data = _schema_at_path(root, path, data)
    return [model for outer in annotations for model in _matching_models(outer, data)]


def default_entries(root: type[BaseModel], path: Iterable[str | int]) -> dict[str, Any]:
    """The entries that stand at a path where a file has none, as it would have them; nothing where there are none."""
    *outer, last = path
    model: type[BaseModel] = root
    for step in outer:
        info = fields_by_key(model).get(str(step))
        if info is None or not isinstance(info.annotation, type) or not issubclass(info.annotation, BaseModel):
            return {}
        model = info.annotation
    info = fields_by_key(model).get(str(last))
    value = info.get_default(call_default_factory=True, validated_data={}) if info is not None else None
    if not isinstance(value, dict):
        return {}
    entries = {key: one for key, one in value.items() if isinstance(one, BaseModel)}
    return {key: one.model_dump(mode="json", by_alias=True, exclude_unset=True) for key, one in entries.items()}


KEYED_BY_PARTY = (("threat",),)
"""Sections whose keys are not entries of their own, but declared elsewhere."""


def takes_any_key(root: type[BaseModel], path: Iterable[str | int], data: Any) -> bool:
    """Whether any id may stand as a key at a path inside an entry: what declares it says whether it is one."""
    steps = tuple(path)
    annotations, _ = _schema_at_path(root, steps, data)
    alternatives = [m for outer in annotations for m in _union_members(outer)]
    takes_mapping = any(get_origin(member) is dict for member in alternatives)
    models = [m for m in alternatives if isinstance(m, type) and issubclass(m, BaseModel)]
    is_inside_entry = len(steps) > 1 or steps[:1] in KEYED_BY_PARTY
    return is_inside_entry and (takes_mapping or any(m.model_config.get("extra") == "allow" for m in models))


def takes_number(root: type[BaseModel], path: Iterable[str | int], data: Any) -> bool:
    """Whether a number may stand at a path."""
    annotations, _ = _schema_at_path(root, path, data)
    return bool({member for outer in annotations for member in _union_members(outer)} & {int, float, Estimate})


def _schema_at_path(root: type[BaseModel], path: Iterable[str | int], data: Any) -> tuple[list[Any], Any]:
    """What the schema says may stand at a path, and what does."""
    annotations: list[Any] = [root]
    for step in path:
        annotations = [inner for outer in annotations for inner in _child_annotations(outer, step, data)]
        data = _child_data(data, step)
    return annotations, data


def _child_data(data: Any, step: str | int) -> Any:
    if isinstance(data, dict) and isinstance(step, str):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _child_annotations(annotation: Any, step: str | int, data: Any) -> Iterator[Any]:
    for model in _matching_models(annotation, data):
        if step in fields_by_key(model):
            yield fields_by_key(model)[str(step)].annotation
    for member in _union_members(annotation):
        origin, args = get_origin(member), get_args(member)
        if origin is dict:
            yield args[1]
        elif origin is list and isinstance(step, int):
            yield args[0]


def _matching_models(annotation: Any, data: Any) -> Iterator[type[BaseModel]]:
    """The models that data at this annotation may be meant as; a list of one may be written without brackets."""
    models = [m for m in _union_members(annotation) if isinstance(m, type) and issubclass(m, BaseModel)]
    if isinstance(data, dict):
        items = [get_args(m)[0] for m in _union_members(annotation) if get_origin(m) is list]
        models += [model for item in items for model in _matching_models(item, data)]
    kind = data.get("kind") if isinstance(data, dict) else None
    if len(models) > 1 and kind:
        models = [m for m in models if kind in get_args(m.model_fields["kind"].annotation)] or models
    yield from models


def _union_members(annotation: Any) -> Iterator[Any]:
    """The annotation without Annotated, and its alternatives if it is a union."""
    if get_origin(annotation) is Annotated:
        yield from _union_members(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _union_members(member)
    else:
        yield annotation
