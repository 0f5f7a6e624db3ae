"""Files written whole or not at all: the way in which everything is put on a disk but sweeps (`durable_write.py`).

What is to stand at a name is made in a hidden folder beside it, the staging, and moved there in one step. So a failure,
a full disk or an interruption leaves what stood there, and whoever is killed leaves at most a staging, which the next
one who writes there removes. The staging is locked as long as its process lives: two never write at one place at once.
A power cut is another matter: nothing is forced through the system's buffers.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from zlib import crc32

from detente.errors import OutputError, printable_text

LOCK_NAME = "lock"
"""The file in a staging that its process holds locked."""
_MAX_TRIES = 100


def write_new_files(files: Mapping[Path, str | bytes]) -> None:
    """Writes files that do not exist yet; none of them if one does, or cannot be written.

    Files of a folder that is not there come into being together with it, in one step. In a folder that is there each
    comes in one step of its own: whoever is killed between two leaves the first.

    Raises:
        OutputError: If one exists, or cannot be written.
    """
    for path in files:
        if os.path.lexists(path):
            raise OutputError(f"'{path}' exists already; nothing was written. Name another place, or move it away")
    with output_errors(next(iter(files))):
        contents = {Path(os.path.realpath(path)): content for path, content in files.items()}
        targets = list(dict.fromkeys(_topmost_missing(path) for path in contents))
        with locked_staging(targets[0]) as staging_folder:
            staged = {target: staging_folder / str(number) for number, target in enumerate(targets)}
            for path, content in contents.items():
                target = _topmost_missing(path)
                write_staged_file(staged[target] / path.relative_to(target), content)
            _move_all(staged)


def replace_file(path: Path, content: bytes) -> None:
    """Writes a file in one step, in the place of whatever file stands there.

    Raises:
        OutputError: If it cannot be written; what stood there still stands.
    """
    with output_errors(path), locked_staging(Path(path).absolute()) as staging_folder:
        write_staged_file(staging_folder / "0", content)
        os.replace(staging_folder / "0", path)


def write_staged_file(path: Path, content: str | bytes) -> None:
    """Writes a file of a staging, and the folders it lies in; text as it is, in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Tells a failure to write as an OutputError that names the path."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise OutputError(f"'{printable_text(str(path))[:200]}' cannot be written: {reason or error}") from error


def clear_staging(folder: Path) -> None:
    """Removes what lies in a staging of which nothing can be anybody else's."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry)
        elif entry.name != LOCK_NAME:
            os.unlink(entry)


@contextmanager
def locked_staging(target: Path, clear: Callable[[Path], None] = clear_staging) -> Iterator[Path]:
    """A locked folder beside a target, on its file system, in which what is to stand there is made.

    Args:
        target: The absolute path at which something is to be put, in a folder that is there.
        clear: Removes what lies in the staging: before, what a crash left; afterwards, what is left over.

    Raises:
        OutputError: If another process writes there just now.
        OSError: If nothing can be written beside the target.
    """
    folder = target.parent / staging_name(target)
    lock = _acquire_lock(folder, target)
    try:
        clear(folder)
        yield folder
    finally:
        with hold_interruptions():
            try:
                clear(folder)
            finally:
                _release_lock(folder, lock)


@contextmanager
def hold_interruptions() -> Iterator[None]:
    """Holds back an interruption for the few steps in between, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    previous_mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous_mask)


def staging_name(target: Path) -> str:
    """What the staging of a target is called: always the same, so that what a crash left is found."""
    return f".{target.name[:40]}-{crc32(os.fsencode(target.name)):08x}.detente"


def _topmost_missing(path: Path) -> Path:
    """The uppermost part of a path that is not there."""
    return next((ancestor for ancestor in reversed(path.parents) if not os.path.lexists(ancestor)), path)


def _move_all(staged: Mapping[Path, Path]) -> None:
    """Moves what was made to its places, where nothing stands; away again if one cannot be moved."""
    moved: list[Path] = []
    try:
        for target, source in staged.items():
            move_to_free_name(source, target)
            moved.append(target)
    except BaseException:
        for target in moved:
            shutil.rmtree(target) if target.is_dir() else target.unlink()
        raise


def move_to_free_name(source: Path, target: Path) -> None:
    """Moves a file or folder to a name that is free; FileExistsError if it is not."""
    if not source.is_dir():
        with suppress(OSError, NotImplementedError):
            os.link(source, target, follow_symlinks=False)  # unlike a rename this never takes another file's place
            return os.unlink(source)
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "it exists already", str(target))
    os.rename(source, target)


def _acquire_lock(folder: Path, target: Path) -> IO[bytes]:
    """The lock of a staging, held; it is the system that lets go of it when the process ends, however it ends."""
    for _ in range(_MAX_TRIES):
        _make_own_folder(folder)
        try:
            file = (folder / LOCK_NAME).open("ab")
        except FileNotFoundError:  # the one who had it has just finished
            continue
        if not _try_lock(file):
            file.close()
            raise OutputError(f"another run is writing '{printable_text(str(target))}' just now; nothing was written")
        with suppress(OSError):
            if os.path.samestat(os.fstat(file.fileno()), os.stat(folder / LOCK_NAME)):
                return file
        file.close()  # of a staging that has gone since
    raise OutputError(f"others keep writing '{printable_text(str(target))}'; nothing was written")


def _make_own_folder(folder: Path) -> None:
    """Makes a staging, or finds that one is there and ours: in a folder that all may write to others can make one."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        with suppress(FileNotFoundError):
            status = folder.lstat()
            if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "geteuid") and status.st_uid != os.geteuid()):
                raise OutputError(f"'{folder}' stands in the way, and is not ours; remove it") from None


def _release_lock(folder: Path, lock: IO[bytes]) -> None:
    with suppress(OSError):
        if sys.platform != "win32":
            os.unlink(folder / LOCK_NAME)  # before letting go: whoever waits for it sees that it has gone
    lock.close()
    with suppress(OSError):
        if sys.platform == "win32":
            os.unlink(folder / LOCK_NAME)
        folder.rmdir()


if sys.platform == "win32":

    def _try_lock(file: IO[bytes]) -> bool:
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _try_lock(file: IO[bytes]) -> bool:
        """Whether the file is ours now; on a file system without locks everything is."""
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
