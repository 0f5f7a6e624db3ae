"""What the tests share: cases to spoil, the reference folder beside the checkout, the browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from detente.assessment.assess import Assessment
from detente.case.bundled import BUNDLED_FOLDER
from tests.cases.assessed_cases import assessed_case

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# The tests run on all cores, a process each: threads of their own for small matrices only get into each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Hundreds of processes begin in the tests, and none should compile every module anew, as some machines have it.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# What is printed into a pipe follows COLUMNS, which a shell or another test runner may have set.
os.environ.pop("COLUMNS", None)
# A command that shows its page in a browser finds one that does nothing.
os.environ["BROWSER"] = "true"
# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def browser_path() -> str | None:
    """The machine's own Chromium or Chrome."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


LONG_FILES = (
    "test_compiled_model.py",
    "test_automata.py",
    "test_page_in_browser.py",
    "test_house.py",
    "test_cli.py",
    "test_reading.py",
)
"""The files whose tests take longest: begun first, so that no process waits for another at the end; and before them
those that compile the kernels, so that the other processes find them compiled when they come to need them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {name: number for number, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))
    if browser_path() is None:
        skip = pytest.mark.skip(reason="no Chromium or Chrome on this machine")
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if browser_path() is None:
        terminalreporter.write_line("The browser tests were SKIPPED: no Chromium or Chrome on this machine.")
    if not SHARED.is_dir():
        terminalreporter.write_line(
            "Tests that read the source documents were SKIPPED: they are not beside this checkout."
        )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout, which is not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the reference folder is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def assessed() -> Assessment:
    """The assessment of the first case, made once for all tests that only look at it."""
    return assessed_case("nato-csto")


@pytest.fixture
def leagues(tmp_path: Path) -> Path:
    """A copy of the small case, to be spoilt."""
    for file in (BUNDLED_FOLDER / "two-leagues").iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path / "case.yaml"


@pytest.fixture
def first_case(tmp_path: Path) -> Path:
    """A copy of the first case, to be spoilt."""
    return Path(shutil.copytree(BUNDLED_FOLDER / "nato-csto", tmp_path / "nato-csto"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        yield launched
        launched.close()


def edit(file: Path, *changes: tuple[str, str]) -> Path:
    """Replaces text in a file, each piece exactly once."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return file
