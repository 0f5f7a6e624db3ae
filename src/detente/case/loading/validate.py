"""From a tree to a valid case, or to every problem in it.

Keys and kinds are read as they were probably meant (`mending`). Where parts of a case are broken, what only a whole
case can be asked is asked of the rest: what is broken, and what refers to it, is set aside until what is left is valid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from detente.case.fault import Check
from detente.case.index.declared_ids import declarations, declared_kinds, unsure_kinds
from detente.case.loading.repair import as_meant, without
from detente.case.loading.truncation import first_part, on_the_way
from detente.case.loading.validation_messages import Declared, Misfit, located
from detente.case.loading.yaml_tree import Node, locate
from detente.case.schema.case import Case
from detente.case.schema.introspection import Path
from detente.errors import Place, Problem
from detente.methods.chronology.edtf import ABOUT, MOST_ABOUT
from detente.text.safe_text import REPLACEMENT

MOST_PROBLEMS = 2_000
"""Problems of one case that are told one by one; the rest are counted."""
MOST_AT_ONCE = 10_000
"""Problems that are looked at together."""
MOST_ROUNDS = 25
"""Rounds of setting aside, after which the rest is left alone."""
SETTINGS = ("network", "response", "evidence", "repetition")
"""Sections that are one thing, and hold no entries."""


def validated(
    tree: Node, checks: Iterable[Check], problems: list[Problem], *, whole: bool = True
) -> tuple[Case | None, Node]:
    """The case of a tree; None if the schema or a reference is broken. Problems are added to the list.

    Args:
        tree: The tree of a case.
        checks: What else must hold.
        problems: The list to add to. Of what it holds already no consequences are told.
        whole: Whether all files of the case could be read; if not, what a missing one may declare is not missed.

    Returns:
        The case, and the tree with keys and kinds as they were probably meant.
    """
    told = frozenset(problem.place for problem in problems if problem.severity == "error")
    read = _as_meant(tree, whole)
    found = [misfit.problem for misfit in read.misfits]
    found += _declared_twice(read.tree, read.tree.plain())
    if whole and len(read.misfits) < MOST_PROBLEMS:
        found += _asked(read, checks)
    problems += [problem for problem in found if not _follows(problem, told)]
    return (None if read.misfits else read.case), read.tree


@dataclass(frozen=True, slots=True)
class _Read:
    """A case as it was probably meant."""

    tree: Node
    case: Case | None
    broken: list[Misfit]
    """What does not fit in it."""
    misfits: list[Misfit]
    """What did not fit in it as it was written, told once."""


def _as_meant(tree: Node, whole: bool) -> _Read:
    earlier: list[Misfit] = []
    excused: set[tuple[Path, str]] = set()
    case, broken = _by_schema(tree, whole)
    rounds = 0
    while len(broken) < MOST_PROBLEMS and rounds < MOST_ROUNDS:
        read_on = [one for one in broken if one.unknown or one.kind]
        if not read_on:
            break
        earlier += read_on
        tree, not_missed = as_meant(tree, read_on)
        excused |= not_missed
        case, broken = _by_schema(tree, whole)
        rounds += 1
    told = [one for one in broken if one.lacking is None or (one.path, one.lacking) not in excused]
    return _Read(tree, case, broken, [*earlier, *told])


def _by_schema(tree: Node, whole: bool) -> tuple[Case | None, list[Misfit]]:
    data = tree.plain()
    declared = Declared(declared_kinds(data), unsure_kinds(data), whole)
    found = _tried(tree, declared)
    if isinstance(found, Case):
        return found, []
    count = found.error_count()
    if count <= MOST_AT_ONCE:
        return None, located(found, tree, data, declared)
    del found  # before the same is built again, of as little of the case as it takes
    return None, _first_misfits(tree, declared, count)


def _tried(tree: Node, declared: Declared) -> Case | ValidationError:
    try:
        data = tree.plain()
        context = {"declared": declared.kinds, "unsure": declared.unsure, "about": _about(data)}
        return Case.model_validate(data, context=context)
    except ValidationError as error:
        return error.with_traceback(None)


def _first_misfits(tree: Node, declared: Declared, count: int) -> list[Misfit]:
    """As many misfits as are told, from the smallest first part of the case that holds so many, and how many more."""
    least, most = 0, tree.size
    while most - least > MOST_PROBLEMS:
        half = (least + most) // 2
        found = _tried(first_part(tree, half)[0], declared)
        enough = isinstance(found, ValidationError) and found.error_count() >= MOST_PROBLEMS
        least, most = (least, half) if enough else (half, most)
    part, cut = first_part(tree, most)
    error = _tried(part, declared)
    misfits = located(error, part, part.plain(), declared) if isinstance(error, ValidationError) else []
    misfits = [misfit for misfit in misfits if not on_the_way(misfit.path, cut)][:MOST_PROBLEMS]
    what = f"{count - len(misfits)} more problems"
    return [*misfits, Misfit((), Problem(tree.place, "", what, "mend those that are told first"))]


def _asked(read: _Read, checks: Iterable[Check]) -> list[Problem]:
    """What the checks find in what is left of a case without what does not fit."""
    rest, case, broken = read.tree, read.case, read.broken
    touched: set[Path] = set()
    for _ in range(MOST_ROUNDS):
        if case is not None:
            break
        paths = _Paths(read.tree, rest)
        rest, gone = without(rest, broken)
        touched |= {_entry(paths.in_tree(path)) for path in gone}
        case, broken = _by_schema(rest, True)
    paths = _Paths(read.tree, rest)
    found: list[Problem] = []
    # Two rooms may ask for the same number, and it lacks once.
    for fault in dict.fromkeys(fault for check in checks for fault in check(case)) if case else ():
        path = paths.in_tree(fault.path)
        if not touched or not (fault.lacks or path[:1] in touched or path[:2] in touched):
            place = locate(read.tree, path)[0]
            found.append(Problem(place, _dotted(path), fault.message, fault.remedy, fault.severity))
    return found


def _entry(path: Path) -> Path:
    """The path of the entry that a path leads into; of the section, where that is one thing."""
    return path[:1] if path[0] in SETTINGS else path[:2]


class _Paths:
    """The paths in a tree of what stands in what is left of it: entries of lists have other numbers there."""

    def __init__(self, tree: Node, rest: Node):
        self.tree, self.rest = tree, rest
        self._numbers: dict[int, dict[Place, int]] = {}

    def in_tree(self, path: Path) -> Path:
        """The path in the whole tree."""
        whole: Node | None = self.tree
        left: Node | None = self.rest
        steps: list[str | int] = []
        for step in path:
            left = left.child(step) if left else None
            if left is not None and whole is not None and isinstance(whole.value, list):
                step = self._of(whole).get(left.place, step)
            whole = whole.child(step) if whole else None
            steps.append(step)
        return tuple(steps)

    def _of(self, node: Node) -> dict[Place, int]:
        """The numbers of the entries of a list by their places."""
        if id(node) not in self._numbers:
            self._numbers[id(node)] = {child.place: number for number, child in enumerate(node.value)}
        return self._numbers[id(node)]


def _follows(problem: Problem, told: frozenset[Place]) -> bool:
    """Whether a problem only follows from one that reading has told: it stands where that does.

    A character that was replaced is told where it stands, and what holds it is wrong where that begins.
    """
    here = problem.place
    spoilt = REPLACEMENT in problem.message or REPLACEMENT in problem.path
    return here in told or (spoilt and any((here.rank, here.line) == (one.rank, one.line) for one in told))


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


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))
