"""Writing a case's codings, matrix, sources or project for other programs, and bringing such files in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.case.index.source_texts import Texts
from detente.case.schema.case import Case
from detente.errors import CaseError, DetenteError, OutputError, Place, Problem, printable
from detente.exchange.sheets.coding_sheet import codings_list
from detente.files.atomic_write import write_new

if TYPE_CHECKING:
    from detente.methods.inference.competing_hypotheses import Item

SUFFIXES = {
    "codings": (".csv",),
    "matrix": (".csv",),
    "sources": (".json", ".bib"),
    "project": (".qdpx",),
    "codebook": (".qdc",),
    "game": (".efg",),
}
"""What can be written, and in which files."""


def written(case: Case, what: str, file: Path, texts: Texts) -> list[str]:
    """Writes a new file for other programs; returns what it does not carry, in sentences.

    Raises:
        OutputError: If the file exists, cannot be written, or its name ends otherwise than what is written.
        DetenteError: If the case has nothing of the kind.
    """
    if file.suffix.lower() not in SUFFIXES[what]:
        ends = " or ".join(SUFFIXES[what])
        raise OutputError(f"{what}: the name of the file should end in {ends}, not be '{printable(str(file))[:200]}'")
    if what == "codings":
        write_new({file: codings_list(case)})
        several = sum(len(coding.at) > 1 for coding in case.codings)
        return [f"{several} codings have more than one place; the first is given."] if several else []
    if what == "matrix":
        write_new({file: _matrix(case)})
        return []
    if what == "game":
        write_new({file: _game(case)})
        return []
    if what == "codebook":
        from detente.exchange.projects.codebook import codes_of
        from detente.exchange.refi.codebook_file import codebook_xml

        codes, notes = codes_of(case)
        write_new({file: codebook_xml(case.title, codes)})
        return notes
    if what == "sources":
        return _sources(case, file)
    from detente.exchange.projects.refi_mapping import project_of
    from detente.exchange.refi.qdpx import write_project

    if os.path.lexists(file):
        raise OutputError(f"'{file}' exists already; name another, or move it away")
    project, notes = project_of(case, texts)
    write_project(file, project)
    return notes


def _game(case: Case) -> str:
    from detente.exchange.gambit import efg_text
    from detente.rooms.acceptance.model.acceptance import answers_offers
    from detente.rooms.acceptance.model.offer_game import last_council, offer_game

    if not answers_offers(case):
        raise DetenteError("in this case nobody offers a channel to anybody; see channels: and sides:")
    return efg_text(offer_game(last_council(case))[0])


def _sources(case: Case, file: Path) -> list[str]:
    from detente.exchange.citations.bibtex_write import unwritten
    from detente.exchange.citations.case_citations import citations_of
    from detente.exchange.citations.read_citations import write_bibtex, write_csl

    items, notes = citations_of(case)
    if not items:
        raise DetenteError("this case has no documents and no sources; declare some under documents: or sources:")
    if file.suffix.lower() == ".bib":
        write_new({file: write_bibtex(items)})
        return [*notes, *unwritten(items)]
    write_new({file: write_csl(items)})
    return notes


def _matrix(case: Case) -> str:
    from detente.exchange.sheets.ach_matrix import matrix_csv

    if not case.hypotheses:
        raise DetenteError("this case has no hypotheses; declare some under hypotheses:")
    return matrix_csv(case, _rated(case))


def _rated(case: Case) -> dict[str, list[Item]]:
    """The rows of the matrix of each table."""
    from detente.rooms.evidence.findings.competing_hypotheses import items_of
    from detente.rooms.evidence.model.coding_routes import current

    counting = current(case)
    return {name: items_of(case, counting, name, table) for name, table in case.tables.items()}


def brought_in(case: Case, file: Path, out: Path, table: str | None, texts: Texts) -> list[str]:
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
    from detente.exchange.yaml_part import part_of_case

    sections, notes = _sections(case, file, table, texts)
    if not any(sections.values()):
        place = Place(0, str(file), 1, 1)
        nothing = Problem(place, "", "holds nothing that the case does not have yet")
        raise CaseError([nothing, *(Problem(place, "", note, severity="warning") for note in notes)])
    write_new({out: part_of_case(sections, file, notes)})
    return notes


def _sections(case: Case, file: Path, table: str | None, texts: Texts) -> tuple[dict[str, Any], list[str]]:
    suffix = file.suffix.lower()
    if suffix == ".qdpx":
        from detente.exchange.projects.project_import import sections_from
        from detente.exchange.refi.qdpx import read_project

        return sections_from(read_project(file), case, texts)
    if suffix == ".qdc":
        from detente.exchange.projects.codebook import theories_from
        from detente.exchange.refi.codebook_file import read_codebook

        return theories_from(read_codebook(file), case)
    if suffix in (".bib", ".json"):
        from detente.exchange.citations.case_citations import sources_from
        from detente.exchange.citations.read_citations import read_bibtex, read_csl

        items, notes = read_bibtex(file) if suffix == ".bib" else read_csl(file)
        sections, further = sources_from(items, case)
        return sections, [*notes, *further]
    if suffix == ".csv":
        from detente.exchange.sheets.ach_matrix import read_matrix

        return read_matrix(file, case, table, _rated(case))
    kinds = ".qdpx, .qdc, .bib, .json, .csv"
    raise DetenteError(f"'{file}' is none of {kinds} (codings in CSV go into the case's import:)")
