"""From a tree to a valid case, or to every problem in it.

Keys and kinds are read as they were probably meant (`mending`). Where parts of a case are broken, what only a whole
case can be asked is asked of the rest: what is broken, and what refers to it, is set aside until what is left is valid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from detente.case.entries.core_kinds import CORE_REGISTRY
from detente.case.entries.declared_ids import declarations, incomplete_kinds, kinds_by_id
from detente.case.entries.registry import EntryRegistry
from detente.case.fault import CaseCheck
from detente.case.loading.repair import remove_misfits, repair_tree
from detente.case.loading.truncation import leads_to_cut, truncate_tree
from detente.case.loading.validation_messages import DeclaredIds, Misfit, locate_errors
from detente.case.loading.yaml.node import YamlNode, locate_path
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.errors import FilePosition, Problem
from detente.methods.chronology.edtf import DEFAULT_TOLERANCE, MAX_TOLERANCE
from detente.text.safe_text import REPLACEMENT_CHARACTER

MAX_PROBLEMS = 2_000
"""Problems of one case that are told one by one; the rest are counted."""
MAX_ERRORS_AT_ONCE = 10_000
"""Problems that are looked at together."""
MAX_REMOVAL_ROUNDS = 25
"""Rounds of setting aside, after which the rest is left alone."""
SETTINGS_SECTIONS = ("network", "response", "evidence", "repetition")
"""Sections that are one thing, and hold no entries."""


def validate_tree(
    tree: YamlNode,
    checks: Iterable[CaseCheck],
    problems: list[Problem],
    *,
    is_complete: bool = True,
    registry: EntryRegistry = CORE_REGISTRY,
) -> tuple[Case | None, YamlNode]:
    """The case of a tree; None if the schema or a reference is broken. Problems are added to the list.

    Args:
        tree: The tree of a case.
        checks: What else must hold.
        problems: The list to add to. Of what it holds already no consequences are told.
        is_complete: Whether all files of the case could be read; if not, what a missing one may declare is not missed.
        registry: The kinds of entries that it may have.

    Returns:
        The case, and the tree with keys and kinds as they were probably meant.
    """
    error_places = frozenset(problem.place for problem in problems if problem.severity == "error")
    reading = _repair_and_validate(tree, is_complete, registry)
    new_problems = [misfit.problem for misfit in reading.all_misfits]
    new_problems += _duplicate_id_problems(reading.tree, reading.tree.plain_data(), registry)
    if is_complete and len(reading.all_misfits) < MAX_PROBLEMS:
        new_problems += _run_checks(reading, checks, registry)
    problems += [problem for problem in new_problems if not _is_consequence(problem, error_places)]
    return (None if reading.all_misfits else reading.case), reading.tree


@dataclass(frozen=True, slots=True)
class _RepairedCase:
    """A case as it was probably meant."""

    tree: YamlNode
    case: Case | None
    remaining_misfits: list[Misfit]
    """What does not fit in it."""
    all_misfits: list[Misfit]
    """What did not fit in it as it was written, told once."""


def _repair_and_validate(tree: YamlNode, is_complete: bool, registry: EntryRegistry) -> _RepairedCase:
    repaired_misfits: list[Misfit] = []
    excused_keys: set[tuple[CasePath, str]] = set()
    case, misfits = _validate_against_schema(tree, is_complete, registry)
    rounds = 0
    while len(misfits) < MAX_PROBLEMS and rounds < MAX_REMOVAL_ROUNDS:
        repairable_misfits = [misfit for misfit in misfits if misfit.is_unknown_key or misfit.intended_kind]
        if not repairable_misfits:
            break
        repaired_misfits += repairable_misfits
        tree, newly_excused = repair_tree(tree, repairable_misfits)
        excused_keys |= newly_excused
        case, misfits = _validate_against_schema(tree, is_complete, registry)
        rounds += 1
    reported_misfits = [
        misfit
        for misfit in misfits
        if misfit.missing_key is None or (misfit.path, misfit.missing_key) not in excused_keys
    ]
    return _RepairedCase(tree, case, misfits, [*repaired_misfits, *reported_misfits])


def _validate_against_schema(
    tree: YamlNode, is_complete: bool, registry: EntryRegistry
) -> tuple[Case | None, list[Misfit]]:
    data = tree.plain_data()
    declared = DeclaredIds(
        kinds_by_id(data, registry), incomplete_kinds(data, registry), is_complete, registry.case_class
    )
    result = _case_or_error(tree, declared)
    if isinstance(result, Case):
        return result, []
    count = result.error_count()
    if count <= MAX_ERRORS_AT_ONCE:
        return None, locate_errors(result, tree, data, declared)
    del result  # before the same is built again, of as little of the case as it takes
    return None, _first_misfits(tree, declared, count)


def _case_or_error(tree: YamlNode, declared: DeclaredIds) -> Case | ValidationError:
    try:
        data = tree.plain_data()
        context = {"declared": declared.kinds, "unsure": declared.incomplete_kinds, "about": _date_tolerance(data)}
        return declared.case_class.model_validate(data, context=context)
    except ValidationError as error:
        return error.with_traceback(None)


def _first_misfits(tree: YamlNode, declared: DeclaredIds, count: int) -> list[Misfit]:
    """As many misfits as are told, from the smallest first part of the case that holds so many, and how many more."""
    lower, upper = 0, tree.size
    while upper - lower > MAX_PROBLEMS:
        middle = (lower + upper) // 2
        result = _case_or_error(truncate_tree(tree, middle)[0], declared)
        enough = isinstance(result, ValidationError) and result.error_count() >= MAX_PROBLEMS
        lower, upper = (lower, middle) if enough else (middle, upper)
    part, cut_path = truncate_tree(tree, upper)
    error = _case_or_error(part, declared)
    misfits = locate_errors(error, part, part.plain_data(), declared) if isinstance(error, ValidationError) else []
    misfits = [misfit for misfit in misfits if not leads_to_cut(misfit.path, cut_path)][:MAX_PROBLEMS]
    message = f"{count - len(misfits)} more problems"
    return [*misfits, Misfit((), Problem(tree.place, "", message, "mend those that are told first"))]


def _run_checks(reading: _RepairedCase, checks: Iterable[CaseCheck], registry: EntryRegistry) -> list[Problem]:
    """What the checks find in what is left of a case without what does not fit."""
    remaining_tree, case, misfits = reading.tree, reading.case, reading.remaining_misfits
    touched_entries: set[CasePath] = set()
    for _ in range(MAX_REMOVAL_ROUNDS):
        if case is not None:
            break
        paths = _PathTranslator(reading.tree, remaining_tree)
        remaining_tree, removed_paths = remove_misfits(remaining_tree, misfits)
        touched_entries |= {_entry_path(paths.to_full_tree(path)) for path in removed_paths}
        case, misfits = _validate_against_schema(remaining_tree, True, registry)
    paths = _PathTranslator(reading.tree, remaining_tree)
    problems: list[Problem] = []
    # Two rooms may ask for the same number, and it lacks once.
    for fault in dict.fromkeys(fault for check in checks for fault in check(case)) if case else ():
        path = paths.to_full_tree(fault.path)
        if not touched_entries or not (fault.is_omission or path[:1] in touched_entries or path[:2] in touched_entries):
            place = locate_path(reading.tree, path)[0]
            problems.append(Problem(place, _dotted_path(path), fault.message, fault.remedy, fault.severity))
    return problems


def _entry_path(path: CasePath) -> CasePath:
    """The path of the entry that a path leads into; of the section, where that is one thing."""
    return path[:1] if path[0] in SETTINGS_SECTIONS else path[:2]


class _PathTranslator:
    """The paths in a tree of what stands in what is left of it: entries of lists have other numbers there."""

    def __init__(self, tree: YamlNode, remaining_tree: YamlNode):
        self.tree, self.remaining_tree = tree, remaining_tree
        self._indices_by_list: dict[int, dict[FilePosition, int]] = {}

    def to_full_tree(self, path: CasePath) -> CasePath:
        """The path in the whole tree."""
        full_node: YamlNode | None = self.tree
        remaining_node: YamlNode | None = self.remaining_tree
        steps: list[str | int] = []
        for step in path:
            remaining_node = remaining_node.child(step) if remaining_node else None
            if remaining_node is not None and full_node is not None and isinstance(full_node.value, list):
                step = self._indices_by_place(full_node).get(remaining_node.place, step)
            full_node = full_node.child(step) if full_node else None
            steps.append(step)
        return tuple(steps)

    def _indices_by_place(self, node: YamlNode) -> dict[FilePosition, int]:
        """The numbers of the entries of a list by their places."""
        if id(node) not in self._indices_by_list:
            self._indices_by_list[id(node)] = {child.place: number for number, child in enumerate(node.value)}
        return self._indices_by_list[id(node)]


def _is_consequence(problem: Problem, error_places: frozenset[FilePosition]) -> bool:
    """Whether a problem only follows from one that reading has told: it stands where that does.

    A character that was replaced is told where it stands, and what holds it is wrong where that begins.
    """
    place = problem.place
    has_replacement = REPLACEMENT_CHARACTER in problem.message or REPLACEMENT_CHARACTER in problem.path
    return place in error_places or (
        has_replacement
        and any((place.rank, place.line) == (error_place.rank, error_place.line) for error_place in error_places)
    )


def _date_tolerance(data: Any) -> int:
    """How far approximate dates may be off; as if the case did not say, where what it says is no such number."""
    tolerance = data.get("about") if isinstance(data, dict) else None
    if isinstance(tolerance, int) and not isinstance(tolerance, bool) and 0 <= tolerance <= MAX_TOLERANCE:
        return tolerance
    return DEFAULT_TOLERANCE


def _duplicate_id_problems(tree: YamlNode, data: Any, registry: EntryRegistry) -> Iterable[Problem]:
    first_paths: dict[str, CasePath] = {}
    for name, _, path in declarations(data, registry):
        if name in first_paths:
            remedy = f"it stands first at {locate_path(tree, first_paths[name])[0]}"
            yield Problem(locate_path(tree, path)[0], _dotted_path(path), f"the id '{name}' is declared twice", remedy)
        else:
            first_paths[name] = path


def _dotted_path(path: CasePath) -> str:
    return ".".join(map(str, path))
