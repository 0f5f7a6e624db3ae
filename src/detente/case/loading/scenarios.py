"""What-ifs: the scenarios of a case, changes made by hand, and the levers that could be moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.loading.imports import MOST_FILES
from detente.case.loading.path_patch import BadPath, patched, resolve
from detente.case.loading.yaml_tree import Node, read_tree
from detente.case.schema.introspection import takes_number
from detente.errors import Place, Problem

Patch = dict[str, tuple[Place, Node]]
"""Paths, each with the place it is set at and its value."""


def scenarios(tree: Node) -> dict[str, Patch]:
    """The patches that a case names."""
    section = tree.child("scenarios")
    found: dict[str, Patch] = {}
    for name, scenario in section.value.items() if section and isinstance(section.value, dict) else ():
        settings = scenario.child("set")
        if settings is not None and isinstance(settings.value, dict):
            found[name] = {path: (settings.keys[path], node) for path, node in settings.value.items()}
    return found


def by_hand(changes: Mapping[str, str], problems: list[Problem]) -> Patch:
    """The patch of changes given as text; each value is YAML."""
    patch: Patch = {}
    for rank, (path, text) in enumerate(changes.items(), start=MOST_FILES + 1):
        shown = f"--set {path}"
        place, before = Place(rank, shown, 1, 1), len(problems)
        node = read_tree(text.encode("utf-8", "replace"), shown, rank, problems)
        if len(problems) == before:
            patch[path] = (place, node or Node(None, place))
    return patch


def apply(tree: Node, patch: Patch, problems: list[Problem]) -> Node:
    """The tree with a patch applied; paths that lead nowhere are added to the problems."""
    for path, (place, value) in patch.items():
        try:
            if path.split(".")[0] in ("case", "import", "scenarios", "levers"):
                raise BadPath(f"'{path}' cannot be set", "a what-if changes what the case says, not what the case is")
            tree = patched(tree, path, value, place)
        except BadPath as error:
            problems.append(Problem(place, "", error.args[0], error.remedy))
    return tree


def lever_problems(tree: Node) -> Iterator[Problem]:
    """Levers whose path leads nowhere, or to what is no number."""
    levers = tree.child("levers")
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
