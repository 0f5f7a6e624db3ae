"""The passages and codings of a case as a REFI-QDA project; the way back is in `project_import`.

In the project a passage is a selection with two kinds of codes: under "motives" the motive it bears on, and under the
id of each theory the code that a coder gives it, such as "strong for".
"""

from __future__ import annotations

import re

from detente.case.index.source_texts import TextsById
from detente.case.schema.base import ID_PATTERN, Locator
from detente.case.schema.case import Case
from detente.case.schema.coding import Argument, Coding, Passage
from detente.errors import DetenteError
from detente.exchange.refi.qdpx import CodedSelection, RefiProject
from detente.rooms.evidence.model.coding_routes import index_latest_codings
from detente.text.english import count_noun

MOTIVES_CODE = "motives"
PASSAGE_NOTE_PATTERN = re.compile(rf"({ID_PATTERN})(?:: (.*))?", re.DOTALL)
"""An id of a passage, and what it says."""
DAY_PATTERN = re.compile(r"\d{4}-\d\d-\d\d")


def project_from_case(case: Case, texts: TextsById) -> tuple[RefiProject, list[str]]:
    """A case's passages, their motives and their codings as a project, and what it does not carry, in sentences.

    Raises:
        DetenteError: If there is no text of any document with a coded passage.
    """
    places: dict[str, Locator] = {}
    parts: dict[str, Passage | Argument] = {**case.passages, **case.arguments}
    for name, part in parts.items():
        locator = next((locator for locator in part.at if locator.span and locator.document in texts), None)
        if locator and part.motive:
            places[name] = locator
    if not places:
        raise DetenteError("no text of a document with passages is there; give their folder with --documents")
    selections = []
    coded = {c.unit for c in case.codings}
    for name, locator in places.items():
        if name in case.passages or name in coded:
            note = f"{name}: {parts[name].says}" if parts[name].says else name
            selections.append(_make_selection(locator, (MOTIVES_CODE, str(parts[name].motive)), case.id, name, note))
    omitted_count = undated_count = 0
    codings_in_force = [coding for codings in index_latest_codings(case).values() for _, coding in codings]
    for coding in codings_in_force:
        if coding.unit not in places:
            omitted_count += 1
            continue
        code = (coding.theory, _code_words(coding))
        date = str(coding.date or "")
        day = date if DAY_PATTERN.fullmatch(date) else ""
        undated_count += day != date
        note = coding.because or ""
        selections.append(_make_selection(places[coding.unit], code, coding.coder, coding.id or "", note, day))
    codes: dict[tuple[str, ...], str] = {(MOTIVES_CODE,): "What a passage bears on"}
    codes |= {(MOTIVES_CODE, name): motive.title for name, motive in case.motives.items()}
    for name, theory in case.theories.items():
        codes[(name,)] = theory.codebook.definition if theory.codebook else theory.says or theory.name
        codes |= {(name, path[1]): "" for path in sorted({s.code_path for s in selections if s.code_path[0] == name})}
    used_documents = {locator.document for locator in places.values()}
    project = RefiProject(
        title=case.title,
        texts={document: text for document, text in texts.items() if document in used_documents},
        coders=tuple(dict.fromkeys([case.id, *(s.coder for s in selections)])),
        codes=codes,
        selections=tuple(selections),
    )
    notes = (
        [f"{count_noun(omitted_count, 'coding')} of units without a span in a text that is there: left out."]
        if omitted_count
        else []
    )
    superseded_count = len(case.codings) - len(codings_in_force)
    notes += (
        [f"{count_noun(superseded_count, 'coding')} that were made again in a later round: left out."]
        if superseded_count
        else []
    )
    notes += (
        [f"{count_noun(undated_count, 'coding')} without their date, which is no single day."] if undated_count else []
    )
    return project, notes


def _make_selection(
    locator: Locator, code: tuple[str, ...], coder: str, id: str, note: str = "", date: str = ""
) -> CodedSelection:
    assert locator.span is not None
    return CodedSelection(locator.document, locator.span[0], locator.span[1], code, coder, note, date, id)


def _code_words(coding: Coding) -> str:
    return f"{coding.strength} {coding.direction}" if coding.strength else str(coding.direction)
