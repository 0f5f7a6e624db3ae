"""Citations of sources as CSL-JSON items, which read and write CSL-JSON and BibTeX.

An item is a plain dict in the terms of CSL 1.0.2: `id`, `type`, `title`, `author` as `[{family, given}]` or
`[{literal}]`, `issued` as `citation_dates` has it, and texts such as `container-title`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from pathlib import Path

from detente.errors import CaseError, Place, UnreadableFile
from detente.exchange.citations.bibtex import items_of
from detente.exchange.citations.bibtex_write import entries
from detente.exchange.citations.csl import items_in
from detente.exchange.citations.fields import Item
from detente.exchange.ids import case_id
from detente.exchange.notes import Notes
from detente.files.bounded_read import read_bounded, utf8_text
from detente.text.english import clipped, count
from detente.text.safe_text import clean, clean_all

__all__ = ["Item", "case_id", "read_bibtex", "read_csl", "write_bibtex", "write_csl"]

MOST_BYTES = {".bib": 8 * 2**20, ".json": 16 * 2**20}
"""How large a file may be: what is read has to fit into a part of a case, which takes 8 MiB (`case/yaml_tree.py`)."""

_DECLARED = re.compile(rb"%+\s*encoding:\s*((?:iso|latin|cp|windows|mac|koi8)[\w-]*)", re.IGNORECASE)


def read_csl(path: Path) -> tuple[list[Item], list[str]]:
    """The items of a CSL-JSON file, in one form, and in sentences what was left out or read otherwise.

    Raises:
        CaseError: With everything that is wrong with the file.
    """
    path = Path(path)
    notes = Notes()
    text = _text(path, ".json")
    items = items_in(text, _places(path, text), notes)
    return _once(items, notes), notes.said()


def write_csl(items: Iterable[Item]) -> str:
    """The items as CSL-JSON, in their order, their fields sorted."""
    written = json.dumps(clean_all(list(items)), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return f"{written}\n"


def read_bibtex(path: Path) -> tuple[list[Item], list[str]]:
    """The entries of a BibTeX or BibLaTeX file as items, and in sentences what was left out or read otherwise.

    Raises:
        CaseError: With everything that is wrong with the file.
        DetenteError: Without bibtexparser.
    """
    path = Path(path)
    notes = Notes()
    text = _text(path, ".bib")
    cleaned = clean(text)
    if cleaned != text:
        at = next(i for i, c in enumerate(text) if cleaned[i] != c)
        number = sum(a != b for a, b in zip(text, cleaned, strict=True))
        said = f"{count(number, 'character')} that no text is made of: replaced, the first here."
        notes.add("control characters", said[:1].upper() + said[1:], _places(path, text)(at))
    return _once(items_of(cleaned, str(path), notes), notes), notes.said()


def write_bibtex(items: Iterable[Item]) -> str:
    """The items as BibLaTeX entries in UTF-8, in their order; `bibtex_write.unwritten` says what they do not carry.

    White space is made single spaces.
    """
    return entries(items)


def _once(items: list[Item], notes: Notes) -> list[Item]:
    """The items without those that stand twice in the same words; of others with one id it is said that there are."""
    first: dict[str, Item] = {}
    kept = []
    for item in items:
        key = str(item.get("id", ""))
        other = first.setdefault(key, item) if key else item
        if other is item or other != item:
            kept.append(item)
        if other is not item:
            alike = "in the same words: one is left out" if other == item else "for different things: both come in"
            notes.add("ids that stand twice", f"'{clipped(key, 80)}' stands twice, {alike}.")
    return kept


def _text(path: Path, suffix: str) -> str:
    try:
        content = read_bounded(path, MOST_BYTES[suffix])
        encoding = _encoding(content, suffix)
        text = content.decode(encoding) if encoding else utf8_text(content)
    except UnreadableFile as error:
        raise CaseError([error.problem(str(path))]) from error
    except (UnicodeDecodeError, LookupError) as error:
        what = UnreadableFile(f"is not {encoding}, as it says", "save the file as UTF-8")
        raise CaseError([what.problem(str(path))]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(content: bytes, suffix: str) -> str | None:
    """What a mark of UTF-16 or, in BibTeX, a comment at the head (as JabRef writes it) says; nothing for UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = _DECLARED.search(content[:1000]) if suffix == ".bib" else None
    return declared[1].decode().lower() if declared else None


def _places(path: Path, text: str) -> Callable[[int], Place]:
    """A function from a position in the text to its place in the file."""
    begins = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(at: int) -> Place:
        line = bisect_right(begins, at)
        return Place(0, str(path), line, at - begins[line - 1] + 1)

    return place
