"""What the tests of the live page share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.report.live.engine_process import NODE, EngineProcess


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """The engine in a process of its own."""
    if NODE is None:
        pytest.skip("no Node.js on this machine; the browser tests run the engine, too")
    process = EngineProcess(tmp_path_factory.mktemp("engine"))
    yield process
    process.close()
