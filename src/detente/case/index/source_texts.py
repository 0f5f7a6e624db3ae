"""The user's own copies of the documents of a case: found by hash, read for the passages locators point to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from detente.case.schema.base import Locator
from detente.case.schema.case import Case
from detente.errors import UnreadableFile
from detente.files.bounded_read import read_bounded

MOST_BYTES = 64 * 2**20
"""The copy of a document has at most so many bytes."""
Texts = Mapping[str, str]
"""The text of each document that the user has, by its id."""


def find_texts(case: Case, folder: Path | None, home: Path | None) -> dict[str, str]:
    """The texts of those documents of which there is a copy with the right SHA-256.

    Args:
        case: The case whose documents are looked for.
        folder: A folder to look in, not below it; the names of files do not matter.
        home: The case's own folder, from which a document's `file` is looked for.
    """
    wanted = {document.sha256: id for id, document in case.documents.items() if document.sha256}
    files = _beside(folder) if folder else []
    files += [home / d.file for d in case.documents.values() if home and d.file]
    found: dict[str, str] = {}
    for file in files:
        try:
            content = read_bounded(file, MOST_BYTES)
            id = wanted.get(hashlib.sha256(content).hexdigest())
            if id is not None:
                found[id] = content.decode("utf-8")
        except (UnreadableFile, UnicodeDecodeError):
            continue
    return found


def _beside(folder: Path) -> list[Path]:
    """What lies in a folder.

    Raises:
        UnreadableFile: If it cannot be looked into.
    """
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise UnreadableFile(f"'{folder}' cannot be looked into: {error.strerror or error}") from error


def passage(texts: Texts, at: Locator) -> str:
    """The passage a locator points to, with its white space collapsed; nothing if the text or the span is lacking."""
    if at.document not in texts or not at.span:
        return ""
    return " ".join(texts[at.document][slice(*at.span)].split())


def locator_words(at: Locator, document: str) -> str:
    """A locator in words: what to call the document, then section, page, characters, reference."""
    words = [document]
    words += [f"section {at.section}"] if at.section else []
    words += [f"page {at.page}"] if at.page else []
    words += [f"characters {at.span[0]} to {at.span[1]}"] if at.span else []
    words += [f"its reference {at.ref}"] if at.ref else []
    return ", ".join(words)
