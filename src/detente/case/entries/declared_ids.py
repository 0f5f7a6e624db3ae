"""The ids a case declares, each once, and what kind of thing each one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from detente.case.entries.registry import EntryRegistry
from detente.case.schema.base import ID_PATTERN, UNKNOWN_KIND, CasePath

RECORD_KINDS = ("offer", "reply", "event", "statement")
"""What the entries of the record are."""

_ID_REGEX = re.compile(ID_PATTERN)
_NON_ID_CHARACTERS = re.compile(r"[^a-z0-9.]+")


def declarations(data: Any, registry: EntryRegistry) -> Iterator[tuple[str, str, CasePath]]:
    """Every declared id with its kind and path, from case data that need not be valid yet."""
    if not isinstance(data, dict):
        return
    for section, kind in registry.section_kinds.items():
        entries = data.get(section)
        if not isinstance(entries, dict):
            continue
        for name, entry in entries.items():
            yield name, kind, (section, name)
            for (outer, inner), inner_kind in registry.nested_kinds.items():
                nested = entry.get(inner) if outer == section and isinstance(entry, dict) else None
                for nested_name in nested if isinstance(nested, dict) else ():
                    yield nested_name, inner_kind, (section, name, inner, nested_name)
    for section in ("record", "codings"):
        entries = data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(name, str):
                kind = entry.get("kind") if section == "record" else "coding"
                yield name, kind if kind in (*RECORD_KINDS, "coding") else UNKNOWN_KIND, (section, index)


def kinds_by_id(data: Any, registry: EntryRegistry) -> dict[str, str]:
    """The kind of every declared id; of one that is no id, also of the id it was probably meant to be.

    So that whoever writes `Aldmoor:` as an id, and names it `aldmoor` elsewhere, is told of the first only.
    """
    kinds: dict[str, str] = {}
    intended_kinds: dict[str, str] = {}
    for name, kind, _ in declarations(data, registry):
        kinds.setdefault(name, kind)
        if not _ID_REGEX.fullmatch(name):
            intended_kinds.setdefault(_NON_ID_CHARACTERS.sub("-", name.lower()).strip("-."), kind)
    return {**intended_kinds, **kinds}


def incomplete_kinds(data: Any, registry: EntryRegistry) -> frozenset[str]:
    """The kinds of which not every declaration can be read: their section is no section, or an entry has no id."""
    incomplete: set[str] = set()
    for section, kind in registry.section_kinds.items():
        if section in data and not isinstance(data[section], dict):
            incomplete.add(kind)
    for (outer, inner), kind in registry.nested_kinds.items():
        entries = data.get(outer)
        if not isinstance(entries, dict) or any(_is_broken(entry, inner) for entry in entries.values()):
            incomplete |= {kind} if outer in data else set()
    record = data.get("record", [])
    if not isinstance(record, list) or any(not _has_id_and_kind(entry) for entry in record):
        incomplete |= {*RECORD_KINDS}
    if not isinstance(data.get("codings", []), list):
        incomplete.add("coding")
    return frozenset(incomplete)


def _is_broken(entry: Any, nested_section: str) -> bool:
    """Whether an entry, or the section inside it, is no mapping."""
    return not isinstance(entry, dict) or not isinstance(entry.get(nested_section, {}), dict)


def _has_id_and_kind(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("id"), str) and entry.get("kind") in RECORD_KINDS
