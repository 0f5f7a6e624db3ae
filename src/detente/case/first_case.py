"""A bare case to begin from: as few lines as give an answer, each key with its question."""

from __future__ import annotations

import re
from pathlib import Path

from detente.case.schema.base import ID_PATTERN

TEMPLATE = Path(__file__).with_name("first_case.yaml")
FALLBACK_ID = "my-case"
"""The id where the name of the folder makes none."""
MAX_ID_LETTERS = 80


def first_case_text(folder_name: str) -> str:
    """The bare case with an id made of the name of its folder."""
    return TEMPLATE.read_text(encoding="utf-8").replace("{id}", id_of_name(folder_name), 1)


def id_of_name(name: str) -> str:
    """An id as near to a name as may be: lower case, everything else a hyphen; a fixed one where nothing is left."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    id = "-".join(words)[:MAX_ID_LETTERS].rstrip("-")
    return id if re.fullmatch(ID_PATTERN, id) else FALLBACK_ID
