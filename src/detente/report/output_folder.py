"""What stands in the folder of a report: the report's own files, and those of others, which come along untouched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from detente.assessment.json_format import RECORD, SavedAssessment, read_saved
from detente.errors import CaseError, OutputError
from detente.files.atomic_write import put

PAGE, TABLES = "index.html", "tables"
MOST_OTHERS = 1000
"""Files of others with which a folder is still one for a report."""
_MARK = '<meta name="generator" content="Détente '.encode()


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in a folder, as paths from it."""

    own: tuple[str, ...]
    """The files that a report wrote."""
    others: tuple[str, ...]
    """All other files, in whatever folder."""
    folders: tuple[str, ...]
    """Its folders, each before those in it."""


def place(folder: Path, most: int | None = None) -> Place:
    """What stands in a folder, which may not be there; of others' files a few more than `most`, if there are more."""
    known = _written(folder)
    own: list[str] = []
    others: list[str] = []
    folders: list[str] = []
    for name, is_folder in _walked(folder):
        (folders if is_folder else own if name in known else others).append(name)
        if most is not None and len(others) + len(folders) > most:
            break
    return Place(tuple(own), tuple(others), tuple(folders))


def _walked(folder: Path) -> Iterator[tuple[str, bool]]:
    """Everything in a folder, links not followed: its path from there, and whether it is a folder."""
    waiting = [""] if os.path.lexists(folder) else []
    while waiting:
        inside = waiting.pop()
        with os.scandir(folder / inside) as entries:
            for entry in entries:
                name = f"{inside}/{entry.name}".lstrip("/")
                is_folder = entry.is_dir(follow_symlinks=False)
                waiting += [name] if is_folder else []
                yield name, is_folder


def _written(folder: Path) -> set[str]:
    """The names under which a report wrote files into a folder, by its record: only such as it can have written."""
    try:
        saved = read_saved(folder / RECORD)
    except (CaseError, OSError):
        return set()
    can = {RECORD, *table_names(saved), *([PAGE] if _is_page(folder / PAGE) else [])}
    return {name for name in can & set(saved.files) if not (folder / name).is_symlink()}


def _is_page(file: Path) -> bool:
    with suppress(OSError), file.open("rb") as opened:
        return _MARK in opened.read(2000)
    return False


def table_names(saved: SavedAssessment) -> list[str]:
    """The files of the tables of an assessment, as paths from the folder of its report."""
    found = [f"{section.id}-{f.id}" for section in saved.sections for f in section.findings if f.table is not None]
    return [f"{TABLES}/{name}.{kind}" for name in found for kind in ("csv", "parquet")]


def check_place(folder: Path, coming: Sequence[str], better: str) -> None:
    """That a report may take a folder's place.

    Args:
        folder: The folder, which may not be there.
        coming: The files of the report, as paths from it.
        better: A name for a folder in this one that could hold the report instead.

    Raises:
        OutputError: If not, with what to do.
    """
    if found := _objection(folder, coming):
        raise OutputError(f"{found}; or name a folder of the report's own, e.g. --out {folder / better}")


def _objection(folder: Path, coming: Sequence[str]) -> str | None:
    """Why a report cannot take a folder's place, with a remedy; None if it can."""
    if folder.exists() and folder.samefile("."):
        return f"'{folder}' is the folder you are in, and a report takes the place of its folder: go elsewhere"
    stands = place(folder, MOST_OTHERS)
    if len(stands.others) + len(stands.folders) > MOST_OTHERS:
        return f"'{folder}' holds more than {MOST_OTHERS} files that no report wrote: move them away"
    if mounted := [path for path in (folder, *(folder / name for name in stands.folders)) if os.path.ismount(path)]:
        return f"'{mounted[0]}' is a mount point, and a report takes the place of its folder: move it away"
    others = {*stands.others, *stands.folders} - ({TABLES} & {*stands.folders})
    if taken := sorted(others & {*coming, TABLES}):
        named = ", ".join(f"'{folder / name}'" for name in taken[:5]) + (" and more" if len(taken) > 5 else "")
        return f"{named} {'stands' if len(taken) == 1 else 'stand'} in the way, and no report wrote that: move it away"
    return None


def lend(target: Path, new: Path) -> None:
    """Lets what others put into `target` stand in `new`, too: the same files, under a second name.

    Where the file system knows no second names, they follow in `bring_home`.
    """
    stands = place(target)
    _make_folders(target, new, stands)
    for name in stands.others:
        with suppress(OSError, NotImplementedError):
            os.link(target / name, new / name, follow_symlinks=False)


def bring_home(away: Path, target: Path) -> None:
    """Moves what others put into a folder, now away, to the one that stands in its place.

    What is there under the same name is not lost: the file from away gets another name beside it.
    """
    stands = place(away)
    _make_folders(away, target, stands)
    for name in stands.others:
        home = target / name
        if os.path.lexists(home) and os.path.samestat(os.lstat(home), os.lstat(away / name)):
            (away / name).unlink()
        else:
            _put_beside(away / name, home)


def _make_folders(source: Path, target: Path, stands: Place) -> None:
    """Makes folders like those that others made in a folder, as far as they are not there."""
    for name in stands.folders:
        if name != TABLES or any(other.startswith(f"{TABLES}/") for other in stands.others):
            with suppress(FileExistsError):
                (target / name).mkdir(parents=True)
                shutil.copystat(source / name, target / name)


def _put_beside(file: Path, home: Path) -> None:
    """Moves a file to a name, or if that is taken to the first free one of those made of it."""
    home.parent.mkdir(parents=True, exist_ok=True)
    for name in chain([home], (Path(f"{home}.kept-{number}") for number in count(1))):
        with suppress(FileExistsError):
            put(file, name)
            return


def remove_own(folder: Path) -> None:
    """Removes a report from a folder, and the folder if nothing else is in it."""
    stands = place(folder)
    # The record goes last: as long as a file of the report is there, so is what tells it from others'.
    for name in sorted(stands.own, key=lambda name: name == RECORD):
        (folder / name).unlink()
    for left in (*reversed(stands.folders), "."):
        with suppress(OSError):
            (folder / left).rmdir()
