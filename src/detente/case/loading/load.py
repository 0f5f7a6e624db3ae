"""From files to a valid case, or to every problem at once, each with its place.

Files are read to trees and joined (`joining`), patched by a scenario (`whatif`), and validated
(`validating`); a pydantic location is then walked down the tree to the line and column it came from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from detente.case.fault import CaseCheck
from detente.case.loading.imports import join_imports
from detente.case.loading.scenarios import CasePatch, apply_patch, lever_problems, patch_from_changes, scenario_patches
from detente.case.loading.validate import validate_tree
from detente.case.loading.yaml_tree import YamlNode
from detente.case.schema.case import Case
from detente.errors import CaseError, FilePosition, Problem, UnknownName, did_you_mean, sort_problems

MAX_SCENARIO_NODES = 3_000_000
"""Values of all scenarios of a case together, each as large as the case."""


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
    folder: Path | None = None
    """Where the case's own file lies."""
    warnings: tuple[Problem, ...] = ()
    """What is worth a look and stops nothing, each with its place, in file order."""


def load_case(
    file: Path,
    *,
    display_path: str | None = None,
    scenario: str | None = None,
    changes: Mapping[str, str] | None = None,
    checks: Iterable[CaseCheck] = (),
    every_scenario: bool = False,
) -> LoadedCase:
    """Reads the case in a file, its imports included.

    Args:
        file: The case's own file.
        shown: How to name that file in messages; its path otherwise.
        scenario: The named patch to apply.
        changes: More paths and their values, as YAML text, applied after the scenario.
        checks: What else must hold, beyond the schema and the references.
        every_scenario: Whether to try all scenarios, and not only the one to apply.

    Raises:
        CaseError: With every problem found.
        UnknownName: If there is no such scenario.
    """
    problems: list[Problem] = []
    tree, is_complete = join_imports(file, display_path or str(file), problems)
    if tree is None or not isinstance(tree.value, dict):
        place = FilePosition(0, display_path or str(file), 1, 1)
        raise CaseError(problems or [Problem(place, "", "there is no case here", "begin with 'case: an-id'")])
    checks = tuple(checks)
    case, repaired_tree = validate_tree(tree, checks, problems, is_complete=is_complete)
    problems += lever_problems(repaired_tree)
    patches = scenario_patches(repaired_tree)
    if scenario is not None and scenario not in patches:
        suggestion = did_you_mean(scenario, patches) or f"there are: {', '.join(patches) or 'none'}"
        raise UnknownName(f"no scenario '{scenario}' in this case ({suggestion})")
    known_problems = frozenset(problems)
    final_tree = repaired_tree
    if every_scenario and len(patches) * repaired_tree.size > MAX_SCENARIO_NODES:
        patches = {}
        message = f"too many scenarios for a case of {repaired_tree.size} values"
        remedy = f"at most {MAX_SCENARIO_NODES // repaired_tree.size}; each is gone through like the case itself"
        problems.append(Problem(repaired_tree.place, "scenarios", message, remedy))
    tried_patches = patches if every_scenario else {name: patch for name, patch in patches.items() if name == scenario}
    for name, patch in tried_patches.items() if is_complete else ():
        patch_problems: list[Problem] = []
        patched_tree, patched_case = _apply_and_validate(repaired_tree, patch, checks, patch_problems)
        problems += [
            _attribute_to_scenario(problem, name) for problem in patch_problems if problem not in known_problems
        ]
        if name == scenario:
            final_tree, case, known_problems = patched_tree, patched_case, known_problems | frozenset(patch_problems)
    if changes:
        patch_problems = []
        final_tree, case = _apply_and_validate(
            final_tree, patch_from_changes(changes, patch_problems), checks, patch_problems
        )
        problems += [problem for problem in patch_problems if problem not in known_problems]
    if case is None or any(problem.severity == "error" for problem in problems):
        raise CaseError(problems)
    data = final_tree.plain_data()
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return LoadedCase(case, data, digest, scenario, dict(changes or {}), file.parent, sort_problems(problems))


def load_partial_case(file: Path, checks: Iterable[CaseCheck] = ()) -> Case:
    """Reads a file that may hold only some sections of a case, the rest taken as empty.

    Raises:
        CaseError: With every problem found.
    """
    problems: list[Problem] = []
    tree, is_complete = join_imports(file, str(file), problems)
    if tree is None or not isinstance(tree.value, dict):
        raise CaseError(problems or [Problem(FilePosition(0, str(file), 1, 1), "", "there is nothing here")])
    placeholders = {
        key: YamlNode("unknown", tree.place) for key in ("case", "title", "question") if key not in tree.value
    }
    case, _ = validate_tree(
        replace(tree, value={**tree.value, **placeholders}), checks, problems, is_complete=is_complete
    )
    if case is None or any(problem.severity == "error" for problem in problems):
        raise CaseError(problems)
    return case


def _apply_and_validate(
    tree: YamlNode, patch: CasePatch, checks: tuple[CaseCheck, ...], problems: list[Problem]
) -> tuple[YamlNode, Case | None]:
    """The tree with a patch, and the case that it makes; None if it makes none."""
    patched_tree = apply_patch(tree, patch, problems)
    case, _ = validate_tree(patched_tree, checks, problems)
    return patched_tree, case


def _attribute_to_scenario(problem: Problem, name: str) -> Problem:
    """A problem of a scenario that the case does not have without it, said to be its doing."""
    return replace(problem, message=f"{problem.message}, in scenario '{name}'")
