"""A part of a case written as YAML, from what is brought in from other programs: read again as it is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from detente.case.loading.imports import MAX_CASE_BYTES
from detente.case.loading.yaml.composer import is_plain_text
from detente.case.loading.yaml.node import MAX_NODES
from detente.errors import CaseError, FilePosition, Problem, printable_text
from detente.text.safe_text import clean_tree

_ODD_SPACE = re.compile(r"[^\S \n]")
"""White space that the reader of cases takes for a slip where it stands bare."""


class _Dumper(yaml.CSafeDumper):
    """libyaml's writer, which leaves bare what is text by YAML 1.1; a case is read by 1.2, where `08` is a number."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    is_plain = is_plain_text(text) and not _ODD_SPACE.search(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_plain else "'")


_Dumper.add_representer(str, _represent_text)


def partial_case_yaml(sections: dict[str, Any], file: Path, notes: Sequence[str] = ()) -> str:
    """Sections of a case as YAML, without characters that no text is made of.

    Args:
        sections: What a part of a case holds: mappings, lists and plain values.
        file: Where it comes from, which is named at its head.
        notes: What was left out or changed, told at its head.

    Raises:
        CaseError: If it is larger than a file of a case may be.
    """
    cleaned = clean_tree(sections)
    value_count = _count_values(cleaned)
    text = yaml.dump(cleaned, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    header_lines = [f"Brought in from {file.name}.", *notes]
    text = "".join(f"# {printable_text(line)}\n" for line in header_lines) + text
    size = len(text.encode())
    if size > MAX_CASE_BYTES or value_count > MAX_NODES:
        parts = max(-(-size // MAX_CASE_BYTES), -(-value_count // MAX_NODES))
        message = f"as a part of a case this takes {size / 2**20:.1f} MiB and {value_count:,} values"
        limits = f"{MAX_CASE_BYTES >> 20} MiB and {MAX_NODES:,} values are allowed: split it into {parts} or more"
        raise CaseError([Problem(FilePosition(0, str(file), 1, 1), "", message, limits)])
    return text


def _count_values(tree: Any) -> int:
    """How many values a tree has, counted as the reader of cases counts them."""
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + sum(map(_count_values, children))
