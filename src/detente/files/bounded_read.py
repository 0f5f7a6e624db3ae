"""The content of a file from elsewhere, read only if it is one and not too large: the one way in for every reader.

A name may stand for anything: a folder, a pipe that nobody writes to (opening it waits for ever), a device without
end, a file of sizes that no memory holds. What it is and how large is asked first, and no more is read than allowed,
since a file may grow, or have no size of its own, as those under /proc.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from detente.errors import UnreadableFile

_KINDS = (
    (stat.S_ISDIR, "is a folder", "give a file in it"),
    (stat.S_ISFIFO, "is a named pipe (FIFO), not a file", "write what comes out of it to a file first"),
    (stat.S_ISSOCK, "is a socket, not a file", "give a file"),
    (stat.S_ISCHR, "is a device, not a file", "give a file"),
    (stat.S_ISBLK, "is a device, not a file", "give a file"),
)


class BoundedFile(io.FileIO):
    """A regular file open for reading, of which no single read takes more than so many bytes.

    For readers that jump about in a file which may be large, and believe what it says of its own sizes, as zipfile
    does.

    Args:
        file: Its path.
        most: What a single read takes at most; one that asks for more is a ValueError.

    Raises:
        UnreadableFile: If it is no file, or cannot be opened; its words follow the file's name.
    """

    def __init__(self, file: Path, most: int):
        self.most = most
        try:
            if fault := not_a_file(file):
                raise UnreadableFile(*fault)
            super().__init__(file, "rb", opener=_without_waiting)
        except OSError as error:
            raise UnreadableFile(f"cannot be read: {error.strerror or error}", "give a file that is there") from error
        except ValueError as error:  # a name with NUL, or half of a pair
            raise UnreadableFile("is no path of a file", "give a file that is there") from error
        if fault := _kind(os.fstat(self.fileno()).st_mode):  # it may be another by now
            self.close()
            raise UnreadableFile(*fault)

    @property
    def size(self) -> int:
        """Its size in bytes, as the file system tells it."""
        return os.fstat(self.fileno()).st_size

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes, or all that are left, if that is not too much."""
        wanted = max(self.size - self.tell(), 0) if size is None or size < 0 else size
        if wanted > self.most:
            raise ValueError(f"more than {self.most} bytes at once")
        return super().read(wanted) or b""


def read_bounded(file: Path, most: int) -> bytes:
    """The content of a regular file of at most so many bytes.

    Raises:
        UnreadableFile: If it is no file, is larger, or cannot be read; its words follow the file's name.
    """
    with BoundedFile(file, most) as opened:
        if opened.size > most:
            raise _too_large(most)
        try:
            content = b"".join(_pieces(opened, most + 1))
        except OSError as error:
            raise UnreadableFile(f"cannot be read: {error.strerror or error}") from error
    if len(content) > most:
        raise _too_large(most)
    return content


def utf8_text(content: bytes) -> str:
    """The text of a file in UTF-8, without its byte-order mark.

    Raises:
        UnreadableFile: If it is in another encoding; with the place of the first byte that says so.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        wide = content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"))
        raise UnreadableFile(f"is UTF-{32 if wide else 16}, not UTF-8", "save the file as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        read_as = content[error.start : error.start + 1].decode("cp1252", "replace")
        meant = f"; in Windows-1252 this would be '{read_as}'" if read_as != "\ufffd" else ""
        raise UnreadableFile(f"is not UTF-8{meant}", "save the file as UTF-8", line, column) from error


def not_a_file(file: Path) -> tuple[str, str] | None:
    """What a path leads to that is no regular file, with a remedy; None if it is one.

    Raises:
        OSError: If nothing is there, or it cannot be asked.
        ValueError: If no file can have such a name.
    """
    return _kind(file.stat().st_mode)


def _kind(mode: int) -> tuple[str, str] | None:
    if stat.S_ISREG(mode):
        return None
    return next(((what, remedy) for is_one, what, remedy in _KINDS if is_one(mode)), ("is no file", "give a file"))


def _without_waiting(file: str, flags: int) -> int:
    """Opens a file without waiting for anybody: a pipe may have taken its place."""
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))


def _pieces(opened: BoundedFile, most: int) -> Iterator[bytes]:
    """The content up to so many bytes, whatever size the file system tells: those under /proc have none."""
    while most > 0 and (piece := os.read(opened.fileno(), min(most, 2**20))):
        yield piece
        most -= len(piece)


def _too_large(most: int) -> UnreadableFile:
    size = f"{most >> 20} MiB" if most >= 2**20 else f"{most} bytes"
    return UnreadableFile(f"is larger than {size}", "split it, or leave out what is not needed")
