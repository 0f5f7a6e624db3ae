"""A valid case with other values at some of its paths: the same as a patch of its files, without reading them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter

from detente.case.entries.entries import case_entries
from detente.case.entries.introspection import fields_by_key
from detente.case.loading.path_patch import BadPath
from detente.case.schema.case import Case
from detente.errors import did_you_mean


def case_with_values(case: Case, values: Mapping[str, Any]) -> Case:
    """The case with other values at some paths.

    Args:
        case: The case.
        values: By dotted path, as in a scenario; each value as a file would have it.

    Raises:
        BadPath: If a path leads nowhere.
        ValidationError: If a value is none that may stand there.
    """
    context = {
        "declared": {name: entry.kind for name, entry in case_entries(case).items()},
        "unsure": frozenset(),
        "about": case.about,
    }
    for path, value in values.items():
        case = _with_value(case, path.split("."), value, context, path)
    return case


def _with_value(part: Any, segments: Sequence[str], value: Any, context: dict[str, Any], path: str) -> Any:
    """A part with a value at a path inside it; the value itself where the path ends."""
    if not segments:
        return value
    if isinstance(part, BaseModel):
        return _model_with_value(part, segments, value, context, path)
    if isinstance(part, list):
        index, segment_count = _entry_index(part, segments, path)
        items = list(part)
        items[index] = _with_value(part[index], segments[segment_count:], value, context, path)
        return items
    key, segment_count = _entry_key(part if isinstance(part, dict) else {}, segments)
    inner = part.get(key) if isinstance(part, dict) else None
    return {**(part or {}), key: _with_value(inner, segments[segment_count:], value, context, path)}


def _model_with_value(
    part: BaseModel, segments: Sequence[str], value: Any, context: dict[str, Any], path: str
) -> BaseModel:
    """A part of the schema with a value inside one of its fields."""
    fields = fields_by_key(type(part))
    key = segments[0]
    if key not in fields:
        raise BadPath(f"'{path}' leads nowhere: no '{key}'", did_you_mean(key, fields) or f"it has {', '.join(fields)}")
    name = next(name for name, info in type(part).model_fields.items() if (info.alias or name) == key)
    changed = _with_value(getattr(part, name), segments[1:], value, context, path)
    if isinstance(part, Case):  # the other sections are valid, and too much to be read again
        return part.model_copy(
            update={name: _checked_section(type(part), name).validate_python(changed, context=context)}
        )
    if isinstance(changed, BaseModel) and len(segments) > 1:
        return part.model_copy(update={name: changed})
    explicit_values = {
        info.alias or field_name: getattr(part, field_name)
        for field_name, info in type(part).model_fields.items()
        if field_name in part.model_fields_set
    }
    return type(part).model_validate({**explicit_values, key: changed}, context=context)


@lru_cache(maxsize=128)
def _checked_section(case_class: type[Case], name: str) -> TypeAdapter[Any]:
    """What says whether a value may stand as a section of a case."""
    info = case_class.model_fields[name]
    annotation: Any = info.annotation
    return TypeAdapter(Annotated[annotation, *info.metadata] if info.metadata else annotation)


def _entry_index(entries: Sequence[Any], segments: Sequence[str], path: str) -> tuple[int, int]:
    """Which entry of a list a path goes on with, by id or by number from 0, and how many segments name it."""
    ids = {str(getattr(entry, "id", None)): index for index, entry in enumerate(entries)}
    for segment_count in range(len(segments), 0, -1):
        if (name := ".".join(segments[:segment_count])) in ids:
            return ids[name], segment_count
    if segments[0].isdecimal() and int(segments[0]) < len(entries):
        return int(segments[0]), 1
    raise BadPath(f"'{path}' leads nowhere: no entry '{segments[0]}'", did_you_mean(segments[0], ids))


def _entry_key(entries: Mapping[Any, Any], segments: Sequence[str]) -> tuple[Any, int]:
    """The key that a path goes on with: ids may hold dots, so the longest that is there; else a new one."""
    keys = {str(key): key for key in entries}
    for segment_count in range(len(segments), 0, -1):
        if (name := ".".join(segments[:segment_count])) in keys:
            return keys[name], segment_count
    return segments[0], 1
