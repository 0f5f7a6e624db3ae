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

REPLACEMENT = "\ufffd"
"""What stands in the place of a character that is taken out."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection), fullwidth forms included."""

_NO_TEXT = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 but for tab and the ends of lines (XML 1.0, 2.2)
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of pairs, noncharacters (Unicode 23.7)
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
)
_TURNING = r"\u202a-\u202e\u2066-\u2069"
_NOT_TEXT = re.compile(f"[{_NO_TEXT}]")
_UNSAFE = re.compile(f"[{_NO_TEXT}{_TURNING}]")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


def forbidden_character(text: str) -> str | None:
    """The first character that no text is made of, as `U+001B`; None if there is none."""
    found = _NOT_TEXT.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def forbidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """Where each character stands that no text is made of, and what it is called, as `U+001B`."""
    for found in _NOT_TEXT.finditer(text):
        yield found.start(), f"U+{ord(found.group()):04X}"


def without_forbidden(text: str) -> str:
    """Text with another character for each that no text is made of; as long as it was."""
    return _NOT_TEXT.sub(REPLACEMENT, text)


def clean(text: str) -> str:
    """Text without control characters, noncharacters and bidirectional controls, for any page, picture or file."""
    return _UNSAFE.sub(REPLACEMENT, text) if _UNSAFE.search(text) else text


def json_text(value: object) -> str:
    """A value as JSON, indented by one; what no page may hold stands escaped, so that nothing of it is lost."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return _UNSAFE.sub(lambda found: _escaped(found.group()), text) + "\n"


def _escaped(character: str) -> str:
    """A character as JSON writes it (RFC 8259, 7): beyond the first plane as two halves."""
    return json.dumps(character)[1:-1]


def clean_all(value: object) -> object:
    """A tree of mappings and lists with every text in it cleaned, keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_all(key): clean_all(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean_all(inner) for inner in value]
    return value


def spreadsheet_cell(text: str) -> str:
    """Text as it is written into a cell: cleaned, and with an apostrophe before what could begin a formula.

    A number stays a number.
    """
    text = clean(text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text of a cell without the apostrophe that `spreadsheet_cell` put before it."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV (RFC 4180, lines ended by a line feed), every text in it guarded, heads included.

    Args:
        columns: The heads.
        rows: The cells of each row, in the order of the columns; None is an empty cell.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([spreadsheet_cell(name) for name in columns])
    for row in rows:
        writer.writerow([spreadsheet_cell(cell) if isinstance(cell, str) else _value(cell) for cell in row])
    return written.getvalue()


def _value(cell: object) -> object:
    """A cell that is no text; true and false as polars writes them."""
    return str(cell).lower() if isinstance(cell, bool) else cell
