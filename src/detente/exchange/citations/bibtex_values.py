"""The values of BibTeX's fields: braces and quotation marks taken off, `@string` put in, parts joined by `#`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from detente.errors import CaseError, Place, Problem
from detente.exchange.citations.dates import MONTHS

MOST_TEXT = 64 * 2**20
"""How many characters the fields may have together, with what they name and inherit: names of names double quickly."""

_BRACE = re.compile(r"(?<!\\)[{}]")
_NAME = re.compile(r"[^\s#{}\",]+")
_SPACE = re.compile(r"\s*")
_BOUND = re.compile(r'(?<!\\)[{}"]')


class Budget:
    """Counts the text that the fields have together, and refuses the file where it is too much."""

    def __init__(self, file: str):
        self.file, self.spent = file, 0

    def spend(self, characters: int) -> None:
        """Counts so many more; CaseError beyond `MOST_TEXT`."""
        self.spent += characters
        if self.spent > MOST_TEXT:
            what = f"with what they name and inherit, the entries hold more than {MOST_TEXT >> 20} million characters"
            remedy = "take out what many entries get from a @string, crossref or xdata"
            raise CaseError([Problem(Place(0, self.file, 1, 1), "", what, remedy)])


def expanded(value: str, strings: Mapping[str, str], spend: Callable[[int], None]) -> tuple[str, list[str]]:
    """A value without its braces or quotation marks, its parts joined; and the names in it that stand for nothing.

    BibTeX's words for the months stand for themselves. What is no value as BibTeX has it stays as it is. `spend` is
    told how many characters each part has, and may refuse.
    """
    parts: list[str] = []
    unknown: list[str] = []
    at, value = 0, value.strip()
    while at < len(value):
        end = _end_of_part(value, at)
        if end is None:
            return value, unknown
        part = value[at:end]
        if part[0] in '{"':
            parts.append(part[1:-1])
        elif part.isdecimal() or part.lower() in MONTHS:
            parts.append(strings.get(part.lower(), part))
        elif part.lower() in strings:
            parts.append(strings[part.lower()])
        else:
            unknown.append(part)
        spend(len(parts[-1]) if parts else 0)
        at = _SPACE.match(value, end).end()  # type: ignore[union-attr]
        if at < len(value):
            if value[at] != "#":
                return value, unknown
            at = _SPACE.match(value, at + 1).end()  # type: ignore[union-attr]
    return "".join(parts), unknown


def _end_of_part(value: str, at: int) -> int | None:
    """Where the braced, quoted or bare part ends that begins here; None where it has no end."""
    if value[at] not in '{"':
        found = _NAME.match(value, at)
        return found.end() if found else None
    depth = 0
    for sign in _BOUND.finditer(value, at):
        if sign[0] == '"':
            if depth == 0 and value[at] == '"' and sign.start() > at:
                return sign.end()
            continue
        depth += 1 if sign[0] == "{" else -1
        if depth == 0 and value[at] == "{":
            return sign.end()
    return None


def nesting(value: str) -> int:
    """How deep the braces of a value are nested."""
    depth = deepest = 0
    for brace in _BRACE.findall(value):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest
