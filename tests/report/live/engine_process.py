"""The scripts of the engine in a process of Node.js, for models and states one after another."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from detente.report.html import ENGINE_SCRIPTS
from detente.report.static_text import script_text

NODE = shutil.which("node")
_LOOP = Path(__file__).with_name("engine_loop.js")


class EngineFault(Exception):
    """The engine said that a state cannot be worked out."""


class EngineProcess:
    """A process that answers one question after another."""

    def __init__(self, folder: Path):
        scripts = (*(f"live/{name}.js" for name in ENGINE_SCRIPTS), "live/game_thresholds.js")
        file = folder / "engine.js"
        file.write_text(str(script_text(*scripts)) + "\n" + _LOOP.read_text(encoding="utf-8"), encoding="utf-8")
        assert NODE is not None
        self._process = subprocess.Popen([NODE, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question: str, **values: Any) -> Any:
        """What the engine answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": question, **values}) + "\n")
        self._process.stdin.flush()
        reply = json.loads(self._process.stdout.readline())
        if "fault" in reply:
            raise EngineFault(reply["fault"])
        return reply["value"]

    def load(self, model: Mapping[str, Any], draws: int | None = None) -> None:
        """Takes a model, laid out for the engine."""
        self.ask("load", model=model, draws=draws)

    def state(self, numbers: Mapping[str, float], windows: Sequence[Mapping[str, Any]] = ()) -> Any:
        """Everything that a state comes to."""
        return self.ask("state", numbers=numbers, windows=list(windows))

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
