"""From files to a valid case, or to every problem at once, each with its place.

Files are read to trees, joined, patched by a scenario, and validated; a pydantic location is then
walked down the tree to the line and column it came from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from detente.case.declarations import declarations
from detente.case.messages import located
from detente.case.patch import BadPath, patched, resolve
from detente.case.schema import Case
from detente.case.shape import Path, takes_number
from detente.case.yaml_tree import Node, locate, read_tree
from detente.errors import CaseError, Place, Problem, UnknownName, did_you_mean

MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check finds wrong in a valid case, before it has a place."""

    path: Path
    message: str
    remedy: str = ""


Check = Callable[[Case], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case as read: the model, its plain data, and how it came about."""

    case: Case
    data: Mapping[str, Any]
    """What the files say, joined and patched; without the defaults."""
    digest: str
    """SHA-256 of the data, by which one state of a case is told from another."""
    scenario: str | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    """Paths set by hand, and to what."""
    folder: FilePath | None = None
    """Where the case's own file lies."""


def load(
    file: FilePath,
    *,
    shown: str | None = None,
    scenario: str | None = None,
    changes: Mapping[str, str] | None = None,
    checks: Iterable[Check] = (),
) -> LoadedCase:
    """Reads the case in a file, its imports included.

    Args:
        file: The case's own file.
        shown: How to name that file in messages; its path otherwise.
        scenario: The named patch to apply.
        changes: More paths and their values, as YAML text, applied after the scenario.
        checks: What else must hold, beyond the schema and the references.

    Raises:
        CaseError: With every problem found.
        UnknownName: If there is no such scenario.
    """
    problems: list[Problem] = []
    tree = _joined(file, shown or str(file), problems)
    checks = tuple(checks)
    if tree is None or not isinstance(tree.value, dict):
        if not problems:
            problems.append(
                Problem(Place(0, shown or str(file), 1, 1), "", "there is no case here", "begin with 'case: an-id'")
            )
        raise CaseError(problems)
    plain_case = _validated(tree, checks, problems)
    problems += _levers(tree)
    patches = _scenarios(tree)
    for patch in patches.values():
        base = set(problems)
        found: list[Problem] = []
        _validated(_apply(tree, patch, found), checks, found)
        problems += [p for p in found if p not in base]
    final = tree
    if scenario is not None:
        if scenario not in patches:
            near = did_you_mean(scenario, patches) or f"there are: {', '.join(patches) or 'none'}"
            raise UnknownName(f"no scenario '{scenario}' in this case ({near})")
        final = _apply(final, patches[scenario], problems)
    if changes:
        final = _apply(final, _typed(changes, problems), problems)
    case = plain_case if final is tree else _validated(final, checks, problems)
    if problems or case is None:
        raise CaseError(problems)
    data = final.plain()
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, allow_nan=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return LoadedCase(case, data, digest, scenario, dict(changes or {}), file.parent)


# --- files -----------------------------------------------------------------------------------------


def _joined(file: FilePath, shown: str, problems: list[Problem]) -> Node | None:
    """The tree of the case's own file, with what its imports hold added to it."""
    root = _read(file, shown, 0, problems)
    if root is None or not isinstance(root.value, dict) or "import" not in root.value:
        return root
    listed = root.value["import"]
    seen = {file.resolve()}
    for rank, entry in enumerate(listed.value if isinstance(listed.value, list) else [listed], start=1):
        name = entry.value
        if not isinstance(name, str) or not name:
            continue  # the schema says so
        path = file.parent / name
        fault = _unimportable(file.parent, path, seen, rank)
        if fault:
            problems.append(Problem(entry.place, "import", f"'{name}' {fault[0]}", fault[1]))
            continue
        seen.add(path.resolve())
        part = _read(path, str(FilePath(shown).parent / name), rank, problems)
        if part is not None:
            _join(root, part, problems)
    return root


def _unimportable(folder: FilePath, path: FilePath, seen: set[FilePath], rank: int) -> tuple[str, str] | None:
    if not path.resolve().is_relative_to(folder.resolve()):
        return "lies outside the case's folder", "keep a case together"
    if not path.is_file():
        near = did_you_mean(path.name, [p.name for p in folder.glob("*.yaml")])
        return "is no file here", near or "give a path from this file's folder"
    if path.resolve() in seen:
        return "is imported already", "take it out"
    return ("is one file too many", f"at most {MOST_FILES}") if rank > MOST_FILES else None


def _read(path: FilePath, shown: str, rank: int, problems: list[Problem]) -> Node | None:
    try:
        return read_tree(path.read_bytes(), shown, rank, problems)
    except OSError as error:
        problems.append(Problem(Place(rank, shown, 1, 1), "", f"cannot be read: {error.strerror}"))
        return None


def _join(root: Node, part: Node, problems: list[Problem]) -> None:
    """Adds the sections of an imported file to the root; ids and single keys stand in one file only."""
    if not isinstance(part.value, dict) or part.keys is None or root.keys is None:
        problems.append(Problem(part.place, "", "an imported file holds sections", "e.g. 'actors:' and what is in it"))
        return
    for key, node in part.value.items():
        place = part.keys[key]
        old = root.value.get(key)
        if key == "import":
            problems.append(Problem(place, key, "only the case's own file imports", "name the file there"))
        elif old is None:
            root.value[key], root.keys[key] = node, place
        elif isinstance(old.value, list) and isinstance(node.value, list):
            old.value.extend(node.value)
        elif isinstance(old.value, dict) and isinstance(node.value, dict) and key != "evidence":
            for name, entry in node.value.items():
                at = (node.keys or {})[name]
                if name in old.value:
                    problems.append(
                        Problem(at, f"{key}.{name}", "stands twice", f"it stood first at {(old.keys or {})[name]}")
                    )
                else:
                    old.value[name] = entry
                    (old.keys or {})[name] = at
        else:
            problems.append(Problem(place, key, "stands twice", f"it stood first at {root.keys[key]}"))


# --- what-ifs --------------------------------------------------------------------------------------

Patch = dict[str, tuple[Place, Node]]


def _scenarios(tree: Node) -> dict[str, Patch]:
    scenarios = tree.value.get("scenarios")
    found: dict[str, Patch] = {}
    for name, scenario in scenarios.value.items() if scenarios and isinstance(scenarios.value, dict) else ():
        settings = scenario.value.get("set") if isinstance(scenario.value, dict) else None
        if settings is not None and isinstance(settings.value, dict):
            found[name] = {path: (settings.keys[path], node) for path, node in settings.value.items()}
    return found


def _typed(changes: Mapping[str, str], problems: list[Problem]) -> Patch:
    """The patch given on the command line; each value is YAML."""
    patch: Patch = {}
    for rank, (path, text) in enumerate(changes.items()):
        shown = f"--set {path}"
        node = read_tree(text.encode("utf-8", "replace"), shown, MOST_FILES + 1 + rank, problems)
        place = Place(MOST_FILES + 1 + rank, shown, 1, 1)
        patch[path] = (place, node or Node(None, place))
    return patch


def _levers(tree: Node) -> Iterator[Problem]:
    """Levers whose path leads nowhere, or to what is no number."""
    levers = tree.value.get("levers")
    for lever in levers.value if levers and isinstance(levers.value, list) else ():
        path = lever.child("path")
        if path is None or not isinstance(path.value, str):
            continue  # the schema says so
        try:
            steps = resolve(tree, path.value)
        except BadPath as error:
            yield Problem(path.place, "", error.args[0], error.remedy)
            continue
        if not takes_number(steps, tree.plain()):
            yield Problem(path.place, "", f"'{path.value}' is no number", "a lever moves a number or an estimate")


def _apply(tree: Node, patch: Patch, problems: list[Problem]) -> Node:
    for path, (place, value) in patch.items():
        try:
            tree = patched(tree, path, value, place)
        except BadPath as error:
            problems.append(Problem(place, "", error.args[0], error.remedy))
    return tree


# --- validation ------------------------------------------------------------------------------------


def _validated(tree: Node, checks: tuple[Check, ...], problems: list[Problem]) -> Case | None:
    """The case of a tree; None if the schema or a reference is broken. Problems are added to the list."""
    data = tree.plain()
    declared: dict[str, str] = {}
    first: dict[str, Path] = {}
    for name, kind, path in declarations(data):
        if name in declared:
            message = f"the id '{name}' is declared twice"
            problems.append(_at(tree, path, message, f"it stands first at {locate(tree, first[name])[0]}"))
        else:
            declared[name], first[name] = kind, path
    try:
        case = Case.model_validate(data, context={"declared": declared})
    except ValidationError as error:
        problems += located(error, tree, data)
        return None
    for check in checks:
        problems += [_at(tree, fault.path, fault.message, fault.remedy) for fault in check(case)]
    return case


def _at(tree: Node, path: Path, message: str, remedy: str) -> Problem:
    return Problem(locate(tree, path)[0], ".".join(map(str, path)), message, remedy)
