"""What an id or a path of a case is, where it comes from, and what rests on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.assessment.assess import Assessment
from detente.case.index.entries import Declared, entries, references
from detente.case.index.source_texts import Texts, locator_words, passage
from detente.case.loading.path_patch import BadPath
from detente.case.paths import Standing, entry_lines, lines, reason, set_by, standing
from detente.case.schema.case import Case
from detente.case.schema.introspection import fields
from detente.errors import UnknownName, did_you_mean
from detente.results.finding import Finding, Step
from detente.rooms.evidence.findings.provenance import trail
from detente.rooms.rules.findings.provenance import chain


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one id, or one path."""

    entry: Declared
    details: tuple[tuple[str, str], ...]
    """Its keys and values, as the case has them; numbers with their distribution, reason and place."""
    places: tuple[str, ...]
    """Where it comes from, in words."""
    passages: tuple[str, ...]
    """The passage at each place, from the user's own copy; empty where there is none."""
    refers_to: tuple[tuple[str, Declared], ...]
    """What it names, each under its key."""
    referred_by: tuple[tuple[str, Declared], ...]
    """What names it."""
    findings: tuple[tuple[str, str], ...]
    """The findings that rest on it: their place in the report, and what they say."""
    trail: tuple[Step, ...]
    """The way from the verdicts to it, and on to the passages they rest on."""
    chain: tuple[Step, ...]
    """What the rules make of it, or, for a rule, of the proposals it bears on."""
    places_of: Mapping[str, str]
    """For the passages on the trail, where they stand, with their words if the text is there."""
    means: str = ""
    """For a path, what its key means."""
    given: bool = True
    """Whether the case says it, or leaves it to the default."""
    moved_by: tuple[tuple[str, str], ...] = ()
    """For a path, the scenarios, priors and levers that set it: what each is, and how."""


def explain(assessment: Assessment, id: str, texts: Texts | None = None) -> Explanation:
    """Everything about one id or path of an assessed case.

    Args:
        assessment: An assessment of the case.
        id: Any id of the case, or any path, e.g. `network.observed` or `relative-gains.of.russia`.
        texts: The user's copies of the documents, from `find_texts`, to quote passages from.

    Raises:
        UnknownName: If there is no such id or path.
    """
    case = assessment.loaded.case
    known = entries(case)
    if id not in known:
        return _explain_path(assessment, id, texts or {})
    entry = known[id]
    links = references(case)
    steps = tuple(trail(case, id))
    return Explanation(
        entry=entry,
        details=tuple(line for line in entry_lines(entry.part, str(entry.path[0])) if line != ("kind", entry.kind)),
        places=tuple(locator_words(at, case.documents[at.document].title) for at in getattr(entry.part, "at", ())),
        passages=tuple(passage(texts or {}, at) for at in getattr(entry.part, "at", ())),
        refers_to=tuple((r.key, known[r.target]) for r in links if r.source == id and r.key != "at"),
        referred_by=tuple((r.key, known[r.source]) for r in links if r.target == id),
        findings=_findings(assessment, id),
        trail=steps,
        chain=tuple(chain(case, id)),
        places_of=_places(case, steps, texts or {}),
    )


def _findings(assessment: Assessment, owner: str, path: str = "") -> tuple[tuple[str, str], ...]:
    """The findings that rest on an entry, or that have a path in a cell of their table."""
    return tuple(
        (f"{section.title}: {finding.title}", finding.says)
        for section in assessment.sections
        for finding in section.findings
        if owner in finding.rests_on or (path and _in_table(finding, path))
    )


def _in_table(finding: Finding, path: str) -> bool:
    cells = (cell for row in finding.table.iter_rows() for cell in row) if finding.table is not None else ()
    named = re.compile(rf"(?<![\w.-]){re.escape(path)}(?![\w-]|\.\w)")
    return any(isinstance(cell, str) and named.search(cell) for cell in cells)


def _explain_path(assessment: Assessment, path: str, texts: Texts) -> Explanation:
    case = assessment.loaded.case
    known = entries(case)
    try:
        found = standing(case, assessment.loaded.data, path)
    except BadPath as error:
        raise UnknownName(_unknown(path, known, error)) from None
    owners = [entry for entry in known.values() if entry.path == found.path[: len(entry.path)]]
    owner = max(owners, key=lambda entry: len(entry.path), default=None)
    if owner and owner.path == found.path:
        return explain(assessment, owner.id, texts)
    because, at = reason(found)
    details = [(key or "value", text) for key, text in lines(found.value)]
    details += [("because", because)] if because and because not in " ".join(text for _, text in details) else []
    named = (known.get(one) for one in _ids(found))
    return Explanation(
        entry=Declared(found.dotted, "path", found.path, found.value),
        details=tuple(details),
        places=tuple(locator_words(one, case.documents[one.document].title) for one in at),
        passages=tuple(passage(texts, one) for one in at),
        refers_to=tuple(("value", entry) for entry in named if entry),
        referred_by=(("part of", owner),) if owner else (),
        findings=_findings(assessment, owner.id if owner else "", found.dotted),
        trail=(),
        chain=(),
        places_of={},
        means=found.means,
        given=found.given,
        moved_by=tuple(set_by(case, assessment.loaded.data, found.path)),
    )


def _unknown(path: str, known: Iterable[str], error: BadPath) -> str:
    """What to say of a path that leads nowhere: where it stops leading, or else the nearest id or section."""
    begins = [*known, *fields(Case)]
    if any(path.startswith(f"{one}.") for one in begins):
        return f"{error.args[0]} ({error.remedy})" if error.remedy else str(error.args[0])
    return f"no id and no path '{path}' in this case ({did_you_mean(path, begins) or 'the page lists every id'})"


def _ids(found: Standing) -> list[str]:
    """The ids that a value may be: itself, or those in a list."""
    value = found.value if isinstance(found.value, list | tuple) else [found.value]
    return [one for one in value if isinstance(one, str)]


def _places(case: Case, steps: Iterable[Step], texts: Texts) -> dict[str, str]:
    """Where the passages on a trail stand, and their words."""
    found: dict[str, str] = {}
    for step in steps:
        if step.id in case.passages:
            at = case.passages[step.id].at[0]
            words = passage(texts, at)
            found[step.id] = locator_words(at, at.document) + (f": “{words}”" if words else "")
        found |= _places(case, step.beneath, texts)
    return found
