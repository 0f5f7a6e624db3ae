"""The tree of a case as it was probably meant, and without what cannot be read: so that all mistakes come at once.

A mistake hides others. A key that nothing knows keeps the schema from looking at its value, a kind that is none keeps
it from the whole entry, and the rooms can only be asked about a case that is whole. So keys and kinds are read as they
were probably meant, and what is broken is set aside, each as far down as it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from detente.case.loading.validation_messages import Misfit
from detente.case.loading.yaml.node import YamlNode
from detente.case.schema.base import CasePath


@dataclass(frozen=True, slots=True)
class TreeEdit:
    """What becomes of a place in the tree."""

    new_key: str | None = None
    """Another name for the key."""
    new_value: YamlNode | None = None
    """Another value."""
    is_removal: bool = False
    """Whether it is taken out."""


def repair_tree(tree: YamlNode, misfits: Iterable[Misfit]) -> tuple[YamlNode, set[tuple[CasePath, str]]]:
    """The tree with keys and kinds as they were probably meant; keys that mean nothing are taken out.

    Returns:
        The tree, and the keys that need not be missed: paths of mappings, each with the key that one taken out of it
        was perhaps meant for.
    """
    edits: dict[CasePath, TreeEdit] = {}
    excused_keys: set[tuple[CasePath, str]] = set()
    claimed_keys: set[tuple[CasePath, str]] = set()
    for misfit in misfits:
        parent_path, key = misfit.path[:-1], misfit.intended_key
        if misfit.intended_kind is not None:
            edits[misfit.path] = TreeEdit(new_value=YamlNode(misfit.intended_kind, misfit.problem.place))
        elif misfit.is_unknown_key and misfit.is_sure and key and (parent_path, key) not in claimed_keys:
            claimed_keys.add((parent_path, key))
            edits[misfit.path] = TreeEdit(new_key=key)
        elif misfit.is_unknown_key:
            edits[misfit.path] = TreeEdit(is_removal=True)
            excused_keys |= {(parent_path, key)} if key else set()
    return apply_edits(tree, edits), excused_keys


def remove_misfits(tree: YamlNode, misfits: Iterable[Misfit]) -> tuple[YamlNode, set[CasePath]]:
    """The tree without what does not fit; a missing title or question is made up.

    Returns:
        The tree, and the paths of what was taken out.
    """
    removed_paths = {misfit.path for misfit in misfits if misfit.path}
    remaining_tree = apply_edits(tree, {path: TreeEdit(is_removal=True) for path in removed_paths})
    placeholders = {
        key: YamlNode("unknown", tree.place) for key in ("case", "title", "question") if key not in remaining_tree.value
    }
    return replace(remaining_tree, value={**remaining_tree.value, **placeholders}), removed_paths


def apply_edits(node: YamlNode, edits: Mapping[CasePath, TreeEdit]) -> YamlNode:
    """The tree with edits at some paths; what they do not touch is shared."""
    if not edits:
        return node
    edits_by_step: dict[str | int, dict[CasePath, TreeEdit]] = {}
    for path, edit in edits.items():
        edits_by_step.setdefault(path[0], {})[path[1:]] = edit
    if isinstance(node.value, list):
        children = [(index, edit_or_remove(child, edits_by_step.get(index))) for index, child in enumerate(node.value)]
        return replace(node, value=[child for _, child in children if child is not None])
    if isinstance(node.value, dict):
        return _edit_mapping(node, edits_by_step)
    return node


def edit_or_remove(node: YamlNode, edits: Mapping[CasePath, TreeEdit] | None) -> YamlNode | None:
    """A node with the edits at and below it; None if it is taken out."""
    if not edits:
        return node
    own_edit = edits.get(())
    if own_edit is not None and own_edit.is_removal:
        return None
    if own_edit is not None and own_edit.new_value is not None:
        return own_edit.new_value
    return apply_edits(node, {path: edit for path, edit in edits.items() if path})


def _edit_mapping(node: YamlNode, edits_by_step: Mapping[str | int, Mapping[CasePath, TreeEdit]]) -> YamlNode:
    places = node.keys or {}
    children: dict[Any, YamlNode] = {}
    keys = dict(places)
    for key, child in node.value.items():
        edits = edits_by_step.get(key)
        edited_child = edit_or_remove(child, edits)
        if edited_child is None:
            keys.pop(key, None)
            continue
        own_edit = edits.get(()) if edits else None
        edited_key = own_edit.new_key if own_edit and own_edit.new_key else key
        children[edited_key] = edited_child
        if edited_key != key and key in keys:
            keys[edited_key] = keys.pop(key)
    for step, edits in edits_by_step.items():
        own_edit = edits.get(())
        if step not in node.value and own_edit is not None and own_edit.new_value is not None:
            children[step], keys[str(step)] = own_edit.new_value, own_edit.new_value.place
    return replace(node, value=children, keys=keys)
