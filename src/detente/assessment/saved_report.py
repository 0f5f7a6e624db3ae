"""Saved assessments beside the cases they were made from: which is meant, and whether the case has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from os.path import exists, isfile
from pathlib import Path

from detente.assessment.assess import read_case
from detente.assessment.json_format import ASSESSMENT_FILE
from detente.assessment.json_shapes import SavedAssessment
from detente.case.bundled import MAIN_FILE, bundled_cases
from detente.errors import DetenteError, UnreadableFile
from detente.files.bounded_read import BoundedFile
from detente.version import __version__

MAX_FILES = 200
"""So many files beside a report are looked at for its case."""
_HEAD_BYTES = 64 * 2**10
_ID_PATTERN = re.compile(rb"^case:[ \t]*[\"']?([A-Za-z0-9_.-]+)", re.MULTILINE)


def saved_assessment_file(name: str) -> Path | None:
    """The saved assessment that a name means: a JSON file, or a folder with a report and no case; None for a case."""
    path = Path(name)
    if path.suffix.lower() == ".json":
        return path if exists(path) else None
    return path / ASSESSMENT_FILE if isfile(path / ASSESSMENT_FILE) and not isfile(path / MAIN_FILE) else None


def ambiguity_note(name: str) -> str | None:
    """Which of two things a name is taken for, where it could be either."""
    path = Path(name)
    if not isfile(path / ASSESSMENT_FILE):
        return None
    if isfile(path / MAIN_FILE):
        report = path / ASSESSMENT_FILE
        return f"{name} holds a case and a report saved earlier; this is the case. For the report: {report}"
    if name in bundled_cases():
        return f"{name} is a folder here with a saved report, and a bundled case; this is the report"
    return None


def staleness_note(file: Path, saved: SavedAssessment) -> str | None:
    """What has changed since an assessment was saved: the case beside it, or Détente; None if neither is known to."""
    cases = list(islice(_cases_beside(file, saved.case), 3))
    if cases and not any(_is_unchanged(case, saved) for case in cases):
        return f"{file} is older than {cases[0]}, which says something else now; run the case to have that"
    if saved.detente != __version__:
        return f"{file} was written by Détente {saved.detente}; this is {__version__}, and may find something else"
    return None


def _cases_beside(file: Path, id: str) -> Iterator[Path]:
    """The files of cases with an id in the folder of a report, beside it, and in the folders beside it."""
    folder = file.absolute().parent
    file_groups = (folder.glob("*.yaml"), folder.parent.glob("*.yaml"), folder.parent.glob(f"*/{MAIN_FILE}"))
    for files in file_groups:
        yield from (case for case in islice(files, MAX_FILES) if _declared_id(case) == id)


def _declared_id(file: Path) -> str | None:
    """The id that a case's own file declares, by its first lines."""
    with suppress(UnreadableFile, OSError), BoundedFile(file, _HEAD_BYTES) as head:
        match = _ID_PATTERN.search(head.read(min(_HEAD_BYTES, head.size)))
        return match[1].decode() if match else None
    return None


def _is_unchanged(case: Path, saved: SavedAssessment) -> bool:
    with suppress(DetenteError):
        return read_case(str(case), saved.scenario, saved.changes).digest == saved.digest
    return False
