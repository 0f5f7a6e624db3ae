"""The documents and sources of a case as citations, and citations as sources of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from detente.case.parties import Document, Source
from detente.case.schema import Case
from detente.exchange.citations import case_id

Citation = dict[str, Any]
"""A CSL-JSON item."""


def citations_of(case: Case) -> list[Citation]:
    """The documents and sources of a case as CSL-JSON items, with their ids."""
    found = []
    parts: dict[str, Document | Source] = {**case.documents, **case.sources}
    for name, part in parts.items():
        item = {"type": "document", **part.cite, "id": name}
        item.setdefault("title", part.title)
        if url := getattr(part, "url", None):
            item.setdefault("URL", url)
        found.append(item)
    return found


def sources_from(items: Iterable[Citation], taken: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """CSL-JSON items as the `sources:` of a case, with ids that are not taken yet."""
    ids = set(taken)
    found: dict[str, Mapping[str, Any]] = {}
    for item in items:
        id = case_id(str(item.get("id") or item.get("title") or "source"), ids)
        ids.add(id)
        cite = {key: value for key, value in item.items() if key not in ("id", "URL", "title")}
        source: dict[str, Any] = {"title": str(item.get("title") or item.get("id") or "untitled"), "cite": cite}
        found[id] = source | ({"url": str(item["URL"])} if item.get("URL") else {})
    return {"sources": found}
