"""A .qdpx archive from a stranger: nothing is extracted, and nothing is read before it is known to be harmless."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from detente.errors import CaseError, Place, Problem, UnreadableFile
from detente.files.bounded_read import BoundedFile
from detente.text.english import clipped, listed

MEMBERS = 10_000
"""An archive has at most so many members."""
READ = 32 * 2**20
"""A member that is read has at most so many bytes; all of them together four times as many."""
DECLARED = 16 * 2**30
"""All members together, media included, have at most so many bytes."""
RATIO = 200
"""A member of more than a mebibyte is at most so many times as large as it is packed."""
METADATA = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
"""What file managers add to an archive of themselves, in small letters; so are names that begin with `._`."""

_LOCKED = "is encrypted"
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    OverflowError,
    struct.error,
)


class Archive:
    """An open archive whose members' names have been looked through."""

    def __init__(self, path: Path, file: zipfile.ZipFile):
        self.path = path
        self._file = file
        self._members = {_key(member.filename): member for member in file.infolist()}
        self._left = 4 * READ

    @cached_property
    def project(self) -> str:
        """The name of the project's XML: the .qde at the root, else the only one in a folder that was zipped again.

        Raises:
            CaseError: If there is none, or more than one.
        """
        names = [name for name in self._members if name.endswith(".qde") and not _is_metadata(name)]
        inner = [name for name in names if PurePosixPath(name).parent.name != "sources"]
        found = [name for name in inner if "/" not in name] or inner
        if len(found) != 1:
            message = f"has more than one .qde: {listed(sorted(found)[:8])}" if found else "has no project.qde"
            raise CaseError([self.problem(message, "give a project as another program exports it")])
        return self._members[found[0]].filename

    def source(self, path: str) -> str | None:
        """The member that a path inside the project stands for, from the folder of the project's XML; None if none."""
        base = _key(self.project).rpartition("/")[0]
        for inner in (path, unquote(path)):
            for name in (f"{base}/sources/{inner}", f"{base}/{inner}"):
                if (key := _key(name.lstrip("/"))) in self._members:
                    return self._members[key].filename
        return None

    def read(self, name: str) -> bytes:
        """The content of a member, counted while it is unpacked.

        Raises:
            CaseError: If it is broken or too large.
        """
        try:
            with self._file.open(self._members[_key(name)]) as member:
                content = member.read(min(READ, self._left) + 1)
        except _BROKEN as error:
            raise CaseError([self.problem(f"cannot be unpacked: {error}", "export it again", member=name)]) from error
        self._left -= len(content)
        if len(content) > READ or self._left < 0:
            remedy = f"texts may have {READ >> 20} MB each and {READ >> 18} MB together"
            raise CaseError([self.problem("is too large", remedy, member=name)])
        return content

    def problem(self, message: str, remedy: str = "", *, member: str = "", line: int = 1, column: int = 1) -> Problem:
        """A problem of this archive."""
        said = f"'{clipped(member, 80)}' {message}" if member else message
        return Problem(Place(0, str(self.path), line, column), "", said, remedy)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at a path, after its members' names and sizes have been looked through.

    Raises:
        CaseError: With everything that is wrong with it.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(zipfile.ZipFile(stack.enter_context(BoundedFile(path, READ))))
        except UnreadableFile as error:
            raise CaseError([error.problem(str(path))]) from error
        except _BROKEN as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else f"is no zip archive: {error}"
            remedy = "give a .qdpx file as another program exports it"
            raise CaseError([Problem(Place(0, str(path), 1, 1), "", reason, remedy)]) from error
        archive = Archive(path, file)
        problems = [*_of_all(archive, file.infolist()), *_of_each(archive, file.infolist())]
        if problems:
            raise CaseError(problems)
        yield archive


def _of_all(archive: Archive, members: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    if len(members) > MEMBERS:
        yield archive.problem(f"has {len(members)} members", f"{MEMBERS} are allowed")
    if sum(member.file_size for member in members) > DECLARED:
        yield archive.problem("is too large unpacked", f"{DECLARED >> 30} GB are allowed")


def _of_each(archive: Archive, members: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    seen: set[str] = set()
    for member in members[:MEMBERS]:
        wrong = _wrong_name(member.orig_filename) or _wrong_kind(member)
        if _key(member.filename) in seen:
            wrong = wrong or "stands twice in the archive"
        seen.add(_key(member.filename))
        if wrong:
            remedy = "export it without a password"
            if wrong != _LOCKED:
                remedy = "do not use this file unless you know who made it"
            yield archive.problem(wrong, remedy, member=member.orig_filename)


def _key(name: str) -> str:
    """A name as it is looked up: archives of macOS decompose accents, those of old .NET have backslashes."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()


def _is_metadata(name: str) -> bool:
    return any(part.startswith("._") or part in METADATA for part in name.split("/"))


def _wrong_name(name: str) -> str:
    if len(name) > 255:
        return "has a name of more than 255 characters"
    if "\0" in name:
        return "has a name with a NUL"
    name = name.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts:
        return "has a name that leads out of the archive"
    return ""


def _wrong_kind(member: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if member.flag_bits & 1:
        return _LOCKED
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that the standard does not know"
    if member.file_size > max(2**20, RATIO * member.compress_size):
        return f"is more than {RATIO} times as large as it is packed"
    return ""
