"""REFI-QDA projects (.qdpx): coded texts, as QualCoder, NVivo, ATLAS.ti and MAXQDA exchange them.

`startPosition` and `endPosition` are written as QualCoder reads them, which slices Python strings with them
(`load_codings_for_text` in its refi.py): from 0, in Unicode code points, the end exclusive; a line break CR LF is two.
That positions are code points is also in section 9.2 of the standard, version 1.5, which is cited from memory; whether
it says anything of the end is not known here. How other programs count is found out in `plain_text`.
"""

from __future__ import annotations

from pathlib import Path

from detente.exchange.refi.archive import open_archive
from detente.exchange.refi.elements import UNKNOWN_CODER, CodedSelection, RefiProject, load_models, make_guid
from detente.exchange.refi.read import project_from_archive
from detente.exchange.refi.write import project_bytes
from detente.files.atomic_write import replace_file

__all__ = ["UNKNOWN_CODER", "RefiProject", "CodedSelection", "make_guid", "read_project", "write_project"]


def write_project(path: Path, project: RefiProject) -> None:
    """Writes a project as a .qdpx file, all of it or nothing, in the same bytes for the same project.

    Texts are written in UTF-8 with bare line feeds and without byte order marks, and positions are moved along; the
    white space of names is collapsed, and what XML cannot hold becomes U+FFFD in names, descriptions and notes. Each
    selection is a `PlainTextSelection` of its own, named after the beginning of its text, its note the description.
    What has no date is dated 1970-01-01, since QualCoder stops at a coding without a date (its issue 1027).

    Raises:
        OutputError: If the file cannot be written.
        DetenteError: If the project does not hold together, with everything that is wrong with it; or without
            pyrefiqda.
    """
    replace_file(path, project_bytes(project))


def read_project(path: Path) -> RefiProject:
    """Reads a .qdpx file from any program, extracting nothing.

    Raises:
        CaseError: If it cannot be used, with everything that is wrong with it.
        DetenteError: Without pyrefiqda.
    """
    load_models()
    with open_archive(Path(path)) as archive:
        return project_from_archive(archive)
