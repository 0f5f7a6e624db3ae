"""English stands where it belongs: in findings, text, checks, report, commands and the documentation of the schema."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "detente"
SILENT = ("methods", "results", "assessment", "case/index", "case/uncertainty", "rooms/*/model")
"""Folders that compute, keep or hand on, and say nothing: what they mean is told elsewhere."""
SPEAKING_FUNCTIONS = re.compile(r"_(note|message|reason|faults?|problem)$")
"""Functions that say what is wrong with what somebody gave: checks, wherever they stand."""
SPEAKING_CALLS = re.compile(r"(Fault|Problem|Error|OutOfReach)$")
WORDS = re.compile(r"[A-Za-z]{2,}")
CITATION = re.compile(r" \(\d{4}\)$")
MOST_WORDS = 2
"""A literal of so many words is a name; one of more says something."""


def sentences(file: Path) -> Iterator[tuple[int, str]]:
    """The literals of several words in a file, but for docstrings and what is said of mistakes."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        speaks = (
            isinstance(node, ast.Raise)
            or (isinstance(node, ast.FunctionDef) and SPEAKING_FUNCTIONS.search(node.name))
            or (isinstance(node, ast.Call) and SPEAKING_CALLS.search(getattr(node.func, "id", "")))
        )
        if speaks:
            silent |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            text = node.value
            if " " in text and len(WORDS.findall(text)) > MOST_WORDS and not CITATION.search(text):
                yield node.lineno, text


@pytest.mark.parametrize("folder", SILENT)
def test_what_computes_says_nothing(folder: str) -> None:
    """No literal of several words."""
    files = sorted(file for path in SOURCE.glob(folder) for file in path.rglob("*.py"))
    assert files
    said = [f"{file.relative_to(SOURCE)}:{line}: {text}" for file in files for line, text in sentences(file)]
    assert said == []
