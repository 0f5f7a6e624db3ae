"""The `detente` command as a shell sees it: in a process of its own, or within that of the tests."""

from __future__ import annotations

import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from detente.__main__ import main
from tests.cases.assessed_cases import assess_once

Answer = subprocess.CompletedProcess[str]


def detente_process(*arguments: str | Path, cwd: Path | None = None, **more: str) -> Answer:
    """Runs a command in a process of its own, with more variables in its environment."""
    command = [sys.executable, "-c", "from detente.__main__ import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env={**os.environ, **more})


def detente(*arguments: str | Path, cwd: Path | None = None) -> Answer:
    """Runs a command within this process, which has imported everything and may have assessed its case already."""
    stdout, stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with _process_as_it_was(), chdir(cwd or Path()), redirect_stdout(stdout), redirect_stderr(stderr):
        code: object = 0
        with patch.object(sys, "argv", ["detente", *map(str, arguments)]):
            try:
                main()
            except SystemExit as ended:
                code = ended.code
    said = []
    for stream in (stdout, stderr):
        stream.seek(0)
        said.append(stream.read())
    return Answer(["detente", *map(str, arguments)], int(str(code or 0)), *said)


@contextmanager
def _process_as_it_was() -> Iterator[None]:
    """Takes back what the command changes for a process that ends with it."""
    thresholds, handler = gc.get_threshold(), signal.getsignal(signal.SIGTERM)
    try:
        with patch("detente.assessment.assess.assess", assess_once):
            yield
    finally:
        gc.set_threshold(*thresholds)
        signal.signal(signal.SIGTERM, handler)
