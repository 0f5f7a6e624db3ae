"""What kinds of entries a case may have: the types of the registry, and what it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, create_model

from detente.case.schema.base import CasePath, Id
from detente.case.schema.case import Case


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One entry of a case: its id, kind and path, and the part itself."""

    id: str
    kind: str
    path: CasePath
    part: Any
    words: Callable[[Any], str] | None = None

    @property
    def label(self) -> str:
        """What to call it: its short name, title or name, or its id."""
        for name in ("short", "title", "name"):
            if text := getattr(self.part, name, None):
                return str(text)
        return self.id

    @property
    def says(self) -> str:
        """What it says, in a sentence, as far as it says anything."""
        return self.words(self.part) if self.words else str(getattr(self.part, "says", None) or self.label)


READING_KINDS = frozenset(
    ("coding", "tone", "judgement", "attribute", "outcome", "stance", "presumption", "rule of silence")
)
"""Inputs that are readings: a source bears them out, and does not hold them."""


@dataclass(frozen=True, slots=True)
class CaseInput:
    """A number, coding or judgement that results rest on: where it stands, what it is, whether it says where from."""

    path: str
    value: str
    kind: str
    because: str
    has_source: bool
    owner: str
    """The id of the entry it belongs to, or nothing."""
    wrong_if: str = ""
    """What could be observed that would show a number wrong."""

    @property
    def is_reading(self) -> bool:
        """Whether it is somebody's reading of a source, and no figure that stands in it."""
        return self.kind in READING_KINDS


@dataclass(frozen=True, slots=True)
class EntryKind:
    """A kind of entry: what it is called, where it stands in a case file, and what there is to know of it."""

    kind: str
    part: type[BaseModel]
    title: str
    """What several of them are called, as a heading."""
    section: str
    """The key of the case under which they stand."""
    inside: str = ""
    """The section whose entries hold them, where they stand inside others."""
    words: Callable[[Any], str] | None = None
    """What an entry says, where that is other than its `says:` or label."""
    inputs: Callable[[Case, CaseEntry], Iterator[CaseInput]] | None = None
    """The numbers, codings and judgements that an entry gives, besides the estimates in it."""
    has_estimates: bool = True
    """Whether the estimates in an entry are inputs."""


class EntryRegistry:
    """All kinds of entries that a case may have."""

    def __init__(self, kinds: Sequence[EntryKind], case_class: type[Case] = Case):
        self.kinds, self.case_class = tuple(kinds), case_class

    def with_kinds(self, kinds: Sequence[EntryKind]) -> EntryRegistry:
        """The same with more kinds, each with a section of its own in the case."""
        if not kinds:
            return self
        sections: dict[str, Any] = {}
        for kind in kinds:
            part: Any = kind.part
            sections |= {} if kind.inside else {kind.section: (dict[Id, part], {})}
        create: Any = create_model  # the type checker knows classes that it can read only
        case_class: type[Case] = create("Case", __base__=self.case_class, __doc__=self.case_class.__doc__, **sections)
        registry = EntryRegistry([*self.kinds, *kinds], case_class)
        case_class.entry_registry = registry
        return registry

    @cached_property
    def by_kind(self) -> dict[str, EntryKind]:
        """Every kind by its name."""
        return {kind.kind: kind for kind in self.kinds}

    @cached_property
    def section_kinds(self) -> dict[str, str]:
        """What the entries of each section are, in the order of the sections; of lists of entries see `LISTS`."""
        kinds = {kind.section: kind.kind for kind in self.kinds if not kind.inside and kind.section not in LISTS}
        return {section: kinds[section] for section in self.case_class.model_fields if section in kinds}

    @cached_property
    def nested_kinds(self) -> dict[tuple[str, str], str]:
        """What the entries are that stand inside those of a section, by that section and their key."""
        return {(kind.inside, kind.section): kind.kind for kind in self.kinds if kind.inside}


LISTS = ("record", "codings")
"""Sections that are lists, whose entries have their id inside."""
