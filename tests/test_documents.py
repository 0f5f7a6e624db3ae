"""The documents are true of the code: the inventory, the glossary, what CONTRIBUTING names."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "detente"


def test_the_inventory_is_the_house():
    """ARCHITECTURE lists every folder with code of its own, and nothing that is not there."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    listed = {name.rstrip("/") for row in rows for name in re.findall(r"`([\w/.]+)`", row)}
    folders = {
        str(path.parent.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.name != "__init__.py" and path.parent != SOURCE
    }
    parts_of_rooms = {name for name in folders if re.fullmatch(r"rooms(/\w+/(model|findings).*)?", name)}
    parts_of_games = {name for name in folders if name.startswith("methods/games/")}
    parts_of_case = {"case"}
    assert folders - parts_of_rooms - parts_of_games - parts_of_case <= listed
    for name in listed - {"methods", "docs/methods/index.md"}:
        assert (SOURCE / name).exists(), name


def glossary_names() -> list[str]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return re.findall(r"`(detente\.[\w.]+)`", text)


@pytest.mark.parametrize("name", glossary_names())
def test_every_term_of_the_glossary_has_its_name_in_the_code(name: str):
    module, _, attribute = name.rpartition(".")
    assert getattr(importlib.import_module(module), attribute).__doc__


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_that_documents_name_are_there(document: str):
    text = (ROOT / document).read_text(encoding="utf-8")
    for name in re.findall(r"`([\w/]+\.(?:py|md|yaml|toml))`", text):
        places = [ROOT / name, SOURCE / name, *SOURCE.rglob(name), *(ROOT / "tests").rglob(name)]
        assert any(Path(place).exists() for place in places), f"{document}: {name}"
