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

from detente.errors import CaseError, FilePosition, Problem, UnreadableFile
from detente.files.bounded_read import BoundedFile
from detente.text.english import clip_text, join_words

MAX_MEMBERS = 10_000
"""An archive has at most so many members."""
MAX_MEMBER_BYTES = 32 * 2**20
"""A member that is read has at most so many bytes; all of them together four times as many."""
MAX_UNPACKED_BYTES = 16 * 2**30
"""All members together, media included, have at most so many bytes."""
MAX_COMPRESSION_RATIO = 200
"""A member of more than a mebibyte is at most so many times as large as it is packed."""
METADATA_NAMES = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
"""What file managers add to an archive of themselves, in small letters; so are names that begin with `._`."""

_ENCRYPTED = "is encrypted"
_ARCHIVE_ERRORS = (
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


class ProjectArchive:
    """An open archive whose members' names have been looked through."""

    def __init__(self, path: Path, file: zipfile.ZipFile):
        self.path = path
        self._file = file
        self._members = {_lookup_name(member.filename): member for member in file.infolist()}
        self._bytes_left = 4 * MAX_MEMBER_BYTES

    @cached_property
    def project_member(self) -> str:
        """The name of the project's XML: the .qde at the root, else the only one in a folder that was zipped again.

        Raises:
            CaseError: If there is none, or more than one.
        """
        names = [name for name in self._members if name.endswith(".qde") and not _is_metadata(name)]
        outside_sources = [name for name in names if PurePosixPath(name).parent.name != "sources"]
        candidates = [name for name in outside_sources if "/" not in name] or outside_sources
        if len(candidates) != 1:
            message = (
                f"has more than one .qde: {join_words(sorted(candidates)[:8])}" if candidates else "has no project.qde"
            )
            raise CaseError([self.make_problem(message, "give a project as another program exports it")])
        return self._members[candidates[0]].filename

    def source_member(self, path: str) -> str | None:
        """The member that a path inside the project stands for, from the folder of the project's XML; None if none."""
        base = _lookup_name(self.project_member).rpartition("/")[0]
        for inner_path in (path, unquote(path)):
            for name in (f"{base}/sources/{inner_path}", f"{base}/{inner_path}"):
                if (key := _lookup_name(name.lstrip("/"))) in self._members:
                    return self._members[key].filename
        return None

    def read_member(self, name: str) -> bytes:
        """The content of a member, counted while it is unpacked.

        Raises:
            CaseError: If it is broken or too large.
        """
        try:
            with self._file.open(self._members[_lookup_name(name)]) as member:
                content = member.read(min(MAX_MEMBER_BYTES, self._bytes_left) + 1)
        except _ARCHIVE_ERRORS as error:
            raise CaseError(
                [self.make_problem(f"cannot be unpacked: {error}", "export it again", member=name)]
            ) from error
        self._bytes_left -= len(content)
        if len(content) > MAX_MEMBER_BYTES or self._bytes_left < 0:
            remedy = f"texts may have {MAX_MEMBER_BYTES >> 20} MB each and {MAX_MEMBER_BYTES >> 18} MB together"
            raise CaseError([self.make_problem("is too large", remedy, member=name)])
        return content

    def make_problem(
        self, message: str, remedy: str = "", *, member: str = "", line: int = 1, column: int = 1
    ) -> Problem:
        """A problem of this archive."""
        full_message = f"'{clip_text(member, 80)}' {message}" if member else message
        return Problem(FilePosition(0, str(self.path), line, column), "", full_message, remedy)


@contextmanager
def open_archive(path: Path) -> Iterator[ProjectArchive]:
    """The archive at a path, after its members' names and sizes have been looked through.

    Raises:
        CaseError: With everything that is wrong with it.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(zipfile.ZipFile(stack.enter_context(BoundedFile(path, MAX_MEMBER_BYTES))))
        except UnreadableFile as error:
            raise CaseError([error.as_problem(str(path))]) from error
        except _ARCHIVE_ERRORS as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else f"is no zip archive: {error}"
            remedy = "give a .qdpx file as another program exports it"
            raise CaseError([Problem(FilePosition(0, str(path), 1, 1), "", reason, remedy)]) from error
        archive = ProjectArchive(path, file)
        problems = [*_archive_problems(archive, file.infolist()), *_member_problems(archive, file.infolist())]
        if problems:
            raise CaseError(problems)
        yield archive


def _archive_problems(archive: ProjectArchive, members: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    if len(members) > MAX_MEMBERS:
        yield archive.make_problem(f"has {len(members)} members", f"{MAX_MEMBERS} are allowed")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        yield archive.make_problem("is too large unpacked", f"{MAX_UNPACKED_BYTES >> 30} GB are allowed")


def _member_problems(archive: ProjectArchive, members: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    names_seen: set[str] = set()
    for member in members[:MAX_MEMBERS]:
        fault = _name_fault(member.orig_filename) or _kind_fault(member)
        if _lookup_name(member.filename) in names_seen:
            fault = fault or "stands twice in the archive"
        names_seen.add(_lookup_name(member.filename))
        if fault:
            remedy = "export it without a password"
            if fault != _ENCRYPTED:
                remedy = "do not use this file unless you know who made it"
            yield archive.make_problem(fault, remedy, member=member.orig_filename)


def _lookup_name(name: str) -> str:
    """A name as it is looked up: archives of macOS decompose accents, those of old .NET have backslashes."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()


def _is_metadata(name: str) -> bool:
    return any(part.startswith("._") or part in METADATA_NAMES for part in name.split("/"))


def _name_fault(name: str) -> str:
    if len(name) > 255:
        return "has a name of more than 255 characters"
    if "\0" in name:
        return "has a name with a NUL"
    name = name.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts:
        return "has a name that leads out of the archive"
    return ""


def _kind_fault(member: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if member.flag_bits & 1:
        return _ENCRYPTED
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that the standard does not know"
    if member.file_size > max(2**20, MAX_COMPRESSION_RATIO * member.compress_size):
        return f"is more than {MAX_COMPRESSION_RATIO} times as large as it is packed"
    return ""
