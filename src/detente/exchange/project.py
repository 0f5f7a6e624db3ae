"""The passages and codings of a case as a REFI-QDA project, and such a project as passages and codings of a case.

In the project a passage is a selection with two kinds of codes: under "motives" the motive it bears on, and under the
id of each theory the code that a coder gives it, such as "strong for".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from detente.case.coded import code_of
from detente.case.parts import ID_PATTERN, Locator
from detente.case.reasoning import Argument, Coding, Passage
from detente.case.schema import Case
from detente.case.texts import Texts
from detente.errors import DetenteError
from detente.evidence.routes import current
from detente.exchange.citations import case_id
from detente.exchange.refi import Project, Selection
from detente.words import count

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


def sections_from(project: Project, case: Case, texts: Texts) -> tuple[dict[str, Any], list[str]]:
    """A project as sections of a case: the passages, coders and codings that the case does not have yet.

    Args:
        project: A project as `read_project` gives it.
        case: The case it is for: its documents, motives and theories give the names.
        texts: The user's copies of its documents, to tell which text of the project is which.

    Returns:
        The sections, and what was left out or decided, in sentences.
    """
    notes = list(project.notes)
    documents, strangers = _documents(project, case, texts)
    notes += [f"'{name}' is none of the case's documents: what is coded in it is left out." for name in strangers]
    motives, codings, unknown = _read_codes(project, case, documents)
    spans = {(at.document, *at.span): name for name, p in case.passages.items() for at in p.at if at.span}
    taken = {*case.passages, *case.coders}
    passages: dict[str, Any] = {}
    without_motive = 0
    for place in dict.fromkeys([*motives, *(place for place, _ in codings)]):
        if place in spans:
            continue
        if place not in motives:
            without_motive += 1
            continue
        motive, id, says = motives[place]
        spans[place] = case_id(id or f"{place[0]}-{place[1]}-{place[2]}", taken)
        taken.add(spans[place])
        told = {"says": says} if says else {}
        passages[spans[place]] = {"motive": motive, **told, "at": {"document": place[0], "span": list(place[1:])}}
    coders = {name: id for id, part in case.coders.items() for name in (id, part.name)}
    new_coders: dict[str, Any] = {}
    held = {(c.unit, c.theory, c.coder, c.direction, c.strength) for c in case.codings}
    written = []
    for place, coding in codings:
        if place not in spans:
            continue
        name = coding.pop("coder")
        if name not in coders:
            coders[name] = case_id(name, taken)
            taken.add(coders[name])
            new_coders[coders[name]] = {"name": name}
        known = (spans[place], coding["theory"], coders[name], coding.get("direction"), coding.get("strength"))
        if known not in held:
            written.append({"unit": spans[place], **coding, "coder": coders[name]})
    if without_motive:
        what = count(without_motive, "coded passage")
        notes.append(f"{what} without a code under '{MOTIVES}' that says which motive it bears on: left out.")
    if unknown:
        names = ", ".join(f"'{name}'" for name in sorted(unknown)[:8])
        notes.append(f"Codes that are neither a theory of the case nor a motive are left out: {names}.")
    sections = {"coders": new_coders, "passages": passages, "codings": written}
    return {name: held for name, held in sections.items() if held}, notes


Place = tuple[str, int, int]


def _documents(project: Project, case: Case, texts: Texts) -> tuple[dict[str, str], list[str]]:
    """Which document of the case each text of the project is: the one with the same text, else with the same name."""
    same = {text.replace("\r\n", "\n").replace("\r", "\n"): id for id, text in texts.items()}
    named = {name.lower(): id for id, part in case.documents.items() for name in (id, part.title)}
    found = {name: same.get(text) or named.get(name.lower()) for name, text in project.texts.items()}
    known = {name: id for name, id in found.items() if id}
    return known, [name for name, id in found.items() if id is None]


def _read_codes(
    project: Project, case: Case, documents: Mapping[str, str]
) -> tuple[dict[Place, tuple[str, str, str]], list[tuple[Place, dict[str, Any]]], set[str]]:
    """The motive, id and summary of each place, the codings at each place, and the codes that say neither."""
    motives = {name.lower(): id for id, part in case.motives.items() for name in (id, part.title)}
    theories = {name.lower(): id for id, part in case.theories.items() for name in (id, part.name)}
    about: dict[Place, tuple[str, str, str]] = {}
    codings: list[tuple[Place, dict[str, Any]]] = []
    unknown: set[str] = set()
    for selection in project.selections:
        if selection.document not in documents:
            continue
        place = (documents[selection.document], selection.start, selection.end)
        *above, last = (name.strip().lower() for name in selection.code)
        theory = theories.get(last) or next((theories[name] for name in reversed(above) if name in theories), None)
        code = {"direction": "for"} if last in theories else code_of(last)
        if last in motives and (MOTIVES in above or theory is None):
            named = NAMED.fullmatch(selection.note)
            about[place] = (motives[last], named[1], named[2] or "") if named else (motives[last], "", selection.note)
        elif theory and code:
            found = {"theory": theory, **code, "coder": selection.coder}
            found |= {"date": selection.date} if selection.date else {}
            found |= {"because": selection.note} if selection.note else {}
            codings.append((place, found))
        else:
            unknown.add(" > ".join(selection.code))
    return about, codings, unknown
