"""The walls of the house: what may import what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from detente.rooms.registry import ROOMS
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "detente"
FLOORS = (
    "version",
    "errors",
    "files",
    "methods",
    "text",
    "results",
    "case",
    "rooms",
    "assessment",
    "exchange",
    "sweeps",
    "report",
    "cli",
    "__main__",
)
"""Each may import those that stand before it."""
CASE_FLOORS = ("schema", "fault", "uncertainty", "entries", "index", "loading")
"""The same within `case/`."""
NOT_IN_METHODS = {"pydantic", "polars", "typer", "jinja2"}


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """The modules and names that a file imports, those named only for types included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (tuple(f"{node.module}.{alias.name}".split(".")) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)


def arrows(folder: str = "") -> Iterator[tuple[Path, tuple[str, ...], tuple[str, ...]]]:
    """Each file beneath a folder, its own words, and those of what of the house it imports."""
    for path in (SOURCE / folder).rglob("*.py"):
        own = path.relative_to(SOURCE).with_suffix("").parts
        for words in imported(path) if own[-1] != "__init__" else ():
            if words[0] == "detente":
                yield path, own, words[1:]


def test_every_part_stands_on_a_floor():
    parts = {path.name.removesuffix(".py") for path in SOURCE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert parts - {"__pycache__", "__init__", "cases", "py.typed"} == set(FLOORS)


def test_arrows_point_one_way():
    floor = {name: rank for rank, name in enumerate(FLOORS)}
    for path, own, other in arrows():
        assert floor[other[0]] <= floor[own[0]], f"{path} imports {'.'.join(other)}"


def test_arrows_point_one_way_in_the_case():
    floor = {name: rank for rank, name in enumerate(CASE_FLOORS)}
    for path, own, other in arrows("case"):
        if own[1] in floor and other[0] == "case":
            assert floor[other[1]] <= floor[own[1]], f"{path} imports {'.'.join(other)}"


def test_no_two_files_import_each_other():
    """A circle anywhere, whether imports are at the head of a file or inside a function."""
    graph: dict[str, set[str]] = {}
    files = {".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in SOURCE.rglob("*.py")}
    for _, own, other in arrows():
        name = ".".join(other) if ".".join(other) in files else ".".join(other[:-1])
        graph.setdefault(".".join(own), set()).add(name)
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"a circle: {' -> '.join((*way[way.index(name) :], name))}"
        if name not in done:
            for following in graph.get(name, ()):
                visit(following, (*way, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_methods_know_no_case_and_speak_no_english():
    for path, _, other in arrows("methods"):
        assert other[0] in ("methods", "errors"), f"{path} imports {'.'.join(other)}"
    for path in (SOURCE / "methods").rglob("*.py"):
        assert not {words[0] for words in imported(path)} & NOT_IN_METHODS, path


def test_rooms_know_only_the_rooms_that_they_declare():
    """Of those, models know their models, and findings how they call things: what they tell, their own model has."""
    built_on = {room.id: room.builds_on for room in ROOMS}
    for path, own, other in arrows("rooms"):
        if other[0] == "rooms" and len(own) > 2 and len(other) > 2 and other[1] not in (own[1], "room"):
            assert other[1] in built_on[own[1]], f"{path} imports {'.'.join(other)}"
            assert other[2] == ("findings" if own[2] == "findings" else "model"), f"{path} imports {'.'.join(other)}"


def test_models_speak_no_english():
    for path, own, other in arrows("rooms"):
        if own[2:3] == ("model",):
            assert other[0] not in ("text", "results"), f"{path} imports {'.'.join(other)}"
            assert other[0] != "rooms" or other[2] == "model", f"{path} imports {'.'.join(other)}"
