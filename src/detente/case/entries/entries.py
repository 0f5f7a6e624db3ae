"""Everything a case declares, by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from detente.case.entries.cache import once_per_case
from detente.case.entries.core_kinds import registry_of
from detente.case.entries.inputs import entry_estimates, settings_inputs
from detente.case.entries.registry import CaseEntry, CaseInput, EntryRegistry
from detente.case.schema.base import CasePath, Locator
from detente.case.schema.case import Case


def coding_ids(case: Case) -> list[str]:
    """An id for each coding: its own, or a name made of what it codes, numbered where there are several."""
    names: dict[str, None] = {}
    last_numbers: dict[str, int] = {}
    for coding in case.codings:
        name = stem = coding.id or f"{coding.unit}/{coding.theory}/{coding.coder}"
        while name in names:
            last_numbers[stem] = last_numbers.get(stem, 1) + 1
            name = f"{stem}/{last_numbers[stem]}"
        names[name] = None
    return list(names)


@once_per_case
def case_entries(case: Case) -> Mapping[str, CaseEntry]:
    """Every entry by id, in the order of the sections."""
    registry = registry_of(case)
    collected: list[CaseEntry] = []
    for index, entry in enumerate(case.record):
        collected.append(_entry(registry, entry.id, entry.kind, ("record", index), entry))
    for section, kind in registry.section_kinds.items():
        for name, part in getattr(case, section).items():
            collected.append(_entry(registry, name, kind, (section, name), part))
            for (outer, inner), inner_kind in registry.nested_kinds.items():
                if outer == section:
                    for nested, inner_part in getattr(part, inner).items():
                        collected.append(
                            _entry(registry, nested, inner_kind, (section, name, inner, nested), inner_part)
                        )
    for index, (name, coding) in enumerate(zip(coding_ids(case), case.codings, strict=True)):
        collected.append(_entry(registry, name, "coding", ("codings", index), coding))
    return MappingProxyType({entry.id: entry for entry in collected})


def _entry(registry: EntryRegistry, id: str, kind: str, path: CasePath, part: Any) -> CaseEntry:
    return CaseEntry(id, kind, path, part, registry.by_kind[kind].words)


@once_per_case
def case_inputs(case: Case) -> Sequence[CaseInput]:
    """Every number, coding and judgement of a case, in the order of the sections."""
    by_kind = registry_of(case).by_kind
    collected: list[CaseInput] = []
    for entry in case_entries(case).values():
        kind = by_kind[entry.kind]
        collected += kind.inputs(case, entry) if kind.inputs else ()
        collected += entry_estimates(entry) if kind.has_estimates else ()
    return (*collected, *settings_inputs(case))


def nested_locators(part: BaseModel) -> Iterator[Locator]:
    """Every locator of a part and of what is inside it."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]:
            if isinstance(inner, Locator):
                yield inner
            elif isinstance(inner, BaseModel):
                yield from nested_locators(inner)


def spans_by_document(case: Case) -> dict[str, list[tuple[int, int]]]:
    """The spans that the case points to, by document."""
    collected: dict[str, list[tuple[int, int]]] = {id: [] for id in case.documents}
    for locator in nested_locators(case):
        if locator.span:
            collected[locator.document].append(locator.span)
    return collected
