"""The JavaScript that runs in every page is built, or kept and verified."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

import pytest

from detente.report import vega_bundle as bundle
from detente.report.theme import VEGA_LITE


def test_the_bundle_is_what_it_is_known_to_be():
    """Whoever changes the versions adds the new digest; without it nothing is kept, and each run builds it."""
    known = bundle.KNOWN_HASHES.get((VEGA_LITE, version("vl-convert-python")))
    if known is None:
        pytest.skip("of this version of vl-convert-python nothing is known")
    assert hashlib.sha256(bundle.build_bundle()).hexdigest() == known


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A bundle that is quickly built, its cache empty; where it will be kept."""
    content = b"window.vegaEmbed = 1;"
    known = hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(bundle, "build_bundle", lambda: content)
    monkeypatch.setattr(bundle, "version", lambda name: "9")
    monkeypatch.setattr(bundle, "KNOWN_HASHES", {(VEGA_LITE, "9"): known})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "detente" / f"vega-{known[:16]}.js"


@pytest.mark.parametrize("planted", [b"", b"\xff\xfe", b"window.pwned = 1;", b"x" * (5 * 2**20), None])
def test_a_cache_that_says_anything_else_is_not_believed(small: Path, planted: bytes | None):
    right = bundle.compress_to_base64("window.vegaEmbed = 1;")
    small.parent.mkdir(parents=True)
    os.mkfifo(small) if planted is None else small.write_bytes(planted)
    assert bundle.vega_javascript() == right
    assert small.read_bytes() == b"window.vegaEmbed = 1;"


def test_a_cache_is_used_and_never_anothers(small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    right = bundle.vega_javascript()
    monkeypatch.setattr(bundle, "build_bundle", lambda: pytest.fail("it was kept"))
    assert bundle.vega_javascript() == right
    monkeypatch.setattr(bundle, "build_bundle", lambda: b"another version")
    monkeypatch.setattr(bundle, "version", lambda name: "10")
    assert bundle.vega_javascript() == bundle.compress_to_base64("another version")
    assert [path.name for path in small.parent.iterdir()] == [small.name]
    monkeypatch.setattr(bundle, "version", lambda name: "9")
    monkeypatch.setattr(bundle, "build_bundle", lambda: b"window.vegaEmbed = 1;")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "shared"))
    assert bundle.vega_javascript() == right
    assert not (tmp_path / "shared").exists()
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert bundle.vega_javascript() == right


def homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")
