"""The report as files in a folder, all of them or none."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.assessment import Assessment
from detente.errors import OutputError
from detente.report.page import page
from detente.storage import saved, to_json

PARTS = ("index.html", "assessment.json", "tables")
"""What a report consists of; nothing else in the folder is touched."""


def write_report(assessment: Assessment, folder: Path) -> Path:
    """Writes page, JSON and tables into a folder and returns the page's path.

    Everything is made beside the folder first and then moved in, so that a failure or an interruption
    leaves the folder as it was. Other files in the folder stay.

    Raises:
        OutputError: If the folder cannot be written.
    """
    folder = Path(folder)
    try:
        existed = folder.exists()
        anchor = folder.parent
        anchor.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=anchor) as staging:
            new, old = Path(staging, "new"), Path(staging, "old")
            new.mkdir()
            old.mkdir()
            _make(assessment, new)
            _swap(new, old, folder, existed)
    except OSError as error:
        raise OutputError(f"'{folder}' cannot be written: {error.strerror or error}") from error
    return folder / "index.html"


def _make(assessment: Assessment, folder: Path) -> None:
    (folder / "index.html").write_text(page(assessment), encoding="utf-8", newline="\n")
    (folder / "assessment.json").write_text(to_json(saved(assessment)), encoding="utf-8", newline="\n")
    tables = folder / "tables"
    tables.mkdir()
    for section in assessment.sections:
        for finding in section.findings:
            if finding.table is not None:
                name = f"{section.id}-{finding.id}"
                finding.table.write_parquet(tables / f"{name}.parquet")
                finding.table.write_csv(tables / f"{name}.csv")


def _swap(new: Path, old: Path, folder: Path, existed: bool) -> None:
    """Moves the old parts out and the new ones in; back again if any move fails."""
    moved: list[tuple[Path, Path]] = []
    with _undisturbed():
        try:
            folder.mkdir(exist_ok=True)
            for part in PARTS:
                if (folder / part).exists():
                    os.replace(folder / part, old / part)
                    moved.append((old / part, folder / part))
            for part in PARTS:
                os.replace(new / part, folder / part)
                moved.append((folder / part, new / part))
        except BaseException:
            for here, there in reversed(moved):
                os.replace(here, there)
            if not existed:
                shutil.rmtree(folder, ignore_errors=True)
            raise


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
