"""Writing a case's codings, matrix, sources or project for other programs, and bringing such files in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.case.index.source_texts import TextsById
from detente.case.schema.case import Case
from detente.errors import CaseError, DetenteError, FilePosition, OutputError, Problem, printable_text
from detente.exchange.sheets.coding_sheet import codings_csv
from detente.files.atomic_write import write_new_files

if TYPE_CHECKING:
    from detente.methods.inference.competing_hypotheses import EvidenceItem

EXPORT_SUFFIXES = {
    "codings": (".csv",),
    "matrix": (".csv",),
    "sources": (".json", ".bib"),
    "project": (".qdpx",),
    "codebook": (".qdc",),
    "game": (".efg",),
    "model": (".json",),
}
"""What can be written, and in which files."""


def export_file(case: Case, kind: str, file: Path, texts: TextsById) -> list[str]:
    """Writes a new file for other programs; returns what it does not carry, in sentences.

    Raises:
        OutputError: If the file exists, cannot be written, or its name ends otherwise than what is written.
        DetenteError: If the case has nothing of the kind.
    """
    if file.suffix.lower() not in EXPORT_SUFFIXES[kind]:
        suffixes_phrase = " or ".join(EXPORT_SUFFIXES[kind])
        raise OutputError(
            f"{kind}: the name of the file should end in {suffixes_phrase}, not be '{printable_text(str(file))[:200]}'"
        )
    if kind == "codings":
        write_new_files({file: codings_csv(case)})
        multi_place_count = sum(len(coding.at) > 1 for coding in case.codings)
        return (
            [f"{multi_place_count} codings have more than one place; the first is given."] if multi_place_count else []
        )
    if kind == "matrix":
        write_new_files({file: _matrix_text(case)})
        return []
    if kind == "game":
        write_new_files({file: _game_text(case)})
        return []
    if kind == "model":
        from detente.assessment.model_json import describe_case, model_to_json

        write_new_files({file: model_to_json(describe_case(case))})
        return []
    if kind == "codebook":
        from detente.exchange.projects.codebook import codes_of_case
        from detente.exchange.refi.codebook_file import codebook_xml

        codes, notes = codes_of_case(case)
        write_new_files({file: codebook_xml(case.title, codes)})
        return notes
    if kind == "sources":
        return _export_sources(case, file)
    from detente.exchange.projects.refi_mapping import project_from_case
    from detente.exchange.refi.qdpx import write_project

    if os.path.lexists(file):
        raise OutputError(f"'{file}' exists already; name another, or move it away")
    project, notes = project_from_case(case, texts)
    write_project(file, project)
    return notes


def _game_text(case: Case) -> str:
    from detente.exchange.gambit import efg_text
    from detente.rooms.acceptance.findings.offer_game import named_offer_game
    from detente.rooms.acceptance.model.decision.answered_offer import has_answered_offer
    from detente.rooms.acceptance.model.offer_game import last_decision_makers

    if not has_answered_offer(case):
        raise DetenteError("in this case nobody offers a channel to anybody; see channels: and sides:")
    return efg_text(named_offer_game(last_decision_makers(case)))


def _export_sources(case: Case, file: Path) -> list[str]:
    from detente.exchange.citations.bibtex_write import unwritten_notes
    from detente.exchange.citations.case_citations import citations_of_case
    from detente.exchange.citations.read_citations import write_bibtex, write_csl

    items, notes = citations_of_case(case)
    if not items:
        raise DetenteError("this case has no documents and no sources; declare some under documents: or sources:")
    if file.suffix.lower() == ".bib":
        write_new_files({file: write_bibtex(items)})
        return [*notes, *unwritten_notes(items)]
    write_new_files({file: write_csl(items)})
    return notes


def _matrix_text(case: Case) -> str:
    from detente.exchange.sheets.ach_matrix import matrix_csv

    if not case.hypotheses:
        raise DetenteError("this case has no hypotheses; declare some under hypotheses:")
    return matrix_csv(case, _matrix_rows(case))


def _matrix_rows(case: Case) -> dict[str, list[EvidenceItem]]:
    """The rows of the matrix of each table."""
    from detente.rooms.evidence.model.coding_routes import index_latest_codings
    from detente.rooms.evidence.model.competing_hypotheses import rated_items

    codings_in_force = index_latest_codings(case)
    return {name: rated_items(case, codings_in_force, name, table) for name, table in case.tables.items()}


def import_file(case: Case, file: Path, out: Path, table: str | None, texts: TextsById) -> list[str]:
    """Writes a part of a case, as YAML, from a file of another program; returns what was left out, in sentences.

    Args:
        case: The case it is for.
        file: A REFI-QDA project or codebook, BibTeX, CSL-JSON, or a matrix of hypotheses as CSV.
        out: The new file.
        table: For a matrix, the table it bears on; needed where the matrix does not say and the case has several.
        texts: The user's copies of the case's documents.

    Raises:
        CaseError: With every problem in the file; if it holds nothing new, with what there is to say besides.
        DetenteError: If it cannot be read or written.
    """
    from detente.exchange.yaml_part import partial_case_yaml

    sections, notes = _read_sections(case, file, table, texts)
    if not any(sections.values()):
        place = FilePosition(0, str(file), 1, 1)
        problem = Problem(place, "", "holds nothing that the case does not have yet")
        raise CaseError([problem, *(Problem(place, "", note, severity="warning") for note in notes)])
    write_new_files({out: partial_case_yaml(sections, file, notes)})
    return notes


def _read_sections(case: Case, file: Path, table: str | None, texts: TextsById) -> tuple[dict[str, Any], list[str]]:
    suffix = file.suffix.lower()
    if suffix == ".qdpx":
        from detente.exchange.projects.project_import import sections_from_project
        from detente.exchange.refi.qdpx import read_project

        return sections_from_project(read_project(file), case, texts)
    if suffix == ".qdc":
        from detente.exchange.projects.codebook import theories_from_codebook
        from detente.exchange.refi.codebook_file import read_codebook

        return theories_from_codebook(read_codebook(file), case)
    if suffix in (".bib", ".json"):
        from detente.exchange.citations.case_citations import sources_from_items
        from detente.exchange.citations.read_citations import read_bibtex, read_csl

        items, notes = read_bibtex(file) if suffix == ".bib" else read_csl(file)
        sections, source_notes = sources_from_items(items, case)
        return sections, [*notes, *source_notes]
    if suffix == ".csv":
        from detente.exchange.sheets.ach_matrix import read_matrix

        return read_matrix(file, case, table, _matrix_rows(case))
    suffixes_phrase = ".qdpx, .qdc, .bib, .json, .csv"
    raise DetenteError(f"'{file}' is none of {suffixes_phrase} (codings in CSV go into the case's import:)")
