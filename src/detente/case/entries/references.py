"""Which entry of a case refers to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from detente.case.entries.cache import once_per_case
from detente.case.entries.core_kinds import registry_of
from detente.case.entries.entries import case_entries
from detente.case.entries.introspection import fields_by_key
from detente.case.entries.registry import CaseEntry
from detente.case.schema.base import ReferenceTo
from detente.case.schema.case import Case
from detente.case.schema.legal_rules import AttributeAnswer, Condition


@dataclass(frozen=True, slots=True)
class EntryReference:
    """One entry names another, under some key."""

    source: str
    key: str
    target: str


@once_per_case
def entry_references(case: Case) -> Sequence[EntryReference]:
    """Every reference from one entry to another."""
    entries_by_id = case_entries(case)
    collected = [
        EntryReference(entry.id, key, target)
        for entry in entries_by_id.values()
        for key, target in _references_in(entry.part, "", _nested_entry_keys(case, entry))
        if target in entries_by_id and target != entry.id
    ]
    return tuple(dict.fromkeys(collected))


def _nested_entry_keys(case: Case, entry: CaseEntry) -> frozenset[str]:
    """The keys under which entries stand that are declared inside this one, and speak for themselves."""
    return frozenset(inner for outer, inner in registry_of(case).nested_kinds if outer == entry.path[0])


def _references_in(value: Any, key: str, skipped_keys: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, Condition):
        yield from ((key, attribute) for attribute in value.required_attributes)
    if isinstance(value, BaseModel):
        for name, info in fields_by_key(type(value)).items():
            inner = getattr(value, _attribute_name(type(value), name))
            if name in skipped_keys:
                continue
            if _is_reference(info.annotation, tuple(info.metadata)):
                for target in inner if isinstance(inner, list | tuple) else [inner]:
                    if isinstance(target, str):
                        yield (key or name), target
            elif isinstance(inner, BaseModel | list | dict):
                yield from _references_in(inner, key or name, frozenset())
    elif isinstance(value, list):
        for item in value:
            yield from _references_in(item, key, skipped_keys)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, AttributeAnswer):
                yield key, name
            yield from _references_in(item, key, skipped_keys)


@lru_cache(maxsize=1024)
def _attribute_name(model: type[BaseModel], alias: str) -> str:
    return next(name for name, info in model.model_fields.items() if (info.alias or name) == alias)


def _is_reference(annotation: Any, metadata: tuple[Any, ...]) -> bool:
    if any(isinstance(mark, ReferenceTo) for mark in (*metadata, *getattr(annotation, "__metadata__", ()))):
        return True
    return any(_is_reference(inner, ()) for inner in getattr(annotation, "__args__", ()))
