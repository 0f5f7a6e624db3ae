"""The scripts of the page keep to their types, as TypeScript reads them in their comments."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from detente.report.html import ENGINE_SCRIPTS, PAGE_SCRIPTS
from tests.conftest import ROOT

TSC = ROOT / "node_modules" / ".bin" / "tsc"
LIVE = ROOT / "src" / "detente" / "report" / "live"


@pytest.mark.parametrize("part", ["engine", "page"])
def test_types_hold(part: str) -> None:
    if not TSC.exists():
        pytest.skip("TypeScript is not installed: npm is not on this machine")
    found = subprocess.run([TSC, "-p", LIVE / f"tsconfig.{part}.json"], capture_output=True, text=True, check=False)
    assert found.stdout == ""


def test_every_script_is_checked_and_shipped() -> None:
    checked = {
        Path(file).stem
        for part in ("engine", "page")
        for file in json.loads((LIVE / f"tsconfig.{part}.json").read_text(encoding="utf-8"))["files"]
    }
    assert {file.stem for file in LIVE.glob("*.js")} == {*ENGINE_SCRIPTS, *PAGE_SCRIPTS}
    assert checked == {*ENGINE_SCRIPTS, *PAGE_SCRIPTS, "page", "start"}
