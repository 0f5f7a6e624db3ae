"""What in a YAML text is not what it looks like: white space that is none to YAML, and comments that cut a value."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import islice

from detente.errors import FilePosition, Problem
from detente.text.safe_text import locate_forbidden_characters, replace_forbidden

# Spaces other than the plain one (Unicode category Zs), and marks without width.
ODD_SPACES = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff"
_ODD_ENDS = re.compile(rf"[{ODD_SPACES}]+")
_ODD_AT_END = re.compile(rf"[{ODD_SPACES}]+\Z")
_INDENTED = re.compile(rf"^[ \t]*([{ODD_SPACES}])", re.M)
_AFTER_DASH = re.compile(rf"^[ \t]*(?:- +)*-([{ODD_SPACES}])", re.M)
_AFTER_COLON = re.compile(rf"(?:^[ \t]*(?:- +)*|[{{\[,] *)(?:[\w.-]+|'[^'\n]*'|\"[^\"\n]*\"):([{ODD_SPACES}])", re.M)
_KEY_AND_ODD = re.compile(rf"(?:-|[\w.-]+:)([{ODD_SPACES}])")
_CUTTING_COMMENT = re.compile(r"[ \t]+#([^\s#][^\n]*)")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_LINES_ABOVE = 2
"""Lines above an error of syntax in which its cause is looked for."""


class PlaceFinder:
    """The places of positions in the text of a file."""

    def __init__(self, text: str, file: str, rank: int):
        self.file, self.rank = file, rank
        self.line_starts = [0, *(line_break.end() for line_break in re.finditer(r"\r\n|\r|\n", text))]

    def __call__(self, position: int) -> FilePosition:
        """The place of a position, counted from 0."""
        line = bisect_right(self.line_starts, position)
        return FilePosition(self.rank, self.file, line, position - self.line_starts[line - 1] + 1)


def character_name(character: str) -> str:
    """What a character is called, e.g. `U+00A0 (no-break space)`."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"


def strip_odd_spaces(text: str) -> tuple[str, int | None, int | None]:
    """Plain text without odd white space at its ends, and where that begins at either of them."""
    before, after = _ODD_ENDS.match(text), _ODD_AT_END.search(text)
    if not before and not after:
        return text, None, None
    stripped = text.strip().strip("".join(c for c in set(text) if _ODD_ENDS.match(c)) + " \t")
    return stripped, 0 if before else None, after.start() if after else None


def find_hidden_key(text: str) -> int | None:
    """Where odd white space stands after the colon in what looks like a key with its value, if it does."""
    match = _KEY_AND_ODD.match(text)
    return match.start(1) if match else None


def find_cutting_comment(text: str, end: int) -> tuple[int, str] | None:
    """Where a comment begins that follows a value without a space after its #, and what it says.

    Args:
        text: The whole text.
        end: Where the value ends.
    """
    match = _CUTTING_COMMENT.match(text, end)
    return (match.start(1) - 1, match[1].strip()) if match else None


def comment_warning(place: FilePosition, comment: str) -> Problem:
    """The warning that a comment leaves out what may belong to the value before it."""
    shown_comment = comment if len(comment) <= 60 else f"{comment[:58]} …"
    message = f"'#{shown_comment}' is left out: # after a space begins a comment"
    remedy = "put the whole text in quotes if this belongs to it; write '# ' if it is a comment"
    return Problem(place, "", message, remedy, "warning")


def replace_unreadable(text: str, file: str, rank: int, max_problems: int) -> tuple[str, list[Problem]]:
    """The text without characters that YAML cannot be made of, each replaced by another, and a problem for each.

    They are control characters, and what some programs, and libyaml, take for the end of a line (NEL, LS, PS).

    Args:
        text: The text of a file.
        file: How to name the file in messages.
        rank: Its rank among the files of the case.
        most: How many are told.
    """
    breaks = ((match.start(), match.group()) for match in _OTHER_BREAKS.finditer(text))
    faults = [
        (position, f"{character_name(character)} ends a line for some programs only")
        for position, character in islice(breaks, max_problems)
    ]
    forbidden = islice(locate_forbidden_characters(text), max_problems)
    faults += [
        (position, f"a control character or none at all: {name} is no part of any text") for position, name in forbidden
    ]
    if not faults:
        return text, []
    place_of = PlaceFinder(text, file, rank)
    problems = [Problem(place_of(position), "", message, "delete it") for position, message in sorted(faults)]
    return replace_forbidden(_OTHER_BREAKS.sub(" ", text)), problems


def syntax_error_causes(text: str, file: str, rank: int, line: int) -> list[Problem]:
    """What may be behind an error of syntax at a line: odd white space there, and then everywhere else; cut values."""
    place_of = PlaceFinder(text, file, rank)
    positions = sorted(
        {at.start(1) for pattern in (_INDENTED, _AFTER_DASH, _AFTER_COLON) for at in pattern.finditer(text)}
    )
    nearby_positions = [at for at in positions if line - _LINES_ABOVE <= place_of(at).line <= line]
    problems = [odd_space_problem(place_of(at), text[at]) for at in positions] if nearby_positions else []
    for at in re.finditer(r"[^\s#,\[\]{}][ \t]+#([^\s#][^\n]*)", text):
        if line - _LINES_ABOVE <= place_of(at.start(1)).line <= line:
            problems.append(comment_warning(place_of(at.start(1) - 1), at[1].strip()))
    return problems


def odd_space_problem(place: FilePosition, character: str) -> Problem:
    """The error that a character looks like a space and is none to YAML."""
    return Problem(
        place, "", f"{character_name(character)} is no space to YAML", "put a plain space in its place, or delete it"
    )
