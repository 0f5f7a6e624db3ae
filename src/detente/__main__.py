"""The `detente` command, from before anything heavy is imported, so that stopping it is always quiet."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import Any

STOPPED, ENDED = 130, 143


def main() -> None:
    """Runs the command. An interruption or a termination unwinds it, so that nothing is left half-written."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal of another encoding gets question marks, not a failure
    # Many small matrix products: a second thread only waits, and another split of the sums would round otherwise.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(100_000, 50, 100)  # a process that ends soon: what it has made is hardly ever garbage
    try:
        signal.signal(signal.SIGTERM, _end)
        from detente.cli.app import run_command

        code = run_command()
    except KeyboardInterrupt:
        print("detente: interrupted", file=sys.stderr)
        code = STOPPED
    sys.exit(code)


def _end(*_: Any) -> None:
    sys.exit(ENDED)


if __name__ == "__main__":
    main()
