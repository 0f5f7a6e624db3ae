"""Where in the text of a JSON file a value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def place_in(text: str, path: Sequence[str | int]) -> tuple[int, int, int]:
    """Line and column, from 1, of the value at a path, and how many steps of the path lead to it.

    Where the path leads on from what is there, the value that it ends at.

    Args:
        text: Valid JSON.
        path: Keys and numbers of items, as pydantic locates an error; it may go on with what stands for no value.
    """
    at, steps = _after_blank(text, 0), 0
    for step in path:
        inside = next((start for key, start in _items(text, at) if key == step), None)
        if inside is None:
            break
        at, steps = inside, steps + 1
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), steps


def _items(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """The keys, or numbers, of what an object or list holds, and where each value begins."""
    opened, at = text[at], _after_blank(text, at + 1)
    number = 0
    while opened in "{[" and text[at] not in "]}":
        key: str | int = number
        if opened == "{":
            key, at = _DECODER.raw_decode(text, at)
            at = _after_blank(text, _after_blank(text, at) + 1)
        yield key, at
        at = _after_blank(text, _DECODER.raw_decode(text, at)[1])
        at = _after_blank(text, at + 1) if text[at] == "," else at
        number += 1


def _after_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
