"""Paths into a case, and what-ifs as patches of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from detente.case.entries.introspection import allowed_keys, default_entries, takes_any_key
from detente.case.loading.yaml.node import YamlNode
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.errors import FilePosition, did_you_mean


class BadPath(ValueError):
    """A path that leads nowhere; the arguments are the message and the remedy."""

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return str(self.args[1]) if len(self.args) > 1 else ""


def set_at_path(
    root: YamlNode, path: str, value: YamlNode, place: FilePosition, case_class: type[Case] = Case
) -> YamlNode:
    """A copy of the tree in which the path has this value; what the path does not touch is shared."""
    steps = resolve_path(root, path, isinstance(value.value, dict), case_class)
    for depth in range(1, len(steps)):
        entries = default_entries(case_class, steps[:depth]) if _node_at(root, steps[:depth]) is None else {}
        if entries:  # what a patch changes in part stays what it is in all else
            root = _set_value(root, steps[:depth], _as_node(entries, place), place)
    return _set_value(root, steps, value, place)


def _node_at(root: YamlNode, steps: CasePath) -> YamlNode | None:
    node: YamlNode | None = root
    for step in steps:
        node = node.child(step) if node is not None else None
    return node


def _as_node(value: Any, place: FilePosition) -> YamlNode:
    """Plain data as a tree that stands at one place."""
    if not isinstance(value, dict):
        return YamlNode(value, place)
    return YamlNode({key: _as_node(inner, place) for key, inner in value.items()}, place, dict.fromkeys(value, place))


def resolve_path(root: YamlNode, path: str, allow_new_id: bool = False, case_class: type[Case] = Case) -> CasePath:
    """The steps of a dotted path. Ids may hold dots themselves, so the longest fitting key is taken.

    A key that is absent from the file but known to the schema is allowed, as is, when asked for, a new id.
    """
    segments = path.split(".")
    steps: list[str | int] = []
    node: YamlNode | None = root
    data = root.plain_data()
    while segments:
        word_count, step = _next_step(node, segments, steps, data, allow_new_id, path, case_class)
        segments = segments[word_count:]
        steps.append(step)
        node = node.child(step) if node is not None else None
    return tuple(steps)


def _next_step(
    node: YamlNode | None,
    segments: list[str],
    steps: list[str | int],
    data: object,
    allow_new_id: bool,
    path: str,
    case_class: type[Case],
) -> tuple[int, str | int]:
    if node is not None and isinstance(node.value, list):
        indices_by_id = {child.value["id"].value: i for i, child in enumerate(node.value) if _has_id(child)}
        for word_count in range(len(segments), 0, -1):
            word = ".".join(segments[:word_count])
            if word in indices_by_id:
                return word_count, indices_by_id[word]
        if segments[0].isdecimal() and int(segments[0]) < len(node.value):
            return 1, int(segments[0])
        raise BadPath(f"'{path}' leads nowhere: no entry '{segments[0]}'", did_you_mean(segments[0], indices_by_id))
    present_entries = node.value if node is not None and isinstance(node.value, dict) else {}
    for word_count in range(len(segments), 0, -1):
        if ".".join(segments[:word_count]) in present_entries:
            return word_count, ".".join(segments[:word_count])
    allowed = allowed_keys(case_class, steps, data)
    if allowed and segments[0] in allowed:
        return 1, segments[0]
    if allowed is None and allow_new_id and isinstance(present_entries, dict) and len(steps) == 1:
        return len(segments), ".".join(segments)
    if takes_any_key(case_class, steps, data):
        return 1, segments[0]
    known_keys = [*present_entries, *(allowed or ())]
    raise BadPath(
        f"'{path}' leads nowhere: no '{segments[0]}'",
        did_you_mean(segments[0], known_keys) or "detente explain CASE ID shows paths",
    )


def _has_id(node: YamlNode) -> bool:
    return isinstance(node.value, dict) and "id" in node.value and isinstance(node.value["id"].value, str)


def _set_value(node: YamlNode | None, steps: CasePath, value: YamlNode, place: FilePosition) -> YamlNode:
    if not steps:
        return value
    step, remaining_steps = steps[0], steps[1:]
    if isinstance(step, int):
        assert node is not None
        items = list(node.value)
        items[step] = _set_value(items[step], remaining_steps, value, place)
        return replace(node, value=items)
    if node is None or not isinstance(node.value, dict):
        # A number may stand where the schema also knows a mapping (an estimate): the patch says what it becomes.
        return YamlNode({step: _set_value(None, remaining_steps, value, place)}, place, {step: place})
    keys = {**(node.keys or {}), step: (node.keys or {}).get(step, place)}
    return replace(
        node, value={**node.value, step: _set_value(node.value.get(step), remaining_steps, value, place)}, keys=keys
    )
