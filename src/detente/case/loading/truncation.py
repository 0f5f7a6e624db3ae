"""The first part of a case, for cases in which nearly everything is wrong.

What pydantic says of a mistake takes a kilobyte once it is looked at, so it is looked at only as far as it is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from detente.case.loading.yaml_tree import Node
from detente.case.schema.introspection import Path


def first_part(tree: Node, most: int) -> tuple[Node, Path]:
    """The tree as far as its first so many values, and the path on which it was cut; all that is kept keeps its path.

    What is found wrong with a mapping or list on that path may be the cut's doing.
    """
    if tree.size <= most or not isinstance(tree.value, list | dict):
        return tree, ()
    left = most - 1
    kept: list[tuple[Any, Node]] = []
    cut: Path = ()
    steps: Any = list(tree.value) if isinstance(tree.value, dict) else range(len(tree.value))
    for step in steps:
        child = tree.value[step]
        if left <= 0:
            break
        part, inner = first_part(child, left)
        cut = (step, *inner)
        kept.append((step, part))
        left -= child.size
    value: Any = dict(kept) if isinstance(tree.value, dict) else [part for _, part in kept]
    return replace(tree, value=value), cut


def on_the_way(path: Path, cut: Path) -> bool:
    """Whether a path leads to something that was cut."""
    return path == cut[: len(path)]
