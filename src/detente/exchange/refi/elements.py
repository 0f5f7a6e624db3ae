"""What is exchanged: texts, coders, a tree of codes, and the passages that were coded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from detente.errors import DetenteError
from detente.exchange.refi.plain_text import collapse_spaces
from detente.exchange.refi.xml import PROJECT_NAMESPACE
from detente.text.safe_text import clean_text

UNKNOWN_CODER = "unknown"
"""The coder of a selection that names none."""
NO_DATE = "1970-01-01T00:00:00Z"
"""The date that stands for none."""
_GUID_PATTERN = re.compile(r"\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?", re.IGNORECASE)
_GUID_NAMESPACE = uuid5(NAMESPACE_URL, PROJECT_NAMESPACE)


@dataclass(frozen=True, slots=True)
class CodedSelection:
    """A passage of a document to which a coder gave a code."""

    document: str
    """The name of the document."""
    start: int
    """Where the passage begins, in code points of the text."""
    end: int
    """Where it ends; exclusive."""
    code_path: tuple[str, ...]
    """The path to the code in the tree of codes."""
    coder: str
    """The coder's name."""
    note: str = ""
    date: str = ""
    """When it was coded: a date or an xs:dateTime, or nothing."""
    id: str = ""
    """Written as the GUID of the coding: as it is where it is one, else made from it by `guid`; read as the GUID."""


@dataclass(frozen=True, slots=True)
class RefiProject:
    """A project: texts, coders, the tree of codes, and what was coded."""

    title: str
    texts: Mapping[str, str]
    """The text of each document, by its name."""
    coders: tuple[str, ...]
    codes: Mapping[tuple[str, ...], str]
    """What each code stands for, by its path; parents need not be listed when a project is written."""
    selections: tuple[CodedSelection, ...]
    notes: tuple[str, ...] = ()
    """What the reader had to decide or to leave out; not written."""


def make_guid(title: str, *names: str) -> str:
    """The GUID that a project of this title gives to something, such as `("coding", id)` to a selection."""
    return str(uuid5(_GUID_NAMESPACE, clean_text("\n".join((collapse_spaces(title), *names)))))


def normalise_guid(text: str) -> str:
    """A GUID in small letters and without braces; nothing, if the text is none."""
    match = _GUID_PATTERN.fullmatch(text.strip())
    return match[1].lower() if match else ""


def load_models() -> Any:
    """The models of pyrefiqda.

    Raises:
        DetenteError: If it is not installed.
    """
    try:
        from pyrefiqda import models
    except ImportError as error:
        raise DetenteError("REFI-QDA needs pyrefiqda: pip install 'detente[exchange]'") from error
    return models
