"""One folder put in the place of another, in one step of the file system wherever it has one.

Linux has `renameat2` with RENAME_EXCHANGE (renameat2(2)) and macOS `renamex_np` with RENAME_SWAP (renamex_np(2), from
memory): two names change places, and nobody ever sees neither. Windows, NFS and SMB have no such step. There the old
folder moves away and the new one moves in: whoever is killed between the two leaves the name empty and both folders
whole, for the next run to put back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE_FLAG = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS alike
_UNSUPPORTED_ERRORS = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def replace_folder(new: Path, target: Path, aside: Path) -> Path | None:
    """Puts a folder in the place of another, or of nothing.

    Args:
        new: The folder that is to stand at `target`, on the same file system.
        target: Where.
        aside: A free name for what stands there now, used where nothing can be exchanged in one step.

    Returns:
        Where that lies afterwards: at `new` or `aside`; None if nothing stood there.

    Raises:
        OSError: If it cannot be done; `target` is as it was.
    """
    if not os.path.lexists(target):
        os.rename(new, target)
        return None
    if exchange_names(new, target):
        return new
    os.rename(target, aside)
    try:
        os.rename(new, target)
    except BaseException:
        os.rename(aside, target)
        raise
    return aside


def exchange_names(first: Path, second: Path) -> bool:
    """Lets two names change places in one step; False, and nothing done, where the system has no such step."""
    a, b = os.fsencode(first), os.fsencode(second)
    if sys.platform == "linux":
        error_number = _call_libc("renameat2", _AT_FDCWD, a, _AT_FDCWD, b, _EXCHANGE_FLAG)
    elif sys.platform == "darwin":
        error_number = _call_libc("renamex_np", a, b, _EXCHANGE_FLAG)
    else:
        return False
    if error_number in _UNSUPPORTED_ERRORS:
        return False
    if error_number:
        raise OSError(error_number, os.strerror(error_number), str(second))
    return True


def _call_libc(name: str, *arguments: int | bytes) -> int:
    """Calls a function of the C library; the number of its error, 0 for none."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, name):
        return errno.ENOSYS
    return ctypes.get_errno() if getattr(library, name)(*arguments) else 0
