"""Writing a case's codings, matrix, sources or project for other programs, and bringing such files in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from detente.case.schema import Case
from detente.case.texts import Texts
from detente.errors import DetenteError, OutputError, printable
from detente.exchange.sheet import codings_list
from detente.whole_files import write_new

SUFFIXES = {
    "codings": (".csv",),
    "matrix": (".csv",),
    "sources": (".json", ".bib"),
    "project": (".qdpx",),
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
    if what == "sources":
        from detente.exchange.citations import write_bibtex, write_csl
        from detente.exchange.sources import citations_of

        items = citations_of(case)
        write_new({file: write_bibtex(items) if file.suffix.lower() == ".bib" else write_csl(items)})
        return []
    from detente.exchange.project import project_of
    from detente.exchange.refi import write_project

    if os.path.lexists(file):
        raise OutputError(f"'{file}' exists already; name another, or move it away")
    project, notes = project_of(case, texts)
    write_project(file, project)
    return notes


def _game(case: Case) -> str:
    from detente.channels.analysis import answers_offers
    from detente.channels.response.game import efg
    from detente.channels.response.offer import last_council, offer_game

    if not answers_offers(case):
        raise DetenteError("in this case nobody offers a channel to anybody; see channels: and sides:")
    return efg(offer_game(last_council(case))[0])


def _matrix(case: Case) -> str:
    from detente.evidence.competing import items_of
    from detente.evidence.routes import current
    from detente.exchange.matrix import matrix_csv

    if not case.hypotheses:
        raise DetenteError("this case has no hypotheses; declare some under hypotheses:")
    counting = current(case)
    return matrix_csv(case, {name: items_of(case, counting, name, table) for name, table in case.tables.items()})


def brought_in(case: Case, file: Path, out: Path, table: str | None, texts: Texts) -> list[str]:
    """Writes a part of a case, as YAML, from a file of another program; returns what was left out, in sentences.

    Args:
        case: The case it is for.
        file: A REFI-QDA project, BibTeX, CSL-JSON, or a matrix of hypotheses as CSV.
        out: The new file.
        table: For a matrix, the table it bears on; needed where the matrix does not say and the case has several.
        texts: The user's copies of the case's documents.

    Raises:
        CaseError: With every problem in the file.
        DetenteError: If it cannot be read or written, or holds nothing new.
    """
    import yaml

    sections, notes = _sections(case, file, table, texts)
    if not any(sections.values()):
        raise DetenteError(" ".join([f"'{file}' holds nothing that the case does not have yet.", *notes]))
    text = yaml.safe_dump(sections, sort_keys=False, allow_unicode=True, width=110)
    write_new({out: f"# Brought in from {file.name}.\n{text}"})
    return notes


def _sections(case: Case, file: Path, table: str | None, texts: Texts) -> tuple[dict[str, Any], list[str]]:
    suffix = file.suffix.lower()
    if suffix == ".qdpx":
        from detente.exchange.project import sections_from
        from detente.exchange.refi import read_project

        return sections_from(read_project(file), case, texts)
    if suffix in (".bib", ".json"):
        from detente.case.entries import entries
        from detente.exchange.citations import read_bibtex, read_csl
        from detente.exchange.sources import citations_of, sources_from

        items, notes = read_bibtex(file) if suffix == ".bib" else read_csl(file)
        known = {(item["id"], item["title"]) for item in citations_of(case)}
        new = [item for item in items if (item.get("id"), item.get("title")) not in known]
        return (dict(sources_from(new, entries(case))) if new else {}), notes
    if suffix == ".csv":
        from detente.exchange.matrix import read_matrix

        return read_matrix(file, case, table), []
    raise DetenteError(f"'{file}' is none of .qdpx, .bib, .json, .csv (codings in CSV go into the case's import:)")
