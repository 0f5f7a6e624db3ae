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
from detente.case.loading.yaml_tree import Node
from detente.case.schema.introspection import Path


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of a place in the tree."""

    key: str | None = None
    """Another name for the key."""
    value: Node | None = None
    """Another value."""
    gone: bool = False
    """Whether it is taken out."""


def as_meant(tree: Node, misfits: Iterable[Misfit]) -> tuple[Node, set[tuple[Path, str]]]:
    """The tree with keys and kinds as they were probably meant; keys that mean nothing are taken out.

    Returns:
        The tree, and the keys that need not be missed: paths of mappings, each with the key that one taken out of it
        was perhaps meant for.
    """
    edits: dict[Path, Edit] = {}
    excused: set[tuple[Path, str]] = set()
    taken: set[tuple[Path, str]] = set()
    for misfit in misfits:
        holder, key = misfit.path[:-1], misfit.key
        if misfit.kind is not None:
            edits[misfit.path] = Edit(value=Node(misfit.kind, misfit.problem.place))
        elif misfit.unknown and misfit.sure and key and (holder, key) not in taken:
            taken.add((holder, key))
            edits[misfit.path] = Edit(key=key)
        elif misfit.unknown:
            edits[misfit.path] = Edit(gone=True)
            excused |= {(holder, key)} if key else set()
    return edited(tree, edits), excused


def without(tree: Node, misfits: Iterable[Misfit]) -> tuple[Node, set[Path]]:
    """The tree without what does not fit; a missing title or question is made up.

    Returns:
        The tree, and the paths of what was taken out.
    """
    gone = {misfit.path for misfit in misfits if misfit.path}
    rest = edited(tree, {path: Edit(gone=True) for path in gone})
    made_up = {key: Node("unknown", tree.place) for key in ("case", "title", "question") if key not in rest.value}
    return replace(rest, value={**rest.value, **made_up}), gone


def edited(node: Node, edits: Mapping[Path, Edit]) -> Node:
    """The tree with edits at some paths; what they do not touch is shared."""
    if not edits:
        return node
    inside: dict[str | int, dict[Path, Edit]] = {}
    for path, edit in edits.items():
        inside.setdefault(path[0], {})[path[1:]] = edit
    if isinstance(node.value, list):
        kept = [(at, edited_or_gone(child, inside.get(at))) for at, child in enumerate(node.value)]
        return replace(node, value=[child for _, child in kept if child is not None])
    if isinstance(node.value, dict):
        return _mapping(node, inside)
    return node


def edited_or_gone(node: Node, edits: Mapping[Path, Edit] | None) -> Node | None:
    """A node with the edits at and below it; None if it is taken out."""
    if not edits:
        return node
    own = edits.get(())
    if own is not None and own.gone:
        return None
    if own is not None and own.value is not None:
        return own.value
    return edited(node, {path: edit for path, edit in edits.items() if path})


def _mapping(node: Node, inside: Mapping[str | int, Mapping[Path, Edit]]) -> Node:
    places = node.keys or {}
    value: dict[Any, Node] = {}
    keys = dict(places)
    for key, child in node.value.items():
        edits = inside.get(key)
        kept = edited_or_gone(child, edits)
        if kept is None:
            keys.pop(key, None)
            continue
        own = edits.get(()) if edits else None
        name = own.key if own and own.key else key
        value[name] = kept
        if name != key and key in keys:
            keys[name] = keys.pop(key)
    for step, edits in inside.items():
        own = edits.get(())
        if step not in node.value and own is not None and own.value is not None:
            value[step], keys[str(step)] = own.value, own.value.place
    return replace(node, value=value, keys=keys)
