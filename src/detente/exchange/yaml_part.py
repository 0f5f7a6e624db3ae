"""A part of a case written as YAML, from what is brought in from other programs: read again as it is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from detente.case.loading.imports import MOST_BYTES
from detente.case.loading.yaml_tree import MOST_NODES, stays_text
from detente.errors import CaseError, Place, Problem, printable
from detente.text.safe_text import clean_all

_ODD_SPACE = re.compile(r"[^\S \n]")
"""White space that the reader of cases takes for a slip where it stands bare."""


class _Dumper(yaml.CSafeDumper):
    """libyaml's writer, which leaves bare what is text by YAML 1.1; a case is read by 1.2, where `08` is a number."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    bare = stays_text(text) and not _ODD_SPACE.search(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if bare else "'")


_Dumper.add_representer(str, _text)


def part_of_case(sections: dict[str, Any], file: Path, notes: Sequence[str] = ()) -> str:
    """Sections of a case as YAML, without characters that no text is made of.

    Args:
        sections: What a part of a case holds: mappings, lists and plain values.
        file: Where it comes from, which is named at its head.
        notes: What was left out or changed, told at its head.

    Raises:
        CaseError: If it is larger than a file of a case may be.
    """
    safe = clean_all(sections)
    values = _values(safe)
    text = yaml.dump(safe, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    said = [f"Brought in from {file.name}.", *notes]
    text = "".join(f"# {printable(line)}\n" for line in said) + text
    size = len(text.encode())
    if size > MOST_BYTES or values > MOST_NODES:
        parts = max(-(-size // MOST_BYTES), -(-values // MOST_NODES))
        what = f"as a part of a case this takes {size / 2**20:.1f} MiB and {values:,} values"
        limits = f"{MOST_BYTES >> 20} MiB and {MOST_NODES:,} values are allowed: split it into {parts} or more"
        raise CaseError([Problem(Place(0, str(file), 1, 1), "", what, limits)])
    return text


def _values(tree: Any) -> int:
    """How many values a tree has, counted as the reader of cases counts them."""
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + sum(map(_values, inner))
