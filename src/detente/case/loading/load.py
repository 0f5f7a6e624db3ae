"""From files to a valid case, or to every problem at once, each with its place.

Files are read to trees and joined (`joining`), patched by a scenario (`whatif`), and validated
(`validating`); a pydantic location is then walked down the tree to the line and column it came from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from detente.case.entries.core_kinds import CORE_REGISTRY
from detente.case.entries.registry import EntryRegistry
from detente.case.fault import CaseCheck, Fault
from detente.case.loading.imports import join_imports
from detente.case.loading.model_patch import case_with_values
from detente.case.loading.path_patch import BadPath
from detente.case.loading.scenarios import (
    FIXED_SECTIONS,
    CasePatch,
    alternative_patches,
    apply_patch,
    lever_problems,
    patch_from_changes,
    scenario_patches,
)
from detente.case.loading.validate import validate_tree
from detente.case.loading.yaml.node import YamlNode, locate_path
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
    advice: Iterable[CaseCheck] = (),
    registry: EntryRegistry = CORE_REGISTRY,
) -> LoadedCase:
    """Reads the case in a file, its imports included.

    Args:
        file: The case's own file.
        shown: How to name that file in messages; its path otherwise.
        scenario: The named patch to apply.
        changes: More paths and their values, as YAML text, applied after the scenario.
        checks: What else must hold, beyond the schema and the references.
        every_scenario: Whether to try all scenarios, and not only the one to apply.
        advice: What is asked only of a case that nothing is wrong with, and tells what is worth a warning.
        registry: The kinds of entries that it may have.

    Raises:
        CaseError: With every problem found.
        UnknownName: If there is no such scenario.
    """
    reading = _Reading(tuple(checks), registry)
    tree, is_complete = join_imports(file, display_path or str(file), reading.problems)
    if tree is None or not isinstance(tree.value, dict):
        place = FilePosition(0, display_path or str(file), 1, 1)
        raise CaseError(reading.problems or [Problem(place, "", "there is no case here", "begin with 'case: an-id'")])
    case, tree = reading.validate(tree, is_complete)
    reading.problems += lever_problems(tree, registry.case_class)
    patches = _patches_to_try(tree, scenario, every_scenario, reading.problems)
    known_problems = frozenset(reading.problems)
    final_tree = tree
    for name, patch in patches.items() if is_complete else ():
        patched_tree, patched_case, patch_problems = reading.patch(tree, patch)
        new_problems = [problem for problem in patch_problems if problem not in known_problems]
        reading.problems += [_attribute_to_scenario(problem, name) for problem in new_problems]
        if name == scenario:
            final_tree, case, known_problems = patched_tree, patched_case, known_problems | frozenset(patch_problems)
    if changes:
        patch_problems = []
        patch = patch_from_changes(changes, patch_problems)
        final_tree, case, patch_problems = reading.patch(final_tree, patch, patch_problems)
        reading.problems += [problem for problem in patch_problems if problem not in known_problems]
    if case is not None:
        reading.try_alternatives(case, final_tree, known_problems)
        if not every_scenario:
            reading.try_tested_scenarios(case, final_tree, known_problems)
    case = reading.require(case)
    reading.problems += [_located_warning(final_tree, fault) for check in advice for fault in check(case)]
    data = final_tree.plain_data()
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return LoadedCase(case, data, digest, scenario, dict(changes or {}), file.parent, sort_problems(reading.problems))


def _patches_to_try(
    tree: YamlNode, scenario: str | None, every_scenario: bool, problems: list[Problem]
) -> dict[str, CasePatch]:
    """The scenarios to go through, by name: all that the case has, or the one that is asked for."""
    patches = scenario_patches(tree)
    if scenario is not None and scenario not in patches:
        suggestion = did_you_mean(scenario, patches) or f"there are: {', '.join(patches) or 'none'}"
        raise UnknownName(f"this case has no '{scenario}' under scenarios: ({suggestion})")
    if not every_scenario:
        return {name: patch for name, patch in patches.items() if name == scenario}
    if len(patches) * tree.size > MAX_SCENARIO_NODES:
        message = f"too many scenarios for a case of {tree.size} values"
        remedy = f"at most {MAX_SCENARIO_NODES // tree.size}; each is gone through like the case itself"
        problems.append(Problem(tree.place, "scenarios", message, remedy))
        return {}
    return patches


@dataclass
class _Reading:
    """A case being read: what must hold of it, what it may hold, and the problems found so far."""

    checks: tuple[CaseCheck, ...]
    registry: EntryRegistry
    problems: list[Problem] = field(default_factory=list)
    _case_errors: frozenset[Fault] | None = None

    def validate(self, tree: YamlNode, is_complete: bool = True) -> tuple[Case | None, YamlNode]:
        """The case of a tree, and the tree as it was probably meant."""
        return validate_tree(tree, self.checks, self.problems, is_complete=is_complete, registry=self.registry)

    def patch(
        self, tree: YamlNode, patch: CasePatch, problems: Sequence[Problem] = ()
    ) -> tuple[YamlNode, Case | None, list[Problem]]:
        """The tree with a patch, the case that it makes (None if it makes none), and the problems of that."""
        patch_problems = list(problems)
        patched_tree = apply_patch(tree, patch, patch_problems, self.registry.case_class)
        case, _ = validate_tree(patched_tree, self.checks, patch_problems, registry=self.registry)
        return patched_tree, case, patch_problems

    def try_alternatives(self, case: Case, tree: YamlNode, known_problems: Collection[Problem]) -> None:
        """Adds the problems that the case would have by one of the alternatives to its choices.

        Each is tried on the case as read first, which costs little; only what does not hold there is gone through like
        the files themselves, so that each problem has its place.
        """
        patches = alternative_patches(tree)
        holding: list[tuple[str, str]] = []
        for choice_id, name in patches:
            values = case.choices[choice_id].alternatives[name].set
            if self._holds(case, values):
                holding.append((choice_id, name))
                continue
            patch_problems = self.patch(tree, patches[choice_id, name])[2]
            new_errors = [one for one in patch_problems if one.severity == "error" and one not in known_problems]
            suffix = f"by alternative '{name}' of choice '{choice_id}'"
            self.problems += [replace(one, message=f"{one.message}, {suffix}") for one in new_errors]
        for first, second in combinations(holding, 2):
            if first[0] != second[0]:
                self._try_together(case, first, second, patches[second])

    def try_tested_scenarios(self, case: Case, tree: YamlNode, known_problems: Collection[Problem]) -> None:
        """Adds the problems that the case would have by a scenario that the report works out, as it tests a claim."""
        for name, patch in scenario_patches(tree).items():
            scenario = case.scenarios[name]
            if scenario.tests and not self._holds(case, scenario.set):
                patch_problems = self.patch(tree, patch)[2]
                new_errors = [one for one in patch_problems if one.severity == "error" and one not in known_problems]
                self.problems += [_attribute_to_scenario(problem, name) for problem in new_errors]

    def _try_together(self, case: Case, first: tuple[str, str], second: tuple[str, str], patch: CasePatch) -> None:
        """Adds a problem where two alternatives hold each by itself and not together, as they are drawn together."""
        values = [case.choices[choice_id].alternatives[name].set for choice_id, name in (first, second)]
        if not self._holds(case, {**values[0], **values[1]}):
            path, (place, _) = next(iter(patch.items()))
            message = f"'{second[1]}' of choice '{second[0]}' does not go with '{first[1]}' of choice '{first[0]}'"
            self.problems.append(Problem(place, path, message, "make one choice of both, or change one of them"))

    def _holds(self, case: Case, values: Mapping[str, Any]) -> bool:
        """Whether nothing is wrong with a case with other values at some paths but what is wrong with it anyway."""
        if any(path.split(".")[0] in FIXED_SECTIONS for path in values):
            return False
        try:
            patched_case = case_with_values(case, values)
        except (BadPath, ValidationError):
            return False
        errors = self._errors_of(patched_case)
        return not errors or errors <= self._own_errors(case)

    def _errors_of(self, case: Case) -> frozenset[Fault]:
        """What the checks find wrong with a case."""
        return frozenset(fault for check in self.checks for fault in check(case) if fault.severity == "error")

    def _own_errors(self, case: Case) -> frozenset[Fault]:
        """The same of the case as read, which its alternatives share; found once, and only where it is asked for."""
        if self._case_errors is None:
            self._case_errors = self._errors_of(case)
        return self._case_errors

    def require(self, case: Case | None) -> Case:
        """The case, if nothing is wrong with it."""
        if case is None or any(problem.severity == "error" for problem in self.problems):
            raise CaseError(self.problems)
        return case


def load_partial_case(file: Path, checks: Iterable[CaseCheck] = (), registry: EntryRegistry = CORE_REGISTRY) -> Case:
    """Reads a file that may hold only some sections of a case, the rest taken as empty.

    Raises:
        CaseError: With every problem found.
    """
    reading = _Reading(tuple(checks), registry)
    tree, is_complete = join_imports(file, str(file), reading.problems)
    if tree is None or not isinstance(tree.value, dict):
        raise CaseError(reading.problems or [Problem(FilePosition(0, str(file), 1, 1), "", "there is nothing here")])
    placeholders = {
        key: YamlNode("unknown", tree.place) for key in ("case", "title", "question") if key not in tree.value
    }
    case, _ = reading.validate(replace(tree, value={**tree.value, **placeholders}), is_complete)
    return reading.require(case)


def _located_warning(tree: YamlNode, fault: Fault) -> Problem:
    return Problem(
        locate_path(tree, fault.path)[0], ".".join(map(str, fault.path)), fault.message, fault.remedy, fault.severity
    )


def _attribute_to_scenario(problem: Problem, name: str) -> Problem:
    """A problem of a scenario that the case does not have without it, said to be its doing."""
    return replace(problem, message=f"{problem.message}, in scenario '{name}'")
