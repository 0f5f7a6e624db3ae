"""Citations of sources as CSL-JSON items, which read and write CSL-JSON and BibTeX.

An item is a plain dict in the terms of CSL 1.0.2: `id`, `type`, `title`, `author` as `[{family, given}]` or
`[{literal}]`, `issued` as `dates` has it, and texts such as `container-title`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from pathlib import Path

from detente.errors import CaseError, FilePosition, UnreadableFile
from detente.exchange.citations.bibtex import items_from_bibtex
from detente.exchange.citations.bibtex_write import biblatex_text
from detente.exchange.citations.csl import items_from_csl
from detente.exchange.citations.fields import CslItem
from detente.exchange.ids import case_id
from detente.exchange.notes import Notes
from detente.files.bounded_read import decode_utf8, read_bounded
from detente.text.english import clip_text, count_noun
from detente.text.safe_text import clean_text, clean_tree

__all__ = ["CslItem", "case_id", "read_bibtex", "read_csl", "write_bibtex", "write_csl"]

MAX_FILE_BYTES = {".bib": 8 * 2**20, ".json": 16 * 2**20}
"""How large a file may be: what is read has to fit into a part of a case, which takes 8 MiB (`case/yaml_tree.py`)."""

_ENCODING_COMMENT = re.compile(rb"%+\s*encoding:\s*((?:iso|latin|cp|windows|mac|koi8)[\w-]*)", re.IGNORECASE)


def read_csl(path: Path) -> tuple[list[CslItem], list[str]]:
    """The items of a CSL-JSON file, in one form, and in sentences what was left out or read otherwise.

    Raises:
        CaseError: With everything that is wrong with the file.
    """
    path = Path(path)
    notes = Notes()
    text = _read_text(path, ".json")
    items = items_from_csl(text, _place_finder(path, text), notes)
    return _drop_repeated_items(items, notes), notes.sentences()


def write_csl(items: Iterable[CslItem]) -> str:
    """The items as CSL-JSON, in their order, their fields sorted."""
    text = json.dumps(clean_tree(list(items)), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return f"{text}\n"


def read_bibtex(path: Path) -> tuple[list[CslItem], list[str]]:
    """The entries of a BibTeX or BibLaTeX file as items, and in sentences what was left out or read otherwise.

    Raises:
        CaseError: With everything that is wrong with the file.
        DetenteError: Without bibtexparser.
    """
    path = Path(path)
    notes = Notes()
    text = _read_text(path, ".bib")
    cleaned = clean_text(text)
    if cleaned != text:
        position = next(i for i, c in enumerate(text) if cleaned[i] != c)
        replaced_count = sum(a != b for a, b in zip(text, cleaned, strict=True))
        message = f"{count_noun(replaced_count, 'character')} that no text is made of: replaced, the first here."
        notes.add("control characters", message[:1].upper() + message[1:], _place_finder(path, text)(position))
    return _drop_repeated_items(items_from_bibtex(cleaned, str(path), notes), notes), notes.sentences()


def write_bibtex(items: Iterable[CslItem]) -> str:
    """The items as BibLaTeX entries in UTF-8, in their order; `unwritten_notes` says what they do not carry.

    White space is made single spaces.
    """
    return biblatex_text(items)


def _drop_repeated_items(items: list[CslItem], notes: Notes) -> list[CslItem]:
    """The items without those that stand twice in the same words; of others with one id it is said that there are."""
    first_by_key: dict[str, CslItem] = {}
    distinct = []
    for item in items:
        key = str(item.get("id", ""))
        earlier = first_by_key.setdefault(key, item) if key else item
        if earlier is item or earlier != item:
            distinct.append(item)
        if earlier is not item:
            outcome = "in the same words: one is left out" if earlier == item else "for different things: both come in"
            notes.add("ids that stand twice", f"'{clip_text(key, 80)}' stands twice, {outcome}.")
    return distinct


def _read_text(path: Path, suffix: str) -> str:
    try:
        content = read_bounded(path, MAX_FILE_BYTES[suffix])
        encoding = _detect_encoding(content, suffix)
        text = content.decode(encoding) if encoding else decode_utf8(content)
    except UnreadableFile as error:
        raise CaseError([error.as_problem(str(path))]) from error
    except (UnicodeDecodeError, LookupError) as error:
        fault = UnreadableFile(f"is not {encoding}, as it says", "save the file as UTF-8")
        raise CaseError([fault.as_problem(str(path))]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _detect_encoding(content: bytes, suffix: str) -> str | None:
    """What a mark of UTF-16 or, in BibTeX, a comment at the head (as JabRef writes it) says; nothing for UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = _ENCODING_COMMENT.search(content[:1000]) if suffix == ".bib" else None
    return declared[1].decode().lower() if declared else None


def _place_finder(path: Path, text: str) -> Callable[[int], FilePosition]:
    """A function from a position in the text to its place in the file."""
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place_of(position: int) -> FilePosition:
        line = bisect_right(line_starts, position)
        return FilePosition(0, str(path), line, position - line_starts[line - 1] + 1)

    return place_of
