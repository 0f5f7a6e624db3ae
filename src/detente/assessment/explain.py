"""What an id or a path of a case is, where it comes from, and what rests on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.assessment.assess import Assessment
from detente.case.entries.entries import case_entries
from detente.case.entries.introspection import fields_by_key
from detente.case.entries.references import entry_references
from detente.case.entries.registry import CaseEntry
from detente.case.index.source_texts import TextsById, format_locator, passage_text
from detente.case.loading.path_patch import BadPath
from detente.case.paths import (
    PathValue,
    entry_lines,
    overrides_of_path,
    reason_and_locators,
    value_at_path,
    value_lines,
)
from detente.case.schema.case import Case
from detente.errors import UnknownName, did_you_mean
from detente.results.finding import Finding, ProvenanceStep
from detente.rooms.evidence.findings.provenance import evidence_trail
from detente.rooms.rules.findings.provenance import rule_trail


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one id, or one path."""

    entry: CaseEntry
    details: tuple[tuple[str, str], ...]
    """Its keys and values, as the case has them; numbers with their distribution, reason and place."""
    places: tuple[str, ...]
    """Where it comes from, in words."""
    passages: tuple[str, ...]
    """The passage at each place, from the user's own copy; empty where there is none."""
    refers_to: tuple[tuple[str, CaseEntry], ...]
    """What it names, each under its key."""
    referred_by: tuple[tuple[str, CaseEntry], ...]
    """What names it."""
    findings: tuple[tuple[str, str], ...]
    """The findings that rest on it: their place in the report, and what they say."""
    evidence_trail: tuple[ProvenanceStep, ...]
    """The way from the verdicts to it, and on to the passages they rest on."""
    rule_trail: tuple[ProvenanceStep, ...]
    """What the rules make of it, or, for a rule, of the proposals it bears on."""
    trail_places: Mapping[str, str]
    """For the passages on the trail, where they stand, with their words if the text is there."""
    meaning: str = ""
    """For a path, what its key means."""
    is_given: bool = True
    """Whether the case says it, or leaves it to the default."""
    overrides: tuple[tuple[str, str], ...] = ()
    """For a path, the scenarios, priors, choices and levers that set it: what each is, and how."""


def explain(assessment: Assessment, id: str, texts: TextsById | None = None) -> Explanation:
    """Everything about one id or path of an assessed case.

    Args:
        assessment: An assessment of the case.
        id: Any id of the case, or any path, e.g. `network.observed` or `relative-gains.of.russia`.
        texts: The user's copies of the documents, from `find_texts`, to quote passages from.

    Raises:
        UnknownName: If there is no such id or path.
    """
    case = assessment.loaded.case
    entries_by_id = case_entries(case)
    if id not in entries_by_id:
        return _explain_path(assessment, id, texts or {})
    entry = entries_by_id[id]
    links = entry_references(case)
    steps = tuple(evidence_trail(case, id))
    return Explanation(
        entry=entry,
        details=tuple(line for line in entry_lines(entry.part, str(entry.path[0])) if line != ("kind", entry.kind)),
        places=tuple(
            format_locator(locator, case.documents[locator.document].title) for locator in getattr(entry.part, "at", ())
        ),
        passages=tuple(passage_text(texts or {}, locator) for locator in getattr(entry.part, "at", ())),
        refers_to=tuple((r.key, entries_by_id[r.target]) for r in links if r.source == id and r.key != "at"),
        referred_by=tuple((r.key, entries_by_id[r.source]) for r in links if r.target == id),
        findings=_dependent_findings(assessment, id),
        evidence_trail=steps,
        rule_trail=tuple(rule_trail(case, id)),
        trail_places=_passage_places(case, steps, texts or {}),
    )


def _dependent_findings(assessment: Assessment, owner: str, path: str = "") -> tuple[tuple[str, str], ...]:
    """The findings that rest on an entry, or that have a path in a cell of their table."""
    return tuple(
        (f"{section.title}: {finding.title}", finding.says)
        for section in assessment.sections
        for finding in section.findings
        if owner in finding.rests_on or (path and _is_in_table(finding, path))
    )


def _is_in_table(finding: Finding, path: str) -> bool:
    table = finding.table
    cells = (cell for row in table.rows for cell in row) if table is not None else ()
    path_pattern = re.compile(rf"(?<![\w.-]){re.escape(path)}(?![\w-]|\.\w)")
    return any(isinstance(cell, str) and path_pattern.search(cell) for cell in cells)


def _explain_path(assessment: Assessment, path: str, texts: TextsById) -> Explanation:
    case = assessment.loaded.case
    entries_by_id = case_entries(case)
    try:
        path_value = value_at_path(case, assessment.loaded.data, path)
    except BadPath as error:
        raise UnknownName(_unknown_path_message(path, entries_by_id, error)) from None
    owners = [entry for entry in entries_by_id.values() if entry.path == path_value.path[: len(entry.path)]]
    owner = max(owners, key=lambda entry: len(entry.path), default=None)
    if owner and owner.path == path_value.path:
        return explain(assessment, owner.id, texts)
    stated_reason, locators = reason_and_locators(path_value)
    details = [(key or "value", text) for key, text in value_lines(path_value.value)]
    details += (
        [("because", stated_reason)]
        if stated_reason and stated_reason not in " ".join(text for _, text in details)
        else []
    )
    named_entries = (entries_by_id.get(item) for item in _possible_ids(path_value))
    return Explanation(
        entry=CaseEntry(path_value.dotted_path, "path", path_value.path, path_value.value),
        details=tuple(details),
        places=tuple(format_locator(item, case.documents[item.document].title) for item in locators),
        passages=tuple(passage_text(texts, item) for item in locators),
        refers_to=tuple(("value", entry) for entry in named_entries if entry),
        referred_by=(("part of", owner),) if owner else (),
        findings=_dependent_findings(assessment, owner.id if owner else "", path_value.dotted_path),
        evidence_trail=(),
        rule_trail=(),
        trail_places={},
        meaning=path_value.meaning,
        is_given=path_value.is_given,
        overrides=tuple(overrides_of_path(case, assessment.loaded.data, path_value.path)),
    )


def _unknown_path_message(path: str, entry_ids: Iterable[str], error: BadPath) -> str:
    """What to say of a path that leads nowhere: where it stops leading, or else the nearest id or section."""
    known_starts = [*entry_ids, *fields_by_key(Case)]
    if any(path.startswith(f"{start}.") for start in known_starts):
        return f"{error.args[0]} ({error.remedy})" if error.remedy else str(error.args[0])
    return f"no id and no path '{path}' in this case ({did_you_mean(path, known_starts) or 'the page lists every id'})"


def _possible_ids(path_value: PathValue) -> list[str]:
    """The ids that a value may be: itself, or those in a list."""
    value = path_value.value if isinstance(path_value.value, list | tuple) else [path_value.value]
    return [item for item in value if isinstance(item, str)]


def _passage_places(case: Case, steps: Iterable[ProvenanceStep], texts: TextsById) -> dict[str, str]:
    """Where the passages on a trail stand, and their words."""
    places: dict[str, str] = {}
    for step in steps:
        if step.id in case.passages:
            locator = case.passages[step.id].at[0]
            quotation = passage_text(texts, locator)
            places[step.id] = format_locator(locator, locator.document) + (f": “{quotation}”" if quotation else "")
        places |= _passage_places(case, step.beneath, texts)
    return places
