"""Where in the text of a JSON file a value stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def locate_value(text: str, path: Sequence[str | int]) -> tuple[int, int, int]:
    """Line and column, from 1, of the value at a path, and how many steps of the path lead to it.

    Where the path leads on from what is there, the value that it ends at.

    Args:
        text: Valid JSON.
        path: Keys and numbers of items, as pydantic locates an error; it may go on with what stands for no value.
    """
    position, steps = _skip_blank(text, 0), 0
    for step in path:
        value_start = next((start for key, start in _child_positions(text, position) if key == step), None)
        if value_start is None:
            break
        position, steps = value_start, steps + 1
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position), steps


def _child_positions(text: str, position: int) -> Iterator[tuple[str | int, int]]:
    """The keys, or numbers, of what an object or list holds, and where each value begins."""
    bracket, position = text[position], _skip_blank(text, position + 1)
    number = 0
    while bracket in "{[" and text[position] not in "]}":
        key: str | int = number
        if bracket == "{":
            key, position = _DECODER.raw_decode(text, position)
            position = _skip_blank(text, _skip_blank(text, position) + 1)
        yield key, position
        position = _skip_blank(text, _DECODER.raw_decode(text, position)[1])
        position = _skip_blank(text, position + 1) if text[position] == "," else position
        number += 1


def _skip_blank(text: str, position: int) -> int:
    blanks = _BLANK.match(text, position)
    return blanks.end() if blanks else position
