"""The report as files in a folder: all of it in one step, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from detente.assessment.assess import Assessment
from detente.assessment.json_format import RECORD, SavedAssessment, saved, to_json
from detente.case.index.source_texts import Texts
from detente.files.atomic_write import output_errors, staging, undisturbed, write_file
from detente.files.directory_swap import put_in_place
from detente.report.html import page
from detente.report.output_folder import PAGE, TABLES, bring_home, check_place, lend, remove_own, table_names
from detente.text.safe_text import csv_text

MADE, NEW, OLD = "made", "new", "old"
"""In the staging: a report being made, a whole one, and the earlier one where the file system cannot exchange two."""


def write_report(assessment: Assessment, folder: Path, texts: Texts | None = None) -> Path:
    """Writes page, JSON and tables into a folder and returns the page's path.

    All is made beside the folder, and takes its place in one step (see `folder_swap`), so that whoever is killed leaves
    the old report or the new one. What an earlier report wrote is gone then; other files stay what and where they are.

    Args:
        assessment: What to write.
        folder: Where; made if it is not there.
        texts: The user's copies of the documents, from `find_texts`, for the page to quote passages from.

    Raises:
        OutputError: If the folder cannot be written, is no place for a report, holds a file of the same name that no
            report wrote, or if another run is writing a report there.
    """
    target = Path(os.path.realpath(folder))
    with output_errors(folder), _parents(target), staging(target, partial(_clear, target)) as stage:
        kept = saved(assessment)
        files = [*sorted([PAGE, *table_names(kept)]), RECORD]
        check_place(target, files, f"{kept.case}-report")
        _make(assessment, kept.model_copy(update={"files": files}), stage / MADE, texts)
        with undisturbed():
            _put(stage, target)
    return target / PAGE


def _make(assessment: Assessment, kept: SavedAssessment, folder: Path, texts: Texts | None) -> None:
    """Writes the files of a report into a folder of which nobody else knows."""
    write_file(folder / PAGE, page(assessment, texts))
    write_file(folder / RECORD, to_json(kept))
    for section in assessment.sections:
        for finding in section.findings:
            if finding.table is not None:
                name = f"{section.id}-{finding.id}"
                written = csv_text(finding.table.columns, finding.table.iter_rows())
                write_file(folder / TABLES / f"{name}.csv", written)
                finding.table.write_parquet(folder / TABLES / f"{name}.parquet")


def _put(stage: Path, target: Path) -> None:
    """Puts the report that was made in the place of the folder; others' files stand in both meanwhile."""
    os.rename(stage / MADE, stage / NEW)
    if target.exists():
        shutil.copystat(target, stage / NEW)  # the rights to the folder; its time is that of the report
        os.utime(stage / NEW)
        lend(target, stage / NEW)
    put_in_place(stage / NEW, target, stage / OLD)


def _clear(target: Path, stage: Path) -> None:
    """Removes from the staging what a report can have left there; what others put into it goes home."""
    if (stage / OLD).is_dir() and not os.path.lexists(target):  # killed in between, where nothing can be exchanged
        os.rename(stage / OLD, target)
    for away in (stage / NEW, stage / OLD):
        bring_home(away, target)
        remove_own(away)
    if (stage / MADE).is_dir():
        shutil.rmtree(stage / MADE)


@contextmanager
def _parents(target: Path) -> Iterator[None]:
    """Makes the folders that a target lies in; those in which nothing came to stand are gone afterwards."""
    missing = [parent for parent in target.parents if not parent.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()
