"""The report as files in a folder: all of it in one step, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from detente.assessment.assess import Assessment
from detente.assessment.json_format import ASSESSMENT_FILE, to_json, to_saved
from detente.assessment.json_shapes import SavedAssessment
from detente.assessment.stand_in_table import STAND_IN_TABLE
from detente.case.index.source_texts import TextsById
from detente.files.atomic_write import hold_interruptions, locked_staging, output_errors, write_staged_file
from detente.files.directory_swap import replace_folder
from detente.report.html import render_html
from detente.report.output_folder import (
    PAGE_FILE,
    TABLES_FOLDER,
    check_report_folder,
    link_other_files,
    remove_report,
    return_other_files,
    table_file_names,
)
from detente.results.table import Table
from detente.text.safe_text import csv_text

BUILD_NAME, NEW_NAME, OLD_NAME = "made", "new", "old"
"""In the staging: a report being made, a whole one, and the earlier one where the file system cannot exchange two."""


def write_report(assessment: Assessment, folder: Path, texts: TextsById | None = None) -> Path:
    """Writes page, JSON and tables into a folder and returns the page's path.

    All is made beside the folder, and takes its place in one step (see `folder_swap`), so that whoever is killed leaves
    the old report or the new one. What an earlier report wrote is gone then; other files stay what and where they are.

    Args:
        assessment: What to write.
        folder: Where; made if it is not there.
        texts: The user's copies of the documents, from `find_document_texts`, for the page to quote passages from.

    Raises:
        OutputError: If the folder cannot be written, is no place for a report, holds a file of the same name that no
            report wrote, or if another run is writing a report there.
    """
    target = Path(os.path.realpath(folder))
    with (
        output_errors(folder),
        _ensured_parents(target),
        locked_staging(target, partial(_clear_staging, target)) as stage_folder,
    ):
        saved_assessment = to_saved(assessment)
        files = [*sorted([PAGE_FILE, *table_file_names(names for names, _ in _tables(assessment))]), ASSESSMENT_FILE]
        check_report_folder(target, files, f"{saved_assessment.case}-report")
        _write_files(assessment, saved_assessment.model_copy(update={"files": files}), stage_folder / BUILD_NAME, texts)
        with hold_interruptions():
            _swap_in(stage_folder, target)
    return target / PAGE_FILE


def _tables(assessment: Assessment) -> Iterator[tuple[tuple[str, str], Table]]:
    """Each table with the section and the finding that it stands under, and that of figures of other years."""
    for section in assessment.sections:
        for finding in section.findings:
            if finding.table is not None:
                yield (section.id, finding.id), finding.table
    if assessment.stand_ins is not None:
        yield STAND_IN_TABLE, assessment.stand_ins


def _write_files(
    assessment: Assessment, saved_assessment: SavedAssessment, folder: Path, texts: TextsById | None
) -> None:
    """Writes the files of a report into a folder of which nobody else knows."""
    write_staged_file(folder / PAGE_FILE, render_html(assessment, texts))
    write_staged_file(folder / ASSESSMENT_FILE, to_json(saved_assessment))
    for (section, finding), table in _tables(assessment):
        name = f"{section}-{finding}"
        write_staged_file(folder / TABLES_FOLDER / f"{name}.csv", csv_text(table.names, table.rows))
        table.to_frame().write_parquet(folder / TABLES_FOLDER / f"{name}.parquet")


def _swap_in(stage_folder: Path, target: Path) -> None:
    """Puts the report that was made in the place of the folder; others' files stand in both meanwhile."""
    os.rename(stage_folder / BUILD_NAME, stage_folder / NEW_NAME)
    if target.exists():
        shutil.copystat(target, stage_folder / NEW_NAME)  # the rights to the folder; its time is that of the report
        os.utime(stage_folder / NEW_NAME)
        link_other_files(target, stage_folder / NEW_NAME)
    replace_folder(stage_folder / NEW_NAME, target, stage_folder / OLD_NAME)


def _clear_staging(target: Path, stage_folder: Path) -> None:
    """Removes from the staging what a report can have left there; what others put into it goes home."""
    if (stage_folder / OLD_NAME).is_dir() and not os.path.lexists(
        target
    ):  # killed in between, where nothing can be exchanged
        os.rename(stage_folder / OLD_NAME, target)
    for old_folder in (stage_folder / NEW_NAME, stage_folder / OLD_NAME):
        return_other_files(old_folder, target)
        remove_report(old_folder)
    if (stage_folder / BUILD_NAME).is_dir():
        shutil.rmtree(stage_folder / BUILD_NAME)


@contextmanager
def _ensured_parents(target: Path) -> Iterator[None]:
    """Makes the folders that a target lies in; those in which nothing came to stand are gone afterwards."""
    missing_parents = [parent for parent in target.parents if not parent.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for parent in missing_parents:
            with suppress(OSError):
                parent.rmdir()
