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

from detente.case.fault import Check
from detente.case.loading.imports import joined
from detente.case.loading.scenarios import Patch, apply, by_hand, lever_problems, scenarios
from detente.case.loading.validate import validated
from detente.case.loading.yaml_tree import Node
from detente.case.schema.case import Case
from detente.errors import CaseError, Place, Problem, UnknownName, did_you_mean, in_file_order

MOST_PATCHED = 3_000_000
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


def load(
    file: Path,
    *,
    shown: str | None = None,
    scenario: str | None = None,
    changes: Mapping[str, str] | None = None,
    checks: Iterable[Check] = (),
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
    tree, whole = joined(file, shown or str(file), problems)
    if tree is None or not isinstance(tree.value, dict):
        place = Place(0, shown or str(file), 1, 1)
        raise CaseError(problems or [Problem(place, "", "there is no case here", "begin with 'case: an-id'")])
    checks = tuple(checks)
    case, meant = validated(tree, checks, problems, whole=whole)
    problems += lever_problems(meant)
    patches = scenarios(meant)
    if scenario is not None and scenario not in patches:
        near = did_you_mean(scenario, patches) or f"there are: {', '.join(patches) or 'none'}"
        raise UnknownName(f"no scenario '{scenario}' in this case ({near})")
    known = frozenset(problems)
    final = meant
    if every_scenario and len(patches) * meant.size > MOST_PATCHED:
        patches = {}
        said = f"too many scenarios for a case of {meant.size} values"
        remedy = f"at most {MOST_PATCHED // meant.size}; each is gone through like the case itself"
        problems.append(Problem(meant.place, "scenarios", said, remedy))
    tried = patches if every_scenario else {name: patch for name, patch in patches.items() if name == scenario}
    for name, patch in tried.items() if whole else ():
        found: list[Problem] = []
        patched, patched_case = _patched(meant, patch, checks, found)
        problems += [_in_scenario(problem, name) for problem in found if problem not in known]
        if name == scenario:
            final, case, known = patched, patched_case, known | frozenset(found)
    if changes:
        found = []
        final, case = _patched(final, by_hand(changes, found), checks, found)
        problems += [problem for problem in found if problem not in known]
    if case is None or any(problem.severity == "error" for problem in problems):
        raise CaseError(problems)
    data = final.plain()
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return LoadedCase(case, data, digest, scenario, dict(changes or {}), file.parent, in_file_order(problems))


def load_part(file: Path, checks: Iterable[Check] = ()) -> Case:
    """Reads a file that may hold only some sections of a case, the rest taken as empty.

    Raises:
        CaseError: With every problem found.
    """
    problems: list[Problem] = []
    tree, whole = joined(file, str(file), problems)
    if tree is None or not isinstance(tree.value, dict):
        raise CaseError(problems or [Problem(Place(0, str(file), 1, 1), "", "there is nothing here")])
    made_up = {key: Node("unknown", tree.place) for key in ("case", "title", "question") if key not in tree.value}
    case, _ = validated(replace(tree, value={**tree.value, **made_up}), checks, problems, whole=whole)
    if case is None or any(problem.severity == "error" for problem in problems):
        raise CaseError(problems)
    return case


def _patched(tree: Node, patch: Patch, checks: tuple[Check, ...], problems: list[Problem]) -> tuple[Node, Case | None]:
    """The tree with a patch, and the case that it makes; None if it makes none."""
    patched = apply(tree, patch, problems)
    case, _ = validated(patched, checks, problems)
    return patched, case


def _in_scenario(problem: Problem, name: str) -> Problem:
    """A problem of a scenario that the case does not have without it, said to be its doing."""
    return replace(problem, message=f"{problem.message}, in scenario '{name}'")
