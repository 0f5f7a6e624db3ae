"""What an id is, where it comes from, and what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from detente.assessment import Assessment
from detente.case.entries import Declared, entries, references
from detente.case.estimate import Estimate
from detente.case.parts import Locator
from detente.case.shape import fields
from detente.case.texts import Texts, passage
from detente.errors import UnknownName, did_you_mean


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
    )


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


def locator_words(at: Locator, document: str) -> str:
    """A locator in words: what to call the document, then section, page, characters, reference."""
    words = [document]
    words += [f"section {at.section}"] if at.section else []
    words += [f"page {at.page}"] if at.page else []
    words += [f"characters {at.span[0]} to {at.span[1]}"] if at.span else []
    words += [f"its reference {at.ref}"] if at.ref else []
    return ", ".join(words)
