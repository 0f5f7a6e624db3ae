"""Codings from CSV: a coding sheet that somebody filled in, or a list of codings, read to the tree that YAML gives.

A sheet has a line for each unit and a column for each theory, headed by its id; a list has a line for each coding and
a column for each of its keys. Every cell keeps its line and column, so that mistakes are found where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.loading.yaml_tree import MOST_NODES, Node
from detente.errors import Place, Problem, UnreadableFile, did_you_mean
from detente.files.bounded_read import utf8_text
from detente.text.safe_text import clean, forbidden_character, unguarded

SHOWN = ("about", "where", "text")
"""Columns of a sheet that are there for the coder to read."""
SHEET = ("unit", *SHOWN, "coder", "round", "date", "because")
"""The columns of a sheet besides those of the theories."""
PLACE = ("document", "section", "start", "end")
LIST = ("id", "unit", "theory", "level", "direction", "strength", "coder", "round", "date", "because", "note", *PLACE)
"""The columns of a list of codings."""
LEVELS = ("primary", "secondary", "none")
DIRECTIONS = ("for", "against", "neither")
STRENGTHS = ("strong", "moderate", "weak", "conditional")
MOST_COLUMNS, MOST_ROWS, MOST_CELLS = 500, 50_000, 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and where it stands."""

    text: str
    place: Place

    @property
    def node(self) -> Node:
        """The value as a scalar of the tree."""
        return Node(self.text, self.place)


def read_rows(content: bytes, file: str, rank: int, problems: list[Problem]) -> list[list[Cell]]:
    """The lines of a CSV file that are not empty, cell by cell; the first names the columns. Problems are added."""
    start = Place(rank, file, 1, 1)
    try:
        text = utf8_text(content)
    except UnreadableFile as error:
        problems.append(error.problem(file, rank))
        return []
    rows: list[list[Cell]] = []
    cells = 0
    for row in _rows(text, file, rank, problems):
        cells += len(row)
        if len(rows) > MOST_ROWS or cells > MOST_CELLS:
            what = f"more than {MOST_ROWS} lines" if len(rows) > MOST_ROWS else f"more than {MOST_CELLS} cells"
            problems.append(Problem(row[0].place, "", what, "split the file"))
            return []
        if any(cell.text for cell in row):
            rows.append(row)
    if rows and rows[0][0].text.lower().startswith("sep="):  # as Excel writes it
        del rows[0]
    if not rows:
        problems.append(Problem(start, "", "there is nothing here", "the first line names the columns"))
    return rows


def read_codings(content: bytes, file: str, rank: int, problems: list[Problem], most: int = MOST_NODES) -> Node | None:
    """The tree of a CSV file of codings, `{codings: [...]}`; None if nothing can be read. Problems are added."""
    start = Place(rank, file, 1, 1)
    rows = read_rows(content, file, rank, problems)
    if not rows:
        return None
    header, lines = rows[0], rows[1:]
    names = [cell.text for cell in header]
    for index, cell in enumerate(header):
        held = cell.text or any(index < len(line) and line[index].text for line in lines)
        if held and (not cell.text or cell.text in names[:index]):
            what = f"the column '{cell.text}' stands twice" if cell.text else "a column without a name"
            problems.append(Problem(cell.place, "", what, "give each column one name"))
    if "unit" not in names:
        near = did_you_mean("unit", names)
        problems.append(Problem(start, "", "there is no column 'unit'", near or "it says what each line codes"))
        return None
    listed = "theory" in names
    if listed:
        for cell in header:
            if cell.text and cell.text not in LIST:
                problems.append(
                    Problem(cell.place, "", f"no column '{cell.text}' in a list of codings", _column(cell.text))
                )
    codings: list[Node] = []
    size = 2
    for line in lines:
        extra = next((cell for cell in line[len(header) :] if cell.text), None)
        if extra:
            problems.append(Problem(extra.place, "", "a cell beyond the last column", "put text with commas in quotes"))
        cells = {name: cell for name, cell in zip(names, line, strict=False) if cell.text and name}
        new = [_listed(cells, line[0].place)] if listed else list(_sheet(cells, header, line[0].place, problems))
        codings += new
        size += sum(coding.size for coding in new)
        if size > most:
            what = f"more than {MOST_NODES} values in one case"
            problems.append(Problem(line[0].place, "", what, "leave out what is not needed"))
            break
    return Node({"codings": Node(codings, start, size=size - 1)}, start, {"codings": start}, size)


def _column(name: str) -> str:
    return did_you_mean(name, LIST) or f"known here: {', '.join(LIST)}"


def _mapping(cells: dict[str, Node], place: Place) -> Node:
    size = 1 + sum(node.size for node in cells.values())
    return Node(cells, place, {name: node.place for name, node in cells.items()}, size)


def _whole(cell: Cell) -> Node:
    """A cell that should hold a whole number, as one if it does."""
    digits = cell.text.isascii() and cell.text.isdigit() and len(cell.text) < 12
    return Node(int(cell.text), cell.place) if digits else cell.node


def _listed(cells: dict[str, Cell], place: Place) -> Node:
    """One coding of a list."""
    found = {name: _whole(cell) if name == "round" else cell.node for name, cell in cells.items() if name in LIST}
    for name in ("level", "direction", "strength"):
        if name in cells:
            found[name] = Node(cells[name].text.lower(), cells[name].place)
    at = {name: found.pop(name) for name in PLACE if name in found}
    if at:
        where = min(node.place for node in at.values())
        ends = [_whole(cells[name]) for name in ("start", "end") if name in at]
        locator = {name: node for name, node in at.items() if name in ("document", "section")}
        found["at"] = _mapping({**locator, **({"span": Node(ends, ends[0].place, size=3)} if ends else {})}, where)
    return _mapping(found, place)


def _sheet(cells: dict[str, Cell], header: list[Cell], place: Place, problems: list[Problem]) -> Iterator[Node]:
    """The codings on one line of a sheet: one for each theory that has a code there."""
    shared: dict[str, Node] = {name: cells[name].node for name in ("unit", "coder", "date", "because") if name in cells}
    shared |= {"round": _whole(cells["round"])} if "round" in cells else {}
    coded = [column for column in header if column.text not in SHEET and column.text in cells]
    if "because" in cells and not coded:
        what = "a reason without a code"
        problems.append(Problem(cells["because"].place, "because", what, "code the unit, or empty the cell"))
    for column in coded:
        cell = cells[column.text]
        code = code_of(cell.text)
        if code is None:
            words = f"{', '.join(LEVELS)} for a motive; strong for, weak against, neither, ... for a passage"
            problems.append(Problem(cell.place, column.text, f"'{cell.text}' is no code", words))
            continue
        said = {name: Node(word, cell.place) for name, word in code.items()}
        yield _mapping({**shared, "theory": column.node, **said}, cell.place)


def code_of(text: str) -> dict[str, str] | None:
    """What a code says: a level, or a direction with or without a strength, in either order; None if it is no code."""
    words = text.lower().replace(",", " ").split()
    if len(words) == 1 and words[0] in LEVELS:
        return {"level": words[0]}
    direction = [word for word in words if word in DIRECTIONS]
    strength = [word for word in words if word in STRENGTHS]
    if len(direction) != 1 or len(strength) > 1 or len(direction) + len(strength) != len(words):
        return None
    return {"direction": direction[0]} | ({"strength": strength[0]} if strength else {})


def separator_of(text: str) -> str:
    """What separates the cells of a CSV text: comma, semicolon or tab, whichever its head has most of."""
    first = re.match(r'(?:[^"\n]|"[^"]*")*', text)
    outside = re.sub('"[^"]*"', "", first[0] if first else "")
    return max(",;\t", key=outside.count)


def _rows(text: str, file: str, rank: int, problems: list[Problem]) -> Iterator[list[Cell]]:
    """The lines of a CSV text (RFC 4180), cell by cell; separated by comma, semicolon or tab, as the first line is.

    Read here rather than with the csv module because that does not say in which column of the file a cell begins.
    """
    separator = separator_of(text)
    end_of_cell = re.compile(rf"[{separator}\r\n]|\Z")
    row: list[Cell] = []
    position, line, line_start = 0, 1, 0
    while position < len(text):
        place = Place(rank, file, line, position - line_start + 1)
        if text[position] == '"':
            pieces = []
            while True:
                end = text.find('"', position + 1)
                if end < 0:
                    problems.append(Problem(place, "", "a quotation mark that is never closed", "close it, or double"))
                    return
                pieces.append(text[position + 1 : end])
                position = end + 1
                if text[position : position + 1] != '"':
                    break
            value = '"'.join(pieces)
            line += value.count("\n")
            line_start = text.rfind("\n", 0, position) + 1 if "\n" in value else line_start
            trailing = end_of_cell.search(text, position).start()  # type: ignore[union-attr]
            if text[position:trailing].strip():
                problems.append(Problem(place, "", "text after a closing quotation mark", "double the marks inside"))
            position = trailing
        else:
            end = end_of_cell.search(text, position).start()  # type: ignore[union-attr]
            value, position = text[position:end], end
        if character := forbidden_character(value):
            problems.append(Problem(place, "", f"the character {character} is no part of any text", "delete it"))
            value = clean(value)
        row.append(Cell(unguarded(value.strip()), place))
        if len(row) > MOST_COLUMNS:
            problems.append(Problem(row[0].place, "", f"more than {MOST_COLUMNS} columns", "is this the right file?"))
            return
        if position < len(text) and text[position] == separator:
            position += 1
            if position == len(text):
                row.append(Cell("", Place(rank, file, line, position - line_start + 1)))
            continue
        position += 2 if text[position : position + 2] == "\r\n" else 1
        line, line_start = line + 1, position
        yield row
        row = []
    if row:
        yield row
