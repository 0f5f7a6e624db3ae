"""Codings from CSV: a coding sheet that somebody filled in, or a list of codings, read to the tree that YAML gives.

A sheet has a line for each unit and a column for each theory, headed by its id; a list has a line for each coding and
a column for each of its keys. Every cell keeps its line and column, so that mistakes are found where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.loading.yaml.node import MAX_NODES, YamlNode
from detente.errors import FilePosition, Problem, UnreadableFile, did_you_mean
from detente.files.bounded_read import decode_utf8
from detente.text.safe_text import clean_text, first_forbidden_character, unguard_cell

READER_COLUMNS = ("about", "where", "text")
"""Columns of a sheet that are there for the coder to read."""
SHEET_COLUMNS = ("unit", *READER_COLUMNS, "coder", "round", "date", "because")
"""The columns of a sheet besides those of the theories."""
LOCATOR_COLUMNS = ("document", "section", "start", "end")
LIST_COLUMNS = (
    "id",
    "unit",
    "theory",
    "level",
    "direction",
    "strength",
    "coder",
    "round",
    "date",
    "because",
    "note",
    *LOCATOR_COLUMNS,
)
"""The columns of a list of codings."""
CODING_LEVELS = ("primary", "secondary", "none")
DIRECTIONS = ("for", "against", "neither")
STRENGTHS = ("strong", "moderate", "weak", "conditional")
MAX_COLUMNS, MAX_ROWS, MAX_CELLS = 500, 50_000, 200_000


@dataclass(frozen=True, slots=True)
class CsvCell:
    """A value and where it stands."""

    text: str
    place: FilePosition

    @property
    def node(self) -> YamlNode:
        """The value as a scalar of the tree."""
        return YamlNode(self.text, self.place)


def read_csv_rows(content: bytes, file: str, rank: int, problems: list[Problem]) -> list[list[CsvCell]]:
    """The lines of a CSV file that are not empty, cell by cell; the first names the columns. Problems are added."""
    start = FilePosition(rank, file, 1, 1)
    try:
        text = decode_utf8(content)
    except UnreadableFile as error:
        problems.append(error.as_problem(file, rank))
        return []
    rows: list[list[CsvCell]] = []
    cell_count = 0
    for row in _parse_rows(text, file, rank, problems):
        cell_count += len(row)
        if len(rows) > MAX_ROWS or cell_count > MAX_CELLS:
            message = f"more than {MAX_ROWS} lines" if len(rows) > MAX_ROWS else f"more than {MAX_CELLS} cells"
            problems.append(Problem(row[0].place, "", message, "split the file"))
            return []
        if any(cell.text for cell in row):
            rows.append(row)
    if rows and rows[0][0].text.lower().startswith("sep="):  # as Excel writes it
        del rows[0]
    if not rows:
        problems.append(Problem(start, "", "there is nothing here", "the first line names the columns"))
    return rows


def read_codings(
    content: bytes, file: str, rank: int, problems: list[Problem], max_nodes: int = MAX_NODES
) -> YamlNode | None:
    """The tree of a CSV file of codings, `{codings: [...]}`; None if nothing can be read. Problems are added."""
    start = FilePosition(rank, file, 1, 1)
    rows = read_csv_rows(content, file, rank, problems)
    if not rows:
        return None
    header, lines = rows[0], rows[1:]
    names = [cell.text for cell in header]
    for index, cell in enumerate(header):
        is_used = cell.text or any(index < len(line) and line[index].text for line in lines)
        if is_used and (not cell.text or cell.text in names[:index]):
            message = f"the column '{cell.text}' stands twice" if cell.text else "a column without a name"
            problems.append(Problem(cell.place, "", message, "give each column one name"))
    if "unit" not in names:
        suggestion = did_you_mean("unit", names)
        problems.append(Problem(start, "", "there is no column 'unit'", suggestion or "it says what each line codes"))
        return None
    is_list = "theory" in names
    if is_list:
        for cell in header:
            if cell.text and cell.text not in LIST_COLUMNS:
                problems.append(
                    Problem(cell.place, "", f"no column '{cell.text}' in a list of codings", _column_remedy(cell.text))
                )
    codings: list[YamlNode] = []
    size = 2
    for line in lines:
        surplus_cell = next((cell for cell in line[len(header) :] if cell.text), None)
        if surplus_cell:
            problems.append(
                Problem(surplus_cell.place, "", "a cell beyond the last column", "put text with commas in quotes")
            )
        cells = {name: cell for name, cell in zip(names, line, strict=False) if cell.text and name}
        line_codings = (
            [_list_coding(cells, line[0].place)]
            if is_list
            else list(_sheet_codings(cells, header, line[0].place, problems))
        )
        codings += line_codings
        size += sum(coding.size for coding in line_codings)
        if size > max_nodes:
            message = f"more than {MAX_NODES} values in one case"
            problems.append(Problem(line[0].place, "", message, "leave out what is not needed"))
            break
    return YamlNode({"codings": YamlNode(codings, start, size=size - 1)}, start, {"codings": start}, size)


def _column_remedy(name: str) -> str:
    return did_you_mean(name, LIST_COLUMNS) or f"known here: {', '.join(LIST_COLUMNS)}"


def _mapping_node(cells: dict[str, YamlNode], place: FilePosition) -> YamlNode:
    size = 1 + sum(node.size for node in cells.values())
    return YamlNode(cells, place, {name: node.place for name, node in cells.items()}, size)


def _integer_node(cell: CsvCell) -> YamlNode:
    """A cell that should hold a whole number, as one if it does."""
    is_integer = cell.text.isascii() and cell.text.isdigit() and len(cell.text) < 12
    return YamlNode(int(cell.text), cell.place) if is_integer else cell.node


def _list_coding(cells: dict[str, CsvCell], place: FilePosition) -> YamlNode:
    """One coding of a list."""
    nodes = {
        name: _integer_node(cell) if name == "round" else cell.node
        for name, cell in cells.items()
        if name in LIST_COLUMNS
    }
    for name in ("level", "direction", "strength"):
        if name in cells:
            nodes[name] = YamlNode(cells[name].text.lower(), cells[name].place)
    locator_nodes = {name: nodes.pop(name) for name in LOCATOR_COLUMNS if name in nodes}
    if locator_nodes:
        locator_place = min(node.place for node in locator_nodes.values())
        span_ends = [_integer_node(cells[name]) for name in ("start", "end") if name in locator_nodes]
        locator = {name: node for name, node in locator_nodes.items() if name in ("document", "section")}
        nodes["at"] = _mapping_node(
            {**locator, **({"span": YamlNode(span_ends, span_ends[0].place, size=3)} if span_ends else {})},
            locator_place,
        )
    return _mapping_node(nodes, place)


def _sheet_codings(
    cells: dict[str, CsvCell], header: list[CsvCell], place: FilePosition, problems: list[Problem]
) -> Iterator[YamlNode]:
    """The codings on one line of a sheet: one for each theory that has a code there."""
    shared: dict[str, YamlNode] = {
        name: cells[name].node for name in ("unit", "coder", "date", "because") if name in cells
    }
    shared |= {"round": _integer_node(cells["round"])} if "round" in cells else {}
    coded_columns = [column for column in header if column.text not in SHEET_COLUMNS and column.text in cells]
    if "because" in cells and not coded_columns:
        message = "a reason without a code"
        problems.append(Problem(cells["because"].place, "because", message, "code the unit, or empty the cell"))
    for column in coded_columns:
        cell = cells[column.text]
        code = parse_code(cell.text)
        if code is None:
            remedy = f"{', '.join(CODING_LEVELS)} for a motive; strong for, weak against, neither, ... for a passage"
            problems.append(Problem(cell.place, column.text, f"'{cell.text}' is no code", remedy))
            continue
        code_nodes = {name: YamlNode(word, cell.place) for name, word in code.items()}
        yield _mapping_node({**shared, "theory": column.node, **code_nodes}, cell.place)


def parse_code(text: str) -> dict[str, str] | None:
    """What a code says: a level, or a direction with or without a strength, in either order; None if it is no code."""
    words = text.lower().replace(",", " ").split()
    if len(words) == 1 and words[0] in CODING_LEVELS:
        return {"level": words[0]}
    direction = [word for word in words if word in DIRECTIONS]
    strength = [word for word in words if word in STRENGTHS]
    if len(direction) != 1 or len(strength) > 1 or len(direction) + len(strength) != len(words):
        return None
    return {"direction": direction[0]} | ({"strength": strength[0]} if strength else {})


def detect_separator(text: str) -> str:
    """What separates the cells of a CSV text: comma, semicolon or tab, whichever its head has most of."""
    first_line = re.match(r'(?:[^"\n]|"[^"]*")*', text)
    unquoted_text = re.sub('"[^"]*"', "", first_line[0] if first_line else "")
    return max(",;\t", key=unquoted_text.count)


def _parse_rows(text: str, file: str, rank: int, problems: list[Problem]) -> Iterator[list[CsvCell]]:
    """The lines of a CSV text (RFC 4180), cell by cell; separated by comma, semicolon or tab, as the first line is.

    Read here rather than with the csv module because that does not say in which column of the file a cell begins.
    """
    separator = detect_separator(text)
    end_of_cell = re.compile(rf"[{separator}\r\n]|\Z")
    row: list[CsvCell] = []
    position, line, line_start = 0, 1, 0
    while position < len(text):
        place = FilePosition(rank, file, line, position - line_start + 1)
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
        if character := first_forbidden_character(value):
            problems.append(Problem(place, "", f"the character {character} is no part of any text", "delete it"))
            value = clean_text(value)
        row.append(CsvCell(unguard_cell(value.strip()), place))
        if len(row) > MAX_COLUMNS:
            problems.append(Problem(row[0].place, "", f"more than {MAX_COLUMNS} columns", "is this the right file?"))
            return
        if position < len(text) and text[position] == separator:
            position += 1
            if position == len(text):
                row.append(CsvCell("", FilePosition(rank, file, line, position - line_start + 1)))
            continue
        position += 2 if text[position : position + 2] == "\r\n" else 1
        line, line_start = line + 1, position
        yield row
        row = []
    if row:
        yield row
