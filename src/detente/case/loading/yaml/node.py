"""A tree of YAML values that remembers where everything stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from detente.errors import FilePosition

MAX_NODES = 100_000
"""Values in a case, aliases counted; each takes about a kilobyte at worst."""

_NOT_COMPUTED: Any = object()


@dataclass(slots=True)
class YamlNode:
    """A value and its place. `value` is a scalar, a list of nodes, or a dict of nodes with `keys`' places."""

    value: Any
    place: FilePosition
    keys: dict[str, FilePosition] | None = None
    size: int = 1
    depth: int = 1
    _plain_cache: Any = field(default=_NOT_COMPUTED, init=False, compare=False, repr=False)

    def child(self, step: str | int) -> YamlNode | None:
        """What stands under a key of a mapping, or at an index of a list."""
        if isinstance(self.value, dict):
            child_node: YamlNode | None = self.value.get(step)
            return child_node
        is_index = isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value)
        return self.value[step] if is_index else None

    def plain_data(self) -> Any:
        """The value without its places; not to be changed, since it is kept for trees that share this node."""
        if self._plain_cache is _NOT_COMPUTED:
            if isinstance(self.value, dict):
                self._plain_cache = {key: child.plain_data() for key, child in self.value.items()}
            elif isinstance(self.value, list):
                self._plain_cache = [child.plain_data() for child in self.value]
            else:
                self._plain_cache = self.value
        return self._plain_cache


def locate_path(tree: YamlNode, path: Iterable[str | int]) -> tuple[FilePosition, tuple[str | int, ...]]:
    """The place of the deepest node on a path that stands in the file, and the path to it.

    Steps that are not in the file are passed over: pydantic names the member of a union it tried, and
    a list of one may be written without its brackets.
    """
    node = tree
    steps: list[str | int] = []
    for step in path:
        child = node.child(step)
        if child is not None:
            node = child
            steps.append(step)
    return node.place, tuple(steps)
