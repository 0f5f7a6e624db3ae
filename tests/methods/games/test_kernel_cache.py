"""What is compiled is never older than its sources."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from detente.methods.games.kernels import numba_options


def test_a_loop_is_compiled_anew_when_one_that_it_calls_has_changed(tmp_path: Path):
    package = tmp_path / "loops"
    package.mkdir()
    shutil.copy(numba_options.__file__, package)
    (package / "outer.py").write_text(
        "from loops.numba_options import compile_kernel\nfrom loops.inner import inner\n\n\n"
        "@compile_kernel\ndef outer(x):\n    return inner(x)\n"
    )
    for added in (1, 100, 100):
        (package / "inner.py").write_text(
            "from loops.numba_options import compile_kernel\n\n\n"
            f"@compile_kernel\ndef inner(x):\n    return x + {added}\n"
        )
        # Not written down as byte code, whose own age is that of a file by the second.
        code = "from loops.outer import outer; print(outer(1), sum(outer.stats.cache_hits.values()))"
        answer = subprocess.run([sys.executable, "-B", "-c", code], cwd=tmp_path, capture_output=True, text=True)
        kept = len(list((package / "__pycache__").glob("kernels-*/*/outer.*.nbi")))
        assert (answer.stdout.split()[:1], kept) == ([str(1 + added)], 1 if added == 1 else 2), answer.stderr
    assert answer.stdout == "101 1\n"
