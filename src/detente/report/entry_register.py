"""The entries of a case as the annex lists them: what they say, where from, what names them, what rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from detente.assessment.assess import Assessment
from detente.assessment.chapters import Detail
from detente.case.entries.core_kinds import registry_of
from detente.case.entries.entries import case_entries
from detente.case.entries.references import entry_references
from detente.case.entries.registry import CaseEntry
from detente.case.index.source_texts import TextsById, passage_text
from detente.case.schema.base import Locator


def entry_register(assessment: Assessment, texts: TextsById) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every entry of the case by kind, with where it comes from and what rests on it."""
    case = assessment.loaded.case
    entries_by_id = case_entries(case)
    referrers_by_id: dict[str, list[str]] = {}
    for reference in entry_references(case):
        if entries_by_id[reference.source].kind != "scenario":
            referrers_by_id.setdefault(reference.target, []).append(reference.source)
    details_by_id: dict[str, list[Detail]] = {}
    for chapter in assessment.chapters:
        for detail in chapter.details:
            for id in detail.finding.rests_on:
                details_by_id.setdefault(id, []).append(detail)
    kinds = registry_of(case).by_kind
    kind_order = list(kinds)
    for kind, group in groupby(
        sorted(entries_by_id.values(), key=lambda e: kind_order.index(e.kind)), key=lambda e: e.kind
    ):
        yield (
            kinds[kind].title,
            [_register_record(assessment, texts, entry, referrers_by_id, details_by_id) for entry in group],
        )


def _register_record(
    assessment: Assessment,
    texts: TextsById,
    entry: CaseEntry,
    referrers_by_id: dict[str, list[str]],
    details_by_id: dict[str, list[Detail]],
) -> dict[str, Any]:
    part = entry.part
    says = entry.says if entry.says != entry.id else ""
    contested = [name for name, c in assessment.loaded.case.contradictions.items() if entry.id in c.between]
    return {
        "id": entry.id,
        "label": "" if entry.label in (entry.id, says) else entry.label,
        "says": says,
        "date": str(getattr(part, "date", None) or ""),
        "places": [(_place(locator), passage_text(texts, locator)) for locator in getattr(part, "at", ())],
        "contested": contested,
        "because": getattr(part, "because", None) or "",
        "note": getattr(part, "note", None) or "",
        "url": getattr(part, "url", None) or "",
        "used": [name for name in dict.fromkeys(referrers_by_id.get(entry.id, [])) if name not in contested],
        "details": details_by_id.get(entry.id, []),
    }


def _place(locator: Locator) -> str:
    """Where something stands, in short: document, section or page, characters, the document's own reference."""
    words = [locator.document, locator.section, f"p. {locator.page}" if locator.page else ""]
    words += ["–".join(map(str, locator.span))] if locator.span else []
    words += [f"ref. {locator.ref}"] if locator.ref else []
    return " ".join(word for word in words if word)


def touched_contradictions(assessment: Assessment) -> dict[str, list[str]]:
    """For each finding, the contradictions between entries that it rests on."""
    contradictions = assessment.loaded.case.contradictions
    return {
        f"{section.id}-{finding.id}": [n for n, c in contradictions.items() if set(c.between) & set(finding.rests_on)]
        for section in assessment.sections
        for finding in section.findings
        if section.id != "contradictions"
    }
