"""The passages and codings of a case as a REFI-QDA project; the way back is in `project_reading`.

In the project a passage is a selection with two kinds of codes: under "motives" the motive it bears on, and under the
id of each theory the code that a coder gives it, such as "strong for".
"""

from __future__ import annotations

import re

from detente.case.index.source_texts import Texts
from detente.case.schema.base import ID_PATTERN, Locator
from detente.case.schema.case import Case
from detente.case.schema.coding import Argument, Coding, Passage
from detente.errors import DetenteError
from detente.exchange.refi.qdpx import Project, Selection
from detente.rooms.evidence.model.coding_routes import current
from detente.text.english import count

MOTIVES = "motives"
NAMED = re.compile(rf"({ID_PATTERN})(?:: (.*))?", re.DOTALL)
"""An id of a passage, and what it says."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def project_of(case: Case, texts: Texts) -> tuple[Project, list[str]]:
    """A case's passages, their motives and their codings as a project, and what it does not carry, in sentences.

    Raises:
        DetenteError: If there is no text of any document with a coded passage.
    """
    places: dict[str, Locator] = {}
    parts: dict[str, Passage | Argument] = {**case.passages, **case.arguments}
    for name, part in parts.items():
        at = next((at for at in part.at if at.span and at.document in texts), None)
        if at and part.motive:
            places[name] = at
    if not places:
        raise DetenteError("no text of a document with passages is there; give their folder with --documents")
    selections = []
    coded = {c.unit for c in case.codings}
    for name, at in places.items():
        if name in case.passages or name in coded:
            note = f"{name}: {parts[name].says}" if parts[name].says else name
            selections.append(_selection(at, (MOTIVES, str(parts[name].motive)), case.id, name, note))
    left = undated = 0
    counting = [coding for held in current(case).values() for _, coding in held]
    for coding in counting:
        if coding.unit not in places:
            left += 1
            continue
        code = (coding.theory, _code(coding))
        date = str(coding.date or "")
        day = date if DAY.fullmatch(date) else ""
        undated += day != date
        note = coding.because or ""
        selections.append(_selection(places[coding.unit], code, coding.coder, coding.id or "", note, day))
    codes: dict[tuple[str, ...], str] = {(MOTIVES,): "What a passage bears on"}
    codes |= {(MOTIVES, name): motive.title for name, motive in case.motives.items()}
    for name, theory in case.theories.items():
        codes[(name,)] = theory.codebook.definition if theory.codebook else theory.says or theory.name
        codes |= {(name, path[1]): "" for path in sorted({s.code for s in selections if s.code[0] == name})}
    used = {at.document for at in places.values()}
    project = Project(
        title=case.title,
        texts={document: text for document, text in texts.items() if document in used},
        coders=tuple(dict.fromkeys([case.id, *(s.coder for s in selections)])),
        codes=codes,
        selections=tuple(selections),
    )
    notes = [f"{count(left, 'coding')} of units without a span in a text that is there: left out."] if left else []
    early = len(case.codings) - len(counting)
    notes += [f"{count(early, 'coding')} that were made again in a later round: left out."] if early else []
    notes += [f"{count(undated, 'coding')} without their date, which is no single day."] if undated else []
    return project, notes


def _selection(at: Locator, code: tuple[str, ...], coder: str, id: str, note: str = "", date: str = "") -> Selection:
    assert at.span is not None
    return Selection(at.document, at.span[0], at.span[1], code, coder, note, date, id)


def _code(coding: Coding) -> str:
    return f"{coding.strength} {coding.direction}" if coding.strength else str(coding.direction)
