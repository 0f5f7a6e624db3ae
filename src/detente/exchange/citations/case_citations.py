"""The documents and sources of a case as citations, and citations as sources of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.case.index.entries import entries
from detente.case.schema.case import Case
from detente.case.schema.parties import Document, Source
from detente.exchange.citations.csl import uniform
from detente.exchange.citations.fields import Item
from detente.exchange.ids import case_id, id_stem
from detente.exchange.notes import Notes
from detente.text.english import capital, clipped, count


def citations_of(case: Case) -> tuple[list[Item], list[str]]:
    """The documents and sources of a case as items in one form, with their ids; and what of their citations is none."""
    notes = Notes()
    found = []
    parts: dict[str, Document | Source] = {**case.documents, **case.sources}
    for name, part in parts.items():
        said = {"id": name, "type": "document", **part.cite}
        said |= {"id": name, "title": part.cite.get("title") or part.title}
        for key, value in (("URL", getattr(part, "url", None)), ("note", part.note)):
            if value:
                said.setdefault(key, value)
        if item := uniform(said, notes.add):
            found.append(item)
    return found, notes.said()


def sources_from(items: Iterable[Item], case: Case) -> tuple[dict[str, Mapping[str, Any]], list[str]]:
    """Items as the `sources:` of a case, without those it has already; and, in sentences, which these are.

    An item is one of the case's where its key gives that id and its title is the same.
    """
    notes = Notes()
    taken = set(entries(case))
    known = {(item["id"], _title(item)): item for item in citations_of(case)[0]}
    found: dict[str, Mapping[str, Any]] = {}
    renamed: list[tuple[str, str]] = []
    alike = 0
    for item in items:
        key = str(item.get("id") or "")
        stem = id_stem(key) or id_stem(str(item.get("title") or ""))
        if same := known.get((stem, _title(item))):
            alike += _is_alike(item, same, notes)
            continue
        id = case_id(stem, taken)
        taken.add(id)
        if key and id != key:
            renamed.append((key, id))
        found[id] = _source(item)
    if alike:
        notes.add("known", f"{capital(count(alike, 'source'))} {'is' if alike == 1 else 'are'} in the case already.")
    if renamed:
        key, id = renamed[0]
        others = f", and {count(len(renamed) - 1, 'other')} likewise" if renamed[1:] else ""
        said = f"'{clipped(key, 80)}' has the id {id} here{others}: ids are of small letters, and stand once."
        notes.add("ids", said)
    return ({"sources": found} if found else {}), notes.said()


def _title(item: Item) -> str:
    return " ".join(str(item.get("title") or item.get("id") or "").split())


def _source(item: Item) -> dict[str, Any]:
    apart = ("id", "URL", "title", "note")
    source: dict[str, Any] = {"title": _title(item) or "untitled"}
    source["cite"] = {key: value for key, value in item.items() if key not in apart}
    for name, csl in (("url", "URL"), ("note", "note")):
        if item.get(csl):
            source[name] = item[csl]
    return source


def _is_alike(item: Item, same: Item, notes: Notes) -> bool:
    """Whether the case has the item just so; where it differs, that is told."""
    differing = sorted(name for name in item.keys() | same.keys() if name != "id" and item.get(name) != same.get(name))
    if differing:
        named = f"'{clipped(str(item.get('id') or ''), 80)}'"
        said = f"{named} is in the case already, and differs there ({', '.join(differing)}): left out."
        notes.add("sources that differ in the case", said)
    return not differing
