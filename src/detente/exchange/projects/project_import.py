"""A REFI-QDA project as passages and codings of a case: each selection found by its words, nothing guessed silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from detente.case.entries.entries import case_entries
from detente.case.index.source_texts import TextsById
from detente.case.schema.case import Case
from detente.case.schema.coding import Argument, Passage
from detente.exchange.projects.code_names import CodeNames, unique_id
from detente.exchange.projects.document_matching import DocumentCopy, match_documents
from detente.exchange.projects.passage_matching import (
    PlacedUnit,
    difference_phrase,
    nearest_unit,
    shared_characters_phrase,
    units_at_place,
)
from detente.exchange.projects.project_codings import NewCodings
from detente.exchange.projects.refi_mapping import MOTIVES_CODE
from detente.exchange.projects.selection_placement import DocumentPlace, ReadSelection, SelectionPlacer, describe_reads
from detente.exchange.refi.qdpx import CodedSelection, RefiProject
from detente.text.english import join_words
from detente.text.safe_text import clean_text

_MAX_UNITS_SHOWN = 8


def sections_from_project(project: RefiProject, case: Case, texts: TextsById) -> tuple[dict[str, Any], list[str]]:
    """A project as sections of a case: the passages, coders and codings that the case does not have yet.

    Selections are found in the case's documents by their words, and passages by what they share with the selections.

    Args:
        project: A project as `read_project` gives it.
        case: The case it is for: its documents, motives and theories give the names.
        texts: The user's copies of its documents.

    Returns:
        The sections, and what was decided, moved or left out, in sentences.
    """
    copies, notes = match_documents(project.texts, case.documents, texts)
    reads, omission_notes = _interpret_selections(project, CodeNames(case), copies)
    notes = [*project.notes, *notes, *omission_notes]
    places = SelectionPlacer(project, copies, notes).place_selections(reads)
    return _SectionsBuilder(case, texts, notes).build_sections(places)


def _interpret_selections(
    project: RefiProject, names: CodeNames, copies: dict[str, DocumentCopy]
) -> tuple[list[ReadSelection], list[str]]:
    """The selections in documents of the case with what their codes say, and those that say nothing, in sentences."""
    reads: list[ReadSelection] = []
    omitted_by_code: dict[str, list[str]] = {}
    for selection in project.selections:
        if selection.document not in copies:
            omitted_by_code.setdefault("", []).append(_describe_coding(selection))
            continue
        meaning = names.meaning_of_path(selection.code_path)
        if meaning:
            reads.append((selection, meaning))
        else:
            location = f"'{selection.document}' {selection.start} to {selection.end} by {selection.coder}"
            omitted_by_code.setdefault(" > ".join(selection.code_path), []).append(location)
    omitted_with_document = omitted_by_code.pop("", [])
    notes = [f"Left out with their documents: {'; '.join(omitted_with_document)}."] if omitted_with_document else []
    explanation = (
        f"is neither a theory of the case, nor such as 'strong for' below one, nor a motive below '{MOTIVES_CODE}'"
    )
    notes += [
        f"'{code}' {explanation}: left out ({'; '.join(locations)})." for code, locations in omitted_by_code.items()
    ]
    return reads, notes


def _describe_coding(selection: CodedSelection) -> str:
    code = " > ".join(selection.code_path)
    return f"'{code}' by {selection.coder} at '{selection.document}' {selection.start} to {selection.end}"


class _SectionsBuilder:
    """The sections of a case in the making."""

    def __init__(self, case: Case, texts: TextsById, notes: list[str]):
        self.case, self.texts, self.notes = case, texts, notes
        self.taken_ids = {*case_entries(case)}
        self.units: dict[str, list[PlacedUnit]] = {}
        for document, unit in _placed_units(case):
            self.units.setdefault(document, []).append(unit)
        self.passages: dict[str, Any] = {}

    def build_sections(self, places: Iterable[DocumentPlace]) -> tuple[dict[str, Any], list[str]]:
        """What the case does not have yet, and everything that there is to say."""
        codings = NewCodings(self.case, self.taken_ids, self.notes)
        for place in places:
            units = self._units_at(place)
            for read in place.coding_reads if units else ():
                codings.add_coding([unit.id for unit in units], *read)
        new_codings = codings.coding_entries()
        sections = {"coders": codings.coders, "passages": self.passages, "codings": new_codings}
        return {name: entries for name, entries in sections.items() if entries}, self.notes

    def _units_at(self, place: DocumentPlace) -> list[PlacedUnit]:
        """The unit that a place is; several where they cover the same; none, with a note, where none is clear."""
        units = self.units.get(place.document, [])
        same_units = units_at_place(place.start, place.end, units, self.texts.get(place.document))
        same_units = [unit for unit in same_units if unit.is_passage] or same_units
        if same_units:
            ids = {id for id, _ in place.motives.values()}
            named_units = [unit for unit in same_units if unit.id in ids]
            return self._note_differences(place, named_units or same_units)
        if len(place.motives) > 1:
            return self._note_omission(
                place, f"bears on {join_words(map(repr, place.motives))}, and a passage on one motive"
            )
        nearest_match, ranked = nearest_unit(place.start, place.end, units)
        if nearest_match and (not place.motives or nearest_match.motive in place.motives):
            return self._note_differences(place, [nearest_match])
        if place.motives:
            return [self._add_passage(place, ranked)]
        if ranked:
            shares = join_words(
                shared_characters_phrase(place.start, place.end, unit) for unit in ranked[:_MAX_UNITS_SHOWN]
            )
            return self._note_omission(place, f"holds {shares}, which does not show whether it is one; select the same")
        return self._note_omission(place, f"has no code under '{MOTIVES_CODE}' that says which motive it bears on")

    def _note_differences(self, place: DocumentPlace, units: list[PlacedUnit]) -> list[PlacedUnit]:
        """The units, after a note on where and how a single one differs from the place."""
        location = f"'{place.document}' {place.start} to {place.end}"
        if len(units) == 1:
            unit = units[0]
            if (unit.start, unit.end) != (place.start, place.end):
                deviation = difference_phrase(place.start, place.end, unit)
                self.notes.append(f"{location} is taken for '{unit.id}' ({unit.start} to {unit.end}): it {deviation}.")
            if place.motives and unit.motive not in place.motives:
                project_motives = join_words(map(repr, place.motives))
                self.notes.append(
                    f"{location} is '{unit.id}', which bears on '{unit.motive}' in the case and on {project_motives} "
                    "in the project: the case's motive stands."
                )
        return units

    def _add_passage(self, place: DocumentPlace, ranked: list[PlacedUnit]) -> PlacedUnit:
        """A new passage at a place."""
        (motive, (id, says)), *_ = place.motives.items()
        name = unique_id(id or f"{place.document}-{place.start}-{place.end}", "passage", self.taken_ids)
        summary = {"says": clean_text(says)} if says.strip() else {}
        locator = {"document": place.document, "span": [place.start, place.end]}
        self.passages[name] = {"motive": motive, **summary, "at": locator}
        if ranked:
            shares = join_words(
                shared_characters_phrase(place.start, place.end, unit) for unit in ranked[:_MAX_UNITS_SHOWN]
            )
            self.notes.append(f"'{name}' is a passage of its own, and holds {shares}.")
        return PlacedUnit(name, motive, place.start, place.end)

    def _note_omission(self, place: DocumentPlace, reason: str) -> list[PlacedUnit]:
        location = f"'{place.document}' {place.start} to {place.end}"
        self.notes.append(f"{location} {reason}: left out ({'; '.join(describe_reads(place.reads))}).")
        return []


def _placed_units(case: Case) -> Iterator[tuple[str, PlacedUnit]]:
    """The passages of a case and its arguments for a motive, with the documents they stand in."""
    parts: dict[str, Passage | Argument] = {**case.passages, **case.arguments}
    for id, part in parts.items():
        for locator in part.at:
            if locator.span and part.motive:
                yield locator.document, PlacedUnit(id, part.motive, *locator.span, is_passage=id in case.passages)
