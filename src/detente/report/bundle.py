"""The JavaScript that draws Vega-Lite, from vl-convert-python; kept once built, since building takes seconds.

It is two thirds of a page, so it stands there compressed, and the page unpacks it (`DecompressionStream`).
"""

from __future__ import annotations

import base64
import gzip
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

from detente.report.theme import VEGA_LITE


def javascript() -> str:
    """The bundle that defines `window.vegaEmbed`, gzipped, in base64: nothing that could end a script element."""
    cached = _cache() / f"vega-{VEGA_LITE}-vl-convert-{version('vl-convert-python')}.js.gz.txt"
    try:
        return cached.read_text(encoding="utf-8")
    except OSError:
        pass
    import vl_convert

    built = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
    text = packed(built)
    _keep(cached, text)
    return text


def packed(text: str) -> str:
    """Text gzipped, in base64: nothing in it could end the script element that it stands in."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    try:
        return (Path(base) if base else Path.home() / ".cache") / "detente"
    except RuntimeError:  # no home
        return Path(tempfile.gettempdir()) / "detente"


def _keep(path: Path, text: str) -> None:
    """Puts the text there in one step, or not at all: without a cache the next run is only slower."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, path)
    except OSError:
        pass
