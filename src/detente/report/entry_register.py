"""The entries of a case as the annex lists them: what they say, where from, what names them, what rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from detente.assessment.assess import Assessment
from detente.case.entries.core_kinds import registry_of
from detente.case.entries.entries import case_entries
from detente.case.entries.references import entry_references
from detente.case.entries.registry import CaseEntry
from detente.case.index.source_texts import TextsById, format_locator, passage_text
from detente.results.finding import Finding, Section


def entry_register(assessment: Assessment, texts: TextsById) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every entry of the case by kind, with where it comes from and what rests on it."""
    case = assessment.loaded.case
    entries_by_id = case_entries(case)
    referrers_by_id: dict[str, list[str]] = {}
    for reference in entry_references(case):
        if entries_by_id[reference.source].kind != "scenario":
            referrers_by_id.setdefault(reference.target, []).append(reference.source)
    findings_by_id: dict[str, list[tuple[Section, Finding]]] = {}
    for section in assessment.sections:
        for finding in section.findings:
            for id in finding.rests_on:
                findings_by_id.setdefault(id, []).append((section, finding))
    kinds = registry_of(case).by_kind
    kind_order = list(kinds)
    for kind, group in groupby(
        sorted(entries_by_id.values(), key=lambda e: kind_order.index(e.kind)), key=lambda e: e.kind
    ):
        yield (
            kinds[kind].title,
            [_register_record(assessment, texts, entry, referrers_by_id, findings_by_id) for entry in group],
        )


def _register_record(
    assessment: Assessment,
    texts: TextsById,
    entry: CaseEntry,
    referrers_by_id: dict[str, list[str]],
    findings_by_id: dict[str, list[tuple[Section, Finding]]],
) -> dict[str, Any]:
    part = entry.part
    says = entry.says if entry.says != entry.id else ""
    findings = findings_by_id.get(entry.id, [])
    contested = [name for name, c in assessment.loaded.case.contradictions.items() if entry.id in c.between]
    return {
        "id": entry.id,
        "label": "" if entry.label in (entry.id, says) else entry.label,
        "says": says,
        "date": str(getattr(part, "date", None) or ""),
        "places": [
            (format_locator(locator, locator.document), passage_text(texts, locator))
            for locator in getattr(part, "at", ())
        ],
        "contested": contested,
        "because": getattr(part, "because", None) or "",
        "note": getattr(part, "note", None) or "",
        "url": getattr(part, "url", None) or "",
        "used": [name for name in dict.fromkeys(referrers_by_id.get(entry.id, [])) if name not in contested],
        "findings": [
            (f"{section.id}-{finding.id}", finding.question or finding.title)
            for section, finding in findings
            if finding.place == "detail"
        ],
        "tables": sum(finding.place == "annex" for _, finding in findings),
    }


def touched_contradictions(assessment: Assessment) -> dict[str, list[str]]:
    """For each finding, the contradictions between entries that it rests on."""
    contradictions = assessment.loaded.case.contradictions
    return {
        f"{section.id}-{finding.id}": [n for n, c in contradictions.items() if set(c.between) & set(finding.rests_on)]
        for section in assessment.sections
        for finding in section.findings
        if section.id != "contradictions"
    }
