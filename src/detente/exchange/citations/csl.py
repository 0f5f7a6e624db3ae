"""CSL-JSON: items in one form, from files as other programs write them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any

from detente.errors import CaseError, FilePosition, Problem
from detente.exchange.citations import zotero
from detente.exchange.citations.dates import date_from_csl
from detente.exchange.citations.fields import DATE_FIELDS, NAME_FIELDS, CslItem
from detente.exchange.notes import Notes
from detente.text.english import clip_text
from detente.text.safe_text import clean_text

LIST_KEYS = ("items", "references")
"""Under what key a file may hold its list of items: Zotero's web API, Better BibTeX; pandoc."""
ITEM_KEYS = ("csljson", "data")
"""Under what key an item may stand within another object, as Zotero's web API has it."""
RENAMED_FIELDS = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short", "event": "event-title"}
"""Names of CSL that it has given up (its schema), and the new ones."""

_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_NAME_FLAGS = ("parse-names", "multi")  # what a program should do, and what citeproc-js keeps for itself
_SPACE = re.compile("[ \t\r\n]*")

NoteCallback = Callable[[str, str], None]
"""Told what kind of thing is left out or read otherwise, and the sentence on it."""


def items_from_csl(text: str, place: Callable[[int], FilePosition], notes: Notes) -> list[CslItem]:
    """The items of a CSL-JSON text, in one form.

    Args:
        text: A JSON list of items, one item, or an object that holds the list.
        place: From a position in the text to its place in the file.
        notes: Told what is left out, or read otherwise than it stands.

    Raises:
        CaseError: If it is no JSON.
    """
    problems: list[Problem] = []
    items: list[CslItem] = []
    for element, item_place in _located_elements(text, place, problems):

        def say(kind: str, sentence: str, item_place: FilePosition = item_place) -> None:
            notes.add(kind, sentence, item_place)

        if item := uniform_item(element, say):
            items.append(item)
    if problems:
        raise CaseError(problems)
    return items


def uniform_item(raw_item: Any, add_note: NoteCallback) -> CslItem | None:
    """One item in one form: texts as text, names as lists, dates as `dates` has them, no control characters.

    Returns:
        The item, or None where there is nothing to make one of; what is left out, or read otherwise, is said.
    """
    for name in ITEM_KEYS:
        if isinstance(raw_item, dict) and isinstance(raw_item.get(name), dict):
            raw_item = raw_item[name]
    if not isinstance(raw_item, dict) or not any(raw_item.values()):
        add_note("what is no item", "What stands here is no item of a bibliography: left out.")
        return None
    if zotero.is_zotero_item(raw_item):
        if raw_item["itemType"] in zotero.UNCITED_TYPES:
            add_note("notes and attachments", f"A Zotero {clip_text(raw_item['itemType'], 20)} is no source: left out.")
            return None
        raw_item = zotero.csl_from_zotero(raw_item)
    key = _as_text(raw_item.get("id")) or ""
    quoted_name = f"'{clip_text(key or _as_text(raw_item.get('title')) or '', 80)}'"
    if not key.strip():
        add_note("an id that is missing", f"{quoted_name} has no id, and is named after its title.")
    item: CslItem = {}
    for name, value in raw_item.items():
        _add_field(item, RENAMED_FIELDS.get(name, clean_text(name)), value, quoted_name, add_note)
    item["type"] = item.get("type") or "document"
    return item


def _add_field(item: CslItem, name: str, value: Any, quoted_name: str, add_note: NoteCallback) -> None:
    subject = f"'{clip_text(name, 40)}' of {quoted_name}"
    if value is None or (value in ("", [], {}) and name not in DATE_FIELDS):
        return
    if name in item:
        add_note(f"another {name}", f"{subject} stands under an older name, too: the second is left out.")
        return
    cleaned, remarks = (
        date_from_csl(value)
        if name in DATE_FIELDS
        else _clean_names(value)
        if name in NAME_FIELDS
        else _clean_text(value)
    )
    for reason in remarks:
        add_note(f"{name} {reason}", f"{subject} {reason}.")
    if cleaned:
        item[name] = cleaned


def _clean_text(value: Any) -> tuple[str, list[str]]:
    """The text of a field, or of a list of one, and what is to be said of it."""
    text = _as_text(value[0] if isinstance(value, list) and len(value) == 1 else value)
    if text is None:
        return "", ["is no text: left out"]
    return clean_text(text), ["holds characters that no text is made of: replaced"] if clean_text(text) != text else []


def _as_text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _clean_names(value: Any) -> tuple[list[dict[str, str]], list[str]]:
    """A list of names, and what is to be said of it."""
    remarks: list[str] = []
    names = []
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str):
            name = {"literal": name}
            remarks.append("has a name that is a text: kept as it stands")
        if not isinstance(name, dict):
            remarks.append("has what is no name: left out")
            continue
        parts = {part: clean_text(text) for part in _NAME_PARTS if (text := _as_text(name.get(part)))}
        if not parts:
            remarks.append("has what is no name: left out")
            continue
        names.append(parts)
        if any(part not in (*_NAME_PARTS, *_NAME_FLAGS) and name[part] for part in name):
            remarks.append("has parts of a name that are not taken over: left out")
    return names, remarks


def _located_elements(
    text: str, place: Callable[[int], FilePosition], problems: list[Problem]
) -> Iterator[tuple[Any, FilePosition]]:
    """Each element of the JSON list, or the only one there is, with its place; ends at the first broken one."""
    try:
        yield from ((element, place(position)) for element, position in _top_level_elements(text))
    except json.JSONDecodeError as error:
        problems.append(Problem(place(error.pos), "", f"broken JSON: {error.msg}", "export it again"))
    except _InvalidElement as fault:
        problems.append(Problem(place(fault.position), "", f"broken JSON: {fault}", "in the item that begins here"))


class _InvalidElement(ValueError):
    """What json takes and JSON does not, in the element that begins at `at`."""

    def __init__(self, position: int, message: str):
        self.position = position
        super().__init__(message)


def _top_level_elements(text: str) -> Iterator[tuple[Any, int]]:
    decoder = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_refuse_repeated_keys, strict=False)
    position = _skip_space(text, 0)
    if not text.startswith("[", position):
        element, end = _decode_element(decoder, text, position)
        _require_end(text, end)
        list_start = _list_start(decoder, text, position, element)
        if list_start is None:
            yield element, position
            return
        yield from _list_elements(decoder, text, list_start)
        return
    end = yield from _list_elements(decoder, text, position)
    _require_end(text, end)


def _list_elements(decoder: json.JSONDecoder, text: str, position: int) -> Generator[tuple[Any, int], None, int]:
    """The elements of the list that begins here, with their positions; returns where it ends."""
    position = _skip_space(text, position + 1)
    if text.startswith("]", position):
        return position + 1
    while True:
        element, end = _decode_element(decoder, text, position)
        yield element, position
        position = _skip_space(text, end)
        if text.startswith("]", position):
            return position + 1
        if not text.startswith(",", position):
            raise json.JSONDecodeError("Expecting ',' or ']'", text, position)
        position = _skip_space(text, position + 1)


def _list_start(decoder: json.JSONDecoder, text: str, position: int, element: Any) -> int | None:
    """Where the list of items begins in an object that holds one; None if it holds none."""
    if not isinstance(element, dict) or element.keys() & {"id", "type", "itemType"}:
        return None
    list_key = next((name for name in LIST_KEYS if isinstance(element.get(name), list)), None)
    position = _skip_space(text, position + 1)
    while list_key is not None:
        name, position = decoder.raw_decode(text, position)
        position = _skip_space(text, _skip_space(text, position) + 1)  # the colon
        if name == list_key:
            return position
        position = _skip_space(text, decoder.raw_decode(text, position)[1])
        position = _skip_space(text, position + 1)  # the comma
    return None


def _decode_element(decoder: json.JSONDecoder, text: str, position: int) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(text, position)
    except json.JSONDecodeError:
        raise
    except RecursionError as error:
        raise _InvalidElement(position, "nested too deep") from error
    except ValueError as error:
        raise _InvalidElement(position, str(error)) from error


def _require_end(text: str, position: int) -> None:
    position = _skip_space(text, position)
    if position < len(text):
        raise json.JSONDecodeError("Extra data", text, position)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"'{clip_text(name, 40)}' stands twice in one object")
        members[name] = value
    return members


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
