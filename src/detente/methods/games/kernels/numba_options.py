"""How loops are compiled: kept between runs, without holding up other threads.

numba keeps what it compiled as long as the file of a function is the same, whatever becomes of the files of those that
it calls and that are compiled into it. So what is kept lies in a folder named after the content of all files here.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import numba

_KERNEL_FOLDER = Path(__file__).parent
_NUMBA_CONFIG: Any = numba.config  # its names are made when it is imported


def compile_kernel(function):
    """A function compiled when it is first called.

    Multiplications and additions may be fused; nothing else is traded for speed.
    """
    user_cache_folder = _NUMBA_CONFIG.CACHE_DIR
    _NUMBA_CONFIG.CACHE_DIR = str(
        (Path(user_cache_folder) if user_cache_folder else _KERNEL_FOLDER / "__pycache__")
        / f"kernels-{_source_digest()}"
    )
    try:
        return numba.njit(cache=True, nogil=True, fastmath={"contract", "nsz", "arcp"}, error_model="numpy")(function)
    finally:
        _NUMBA_CONFIG.CACHE_DIR = user_cache_folder


@cache
def _source_digest() -> str:
    """What the files of this folder say, in few characters."""
    content = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in sorted(_KERNEL_FOLDER.glob("*.py")))
    return hashlib.sha256(content).hexdigest()[:16]
