"""What an id is, where it comes from, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from detente.assessment import Assessment
from detente.case.entries import Declared, entries, references
from detente.case.estimate import Estimate
from detente.case.schema import Case
from detente.case.shape import fields
from detente.case.texts import Texts, locator_words, passage
from detente.errors import UnknownName, did_you_mean
from detente.evidence.trail import trail
from detente.rules.chain import chain
from detente.section import Step


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one id."""

    entry: Declared
    details: tuple[tuple[str, str], ...]
    """Its keys and values, as the case has them."""
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


def explain(assessment: Assessment, id: str, texts: Texts | None = None) -> Explanation:
    """Everything about one id of an assessed case.

    Args:
        assessment: An assessment of the case.
        id: Any id of the case.
        texts: The user's copies of the documents, from `find_texts`, to quote passages from.

    Raises:
        UnknownName: If there is no such id.
    """
    case = assessment.loaded.case
    known = entries(case)
    if id not in known:
        raise UnknownName(f"no '{id}' in this case ({did_you_mean(id, known) or 'the page lists every id'})")
    entry = known[id]
    links = references(case)
    steps = tuple(trail(case, id))
    return Explanation(
        entry=entry,
        details=tuple(_details(entry.part)),
        places=tuple(locator_words(at, case.documents[at.document].title) for at in getattr(entry.part, "at", ())),
        passages=tuple(passage(texts or {}, at) for at in getattr(entry.part, "at", ())),
        refers_to=tuple((r.key, known[r.target]) for r in links if r.source == id and r.key != "at"),
        referred_by=tuple((r.key, known[r.source]) for r in links if r.target == id),
        findings=tuple(
            (f"{section.title}: {finding.title}", finding.says)
            for section in assessment.sections
            for finding in section.findings
            if id in finding.rests_on
        ),
        trail=steps,
        chain=tuple(chain(case, id)),
        places_of=_places(case, steps, texts or {}),
    )


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


def _details(part: BaseModel) -> list[tuple[str, str]]:
    found = []
    for key, info in fields(type(part)).items():
        name = next(n for n, i in type(part).model_fields.items() if i is info)
        value: Any = getattr(part, name)
        if key in ("at", "id", "kind") or name not in part.model_fields_set or isinstance(value, dict):
            continue
        if isinstance(value, BaseModel) and not isinstance(value, Estimate):
            continue
        if isinstance(value, list):
            if any(isinstance(item, BaseModel) for item in value):
                continue
            value = ", ".join(map(str, value))
        found.append((key, f"{value}"))
    return found
