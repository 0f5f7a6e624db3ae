"""What in a YAML text is not what it looks like: white space that is none to YAML, and comments that cut a value."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import islice

from detente.errors import Place, Problem
from detente.text.safe_text import forbidden_characters, without_forbidden

# Spaces other than the plain one (Unicode category Zs), and marks without width.
ODD = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff"
_ODD_ENDS = re.compile(rf"[{ODD}]+")
_ODD_AT_END = re.compile(rf"[{ODD}]+\Z")
_INDENTED = re.compile(rf"^[ \t]*([{ODD}])", re.M)
_AFTER_DASH = re.compile(rf"^[ \t]*(?:- +)*-([{ODD}])", re.M)
_AFTER_COLON = re.compile(rf"(?:^[ \t]*(?:- +)*|[{{\[,] *)(?:[\w.-]+|'[^'\n]*'|\"[^\"\n]*\"):([{ODD}])", re.M)
_KEY_AND_ODD = re.compile(rf"(?:-|[\w.-]+:)([{ODD}])")
_CUT = re.compile(r"[ \t]+#([^\s#][^\n]*)")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_SEEN = 2
"""Lines above an error of syntax in which its cause is looked for."""


class PlacesOf:
    """The places of positions in the text of a file."""

    def __init__(self, text: str, file: str, rank: int):
        self.file, self.rank = file, rank
        self.begins = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]

    def __call__(self, at: int) -> Place:
        """The place of a position, counted from 0."""
        line = bisect_right(self.begins, at)
        return Place(self.rank, self.file, line, at - self.begins[line - 1] + 1)


def called(character: str) -> str:
    """What a character is called, e.g. `U+00A0 (no-break space)`."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"


def odd_ends(text: str) -> tuple[str, int | None, int | None]:
    """Plain text without odd white space at its ends, and where that begins at either of them."""
    before, after = _ODD_ENDS.match(text), _ODD_AT_END.search(text)
    if not before and not after:
        return text, None, None
    stripped = text.strip().strip("".join(c for c in set(text) if _ODD_ENDS.match(c)) + " \t")
    return stripped, 0 if before else None, after.start() if after else None


def hidden_key(text: str) -> int | None:
    """Where odd white space stands after the colon in what looks like a key with its value, if it does."""
    found = _KEY_AND_ODD.match(text)
    return found.start(1) if found else None


def cut_by_comment(text: str, end: int) -> tuple[int, str] | None:
    """Where a comment begins that follows a value without a space after its #, and what it says.

    Args:
        text: The whole text.
        end: Where the value ends.
    """
    found = _CUT.match(text, end)
    return (found.start(1) - 1, found[1].strip()) if found else None


def cut_problem(place: Place, what: str) -> Problem:
    """The warning that a comment leaves out what may belong to the value before it."""
    shown = what if len(what) <= 60 else f"{what[:58]} …"
    said = f"'#{shown}' is left out: # after a space begins a comment"
    remedy = "put the whole text in quotes if this belongs to it; write '# ' if it is a comment"
    return Problem(place, "", said, remedy, "warning")


def readable(text: str, file: str, rank: int, most: int) -> tuple[str, list[Problem]]:
    """The text without characters that YAML cannot be made of, each replaced by another, and a problem for each.

    They are control characters, and what some programs, and libyaml, take for the end of a line (NEL, LS, PS).

    Args:
        text: The text of a file.
        file: How to name the file in messages.
        rank: Its rank among the files of the case.
        most: How many are told.
    """
    breaks = ((found.start(), found.group()) for found in _OTHER_BREAKS.finditer(text))
    faults = [(at, f"{called(one)} ends a line for some programs only") for at, one in islice(breaks, most)]
    forbidden = islice(forbidden_characters(text), most)
    faults += [(at, f"a control character or none at all: {name} is no part of any text") for at, name in forbidden]
    if not faults:
        return text, []
    place = PlacesOf(text, file, rank)
    problems = [Problem(place(at), "", what, "delete it") for at, what in sorted(faults)]
    return without_forbidden(_OTHER_BREAKS.sub(" ", text)), problems


def causes(text: str, file: str, rank: int, line: int) -> list[Problem]:
    """What may be behind an error of syntax at a line: odd white space there, and then everywhere else; cut values."""
    place = PlacesOf(text, file, rank)
    found = sorted({at.start(1) for one in (_INDENTED, _AFTER_DASH, _AFTER_COLON) for at in one.finditer(text)})
    near = [at for at in found if line - _SEEN <= place(at).line <= line]
    problems = [odd_problem(place(at), text[at]) for at in found] if near else []
    for at in re.finditer(r"[^\s#,\[\]{}][ \t]+#([^\s#][^\n]*)", text):
        if line - _SEEN <= place(at.start(1)).line <= line:
            problems.append(cut_problem(place(at.start(1) - 1), at[1].strip()))
    return problems


def odd_problem(place: Place, character: str) -> Problem:
    """The error that a character looks like a space and is none to YAML."""
    return Problem(
        place, "", f"{called(character)} is no space to YAML", "put a plain space in its place, or delete it"
    )
