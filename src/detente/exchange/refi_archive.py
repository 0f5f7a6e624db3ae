"""A .qdpx archive from a stranger: nothing is extracted, and nothing is read before it is known to be harmless."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from detente.errors import CaseError, Place, Problem, UnreadableFile
from detente.file_content import BoundedFile
from detente.words import clipped

MEMBERS = 10_000
"""An archive has at most so many members."""
READ = 32 * 2**20
"""A member that is read has at most so many bytes; all of them together four times as many."""
DECLARED = 16 * 2**30
"""All members together, media included, have at most so many bytes."""
RATIO = 200
"""A member of more than a mebibyte is at most so many times as large as it is packed."""
DEPTH = 100
"""Elements of XML stand inside one another at most so deep."""
NAMESPACE = "urn:QDA-XML:project:1.0"
"""The namespace of project.qde, in version 1.5 of the standard too."""

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
_WHOLE = re.compile("[+-]?[0-9]{1,15}")
_NEEDED = {
    "Project": ("name",),
    "User": ("guid",),
    "Code": ("guid", "name", "isCodable"),
    "Coding": ("guid",),
    "CodeRef": ("targetGUID",),
    "NoteRef": ("targetGUID",),
    "TextSource": ("guid",),
    "Note": ("guid",),
    "PlainTextSelection": ("guid", "startPosition", "endPosition"),
}


class Archive:
    """An open archive whose members' names have been looked through."""

    def __init__(self, path: Path, file: zipfile.ZipFile):
        self.path = path
        self._file = file
        self._members = {member.filename.casefold(): member for member in file.infolist()}
        self._left = 4 * READ

    def names(self) -> list[str]:
        """The members' names, in the archive's order."""
        return [member.filename for member in self._members.values()]

    def holds(self, name: str) -> bool:
        """Whether there is such a member, in whichever case its name is written."""
        return name.casefold() in self._members

    def read(self, name: str) -> bytes:
        """The content of a member, counted while it is unpacked.

        Raises:
            CaseError: If it is broken or too large.
        """
        try:
            with self._file.open(self._members[name.casefold()]) as member:
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
        if member.filename.casefold() in seen:
            wrong = wrong or "stands twice in the archive"
        seen.add(member.filename.casefold())
        if wrong:
            yield archive.problem(
                wrong, "do not use this file unless you know who made it", member=member.orig_filename
            )


def _wrong_name(name: str) -> str:
    if len(name) > 255:
        return "has a name of more than 255 characters"
    if "\0" in name or "\\" in name:
        return "has a name with a NUL or a backslash"
    if name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts:
        return "has a name that leads out of the archive"
    return ""


def _wrong_kind(member: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if member.flag_bits & 1:
        return "is encrypted"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed in a way that the standard does not know"
    if member.file_size > max(2**20, RATIO * member.compress_size):
        return f"is more than {RATIO} times as large as it is packed"
    return ""


class _Refused(Exception):
    """XML that is not to be read on."""


def check_xml(archive: Archive, member: str, content: bytes) -> None:
    """Looks the XML through before anything builds a tree of it.

    Raises:
        CaseError: With its place, if it is broken, has a document type (and so entities), is nested too deep or is
            no project; with all places where an element lacks what it must have.
    """
    problems: list[Problem] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def add(message: str, remedy: str = "") -> None:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        problems.append(archive.problem(message, remedy, member=member, line=line, column=column))

    def doctype(*_: object) -> None:
        add("has a document type, which a project has not", "take the DOCTYPE out")
        raise _Refused

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        namespace, _, name = tag.rpartition(" ")
        if depth == 1 and (namespace, name) != (NAMESPACE, "Project"):
            add(f"is no REFI-QDA project: it begins with '{clipped(name, 40)}'", "give a project, not a codebook")
            raise _Refused
        if depth > DEPTH:
            add(f"is nested more than {DEPTH} deep")
            raise _Refused
        for needed in _NEEDED.get(name, ()) if namespace == NAMESPACE else ():
            if needed not in attributes:
                add(f"has a {name} without {needed}")
            elif needed.endswith("Position") and not _WHOLE.fullmatch(attributes[needed].strip()):
                add(f"has a {needed} that is no whole number: '{clipped(attributes[needed], 20)}'")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    try:
        parser.Parse(content, True)
    except _Refused:
        pass
    except expat.ExpatError as error:
        add(f"is broken XML: {expat.ErrorString(error.code)}", "export it again")
    except (ValueError, LookupError) as error:  # an encoding that is none
        add(f"is broken XML: {error}", "export it again")
    if problems:
        raise CaseError(problems)
