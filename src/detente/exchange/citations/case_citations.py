"""The documents and sources of a case as citations, and citations as sources of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.case.schema.parties import Document, Source
from detente.exchange.citations.csl import uniform_item
from detente.exchange.citations.fields import CslItem
from detente.exchange.ids import case_id, id_stem
from detente.exchange.notes import Notes
from detente.text.english import clip_text, count_noun, upper_first


def citations_of_case(case: Case) -> tuple[list[CslItem], list[str]]:
    """The documents and sources of a case as items in one form, with their ids; and what of their citations is none."""
    notes = Notes()
    items = []
    parts: dict[str, Document | Source] = {**case.documents, **case.sources}
    for name, part in parts.items():
        citation = {"id": name, "type": "document", **part.cite}
        citation |= {"id": name, "title": part.cite.get("title") or part.title}
        for key, value in (("URL", getattr(part, "url", None)), ("note", part.note)):
            if value:
                citation.setdefault(key, value)
        if item := uniform_item(citation, notes.add):
            items.append(item)
    return items, notes.sentences()


def sources_from_items(items: Iterable[CslItem], case: Case) -> tuple[dict[str, Mapping[str, Any]], list[str]]:
    """Items as the `sources:` of a case, without those it has already; and, in sentences, which these are.

    An item is one of the case's where its key gives that id and its title is the same.
    """
    notes = Notes()
    taken_ids = set(case_entries(case))
    case_items = {(item["id"], _item_title(item)): item for item in citations_of_case(case)[0]}
    sources: dict[str, Mapping[str, Any]] = {}
    renamed: list[tuple[str, str]] = []
    known_count = 0
    for item in items:
        key = str(item.get("id") or "")
        stem = id_stem(key) or id_stem(str(item.get("title") or ""))
        if case_item := case_items.get((stem, _item_title(item))):
            known_count += _is_unchanged(item, case_item, notes)
            continue
        id = case_id(stem, taken_ids)
        taken_ids.add(id)
        if key and id != key:
            renamed.append((key, id))
        sources[id] = _source_entry(item)
    if known_count:
        verb = "is" if known_count == 1 else "are"
        notes.add("known", f"{upper_first(count_noun(known_count, 'source'))} {verb} in the case already.")
    if renamed:
        key, id = renamed[0]
        others_phrase = f", and {count_noun(len(renamed) - 1, 'other')} likewise" if renamed[1:] else ""
        message = (
            f"'{clip_text(key, 80)}' has the id {id} here{others_phrase}: ids are of small letters, and stand once."
        )
        notes.add("ids", message)
    return ({"sources": sources} if sources else {}), notes.sentences()


def _item_title(item: CslItem) -> str:
    return " ".join(str(item.get("title") or item.get("id") or "").split())


def _source_entry(item: CslItem) -> dict[str, Any]:
    separate_fields = ("id", "URL", "title", "note")
    source: dict[str, Any] = {"title": _item_title(item) or "untitled"}
    source["cite"] = {key: value for key, value in item.items() if key not in separate_fields}
    for name, csl in (("url", "URL"), ("note", "note")):
        if item.get(csl):
            source[name] = item[csl]
    return source


def _is_unchanged(item: CslItem, case_item: CslItem, notes: Notes) -> bool:
    """Whether the case has the item just so; where it differs, that is told."""
    differing = sorted(
        name for name in item.keys() | case_item.keys() if name != "id" and item.get(name) != case_item.get(name)
    )
    if differing:
        quoted_id = f"'{clip_text(str(item.get('id') or ''), 80)}'"
        message = f"{quoted_id} is in the case already, and differs there ({', '.join(differing)}): left out."
        notes.add("sources that differ in the case", message)
    return not differing
