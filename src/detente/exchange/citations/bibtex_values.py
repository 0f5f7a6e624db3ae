"""The values of BibTeX's fields: braces and quotation marks taken off, `@string` put in, parts joined by `#`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from detente.errors import CaseError, FilePosition, Problem
from detente.exchange.citations.dates import MONTHS

MAX_CHARACTERS = 64 * 2**20
"""How many characters the fields may have together, with what they name and inherit: names of names double quickly."""

_BRACE_PATTERN = re.compile(r"(?<!\\)[{}]")
_NAME_PATTERN = re.compile(r"[^\s#{}\",]+")
_SPACE_PATTERN = re.compile(r"\s*")
_DELIMITER_PATTERN = re.compile(r'(?<!\\)[{}"]')


class TextBudget:
    """Counts the text that the fields have together, and refuses the file where it is too much."""

    def __init__(self, file: str):
        self.file, self.spent = file, 0

    def spend(self, characters: int) -> None:
        """Counts so many more; CaseError beyond `MAX_CHARACTERS`."""
        self.spent += characters
        if self.spent > MAX_CHARACTERS:
            message = (
                f"with what they name and inherit, the entries hold more than {MAX_CHARACTERS >> 20} million characters"
            )
            remedy = "take out what many entries get from a @string, crossref or xdata"
            raise CaseError([Problem(FilePosition(0, self.file, 1, 1), "", message, remedy)])


def expand_value(value: str, strings: Mapping[str, str], spend: Callable[[int], None]) -> tuple[str, list[str]]:
    """A value without its braces or quotation marks, its parts joined; and the names in it that stand for nothing.

    BibTeX's words for the months stand for themselves. What is no value as BibTeX has it stays as it is. `spend` is
    told how many characters each part has, and may refuse.
    """
    parts: list[str] = []
    unknown_names: list[str] = []
    position, value = 0, value.strip()
    while position < len(value):
        end = _end_of_part(value, position)
        if end is None:
            return value, unknown_names
        part = value[position:end]
        if part[0] in '{"':
            parts.append(part[1:-1])
        elif part.isdecimal() or part.lower() in MONTHS:
            parts.append(strings.get(part.lower(), part))
        elif part.lower() in strings:
            parts.append(strings[part.lower()])
        else:
            unknown_names.append(part)
        spend(len(parts[-1]) if parts else 0)
        position = _SPACE_PATTERN.match(value, end).end()  # type: ignore[union-attr]
        if position < len(value):
            if value[position] != "#":
                return value, unknown_names
            position = _SPACE_PATTERN.match(value, position + 1).end()  # type: ignore[union-attr]
    return "".join(parts), unknown_names


def _end_of_part(value: str, start: int) -> int | None:
    """Where the braced, quoted or bare part ends that begins here; None where it has no end."""
    if value[start] not in '{"':
        match = _NAME_PATTERN.match(value, start)
        return match.end() if match else None
    depth = 0
    for sign in _DELIMITER_PATTERN.finditer(value, start):
        if sign[0] == '"':
            if depth == 0 and value[start] == '"' and sign.start() > start:
                return sign.end()
            continue
        depth += 1 if sign[0] == "{" else -1
        if depth == 0 and value[start] == "{":
            return sign.end()
    return None


def nesting_depth(value: str) -> int:
    """How deep the braces of a value are nested."""
    depth = deepest = 0
    for brace in _BRACE_PATTERN.findall(value):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest
