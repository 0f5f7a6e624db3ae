"""The first part of a case, for cases in which nearly everything is wrong.

What pydantic says of a mistake takes a kilobyte once it is looked at, so it is looked at only as far as it is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from detente.case.loading.yaml.node import YamlNode
from detente.case.schema.base import CasePath


def truncate_tree(tree: YamlNode, max_nodes: int) -> tuple[YamlNode, CasePath]:
    """The tree as far as its first so many values, and the path on which it was cut; all that is kept keeps its path.

    What is found wrong with a mapping or list on that path may be the cut's doing.
    """
    if tree.size <= max_nodes or not isinstance(tree.value, list | dict):
        return tree, ()
    remaining = max_nodes - 1
    kept_children: list[tuple[Any, YamlNode]] = []
    cut_path: CasePath = ()
    steps: Any = list(tree.value) if isinstance(tree.value, dict) else range(len(tree.value))
    for step in steps:
        child = tree.value[step]
        if remaining <= 0:
            break
        part, inner = truncate_tree(child, remaining)
        cut_path = (step, *inner)
        kept_children.append((step, part))
        remaining -= child.size
    value: Any = dict(kept_children) if isinstance(tree.value, dict) else [part for _, part in kept_children]
    return replace(tree, value=value), cut_path


def leads_to_cut(path: CasePath, cut_path: CasePath) -> bool:
    """Whether a path leads to something that was cut."""
    return path == cut_path[: len(path)]
