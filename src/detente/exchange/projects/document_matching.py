"""Which document of a case each text of a project is: by its content, else by what it is called."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from detente.case.index.source_texts import Texts
from detente.case.schema.parties import Document
from detente.exchange.projects.text_alignment import Alignment
from detente.text.english import listed

ALIKE = 0.5
"""A text of which this share is in a document may be another copy of it, whatever it is called."""
_LINE, _MOST_LINES = 30, 400
# How a file may begin and end its lines: what has the document's SHA-256 is the file that its spans count in.
_FORMS = (("", "\n"), ("", "\r\n"), ("\ufeff", "\n"), ("\ufeff", "\r\n"))


@dataclass(frozen=True, slots=True)
class Copy:
    """A text of a project as another copy of a document of the case."""

    document: str
    alignment: Alignment | None
    """From its places to those of the document; None where there is no text of the document to hold it against."""


def copies(
    project: Mapping[str, str], documents: Mapping[str, Document], texts: Texts
) -> tuple[dict[str, Copy], list[str]]:
    """Which document each text of a project is, and what is decided or left out, in sentences.

    Args:
        project: The texts of the project, by name, with bare line feeds.
        documents: The documents of the case.
        texts: The user's copies of them.
    """
    found: dict[str, Copy] = {}
    notes: list[str] = []
    lines = {id: _lines(text) for id, text in texts.items()}
    for name, text in project.items():
        named = _by_name(name, documents)
        same = _same_file(text, documents)
        shares = {id: share for id in texts if (share := _share(text, lines[id])) >= ALIKE} if not same else {}
        alike = list(same) or [id for id in shares if Alignment(text, texts[id]).same]
        id, doubt = _chosen(name, named, alike, list(shares))
        if id is None:
            notes.append(f"{doubt or _stranger(name, documents)}: what is coded in it is left out.")
        elif id in alike:
            found[name] = Copy(id, Alignment(text, same.get(id) or texts[id]))
        elif id in texts:
            found[name] = Copy(id, Alignment(text, texts[id]))
            why = "by its name" if id in named else f"since it shares {round(100 * shares[id])} of 100 lines with it"
            differs = f"its text differs ({len(text)} characters, not {len(texts[id])})"
            notes.append(f"'{name}' is read as '{id}', {why}; {differs}, so selections are found by their words.")
        else:
            copy, note = _unchecked(name, text, id, documents[id])
            found |= {name: copy} if copy else {}
            notes.append(note)
    return found, notes


def _chosen(name: str, named: list[str], alike: list[str], sharing: list[str]) -> tuple[str | None, str]:
    """The document that a text is, or why that is not clear; what is the same text comes before what is called so."""
    for several in (alike, sharing):
        choices = [id for id in several if id in named] or several
        if len(choices) > 1:
            break
        if choices:
            if named and not alike and choices[0] not in named:
                return None, f"'{name}' is called like '{named[0]}' and reads like '{choices[0]}'"
            return choices[0], ""
    else:
        choices = named
    if len(choices) > 1:
        return None, f"'{name}' may be {listed((repr(id) for id in choices), 'or')} (call it by the document's id)"
    return (choices[0], "") if choices else (None, "")


def _stranger(name: str, documents: Mapping[str, Document]) -> str:
    return f"'{name}' is none of the case's documents ({listed((repr(id) for id in documents), 'or')})"


def _same_file(text: str, documents: Mapping[str, Document]) -> dict[str, str]:
    """The documents whose file this text is, each with its text there."""
    wholes = [mark + text.replace("\n", line) for mark, line in _FORMS]
    hashes = {hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest(): whole for whole in reversed(wholes)}
    return {id: hashes[part.sha256] for id, part in documents.items() if part.sha256 in hashes}


def _unchecked(name: str, text: str, id: str, part: Document) -> tuple[Copy | None, str]:
    """A text with the name of a document that is not there to be held against it."""
    if part.characters not in (None, len(text)):
        lengths = f"it has {len(text)} characters, and that {part.characters}"
        remedy = "give a folder with the document with --documents, and selections are found by their words"
        return None, f"'{name}' is another copy of '{id}', for {lengths}: what is coded in it is left out; {remedy}."
    return Copy(id, None), f"No text of '{id}' is there: positions in '{name}' are taken as they are, unchecked."


def _by_name(name: str, documents: Mapping[str, Document]) -> list[str]:
    """The documents that go by a name: an id, a title, or the name of a file."""
    bare = re.sub(r" \(\d+\)$", "", name)
    wanted = {_plain(name), _plain(bare), _plain(re.sub(r"\.\w{1,5}$", "", bare))}
    return [id for id, part in documents.items() if wanted & set(_names(id, part))]


def _names(id: str, part: Document) -> Iterator[str]:
    yield from (_plain(id), _plain(part.title))
    if part.file:
        path = PurePosixPath(part.file.replace("\\", "/"))
        yield from (_plain(path.name), _plain(path.stem))


def _plain(name: str) -> str:
    """A name without what file systems and programs change in it."""
    return " ".join(re.split(r"[\s_.-]+", unicodedata.normalize("NFKC", name).casefold())).strip()


def _lines(text: str) -> frozenset[str]:
    return frozenset(" ".join(line.split()) for line in text.splitlines())


def _share(text: str, ours: frozenset[str]) -> float:
    """The share of the longer lines of a text that are lines of another, of up to so many evenly taken."""
    long = [line for line in (" ".join(line.split()) for line in text.splitlines()) if len(line) >= _LINE]
    some = long[:: len(long) // _MOST_LINES + 1]
    return sum(line in ours for line in some) / len(some) if some else 0.0
