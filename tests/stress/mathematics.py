"""Changes to the mathematics, one line at a time, drawn from a seed: do the tests of that area notice?"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "detente"
AREAS: Mapping[str, tuple[str, ...]] = {
    "methods/chronology": ("methods/chronology", "rooms/record"),
    "methods/inference": ("methods/inference", "rooms/evidence"),
    "methods/institutions": ("methods/institutions", "rooms/rules"),
    "methods/networks": ("methods/networks", "rooms/gains"),
    "methods/bargaining": ("methods/bargaining", "rooms/acceptance"),
    "methods/games": ("methods/games", "rooms/durability"),
    "rooms/record": ("rooms/record",),
    "rooms/evidence": ("rooms/evidence",),
    "rooms/rules": ("rooms/rules",),
    "rooms/gains": ("rooms/gains",),
    "rooms/acceptance": ("rooms/acceptance",),
    "rooms/durability": ("rooms/durability",),
}
"""The folders that hold mathematics, and those whose tests are to notice a change in it."""
SWAPS: Mapping[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
}
NAMES = {"min": "max", "max": "min", "sum": "max", "minimum": "maximum", "maximum": "minimum"}


@dataclass(frozen=True)
class Mutant:
    """One change: where, and the line before and after."""

    file: Path
    line: int
    before: str
    after: str
    text: str
    """The whole file with the change in it."""

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.before.strip()} -> {self.after.strip()}"


def mathematical_files(area: str) -> list[Path]:
    """The files of an area that hold mathematics: of a room its model, without what only finds things in a case."""
    folder = SOURCE / area if area.startswith("methods") else SOURCE / area / "model"
    return [path for path in sorted(folder.rglob("*.py")) if path.name != "__init__.py"]


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every change of one operator, comparison or name in the functions of a file that keeps to its line."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        for old, new in _swapped(node):
            if old.lineno != old.end_lineno:
                continue
            line = lines[old.lineno - 1]
            # Columns count bytes (ast), so the line is cut as bytes.
            raw = line.encode()
            changed = (raw[: old.col_offset] + new.encode() + raw[old.end_col_offset :]).decode()
            text = "".join([*lines[: old.lineno - 1], changed, *lines[old.lineno :]])
            yield Mutant(path, old.lineno, line, changed, text)


def _swapped(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """An expression and what it becomes."""
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPS and not _is_type(node):
        swapped: ast.expr = ast.BinOp(node.left, SWAPS[type(node.op)](), node.right)
        yield node, f"({ast.unparse(swapped)})"
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        swapped = ast.Compare(node.left, [SWAPS[type(node.ops[0])](), *node.ops[1:]], node.comparators)
        yield node, f"({ast.unparse(swapped)})"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        if name in NAMES:
            yield node.func, ast.unparse(node.func).removesuffix(name) + NAMES[name]


def _is_type(node: ast.BinOp) -> bool:
    """Whether text is put together, which is no mathematics."""
    sides = (node.left, node.right)
    return any(isinstance(side, ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp) for side in sides) or any(
        isinstance(side, ast.Constant) and isinstance(side.value, str) for side in sides
    )


def draw_mutants(area: str, count: int, seed: int) -> list[Mutant]:
    """So many changes to an area, no two on one line, each file as likely as any other."""
    draw = random.Random(f"{area} {seed}")
    by_file = {path: list(mutants_of(path)) for path in mathematical_files(area)}
    by_file = {path: found for path, found in by_file.items() if found}
    chosen: dict[tuple[Path, int], Mutant] = {}
    while len(chosen) < count:
        mutant = draw.choice(by_file[draw.choice(sorted(by_file))])
        chosen.setdefault((mutant.file, mutant.line), mutant)
    return list(chosen.values())


def is_noticed(mutant: Mutant, tests: Sequence[Path]) -> bool:
    """Whether some test fails with the change in a copy of the source."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT / "src", Path(folder, "src"), ignore=shutil.ignore_patterns("__pycache__")))
        (copy / mutant.file.relative_to(ROOT / "src")).write_text(mutant.text, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *map(str, tests)]
        more = {"PYTHONPATH": str(copy), "NUMBA_CACHE_DIR": str(Path(folder, "numba"))}
        answer = subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True)
    return answer.returncode == 1


def try_areas(areas: Sequence[str], count: int, seed: int) -> int:
    """Tries so many changes in each area and prints what became of each; how many nobody noticed."""
    survived = 0
    for area in areas:
        tests = [ROOT / "tests" / folder for folder in AREAS[area]]
        for mutant in draw_mutants(area, count, seed):
            noticed = is_noticed(mutant, tests)
            survived += not noticed
            print("noticed " if noticed else "SURVIVED", mutant, flush=True)
    return survived
