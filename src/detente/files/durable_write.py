"""Files that must outlast a power cut: written beside their place, forced to the disk, and renamed.

For work that takes hours, of which each file is the only truth. One program at a time writes in their folder.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from detente.files.atomic_write import output_errors

PART_SUFFIX = ".part"
"""What a file is called at its end while it is being written."""


def write_through(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, and forces it to the disk.

    Raises:
        OutputError: If it cannot be written; nothing is left of it.
    """
    part = path.with_name(f".{path.name}{PART_SUFFIX}")
    with output_errors(path):
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        _force_folder(path.parent)


def _force_folder(folder: Path) -> None:
    """Forces the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
