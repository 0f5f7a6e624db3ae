"""CSL-JSON: items in one form, from files as other programs write them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any

from detente.errors import CaseError, Place, Problem
from detente.exchange.citations import zotero
from detente.exchange.citations.dates import from_csl
from detente.exchange.citations.fields import DATES, NAMES, Item
from detente.exchange.notes import Notes
from detente.text.english import clipped
from detente.text.safe_text import clean

WRAPPERS = ("items", "references")
"""Under what key a file may hold its list of items: Zotero's web API, Better BibTeX; pandoc."""
INNER = ("csljson", "data")
"""Under what key an item may stand within another object, as Zotero's web API has it."""
RENAMED = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short", "event": "event-title"}
"""Names of CSL that it has given up (its schema), and the new ones."""

_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
_NAME_FLAGS = ("parse-names", "multi")  # what a program should do, and what citeproc-js keeps for itself
_SPACE = re.compile("[ \t\r\n]*")

Say = Callable[[str, str], None]
"""Told what kind of thing is left out or read otherwise, and the sentence on it."""


def items_in(text: str, place: Callable[[int], Place], notes: Notes) -> list[Item]:
    """The items of a CSL-JSON text, in one form.

    Args:
        text: A JSON list of items, one item, or an object that holds the list.
        place: From a position in the text to its place in the file.
        notes: Told what is left out, or read otherwise than it stands.

    Raises:
        CaseError: If it is no JSON.
    """
    problems: list[Problem] = []
    items: list[Item] = []
    for found, where in _objects(text, place, problems):

        def say(kind: str, sentence: str, where: Place = where) -> None:
            notes.add(kind, sentence, where)

        if item := uniform(found, say):
            items.append(item)
    if problems:
        raise CaseError(problems)
    return items


def uniform(found: Any, say: Say) -> Item | None:
    """One item in one form: texts as text, names as lists, dates as `citation_dates` has them, no control characters.

    Returns:
        The item, or None where there is nothing to make one of; what is left out, or read otherwise, is said.
    """
    for name in INNER:
        if isinstance(found, dict) and isinstance(found.get(name), dict):
            found = found[name]
    if not isinstance(found, dict) or not any(found.values()):
        say("what is no item", "What stands here is no item of a bibliography: left out.")
        return None
    if zotero.is_zotero(found):
        if found["itemType"] in zotero.NOT_CITED:
            say("notes and attachments", f"A Zotero {clipped(found['itemType'], 20)} is no source: left out.")
            return None
        found = zotero.as_csl(found)
    key = _text(found.get("id")) or ""
    named = f"'{clipped(key or _text(found.get('title')) or '', 80)}'"
    if not key.strip():
        say("an id that is missing", f"{named} has no id, and is named after its title.")
    item: Item = {}
    for name, value in found.items():
        _add(item, RENAMED.get(name, clean(name)), value, named, say)
    item["type"] = item.get("type") or "document"
    return item


def _add(item: Item, name: str, value: Any, named: str, say: Say) -> None:
    of = f"'{clipped(name, 40)}' of {named}"
    if value is None or (value in ("", [], {}) and name not in DATES):
        return
    if name in item:
        say(f"another {name}", f"{of} stands under an older name, too: the second is left out.")
        return
    fit, why = from_csl(value) if name in DATES else _names(value) if name in NAMES else _clean_text(value)
    for reason in why:
        say(f"{name} {reason}", f"{of} {reason}.")
    if fit:
        item[name] = fit


def _clean_text(value: Any) -> tuple[str, list[str]]:
    """The text of a field, or of a list of one, and what is to be said of it."""
    text = _text(value[0] if isinstance(value, list) and len(value) == 1 else value)
    if text is None:
        return "", ["is no text: left out"]
    return clean(text), ["holds characters that no text is made of: replaced"] if clean(text) != text else []


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _names(value: Any) -> tuple[list[dict[str, str]], list[str]]:
    """A list of names, and what is to be said of it."""
    why: list[str] = []
    found = []
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str):
            name = {"literal": name}
            why.append("has a name that is a text: kept as it stands")
        if not isinstance(name, dict):
            why.append("has what is no name: left out")
            continue
        parts = {part: clean(text) for part in _NAME_PARTS if (text := _text(name.get(part)))}
        if not parts:
            why.append("has what is no name: left out")
            continue
        found.append(parts)
        if any(part not in (*_NAME_PARTS, *_NAME_FLAGS) and name[part] for part in name):
            why.append("has parts of a name that are not taken over: left out")
    return found, why


def _objects(text: str, place: Callable[[int], Place], problems: list[Problem]) -> Iterator[tuple[Any, Place]]:
    """Each element of the JSON list, or the only one there is, with its place; ends at the first broken one."""
    try:
        yield from ((found, place(at)) for found, at in _elements(text))
    except json.JSONDecodeError as error:
        problems.append(Problem(place(error.pos), "", f"broken JSON: {error.msg}", "export it again"))
    except _Odd as odd:
        problems.append(Problem(place(odd.at), "", f"broken JSON: {odd}", "in the item that begins here"))


class _Odd(ValueError):
    """What json takes and JSON does not, in the element that begins at `at`."""

    def __init__(self, at: int, message: str):
        self.at = at
        super().__init__(message)


def _elements(text: str) -> Iterator[tuple[Any, int]]:
    decoder = json.JSONDecoder(parse_constant=_constant, object_pairs_hook=_once, strict=False)
    at = _after_space(text, 0)
    if not text.startswith("[", at):
        found, end = _decoded(decoder, text, at)
        _nothing_after(text, end)
        inner = _list_within(decoder, text, at, found)
        if inner is None:
            yield found, at
            return
        yield from _listed(decoder, text, inner)
        return
    end = yield from _listed(decoder, text, at)
    _nothing_after(text, end)


def _listed(decoder: json.JSONDecoder, text: str, at: int) -> Generator[tuple[Any, int], None, int]:
    """The elements of the list that begins here, with their positions; returns where it ends."""
    at = _after_space(text, at + 1)
    if text.startswith("]", at):
        return at + 1
    while True:
        found, end = _decoded(decoder, text, at)
        yield found, at
        at = _after_space(text, end)
        if text.startswith("]", at):
            return at + 1
        if not text.startswith(",", at):
            raise json.JSONDecodeError("Expecting ',' or ']'", text, at)
        at = _after_space(text, at + 1)


def _list_within(decoder: json.JSONDecoder, text: str, at: int, found: Any) -> int | None:
    """Where the list of items begins in an object that holds one; None if it holds none."""
    if not isinstance(found, dict) or found.keys() & {"id", "type", "itemType"}:
        return None
    wanted = next((name for name in WRAPPERS if isinstance(found.get(name), list)), None)
    at = _after_space(text, at + 1)
    while wanted is not None:
        name, at = decoder.raw_decode(text, at)
        at = _after_space(text, _after_space(text, at) + 1)  # the colon
        if name == wanted:
            return at
        at = _after_space(text, decoder.raw_decode(text, at)[1])
        at = _after_space(text, at + 1)  # the comma
    return None


def _decoded(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(text, at)
    except json.JSONDecodeError:
        raise
    except RecursionError as error:
        raise _Odd(at, "nested too deep") from error
    except ValueError as error:
        raise _Odd(at, str(error)) from error


def _nothing_after(text: str, at: int) -> None:
    at = _after_space(text, at)
    if at < len(text):
        raise json.JSONDecodeError("Extra data", text, at)


def _constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"'{clipped(name, 40)}' stands twice in one object")
        found[name] = value
    return found


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
