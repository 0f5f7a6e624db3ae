"""What must hold inside a case beyond the shape of its parts: locators inside their documents."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from detente.case.entries import entries
from detente.case.parts import Claim, Locator
from detente.case.reading import Fault
from detente.case.schema import Case
from detente.case.shape import Path
from detente.errors import did_you_mean


def problems(case: Case) -> Iterator[Fault]:
    """Locators that point outside their document, or to a section it does not have."""
    for declared in entries(case).values():
        yield from _locators(case, declared.part, declared.path)
        for index, member in enumerate(getattr(declared.part, "members", ())):
            yield from _locators(case, member, (*declared.path, "members", index))


def _locators(case: Case, part: BaseModel, path: Path) -> Iterator[Fault]:
    if isinstance(part, Claim):
        for index, locator in enumerate(part.at):
            yield from _locator(case, locator, (*path, "at", index))


def _locator(case: Case, locator: Locator, path: Path) -> Iterator[Fault]:
    document = case.documents[locator.document]
    if locator.span and document.characters and locator.span[1] > document.characters:
        ends = f"the span ends after the document, which has {document.characters} characters"
        yield Fault((*path, "span"), ends, "count Unicode code points from 0")
    if locator.section and document.sections and locator.section not in document.sections:
        names = list(document.sections)
        remedy = did_you_mean(locator.section, names) or f"it has: {', '.join(names[:8])}"
        yield Fault((*path, "section"), f"'{locator.document}' has no section '{locator.section}'", remedy)
    elif (
        locator.section and locator.span and document.sections and locator.span[1] <= document.sections[locator.section]
    ):
        yield Fault((*path, "span"), f"the span ends before section {locator.section} begins", "check which is right")
