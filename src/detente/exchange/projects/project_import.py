"""A REFI-QDA project as passages and codings of a case: each selection found by its words, nothing guessed silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from detente.case.index.entries import entries
from detente.case.index.source_texts import Texts
from detente.case.schema.case import Case
from detente.case.schema.coding import Argument, Passage
from detente.exchange.projects.code_names import CodeNames, id_from
from detente.exchange.projects.document_matching import Copy, copies
from detente.exchange.projects.passage_matching import Unit, difference, nearest, same_place, shared
from detente.exchange.projects.project_codings import NewCodings
from detente.exchange.projects.refi_mapping import MOTIVES
from detente.exchange.projects.selection_placement import Place, Placing, Read, told
from detente.exchange.refi.qdpx import Project, Selection
from detente.text.english import listed
from detente.text.safe_text import clean

_CHOICES = 8


def sections_from(project: Project, case: Case, texts: Texts) -> tuple[dict[str, Any], list[str]]:
    """A project as sections of a case: the passages, coders and codings that the case does not have yet.

    Selections are found in the case's documents by their words, and passages by what they share with the selections.

    Args:
        project: A project as `read_project` gives it.
        case: The case it is for: its documents, motives and theories give the names.
        texts: The user's copies of its documents.

    Returns:
        The sections, and what was decided, moved or left out, in sentences.
    """
    found, notes = copies(project.texts, case.documents, texts)
    known, stray = _meanings(project, CodeNames(case), found)
    notes = [*project.notes, *notes, *stray]
    places = Placing(project, found, notes).places(known)
    return _Sections(case, texts, notes).of(places)


def _meanings(project: Project, names: CodeNames, found: dict[str, Copy]) -> tuple[list[Read], list[str]]:
    """The selections in documents of the case with what their codes say, and those that say nothing, in sentences."""
    known: list[Read] = []
    strange: dict[str, list[str]] = {}
    for selection in project.selections:
        if selection.document not in found:
            strange.setdefault("", []).append(_coding(selection))
            continue
        meaning = names.meaning(selection.code)
        if meaning:
            known.append((selection, meaning))
        else:
            at = f"'{selection.document}' {selection.start} to {selection.end} by {selection.coder}"
            strange.setdefault(" > ".join(selection.code), []).append(at)
    away = strange.pop("", [])
    notes = [f"Left out with their documents: {'; '.join(away)}."] if away else []
    nothing = f"is neither a theory of the case, nor such as 'strong for' below one, nor a motive below '{MOTIVES}'"
    notes += [f"'{code}' {nothing}: left out ({'; '.join(where)})." for code, where in strange.items()]
    return known, notes


def _coding(selection: Selection) -> str:
    code = " > ".join(selection.code)
    return f"'{code}' by {selection.coder} at '{selection.document}' {selection.start} to {selection.end}"


class _Sections:
    """The sections of a case in the making."""

    def __init__(self, case: Case, texts: Texts, notes: list[str]):
        self.case, self.texts, self.notes = case, texts, notes
        self.taken = {*entries(case)}
        self.units: dict[str, list[Unit]] = {}
        for document, unit in _units(case):
            self.units.setdefault(document, []).append(unit)
        self.passages: dict[str, Any] = {}

    def of(self, places: Iterable[Place]) -> tuple[dict[str, Any], list[str]]:
        """What the case does not have yet, and everything that there is to say."""
        codings = NewCodings(self.case, self.taken, self.notes)
        for place in places:
            units = self._units_at(place)
            for read in place.codings if units else ():
                codings.add([unit.id for unit in units], *read)
        new = codings.written()
        found = {"coders": codings.coders, "passages": self.passages, "codings": new}
        return {name: held for name, held in found.items() if held}, self.notes

    def _units_at(self, place: Place) -> list[Unit]:
        """The unit that a place is; several where they cover the same; none, with a note, where none is clear."""
        units = self.units.get(place.document, [])
        same = same_place(place.start, place.end, units, self.texts.get(place.document))
        same = [unit for unit in same if unit.passage] or same
        if same:
            ids = {id for id, _ in place.motives.values()}
            named = [unit for unit in same if unit.id in ids]
            return self._agreed(place, named or same)
        if len(place.motives) > 1:
            return self._left_out(place, f"bears on {listed(map(repr, place.motives))}, and a passage on one motive")
        near, ranked = nearest(place.start, place.end, units)
        if near and (not place.motives or near.motive in place.motives):
            return self._agreed(place, [near])
        if place.motives:
            return [self._new(place, ranked)]
        if ranked:
            shares = listed(shared(place.start, place.end, unit) for unit in ranked[:_CHOICES])
            return self._left_out(place, f"holds {shares}, which does not show whether it is one; select the same")
        return self._left_out(place, f"has no code under '{MOTIVES}' that says which motive it bears on")

    def _agreed(self, place: Place, units: list[Unit]) -> list[Unit]:
        """The units, after a note on where and how a single one differs from the place."""
        here = f"'{place.document}' {place.start} to {place.end}"
        if len(units) == 1:
            unit = units[0]
            if (unit.start, unit.end) != (place.start, place.end):
                differs = difference(place.start, place.end, unit)
                self.notes.append(f"{here} is taken for '{unit.id}' ({unit.start} to {unit.end}): it {differs}.")
            if place.motives and unit.motive not in place.motives:
                other = listed(map(repr, place.motives))
                self.notes.append(
                    f"{here} is '{unit.id}', which bears on '{unit.motive}' in the case and on {other} in the project: "
                    "the case's motive stands."
                )
        return units

    def _new(self, place: Place, ranked: list[Unit]) -> Unit:
        """A new passage at a place."""
        (motive, (id, says)), *_ = place.motives.items()
        name = id_from(id or f"{place.document}-{place.start}-{place.end}", "passage", self.taken)
        summary = {"says": clean(says)} if says.strip() else {}
        at = {"document": place.document, "span": [place.start, place.end]}
        self.passages[name] = {"motive": motive, **summary, "at": at}
        if ranked:
            shares = listed(shared(place.start, place.end, unit) for unit in ranked[:_CHOICES])
            self.notes.append(f"'{name}' is a passage of its own, and holds {shares}.")
        return Unit(name, motive, place.start, place.end)

    def _left_out(self, place: Place, why: str) -> list[Unit]:
        here = f"'{place.document}' {place.start} to {place.end}"
        self.notes.append(f"{here} {why}: left out ({'; '.join(told(place.reads))}).")
        return []


def _units(case: Case) -> Iterator[tuple[str, Unit]]:
    """The passages of a case and its arguments for a motive, with the documents they stand in."""
    parts: dict[str, Passage | Argument] = {**case.passages, **case.arguments}
    for id, part in parts.items():
        for at in part.at:
            if at.span and part.motive:
                yield at.document, Unit(id, part.motive, *at.span, passage=id in case.passages)
