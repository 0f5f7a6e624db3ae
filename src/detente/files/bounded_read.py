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

_NON_FILE_FAULTS = (
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

    def __init__(self, file: Path, max_bytes: int):
        self.max_bytes = max_bytes
        try:
            if fault := non_file_fault(file):
                raise UnreadableFile(*fault)
            super().__init__(file, "rb", opener=_open_nonblocking)
        except OSError as error:
            raise UnreadableFile(f"cannot be read: {error.strerror or error}", "give a file that is there") from error
        except ValueError as error:  # a name with NUL, or half of a pair
            raise UnreadableFile("is no path of a file", "give a file that is there") from error
        if fault := _mode_fault(os.fstat(self.fileno()).st_mode):  # it may be another by now
            self.close()
            raise UnreadableFile(*fault)

    @property
    def size(self) -> int:
        """Its size in bytes, as the file system tells it."""
        return os.fstat(self.fileno()).st_size

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes, or all that are left, if that is not too much."""
        byte_count = max(self.size - self.tell(), 0) if size is None or size < 0 else size
        if byte_count > self.max_bytes:
            raise ValueError(f"more than {self.max_bytes} bytes at once")
        return super().read(byte_count) or b""


def read_bounded(file: Path, max_bytes: int) -> bytes:
    """The content of a regular file of at most so many bytes.

    Raises:
        UnreadableFile: If it is no file, is larger, or cannot be read; its words follow the file's name.
    """
    with BoundedFile(file, max_bytes) as handle:
        if handle.size > max_bytes:
            raise _too_large_error(max_bytes)
        try:
            content = b"".join(_read_pieces(handle, max_bytes + 1))
        except OSError as error:
            raise UnreadableFile(f"cannot be read: {error.strerror or error}") from error
    if len(content) > max_bytes:
        raise _too_large_error(max_bytes)
    return content


def decode_utf8(content: bytes) -> str:
    """The text of a file in UTF-8, without its byte-order mark.

    Raises:
        UnreadableFile: If it is in another encoding; with the place of the first byte that says so.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        is_utf32 = content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"))
        raise UnreadableFile(f"is UTF-{32 if is_utf32 else 16}, not UTF-8", "save the file as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        preceding = content[: error.start].decode("utf-8-sig", "replace")
        line, column = preceding.count("\n") + 1, len(preceding) - preceding.rfind("\n")
        misread_character = content[error.start : error.start + 1].decode("cp1252", "replace")
        hint = f"; in Windows-1252 this would be '{misread_character}'" if misread_character != "\ufffd" else ""
        raise UnreadableFile(f"is not UTF-8{hint}", "save the file as UTF-8", line, column) from error


def non_file_fault(file: Path) -> tuple[str, str] | None:
    """What a path leads to that is no regular file, with a remedy; None if it is one.

    Raises:
        OSError: If nothing is there, or it cannot be asked.
        ValueError: If no file can have such a name.
    """
    return _mode_fault(file.stat().st_mode)


def _mode_fault(mode: int) -> tuple[str, str] | None:
    if stat.S_ISREG(mode):
        return None
    return next(
        ((fault, remedy) for has_type, fault, remedy in _NON_FILE_FAULTS if has_type(mode)),
        ("is no file", "give a file"),
    )


def _open_nonblocking(file: str, flags: int) -> int:
    """Opens a file without waiting for anybody: a pipe may have taken its place."""
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))


def _read_pieces(handle: BoundedFile, max_bytes: int) -> Iterator[bytes]:
    """The content up to so many bytes, whatever size the file system tells: those under /proc have none."""
    while max_bytes > 0 and (piece := os.read(handle.fileno(), min(max_bytes, 2**20))):
        yield piece
        max_bytes -= len(piece)


def _too_large_error(max_bytes: int) -> UnreadableFile:
    size = f"{max_bytes >> 20} MiB" if max_bytes >= 2**20 else f"{max_bytes} bytes"
    return UnreadableFile(f"is larger than {size}", "split it, or leave out what is not needed")
