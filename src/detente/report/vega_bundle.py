"""The JavaScript that draws Vega-Lite, from vl-convert-python; kept once built, since building takes over a second.

It is two thirds of a page, so it stands there compressed, and the page unpacks it (`DecompressionStream`). It runs in
every page, so what was kept is used only if it is, byte for byte, what this version of vl-convert-python is known to
build; of other versions nothing is kept.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from detente.errors import DetenteError
from detente.files.atomic_write import replace_file
from detente.files.bounded_read import read_bounded
from detente.report.theme import VEGA_LITE

KNOWN_HASHES = {("6.4", "1.9.0.post1"): "373b1f84072b31010f15ceb787be6b415c53936411aae267c8c2b2b6ccde46e7"}
"""SHA-256 of the bundle by the versions of Vega-Lite and of vl-convert-python, as built; to be added to with them."""
MAX_BUNDLE_BYTES = 4 * 2**20
"""No bundle is larger (it is .9 MB); a file that is was not ours."""


def vega_javascript() -> str:
    """The bundle that defines `window.vegaEmbed`, gzipped, in base64: nothing that could end a script element."""
    known_hash = KNOWN_HASHES.get((VEGA_LITE, version("vl-convert-python")))
    cached_bundle = known_hash and _read_cached(known_hash)
    if cached_bundle:
        return compress_to_base64(cached_bundle.decode())
    content = build_bundle()
    if known_hash and hashlib.sha256(content).hexdigest() == known_hash:
        _cache_bundle(known_hash, content)
    return compress_to_base64(content.decode())


def build_bundle() -> bytes:
    """The bundle as vl-convert-python builds it."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)).encode()


def compress_to_base64(text: str) -> str:
    """Text gzipped, in base64: nothing in it could end the script element that it stands in."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _read_cached(known_hash: str) -> bytes | None:
    """The bundle of a known SHA-256 from the user's cache; None if it is not there, or is anything else."""
    with suppress(RuntimeError, DetenteError):
        content = read_bounded(_cache_file(known_hash), MAX_BUNDLE_BYTES)
        return content if hashlib.sha256(content).hexdigest() == known_hash else None
    return None


def _cache_bundle(known_hash: str, content: bytes) -> None:
    """Puts the bundle there in one step, or not at all: without it the next run is only slower."""
    with suppress(OSError, RuntimeError, DetenteError):
        file = _cache_file(known_hash)
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, content)


def _cache_file(known_hash: str) -> Path:
    """Where a bundle is kept: in the user's own cache; RuntimeError if there is no such place."""
    cache_folder = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    return (Path(cache_folder) if cache_folder else Path.home() / ".cache") / "detente" / f"vega-{known_hash[:16]}.js"
