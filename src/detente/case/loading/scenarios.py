"""What-ifs: the scenarios of a case, alternatives of its choices, changes made by hand, levers that could be moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.entries.introspection import takes_number
from detente.case.loading.imports import MAX_IMPORTED_FILES
from detente.case.loading.path_patch import BadPath, resolve_path, set_at_path
from detente.case.loading.yaml.node import YamlNode
from detente.case.loading.yaml.tree import read_yaml_tree
from detente.case.schema.case import Case
from detente.errors import FilePosition, Problem

FIXED_SECTIONS = ("case", "import", "scenarios", "levers", "choices")
"""What no what-if may change: what the case is, and its what-ifs."""
CasePatch = dict[str, tuple[FilePosition, YamlNode]]
"""Paths, each with the place it is set at and its value."""


def scenario_patches(tree: YamlNode) -> dict[str, CasePatch]:
    """The patches that a case names."""
    section = tree.child("scenarios")
    patches: dict[str, CasePatch] = {}
    for name, scenario in section.value.items() if section and isinstance(section.value, dict) else ():
        settings = scenario.child("set")
        if settings is not None and isinstance(settings.value, dict):
            patches[name] = {path: (settings.keys[path], node) for path, node in settings.value.items()}
    return patches


def alternative_patches(tree: YamlNode) -> dict[tuple[str, str], CasePatch]:
    """The patches of all alternatives, by the id of the choice and that of the alternative."""
    section = tree.child("choices")
    patches: dict[tuple[str, str], CasePatch] = {}
    for choice_id, choice in section.value.items() if section and isinstance(section.value, dict) else ():
        alternatives = choice.child("alternatives")
        for name, alternative in alternatives.value.items() if alternatives else ():
            settings = alternative.child("set")
            patches[choice_id, name] = {path: (settings.keys[path], node) for path, node in settings.value.items()}
    return patches


def patch_from_changes(changes: Mapping[str, str], problems: list[Problem]) -> CasePatch:
    """The patch of changes given as text; each value is YAML."""
    patch: CasePatch = {}
    for rank, (path, text) in enumerate(changes.items(), start=MAX_IMPORTED_FILES + 1):
        source_label = f"--set {path}"
        place, problem_count = FilePosition(rank, source_label, 1, 1), len(problems)
        node = read_yaml_tree(text.encode("utf-8", "replace"), source_label, rank, problems)
        if len(problems) == problem_count:
            patch[path] = (place, node or YamlNode(None, place))
    return patch


def apply_patch(tree: YamlNode, patch: CasePatch, problems: list[Problem], case_class: type[Case] = Case) -> YamlNode:
    """The tree with a patch applied; paths that lead nowhere are added to the problems."""
    for path, (place, value) in patch.items():
        try:
            if path.split(".")[0] in FIXED_SECTIONS:
                raise BadPath(f"'{path}' cannot be set", "a what-if changes what the case says, not what the case is")
            tree = set_at_path(tree, path, value, place, case_class)
        except BadPath as error:
            problems.append(Problem(place, "", error.args[0], error.remedy))
    return tree


def lever_problems(tree: YamlNode, case_class: type[Case] = Case) -> Iterator[Problem]:
    """Levers whose path leads nowhere, or to what is no number."""
    levers = tree.child("levers")
    for lever in levers.value if levers and isinstance(levers.value, list) else ():
        path = lever.child("path")
        if path is None or not isinstance(path.value, str):
            continue  # the schema says so
        try:
            steps = resolve_path(tree, path.value, case_class=case_class)
        except BadPath as error:
            yield Problem(path.place, "", error.args[0], error.remedy)
            continue
        if not takes_number(case_class, steps, tree.plain_data()):
            yield Problem(path.place, "", f"'{path.value}' is no number", "a lever moves a number or an estimate")
