"""What must hold inside a case beyond the shape of its parts: locators inside their documents."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pydantic import BaseModel

from detente.case.entries.core_kinds import CORE_REGISTRY
from detente.case.entries.entries import case_entries
from detente.case.fault import Fault
from detente.case.loading import state_codes
from detente.case.schema.base import CasePath, Claim, Locator
from detente.case.schema.bounds import UNBOUNDED
from detente.case.schema.case import Case, Lever
from detente.case.uncertainty.bounds import bounds_at
from detente.errors import did_you_mean
from detente.text.number_format import format_number


def case_faults(case: Case) -> Iterator[Fault]:
    """Locators and sections outside their document, levers and lines of descent that turn back, codes of no state."""
    for name, document in case.documents.items():
        for section, start in document.sections.items():
            if start < 0 or (document.characters and start >= document.characters):
                yield Fault(("documents", name, "sections", section), "begins outside the document", "count from 0")
    for index, lever in enumerate(case.levers):
        yield from _lever_faults(case, index, lever)
    for name in case.organisations:
        lineage = [name]
        while (predecessor := case.organisations[lineage[-1]].continues) and predecessor not in lineage:
            lineage.append(predecessor)
        if predecessor == name:
            message = f"'{name}' continues itself: {' continues '.join([*lineage, name])}"
            yield Fault(("organisations", name, "continues"), message, "which came first?")
    yield from state_codes.state_code_faults(case)
    entries_by_id = case_entries(case)
    for entry in entries_by_id.values():
        yield from _part_locator_faults(case, entry.part, entry.path)
    yield from _part_locator_faults(case, case.evidence, ("evidence",))


def _lever_faults(case: Case, index: int, lever: Lever) -> Iterator[Fault]:
    """A lever that turns back, or goes where its number cannot."""
    if not -math.inf < lever.low < lever.high < math.inf:
        yield Fault(("levers", index), "a lever goes from a lower to a higher number", "swap from and to")
        return
    bounds = bounds_at(case, lever.path)
    for key, end in (("from", lever.low), ("to", lever.high)):
        if bounds is not UNBOUNDED and not bounds.low <= end <= bounds.high:
            range_text = f"from {format_number(bounds.low)} to {format_number(bounds.high)}"
            message = f"{format_number(end)} is not {range_text}"
            yield Fault(("levers", index, key), message, f"{bounds.label} is {range_text}")


def _part_locator_faults(case: Case, part: BaseModel, path: CasePath) -> Iterator[Fault]:
    """The locators of a part and of the estimates, members and judgements inside it."""
    if isinstance(part, Claim):
        for index, locator in enumerate(part.at):
            yield from _document_position_faults(case, locator, (*path, "at", index))
    for name in part.model_fields_set:
        inner = getattr(part, name)
        if (
            name == "at"
            or (path[0], name) in CORE_REGISTRY.nested_kinds
            or not isinstance(inner, BaseModel | list | dict)
        ):
            continue  # entries inside others speak for themselves
        items = inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
        for key, item in items:
            if isinstance(item, BaseModel):
                yield from _part_locator_faults(case, item, (*path, name, key))
        if isinstance(inner, BaseModel):
            yield from _part_locator_faults(case, inner, (*path, name))


def _document_position_faults(case: Case, locator: Locator, path: CasePath) -> Iterator[Fault]:
    document = case.documents[locator.document]
    if locator.span and document.characters and locator.span[1] > document.characters:
        message = f"the span ends after the document, which has {document.characters} characters"
        yield Fault((*path, "span"), message, "count Unicode code points from 0")
    if locator.section and document.sections and locator.section not in document.sections:
        names = list(document.sections)
        remedy = did_you_mean(locator.section, names) or f"it has: {', '.join(names[:8])}"
        yield Fault((*path, "section"), f"'{locator.document}' has no section '{locator.section}'", remedy)
    elif (
        locator.section and locator.span and document.sections and locator.span[1] <= document.sections[locator.section]
    ):
        yield Fault((*path, "span"), f"the span ends before section {locator.section} begins", "check which is right")
