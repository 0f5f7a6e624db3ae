"""The user's own copies of the documents of a case: found by hash, read for the passages locators point to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from detente.case.schema.base import Locator
from detente.case.schema.case import Case
from detente.errors import UnreadableFile
from detente.files.bounded_read import read_bounded

MAX_DOCUMENT_BYTES = 64 * 2**20
"""The copy of a document has at most so many bytes."""
TextsById = Mapping[str, str]
"""The text of each document that the user has, by its id."""


def find_document_texts(case: Case, folder: Path | None, home: Path | None) -> dict[str, str]:
    """The texts of those documents of which there is a copy with the right SHA-256.

    Args:
        case: The case whose documents are looked for.
        folder: A folder to look in, not below it; the names of files do not matter.
        home: The case's own folder, from which a document's `file` is looked for.
    """
    ids_by_hash = {document.sha256: id for id, document in case.documents.items() if document.sha256}
    files = _files_in_folder(folder) if folder else []
    files += [home / d.file for d in case.documents.values() if home and d.file]
    texts: dict[str, str] = {}
    for file in files:
        try:
            content = read_bounded(file, MAX_DOCUMENT_BYTES)
            id = ids_by_hash.get(hashlib.sha256(content).hexdigest())
            if id is not None:
                texts[id] = content.decode("utf-8")
        except (UnreadableFile, UnicodeDecodeError):
            continue
    return texts


def _files_in_folder(folder: Path) -> list[Path]:
    """What lies in a folder.

    Raises:
        UnreadableFile: If it cannot be looked into.
    """
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise UnreadableFile(f"'{folder}' cannot be looked into: {error.strerror or error}") from error


def passage_text(texts: TextsById, locator: Locator) -> str:
    """The passage a locator points to, with its white space collapsed; nothing if the text or the span is lacking."""
    if locator.document not in texts or not locator.span:
        return ""
    return " ".join(texts[locator.document][slice(*locator.span)].split())


def format_locator(locator: Locator, document: str) -> str:
    """A locator in words: what to call the document, then section, page, characters, reference."""
    words = [document]
    words += [f"section {locator.section}"] if locator.section else []
    words += [f"page {locator.page}"] if locator.page else []
    words += [f"characters {locator.span[0]} to {locator.span[1]}"] if locator.span else []
    words += [f"its reference {locator.ref}"] if locator.ref else []
    return ", ".join(words)
