"""What stands in the folder of a report: the report's own files, and those of others, which come along untouched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from detente.assessment.json_format import ASSESSMENT_FILE, read_report_record
from detente.errors import OutputError
from detente.files.atomic_write import move_to_free_name

PAGE_FILE, TABLES_FOLDER = "index.html", "tables"
MAX_OTHER_FILES = 1000
"""Files of others with which a folder is still one for a report."""
_GENERATOR_MARK = '<meta name="generator" content="Détente '.encode()


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What stands in a folder, as paths from it."""

    report_files: tuple[str, ...]
    """The files that a report wrote."""
    other_files: tuple[str, ...]
    """All other files, in whatever folder."""
    folders: tuple[str, ...]
    """Its folders, each before those in it."""


def folder_contents(folder: Path, max_others: int | None = None) -> FolderContents:
    """What stands in a folder, which may not be there; of others' files a few more than `most`, if there are more."""
    report_names = _recorded_files(folder)
    report_files: list[str] = []
    other_files: list[str] = []
    folders: list[str] = []
    for name, is_folder in _walk_folder(folder):
        (folders if is_folder else report_files if name in report_names else other_files).append(name)
        if max_others is not None and len(other_files) + len(folders) > max_others:
            break
    return FolderContents(tuple(report_files), tuple(other_files), tuple(folders))


def _walk_folder(folder: Path) -> Iterator[tuple[str, bool]]:
    """Everything in a folder, links not followed: its path from there, and whether it is a folder."""
    pending = [""] if os.path.lexists(folder) else []
    while pending:
        subfolder = pending.pop()
        with os.scandir(folder / subfolder) as entries:
            for entry in entries:
                name = f"{subfolder}/{entry.name}".lstrip("/")
                is_folder = entry.is_dir(follow_symlinks=False)
                pending += [name] if is_folder else []
                yield name, is_folder


def _recorded_files(folder: Path) -> set[str]:
    """The names under which a report wrote files into a folder, by its record: only such as it can have written."""
    record = read_report_record(folder / ASSESSMENT_FILE)
    if record is None:
        return set()
    possible_names = {
        ASSESSMENT_FILE,
        *table_file_names(record.tables),
        *([PAGE_FILE] if _is_report_page(folder / PAGE_FILE) else []),
    }
    return {name for name in possible_names & set(record.files) if not (folder / name).is_symlink()}


def _is_report_page(file: Path) -> bool:
    with suppress(OSError), file.open("rb") as opened:
        return _GENERATOR_MARK in opened.read(2000)
    return False


def table_file_names(tables: Iterable[tuple[str, str]]) -> list[str]:
    """The files of tables, each by its section and its finding, as paths from the folder of their report."""
    return [f"{TABLES_FOLDER}/{section}-{finding}.{kind}" for section, finding in tables for kind in ("csv", "parquet")]


def check_report_folder(folder: Path, report_files: Sequence[str], better_name: str) -> None:
    """That a report may take a folder's place.

    Args:
        folder: The folder, which may not be there.
        report_files: The files of the report, as paths from it.
        better_name: A name for a folder in this one that could hold the report instead.

    Raises:
        OutputError: If not, with what to do.
    """
    if objection := _objection(folder, report_files):
        raise OutputError(f"{objection}; or name a folder of the report's own, e.g. --out {folder / better_name}")


def _objection(folder: Path, report_files: Sequence[str]) -> str | None:
    """Why a report cannot take a folder's place, with a remedy; None if it can."""
    if folder.exists() and folder.samefile("."):
        return f"'{folder}' is the folder you are in, and a report takes the place of its folder: go elsewhere"
    contents = folder_contents(folder, MAX_OTHER_FILES)
    if len(contents.other_files) + len(contents.folders) > MAX_OTHER_FILES:
        return f"'{folder}' holds more than {MAX_OTHER_FILES} files that no report wrote: move them away"
    if mount_points := [
        path for path in (folder, *(folder / name for name in contents.folders)) if os.path.ismount(path)
    ]:
        return f"'{mount_points[0]}' is a mount point, and a report takes the place of its folder: move it away"
    other_names = {*contents.other_files, *contents.folders} - ({TABLES_FOLDER} & {*contents.folders})
    if blocking_names := sorted(other_names & {*report_files, TABLES_FOLDER}):
        blocking_phrase = ", ".join(f"'{folder / name}'" for name in blocking_names[:5]) + (
            " and more" if len(blocking_names) > 5 else ""
        )
        verb = "stands" if len(blocking_names) == 1 else "stand"
        return f"{blocking_phrase} {verb} in the way, and no report wrote that: move it away"
    return None


def link_other_files(target: Path, new_folder: Path) -> None:
    """Lets what others put into `target` stand in `new`, too: the same files, under a second name.

    Where the file system knows no second names, they follow in `return_other_files`.
    """
    contents = folder_contents(target)
    _make_folders(target, new_folder, contents)
    for name in contents.other_files:
        with suppress(OSError, NotImplementedError):
            os.link(target / name, new_folder / name, follow_symlinks=False)


def return_other_files(old_folder: Path, target: Path) -> None:
    """Moves what others put into a folder, now away, to the one that stands in its place.

    What is there under the same name is not lost: the file from away gets another name beside it.
    """
    contents = folder_contents(old_folder)
    _make_folders(old_folder, target, contents)
    for name in contents.other_files:
        destination = target / name
        if os.path.lexists(destination) and os.path.samestat(os.lstat(destination), os.lstat(old_folder / name)):
            (old_folder / name).unlink()
        else:
            _move_beside(old_folder / name, destination)


def _make_folders(source: Path, target: Path, contents: FolderContents) -> None:
    """Makes folders like those that others made in a folder, as far as they are not there."""
    for name in contents.folders:
        if name != TABLES_FOLDER or any(other.startswith(f"{TABLES_FOLDER}/") for other in contents.other_files):
            with suppress(FileExistsError):
                (target / name).mkdir(parents=True)
                shutil.copystat(source / name, target / name)


def _move_beside(file: Path, destination: Path) -> None:
    """Moves a file to a name, or if that is taken to the first free one of those made of it."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    for name in chain([destination], (Path(f"{destination}.kept-{number}") for number in count(1))):
        with suppress(FileExistsError):
            move_to_free_name(file, name)
            return


def remove_report(folder: Path) -> None:
    """Removes a report from a folder, and the folder if nothing else is in it."""
    contents = folder_contents(folder)
    # The record goes last: as long as a file of the report is there, so is what tells it from others'.
    for name in sorted(contents.report_files, key=lambda name: name == ASSESSMENT_FILE):
        (folder / name).unlink()
    for folder_name in (*reversed(contents.folders), "."):
        with suppress(OSError):
            (folder / folder_name).rmdir()
