"""Text from elsewhere made safe to read and to write: the one guarded way in, and out, of every file and picture.

A case may hold whatever its author, or the program that wrote it, put there. Three things do harm: characters that no
text is made of (control characters and noncharacters, by which text speaks to a terminal and at which writers of XML
stop), characters that turn the order of what follows around (bidirectional controls, Unicode Standard Annex 9; the
attack is CVE-2021-42574), and cells that a spreadsheet takes for a formula.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

REPLACEMENT_CHARACTER = "\ufffd"
"""What stands in the place of a character that is taken out."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection), fullwidth forms included."""

_NON_TEXT_RANGES = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 but for tab and the ends of lines (XML 1.0, 2.2)
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of pairs, noncharacters (Unicode 23.7)
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
)
_BIDI_CONTROLS = r"\u202a-\u202e\u2066-\u2069"
_NON_TEXT_PATTERN = re.compile(f"[{_NON_TEXT_RANGES}]")
_UNSAFE_PATTERN = re.compile(f"[{_NON_TEXT_RANGES}{_BIDI_CONTROLS}]")
_NUMBER_PATTERN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


def first_forbidden_character(text: str) -> str | None:
    """The first character that no text is made of, as `U+001B`; None if there is none."""
    hit = _NON_TEXT_PATTERN.search(text)
    return f"U+{ord(hit.group()):04X}" if hit else None


def locate_forbidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """Where each character stands that no text is made of, and what it is called, as `U+001B`."""
    for hit in _NON_TEXT_PATTERN.finditer(text):
        yield hit.start(), f"U+{ord(hit.group()):04X}"


def replace_forbidden(text: str) -> str:
    """Text with another character for each that no text is made of; as long as it was."""
    return _NON_TEXT_PATTERN.sub(REPLACEMENT_CHARACTER, text)


def clean_text(text: str) -> str:
    """Text without control characters, noncharacters and bidirectional controls, for any page, picture or file."""
    return _UNSAFE_PATTERN.sub(REPLACEMENT_CHARACTER, text) if _UNSAFE_PATTERN.search(text) else text


def guard_json(text: str) -> str:
    """JSON with a line feed at its end; what no page may hold stands escaped, so that nothing of it is lost."""
    return _UNSAFE_PATTERN.sub(lambda hit: _escape_character(hit.group()), text) + "\n"


def _escape_character(character: str) -> str:
    """A character as JSON writes it (RFC 8259, 7): beyond the first plane as two halves."""
    return json.dumps(character)[1:-1]


def clean_tree(value: object) -> object:
    """A tree of mappings and lists with every text in it cleaned, keys included."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_tree(key): clean_tree(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean_tree(inner) for inner in value]
    return value


def clean_json(value: object) -> str:
    """A value as JSON on one line, keys in order, with every text in it cleaned."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    # Control characters stand escaped in it, whatever else there is to clean as it is.
    if "\\u" in text or _UNSAFE_PATTERN.search(text):
        return json.dumps(clean_tree(value), ensure_ascii=False, sort_keys=True)
    return text


def guard_cell(text: str) -> str:
    """Text as it is written into a cell: cleaned, and with an apostrophe before what could begin a formula.

    A number stays a number.
    """
    text = clean_text(text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) and not _NUMBER_PATTERN.fullmatch(text) else text


def unguard_cell(text: str) -> str:
    """The text of a cell without the apostrophe that `guard_cell` put before it."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA_STARTS) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV (RFC 4180, lines ended by a line feed), every text in it guarded, heads included.

    Args:
        columns: The heads.
        rows: The cells of each row, in the order of the columns; None is an empty cell.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([guard_cell(name) for name in columns])
    for row in rows:
        writer.writerow([guard_cell(cell) if isinstance(cell, str) else _plain_cell(cell) for cell in row])
    return buffer.getvalue()


def _plain_cell(cell: object) -> object:
    """A cell that is no text; true and false as polars writes them."""
    return str(cell).lower() if isinstance(cell, bool) else cell
