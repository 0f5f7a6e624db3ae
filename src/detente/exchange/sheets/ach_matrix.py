"""Matrices of competing hypotheses as CSV: evidence down, hypotheses across, as analysts keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.case.entries.entries import case_entries
from detente.case.loading.csv_codings import CsvCell, detect_separator, read_csv_rows
from detente.case.loading.imports import MAX_CASE_BYTES
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.errors import CaseError, FilePosition, Problem, UnreadableFile, did_you_mean
from detente.exchange.ids import case_id
from detente.exchange.notes import Notes
from detente.exchange.sheets.ratings import is_remark_heading, is_totals_heading, parse_decimal, parse_rating
from detente.files.bounded_read import decode_utf8, read_bounded
from detente.methods.inference.competing_hypotheses import EvidenceItem
from detente.text.english import clip_text, count_noun, join_words, upper_first
from detente.text.safe_text import clean_text, csv_text

WEIGHT_COLUMNS = ("credibility", "relevance")
KNOWN_COLUMNS = ("evidence", "says", "table", *WEIGHT_COLUMNS)
MAX_MATRIX_ROWS = 10_000

MatrixRows = Mapping[str, Sequence[EvidenceItem]]
"""The rows of the matrix of each table of a case."""


def matrix_csv(case: Case, items: MatrixRows) -> str:
    """The matrices of the tables as CSV, with the credibility and relevance of clues."""
    lines: list[list[object]] = []
    for table, rows in items.items():
        for item in rows:
            weights = [_format_weight(getattr(case.clues.get(item.id), name, None)) for name in WEIGHT_COLUMNS]
            # Numbers, since a spreadsheet may take + and - for the beginning of a formula.
            ratings = [item.ratings.get(h, "n/a") for h in case.hypotheses]
            lines.append([item.id, _evidence_text(case, item.id), table, *weights, *ratings])
    return csv_text([*KNOWN_COLUMNS, *case.hypotheses], lines)


def _evidence_text(case: Case, id: str) -> str:
    unit = case.clues.get(id) or case.passages.get(id) or case.arguments.get(id)
    return " ".join((unit.says or "").split()) if unit else ""


def _format_weight(estimate: Estimate | None) -> str:
    return repr(float(estimate.mean)).removesuffix(".0") if estimate else "1"


@dataclass
class _MatrixSheet:
    """A matrix as it is read: its columns, and what is found in it."""

    case: Case
    decimal_comma: bool
    column_indices: dict[str, int]
    """Where the known columns stand."""
    default_table: str | None
    case_rows: Mapping[tuple[str, str], EvidenceItem]
    """The rows that the case has, by table and by id, or by what a clue says."""
    notes: Notes
    problems: list[Problem]
    taken_ids: set[str] = field(default_factory=set)
    """The ids that are taken."""
    hypothesis_columns: dict[int, str] = field(default_factory=dict)
    """Which columns are hypotheses."""
    new_hypotheses: dict[str, Any] = field(default_factory=dict)
    """The hypotheses that the case does not declare yet."""
    new_clues: dict[str, Any] = field(default_factory=dict)
    known_row_count: int = 0
    """How many rows the case has just so."""


def read_matrix(file: Path, case: Case, table: str | None, matrix_rows: MatrixRows) -> tuple[dict[str, Any], list[str]]:
    """A matrix as sections of a case: clues with their consistency, and the hypotheses the case does not declare yet.

    Args:
        file: CSV whose first line names the columns: `evidence`, perhaps `says`, `credibility` and `relevance`, and the
            hypotheses, by id or name. Rows and columns of totals are left out, and so are rows that the case has.
        case: The case it is for.
        table: The table its evidence bears on, where no column `table` says.
        matrix_rows: The rows of the case's own matrices.

    Returns:
        The sections, and in sentences what was left out.

    Raises:
        CaseError: With every problem in the file.
    """
    problems: list[Problem] = []
    notes = Notes()
    text = _read_sheet_text(file, notes)
    rows = read_csv_rows(text.encode(), str(file), 0, problems)
    start_place = FilePosition(0, str(file), 1, 1)
    if len(rows) > MAX_MATRIX_ROWS:
        raise CaseError([Problem(start_place, "", f"more than {MAX_MATRIX_ROWS} rows", "split the matrix")])
    column_indices = _find_known_columns(rows[0] if rows else [])
    if "evidence" not in column_indices:
        problems.append(Problem(start_place, "", "there is no column 'evidence'", "it names each row of the matrix"))
        raise CaseError(problems)
    only_table = next(iter(case.tables)) if len(case.tables) == 1 else None
    sheet = _MatrixSheet(
        *(
            case,
            detect_separator(text) != ",",
            column_indices,
            table or only_table,
            _rows_of_case(case, matrix_rows),
            notes,
            problems,
        ),
        taken_ids=set(case_entries(case)),
    )
    _find_hypotheses(sheet, rows[0], rows[1:])
    for row in rows[1:]:
        _read_row(sheet, row)
    return _matrix_sections(sheet), notes.sentences()


def _matrix_sections(sheet: _MatrixSheet) -> dict[str, Any]:
    if sheet.problems:
        raise CaseError(sheet.problems)
    if sheet.known_row_count:
        rows_known = upper_first(count_noun(sheet.known_row_count, "row"))
        sheet.notes.add(
            "known", f"{rows_known} of the sheet {'is' if sheet.known_row_count == 1 else 'are'} in the case already."
        )
    sections = {"hypotheses": sheet.new_hypotheses, "clues": sheet.new_clues} if sheet.new_clues else {}
    return {section: parts for section, parts in sections.items() if parts}


def _rows_of_case(case: Case, matrix_rows: MatrixRows) -> dict[tuple[str, str], EvidenceItem]:
    rows: dict[tuple[str, str], EvidenceItem] = {}
    for table, items in matrix_rows.items():
        for item in items:
            if clue := case.clues.get(item.id):
                rows[table, _collapse_spaces(clue.says)] = item
    return rows | {(table, item.id): item for table, items in matrix_rows.items() for item in items}


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())


def _read_sheet_text(file: Path, notes: Notes) -> str:
    """The file's text, cleaned, which is told."""
    try:
        content = read_bounded(file, MAX_CASE_BYTES)
        is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # as spreadsheets write "Unicode text"
        text = content.decode("utf-16") if is_utf16 else decode_utf8(content)
    except UnreadableFile as error:
        raise CaseError([error.as_problem(str(file))]) from error
    except UnicodeDecodeError as error:
        fault = UnreadableFile("is not UTF-16, as it begins", "save the sheet as CSV UTF-8")
        raise CaseError([fault.as_problem(str(file))]) from error
    cleaned = clean_text(text)
    if cleaned != text:
        offset = next(i for i, c in enumerate(text) if cleaned[i] != c)
        place = FilePosition(0, str(file), text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
        notes.add("characters", "Characters that no text is made of are replaced, the first here.", place)
    return cleaned


def _find_known_columns(header: Sequence[CsvCell]) -> dict[str, int]:
    indices: dict[str, int] = {}
    for index, cell in enumerate(header):
        if cell.text.lower() in KNOWN_COLUMNS:
            indices.setdefault(cell.text.lower(), index)
    return indices


def _find_hypotheses(sheet: _MatrixSheet, header: Sequence[CsvCell], rows: Sequence[Sequence[CsvCell]]) -> None:
    """Finds which columns are hypotheses; totals and remarks are none, and told."""
    case, known_columns = sheet.case, set(sheet.column_indices.values())
    names = {part.name.lower(): id for id, part in case.hypotheses.items()} | {id: id for id in case.hypotheses}
    for index, cell in enumerate(header):
        if not cell.text or index in known_columns:
            continue
        hypothesis_id = names.get(cell.text.lower())
        column_texts = [row[index].text for row in rows if index < len(row)]
        if hypothesis_id is None and _is_auxiliary_column(cell.text, column_texts, sheet.decimal_comma):
            note = f"The column '{clip_text(cell.text, 40)}' holds no ratings of a hypothesis: left out."
            sheet.notes.add("columns left out", note, cell.place)
            continue
        id = hypothesis_id or case_id(cell.text, sheet.taken_ids)
        if id in sheet.hypothesis_columns.values():
            message = f"'{cell.text}' has a column already"
            sheet.problems.append(Problem(cell.place, "", message, "one column a hypothesis"))
        sheet.hypothesis_columns[index] = id
        sheet.taken_ids.add(id)
        if hypothesis_id is None:
            sheet.new_hypotheses[id] = {"name": cell.text}


def _is_auxiliary_column(heading: str, column_texts: Sequence[str], decimal_comma: bool) -> bool:
    """Whether a column is worked out from the others, or says something else of the evidence."""
    if is_totals_heading(heading):
        return all(not text or parse_decimal(text, decimal_comma) is not None for text in column_texts)
    return is_remark_heading(heading) and any(parse_rating(text, decimal_comma) is None for text in column_texts)


def _read_row(sheet: _MatrixSheet, row: Sequence[CsvCell]) -> None:
    cells = dict(enumerate(row))
    name_cell = cells.get(sheet.column_indices["evidence"])
    if name_cell is None or not name_cell.text:
        sheet.problems.append(Problem(row[0].place, "", "this row has no name", "fill in the column 'evidence'"))
        return
    known_cells = [
        cell for name, index in sheet.column_indices.items() if name != "evidence" and (cell := cells.get(index))
    ]
    rating_texts = [cells[index].text for index in sheet.hypothesis_columns if index in cells]
    all_numeric = all(not text or parse_decimal(text, sheet.decimal_comma) is not None for text in rating_texts)
    if is_totals_heading(name_cell.text) and all_numeric and not any(cell.text for cell in known_cells):
        note = f"'{clip_text(name_cell.text, 40)}' is a row of totals, and no evidence: left out."
        sheet.notes.add("rows of totals", note, name_cell.place)
        return
    clue, summary_cell = _read_clue(sheet, cells, name_cell), _column_cell(sheet, cells, "says")
    clue["says"] = summary_cell.text if summary_cell and summary_cell.text else name_cell.text
    if _is_in_case(sheet, name_cell, clue):
        return
    id = case_id(name_cell.text, sheet.taken_ids)
    sheet.taken_ids.add(id)
    sheet.new_clues[id] = {"says": clue.pop("says"), **clue}


def _column_cell(sheet: _MatrixSheet, cells: Mapping[int, CsvCell], name: str) -> CsvCell | None:
    return cells.get(sheet.column_indices.get(name, -1))


def _read_clue(sheet: _MatrixSheet, cells: Mapping[int, CsvCell], name_cell: CsvCell) -> dict[str, Any]:
    """The table, weights and ratings of a row."""
    tables = sheet.case.tables
    table_cell = _column_cell(sheet, cells, "table")
    table = table_cell.text if table_cell and table_cell.text else sheet.default_table
    if table not in tables:
        remedy = did_you_mean(table or "", tables) or f"there are: {', '.join(tables)}"
        message = f"no table '{table}'" if table else "which table does this bear on? Say --table"
        sheet.problems.append(Problem((table_cell or name_cell).place, "table", message, remedy))
    clue: dict[str, Any] = {"table": table}
    for name in WEIGHT_COLUMNS:
        cell = _column_cell(sheet, cells, name)
        if cell and cell.text:
            clue[name] = parse_decimal(cell.text, sheet.decimal_comma)
            if clue[name] is None or not 0 <= clue[name] <= 1:
                message = f"'{cell.text}' is no number from 0 to 1"
                sheet.problems.append(Problem(cell.place, name, message, "with a point, e.g. 0.5"))
    clue["consistency"] = {}
    for index, hypothesis in sheet.hypothesis_columns.items():
        text = cells[index].text if index in cells else ""
        rating_value = parse_rating(text, sheet.decimal_comma)
        if rating_value is None:
            accepted_ratings = "++, +, 0, -, --, 2 to -2, Very Consistent to Very Inconsistent, or n/a"
            sheet.problems.append(Problem(cells[index].place, hypothesis, f"'{text}' is no rating", accepted_ratings))
        else:
            clue["consistency"][hypothesis] = rating_value
    return clue


def _is_in_case(sheet: _MatrixSheet, name_cell: CsvCell, clue: Mapping[str, Any]) -> bool:
    """Whether the case has this evidence; where it rates it otherwise, that is told."""
    item = sheet.case_rows.get((clue["table"], name_cell.text)) or sheet.case_rows.get(
        (clue["table"], _collapse_spaces(clue["says"]))
    )
    if item is None:
        return False
    sheet_ratings = {h: rating for h, rating in clue["consistency"].items() if rating != "n/a"}
    differing = sorted(
        h for h in sheet_ratings.keys() | item.ratings.keys() if sheet_ratings.get(h) != item.ratings.get(h)
    )
    case_clue = sheet.case.clues.get(item.id)
    differing_weights = [
        name for name in WEIGHT_COLUMNS if name in clue and clue[name] != _mean_or_one(getattr(case_clue, name, None))
    ]
    if differing or differing_weights:
        difference = join_words([*differing_weights, *(f"rating for {h}" for h in differing)])
        note = f"'{item.id}' is in the case already, with another {difference}: left out; change it there."
        sheet.notes.add("evidence that the case weighs otherwise", note, name_cell.place)
    else:
        sheet.known_row_count += 1
    return True


def _mean_or_one(estimate: Estimate | None) -> float:
    return float(estimate.mean) if estimate else 1.0
