"""Paths into a case, and what-ifs as patches of them."""

from __future__ import annotations

from dataclasses import replace

from detente.case.loading.yaml_tree import Node
from detente.case.schema.introspection import Path, keys_at, takes_any_key
from detente.errors import Place, did_you_mean


class BadPath(ValueError):
    """A path that leads nowhere; the arguments are the message and the remedy."""

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return str(self.args[1]) if len(self.args) > 1 else ""


def patched(root: Node, path: str, value: Node, place: Place) -> Node:
    """A copy of the tree in which the path has this value; what the path does not touch is shared."""
    steps = resolve(root, path, adding=isinstance(value.value, dict))
    return _set(root, steps, value, place)


def resolve(root: Node, path: str, adding: bool = False) -> Path:
    """The steps of a dotted path. Ids may hold dots themselves, so the longest fitting key is taken.

    A key that is absent from the file but known to the schema is allowed, as is, when `adding`, a new id.
    """
    words = path.split(".")
    steps: list[str | int] = []
    node: Node | None = root
    data = root.plain()
    while words:
        taken, step = _step(node, words, steps, data, adding, path)
        words = words[taken:]
        steps.append(step)
        node = node.child(step) if node is not None else None
    return tuple(steps)


def _step(
    node: Node | None, words: list[str], steps: list[str | int], data: object, adding: bool, path: str
) -> tuple[int, str | int]:
    if node is not None and isinstance(node.value, list):
        names = {child.value["id"].value: i for i, child in enumerate(node.value) if _has_id(child)}
        for taken in range(len(words), 0, -1):
            word = ".".join(words[:taken])
            if word in names:
                return taken, names[word]
        if words[0].isdecimal() and int(words[0]) < len(node.value):
            return 1, int(words[0])
        raise BadPath(f"'{path}' leads nowhere: no entry '{words[0]}'", did_you_mean(words[0], names))
    present = node.value if node is not None and isinstance(node.value, dict) else {}
    for taken in range(len(words), 0, -1):
        if ".".join(words[:taken]) in present:
            return taken, ".".join(words[:taken])
    allowed = keys_at(steps, data)
    if allowed and words[0] in allowed:
        return 1, words[0]
    if allowed is None and adding and isinstance(present, dict) and len(steps) == 1:
        return len(words), ".".join(words)
    if takes_any_key(steps, data):
        return 1, words[0]
    known = [*present, *(allowed or ())]
    raise BadPath(
        f"'{path}' leads nowhere: no '{words[0]}'",
        did_you_mean(words[0], known) or "detente explain CASE ID shows paths",
    )


def _has_id(node: Node) -> bool:
    return isinstance(node.value, dict) and "id" in node.value and isinstance(node.value["id"].value, str)


def _set(node: Node | None, steps: Path, value: Node, place: Place) -> Node:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        assert node is not None
        items = list(node.value)
        items[step] = _set(items[step], rest, value, place)
        return replace(node, value=items)
    if node is None or not isinstance(node.value, dict):
        # A number may stand where the schema also knows a mapping (an estimate): the patch says what it becomes.
        return Node({step: _set(None, rest, value, place)}, place, {step: place})
    keys = {**(node.keys or {}), step: (node.keys or {}).get(step, place)}
    return replace(node, value={**node.value, step: _set(node.value.get(step), rest, value, place)}, keys=keys)
