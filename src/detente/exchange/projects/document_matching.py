"""Which document of a case each text of a project is: by its content, else by what it is called."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from detente.case.index.source_texts import TextsById
from detente.case.schema.parties import Document
from detente.exchange.projects.text_alignment import Alignment
from detente.text.english import join_words

MIN_SHARED_LINES = 0.5
"""A text of which this share is in a document may be another copy of it, whatever it is called."""
_MIN_LINE_LENGTH, _MAX_LINES_COMPARED = 30, 400
# How a file may begin and end its lines: what has the document's SHA-256 is the file that its spans count in.
_FILE_FORMS = (("", "\n"), ("", "\r\n"), ("\ufeff", "\n"), ("\ufeff", "\r\n"))


@dataclass(frozen=True, slots=True)
class DocumentCopy:
    """A text of a project as another copy of a document of the case."""

    document: str
    alignment: Alignment | None
    """From its places to those of the document; None where there is no text of the document to hold it against."""


def match_documents(
    project: Mapping[str, str], documents: Mapping[str, Document], texts: TextsById
) -> tuple[dict[str, DocumentCopy], list[str]]:
    """Which document each text of a project is, and what is decided or left out, in sentences.

    Args:
        project: The texts of the project, by name, with bare line feeds.
        documents: The documents of the case.
        texts: The user's copies of them.
    """
    copies_by_name: dict[str, DocumentCopy] = {}
    notes: list[str] = []
    lines = {id: _normalised_lines(text) for id, text in texts.items()}
    for name, text in project.items():
        name_matches = _documents_named(name, documents)
        same_file_texts = _texts_of_same_file(text, documents)
        shares = (
            {id: share for id in texts if (share := _shared_line_fraction(text, lines[id])) >= MIN_SHARED_LINES}
            if not same_file_texts
            else {}
        )
        same_text_ids = list(same_file_texts) or [id for id in shares if Alignment(text, texts[id]).is_equivalent]
        id, doubt = _choose_document(name, name_matches, same_text_ids, list(shares))
        if id is None:
            notes.append(f"{doubt or _unknown_document_phrase(name, documents)}: what is coded in it is left out.")
        elif id in same_text_ids:
            copies_by_name[name] = DocumentCopy(id, Alignment(text, same_file_texts.get(id) or texts[id]))
        elif id in texts:
            copies_by_name[name] = DocumentCopy(id, Alignment(text, texts[id]))
            reason = (
                "by its name"
                if id in name_matches
                else f"since it shares {round(100 * shares[id])} of 100 lines with it"
            )
            difference = f"its text differs ({len(text)} characters, not {len(texts[id])})"
            notes.append(f"'{name}' is read as '{id}', {reason}; {difference}, so selections are found by their words.")
        else:
            copy, note = _unchecked_copy(name, text, id, documents[id])
            copies_by_name |= {name: copy} if copy else {}
            notes.append(note)
    return copies_by_name, notes


def _choose_document(
    name: str, name_matches: list[str], same_text_ids: list[str], similar_ids: list[str]
) -> tuple[str | None, str]:
    """The document that a text is, or why that is not clear; what is the same text comes before what is called so."""
    for candidates in (same_text_ids, similar_ids):
        choices = [id for id in candidates if id in name_matches] or candidates
        if len(choices) > 1:
            break
        if choices:
            if name_matches and not same_text_ids and choices[0] not in name_matches:
                return None, f"'{name}' is called like '{name_matches[0]}' and reads like '{choices[0]}'"
            return choices[0], ""
    else:
        choices = name_matches
    if len(choices) > 1:
        return None, f"'{name}' may be {join_words((repr(id) for id in choices), 'or')} (call it by the document's id)"
    return (choices[0], "") if choices else (None, "")


def _unknown_document_phrase(name: str, documents: Mapping[str, Document]) -> str:
    return f"'{name}' is none of the case's documents ({join_words((repr(id) for id in documents), 'or')})"


def _texts_of_same_file(text: str, documents: Mapping[str, Document]) -> dict[str, str]:
    """The documents whose file this text is, each with its text there."""
    file_texts = [byte_order_mark + text.replace("\n", line_break) for byte_order_mark, line_break in _FILE_FORMS]
    hashes = {
        hashlib.sha256(file_text.encode("utf-8", "replace")).hexdigest(): file_text
        for file_text in reversed(file_texts)
    }
    return {id: hashes[part.sha256] for id, part in documents.items() if part.sha256 in hashes}


def _unchecked_copy(name: str, text: str, id: str, part: Document) -> tuple[DocumentCopy | None, str]:
    """A text with the name of a document that is not there to be held against it."""
    if part.characters not in (None, len(text)):
        lengths = f"it has {len(text)} characters, and that {part.characters}"
        remedy = "give a folder with the document with --documents, and selections are found by their words"
        return None, f"'{name}' is another copy of '{id}', for {lengths}: what is coded in it is left out; {remedy}."
    return DocumentCopy(
        id, None
    ), f"No text of '{id}' is there: positions in '{name}' are taken as they are, unchecked."


def _documents_named(name: str, documents: Mapping[str, Document]) -> list[str]:
    """The documents that go by a name: an id, a title, or the name of a file."""
    base_name = re.sub(r" \(\d+\)$", "", name)
    wanted_names = {
        _normalise_file_name(name),
        _normalise_file_name(base_name),
        _normalise_file_name(re.sub(r"\.\w{1,5}$", "", base_name)),
    }
    return [id for id, part in documents.items() if wanted_names & set(_document_names(id, part))]


def _document_names(id: str, part: Document) -> Iterator[str]:
    yield from (_normalise_file_name(id), _normalise_file_name(part.title))
    if part.file:
        path = PurePosixPath(part.file.replace("\\", "/"))
        yield from (_normalise_file_name(path.name), _normalise_file_name(path.stem))


def _normalise_file_name(name: str) -> str:
    """A name without what file systems and programs change in it."""
    return " ".join(re.split(r"[\s_.-]+", unicodedata.normalize("NFKC", name).casefold())).strip()


def _normalised_lines(text: str) -> frozenset[str]:
    return frozenset(" ".join(line.split()) for line in text.splitlines())


def _shared_line_fraction(text: str, other_lines: frozenset[str]) -> float:
    """The share of the longer lines of a text that are lines of another, of up to so many evenly taken."""
    long_lines = [
        line for line in (" ".join(line.split()) for line in text.splitlines()) if len(line) >= _MIN_LINE_LENGTH
    ]
    sampled_lines = long_lines[:: len(long_lines) // _MAX_LINES_COMPARED + 1]
    return sum(line in other_lines for line in sampled_lines) / len(sampled_lines) if sampled_lines else 0.0
