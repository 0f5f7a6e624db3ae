"""The report as files in a folder, all of them or none."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from detente.assessment import Assessment
from detente.case.texts import Texts
from detente.errors import OutputError
from detente.report.page import page
from detente.safe_text import csv_text
from detente.storage import saved, to_json

RECORD = "assessment.json"
"""The file that lists, under `files`, what a report consists of; nothing else in the folder is touched."""


def write_report(assessment: Assessment, folder: Path, texts: Texts | None = None) -> Path:
    """Writes page, JSON and tables into a folder and returns the page's path.

    Everything is made beside the folder first and then moved in, so that a failure or an interruption
    leaves the folder as it was. What an earlier report wrote there is replaced; other files stay.

    Args:
        assessment: What to write.
        folder: Where; made if it is not there.
        texts: The user's copies of the documents, from `find_texts`, for the page to quote passages from.

    Raises:
        OutputError: If the folder cannot be written, or holds a file of the same name that no report wrote.
    """
    try:
        folder = Path(folder).resolve()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as staging:
            new, old = Path(staging, "new"), Path(staging, "old")
            new.mkdir()
            old.mkdir()
            _make(assessment, new, texts)
            _swap(new, old, folder)
    except OSError as error:
        raise OutputError(f"'{folder}' cannot be written: {error.strerror or error}") from error
    return folder / "index.html"


def _make(assessment: Assessment, folder: Path, texts: Texts | None) -> None:
    (folder / "index.html").write_text(page(assessment, texts), encoding="utf-8", newline="\n")
    (folder / "tables").mkdir()
    for section in assessment.sections:
        for finding in section.findings:
            if finding.table is not None:
                name = f"{section.id}-{finding.id}"
                finding.table.write_parquet(folder / "tables" / f"{name}.parquet")
                written = csv_text(finding.table.columns, finding.table.iter_rows())
                (folder / "tables" / f"{name}.csv").write_text(written, encoding="utf-8", newline="\n")
    files = [*_files(folder), RECORD]
    (folder / RECORD).write_text(to_json(saved(assessment, files)), encoding="utf-8", newline="\n")


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _swap(new: Path, old: Path, folder: Path) -> None:
    """Moves the files of an earlier report out and the new ones in; back again if any move fails."""
    earlier, coming = _earlier(folder), _files(new)
    for name in coming:
        if (folder / name).exists() and name not in earlier:
            raise OutputError(f"'{folder / name}' stands in the way, and no report wrote it; give another --out")
    moved: list[tuple[Path, Path]] = []
    made: list[Path] = []

    def move(source: Path, target: Path) -> None:
        for parent in reversed(target.parents):
            if not parent.exists():
                parent.mkdir()
                made.append(parent)
        os.replace(source, target)
        moved.append((target, source))

    with _undisturbed():
        try:
            for name in earlier:
                move(folder / name, old / name)
            for name in coming:
                move(new / name, folder / name)
        except BaseException:
            for here, there in reversed(moved):
                os.replace(here, there)
            for parent in reversed(made):
                with suppress(OSError):
                    parent.rmdir()
            raise


def _earlier(folder: Path) -> list[str]:
    """The files that an earlier report wrote into the folder and that are still there."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
        ours = record["files"] if record["format"] == "detente-assessment" else []
    except (OSError, ValueError, KeyError, TypeError):
        return []
    inside = [name for name in ours if isinstance(name, str) and (folder / name).resolve().is_relative_to(folder)]
    return [name for name in inside if (folder / name).is_file()]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Holds back an interruption for the few moves in between, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
