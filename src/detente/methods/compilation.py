"""How loops are compiled: kept between runs, without holding up other threads.

numba keeps what it compiled as long as the file of a function is the same, whatever becomes of the files of those that
it calls and that are compiled into it. So what is kept lies in a folder named after the content of all files beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

FLOATING_POINT = {"contract", "nsz", "arcp"}
"""Multiplications and additions may be fused; nothing else is traded for speed."""


def kernel_compiler(folder: Path) -> Callable[[Any], Any]:
    """What compiles a function of a folder of kernels when it is first called.

    Args:
        folder: With the files of all functions that are compiled together.
    """
    content = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in sorted(folder.glob("*.py")))
    name = f"kernels-{hashlib.sha256(content).hexdigest()[:16]}"

    def compile_kernel(function: Any) -> Any:
        import numba

        config: Any = numba.config  # its names are made when it is imported
        user_cache_folder = config.CACHE_DIR
        kept_in = Path(user_cache_folder) if user_cache_folder else folder / "__pycache__"
        config.CACHE_DIR = str(kept_in / name)
        try:
            return numba.njit(cache=True, nogil=True, fastmath=FLOATING_POINT, error_model="numpy")(function)
        finally:
            config.CACHE_DIR = user_cache_folder

    return compile_kernel
