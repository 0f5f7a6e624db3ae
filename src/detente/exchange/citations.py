"""Citations of sources as CSL-JSON items, which read and write CSL-JSON and BibTeX.

An item is a plain dict in the terms of CSL 1.0.2: `id`, `type`, `title`, `author` as `[{family, given}]` or
`[{literal}]`, `issued` as `{"date-parts": [[2007, 6, 1]]}` or `{"raw": ...}`, and texts such as `container-title`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from detente.errors import CaseError, Place, Problem, UnreadableFile, printable
from detente.exchange.bibtex import entries, items_of
from detente.exchange.citation_fields import DATES, NAMES, UNFIT, Item
from detente.file_content import read_bounded, utf8_text
from detente.words import clipped

__all__ = ["Item", "case_id", "read_bibtex", "read_csl", "write_bibtex", "write_csl"]

_MOST = 64 * 2**20
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_SPACE = re.compile("[ \t\r\n]*")


def read_csl(path: Path) -> tuple[list[Item], list[str]]:
    """The items of a CSL-JSON file, numbers made text, and what was left out of them.

    Raises:
        CaseError: With everything that is wrong with the file.
    """
    path = Path(path)
    text = _text(path)
    problems: list[Problem] = []
    left_out: list[str] = []
    items: list[Item] = []
    lines: dict[str, int] = {}
    for found, place in _objects(text, _places(path, text), problems):
        item = _item(found, place, problems, left_out)
        if item is None:
            continue
        if item["id"] in lines:
            message = f"'{clipped(item['id'], 80)}' stands twice: the first is in line {lines[item['id']]}"
            problems.append(Problem(place, "", message, "give each item an id of its own"))
        lines.setdefault(item["id"], place.line)
        items.append(item)
    if problems:
        raise CaseError(problems)
    return items, left_out


def write_csl(items: Iterable[Item]) -> str:
    """The items as CSL-JSON, in their order, their fields sorted."""
    written = json.dumps(list(items), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return f"{UNFIT.sub(chr(0xFFFD), written)}\n"


def read_bibtex(path: Path) -> tuple[list[Item], list[str]]:
    """The entries of a BibTeX or BibLaTeX file as items, and what was left out of them.

    Raises:
        CaseError: With everything that is wrong with the file.
        DetenteError: Without bibtexparser.
    """
    path = Path(path)
    return items_of(_text(path), str(path))


def write_bibtex(items: Iterable[Item]) -> str:
    """The items as BibLaTeX entries in UTF-8, in their order; fields that BibLaTeX has no name for are not written.

    White space is made single spaces. Particles are written as part of the family name.
    """
    return entries(items)


def case_id(key: str, taken: set[str]) -> str:
    """An id for a case from a citation key: `smith-2004-a` from `Smith:2004_a`; not one of those taken."""
    plain = unicodedata.normalize("NFKD", key[:400].casefold()).encode("ascii", "ignore").decode()
    id = re.sub(r"[^a-z0-9]*[^a-z0-9.][^a-z0-9]*|\.{2,}", "-", plain).strip("-.")[:80].rstrip("-.") or "source"
    unique, number = id, 1
    while unique in taken:
        number += 1
        unique = f"{id[: 79 - len(str(number))].rstrip('-.')}-{number}"
    return unique


def _text(path: Path) -> str:
    try:
        return utf8_text(read_bounded(path, _MOST)).replace("\r\n", "\n").replace("\r", "\n")
    except UnreadableFile as error:
        raise CaseError([error.problem(str(path))]) from error


def _places(path: Path, text: str) -> Callable[[int], Place]:
    """A function from a position in the text to its place in the file."""
    begins = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(at: int) -> Place:
        line = bisect_right(begins, at)
        return Place(0, str(path), line, at - begins[line - 1] + 1)

    return place


def _objects(text: str, place: Callable[[int], Place], problems: list[Problem]) -> Iterator[tuple[Any, Place]]:
    """Each element of the JSON list, or the only one there is, with its place; ends at the first broken one."""

    def constant(name: str) -> None:
        raise ValueError(f"{name} is no JSON")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                raise ValueError(f"'{clipped(name, 40)}' stands twice in one object")
            found[name] = value
        return found

    decoder = json.JSONDecoder(parse_constant=constant, object_pairs_hook=once)
    at = _after_space(text, 0)
    listed = text.startswith("[", at)
    at = _after_space(text, at + listed)
    try:
        if listed and text.startswith("]", at):
            at += 1
        else:
            while True:
                begun = at
                found, at = decoder.raw_decode(text, at)
                yield found, place(begun)
                at = _after_space(text, at)
                if not listed or not text.startswith(",", at):
                    break
                at = _after_space(text, at + 1)
            if listed:
                if not text.startswith("]", at):
                    raise json.JSONDecodeError("Expecting ',' or ']'", text, at)
                at += 1
        at = _after_space(text, at)
        if at < len(text):
            raise json.JSONDecodeError("Extra data", text, at)
    except json.JSONDecodeError as error:
        problems.append(Problem(place(error.pos), "", f"broken JSON: {error.msg}", "export it again"))
    except ValueError as error:
        problems.append(Problem(place(at), "", f"broken JSON: {error}", "in the item that begins here"))
    except RecursionError:
        problems.append(Problem(place(at), "", "nested too deep", "an item holds texts, names and dates"))


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _item(found: Any, place: Place, problems: list[Problem], left_out: list[str]) -> Item | None:
    """What was found as an item, cleaned; problems are told at the item's first line."""
    remedy = "see the CSL-JSON schema"
    if not isinstance(found, dict) or not (_scalar(found.get("id")) or "").strip():
        problems.append(Problem(place, "", "an item is an object with an id", remedy))
        return None
    item: Item = {}
    for name, value in found.items():
        if value is None:
            continue
        fit: Any = _scalar(value)
        if name in NAMES:
            fit = _names(value)
        elif name in DATES:
            fit = _date(value)
        if fit is not None:
            item[_clean(name)] = fit
        elif name in NAMES or name in DATES or name in ("id", "type", "title"):
            kind = "a list of names" if name in NAMES else "a date" if name in DATES else "a text"
            message = f"'{name}' of '{clipped(str(found['id']), 80)}' is not {kind}"
            problems.append(Problem(place, "", message, remedy))
        else:
            left_out.append(
                printable(f"'{clipped(name, 40)}' of '{clipped(str(found['id']), 80)}' is no text: left out.")
            )
    item.setdefault("type", "document")
    return item


def _clean(text: str) -> str:
    return UNFIT.sub("\ufffd", text)


def _scalar(value: Any) -> str | None:
    if isinstance(value, str):
        return _clean(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _names(value: Any) -> list[dict[str, str]] | None:
    if not isinstance(value, list) or not all(isinstance(name, dict) for name in value):
        return None
    names = [{part: name[part] for part in _NAME_PARTS if name.get(part) not in (None, "")} for name in value]
    if not all(names) or not all(isinstance(text, str) for name in names for text in name.values()):
        return None
    return [{part: _clean(text) for part, text in name.items()} for name in names]


def _date(value: Any) -> dict[str, Any] | None:
    """A date with its parts as whole numbers, or as it was put in words."""
    if not isinstance(value, dict):
        return None
    if "date-parts" not in value:
        said = value.get("raw") or value.get("literal")
        return {"raw": _clean(said)} if isinstance(said, str) else None
    try:
        parts = [[int(part) for part in date] for date in value["date-parts"]]
    except (TypeError, ValueError):
        return None
    fine = 1 <= len(parts) <= 2 and all(1 <= len(date) <= 3 and _calendar(*date) for date in parts)
    return {"date-parts": parts} if fine else None


def _calendar(year: int, month: int = 1, day: int = 1) -> bool:
    return abs(year) < 10_000 and 1 <= month <= 12 and 1 <= day <= 31
