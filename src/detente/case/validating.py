"""From a tree to a valid case, or to every problem in it.

Where parts of a case are broken, what only a whole case can be asked is asked of the rest: the broken
entries and those that refer to them are set aside until what is left is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import ValidationError

from detente.case.dates import ABOUT, MOST_ABOUT
from detente.case.declarations import declarations
from detente.case.messages import UNKNOWN, located
from detente.case.schema import Case
from detente.case.shape import Path
from detente.case.yaml_tree import Node, locate
from detente.errors import Problem

MOST_ROUNDS = 10
"""Rounds of setting aside, after which the rest is left alone."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check finds wrong in a valid case, before it has a place."""

    path: Path
    message: str
    remedy: str = ""
    lacks: bool = False
    """Whether it is that something is not there: not asked where broken entries are set aside, which may be it."""
    severity: Literal["error", "warning"] = "error"
    """Whether it stops everything, or is only told."""


Check = Callable[[Case], Iterable[Fault]]


def validated(tree: Node, checks: Iterable[Check], problems: list[Problem], *, whole: bool = True) -> Case | None:
    """The case of a tree; None if the schema or a reference is broken. Problems are added to the list.

    Args:
        tree: The tree of a case.
        checks: What else must hold.
        problems: The list to add to.
        whole: Whether all files of the case could be read; if not, what a missing one may declare is not missed.
    """
    data = tree.plain()
    problems += _declared_twice(tree, data)
    case, broken = _by_schema(tree, data, whole)
    problems += [problem for _, problem in broken]
    if not whole:
        return case
    rest, remainder, rounds = tree, case, 0
    while remainder is None and rounds < MOST_ROUNDS:
        unknown = [path for path, problem in broken if problem.message == UNKNOWN]
        rest = _stripped(rest, unknown) if unknown else _without(rest, [path for path, _ in broken])
        remainder, broken = _by_schema(rest, rest.plain(), whole)
        rounds += 1
    if remainder is not None:
        # Two rooms may ask for the same number, and it lacks once.
        told = dict.fromkeys(fault for check in checks for fault in check(remainder))
        problems += [_problem(tree, rest, fault) for fault in told if rest is tree or not fault.lacks]
    return case


def _by_schema(tree: Node, data: Any, whole: bool) -> tuple[Case | None, list[tuple[Path, Problem]]]:
    declared: dict[str, str] = {}
    for name, kind, _ in declarations(data):
        declared.setdefault(name, kind)
    try:
        return Case.model_validate(data, context={"declared": declared, "about": _about(data)}), []
    except ValidationError as error:
        return None, located(error, tree, data, declared if whole else None)


def _about(data: Any) -> int:
    """How far approximate dates may be off; as if the case did not say, where what it says is no such number."""
    given = data.get("about") if isinstance(data, dict) else None
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= MOST_ABOUT:
        return given
    return ABOUT


def _declared_twice(tree: Node, data: Any) -> Iterable[Problem]:
    first: dict[str, Path] = {}
    for name, _, path in declarations(data):
        if name in first:
            remedy = f"it stands first at {locate(tree, first[name])[0]}"
            yield Problem(locate(tree, path)[0], _dotted(path), f"the id '{name}' is declared twice", remedy)
        else:
            first[name] = path


def _problem(tree: Node, rest: Node, fault: Fault) -> Problem:
    """The fault at its place; list entries keep the numbers they have in the whole case."""
    path = fault.path
    if len(path) > 1 and isinstance(path[1], int) and rest is not tree:
        entry = rest.value[path[0]].value[path[1]]
        number = next(i for i, node in enumerate(tree.value[path[0]].value) if node.place == entry.place)
        path = (path[0], number, *path[2:])
    return Problem(locate(tree, path)[0], _dotted(path), fault.message, fault.remedy, fault.severity)


def _stripped(tree: Node, unknown: Iterable[Path]) -> Node:
    """The tree without these keys, which nothing knows: what they stand in is whole without them."""
    for path in unknown:
        tree = _less(tree, path)
    return tree


def _less(node: Node, path: Path) -> Node:
    step, rest = path[0], path[1:]
    inner: Any = list(node.value) if isinstance(node.value, list) else dict(node.value)
    if rest:
        inner[step] = _less(inner[step], rest)
    elif isinstance(step, str):
        inner.pop(step, None)
    return replace(node, value=inner)


def _without(tree: Node, broken: Iterable[Path]) -> Node:
    """The tree without the entries on these paths; a missing title or question is made up."""
    entries: dict[str | int, set[str | int]] = {}
    for path in broken:
        if path:
            entries.setdefault(path[0], set()).update(path[1:2] or [""])
    kept: dict[str, Node] = {}
    for section, node in tree.value.items():
        gone = entries.get(section, set())
        if "" in gone or (gone and section == "evidence"):
            continue
        if isinstance(node.value, dict):
            kept[section] = replace(node, value={k: v for k, v in node.value.items() if k not in gone})
        elif isinstance(node.value, list):
            kept[section] = replace(node, value=[v for i, v in enumerate(node.value) if i not in gone])
        else:
            kept[section] = node
    for required in ("case", "title", "question"):
        kept.setdefault(required, Node("unknown", tree.place))
    return replace(tree, value=kept)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))
