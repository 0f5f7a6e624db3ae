"""Matrices of competing hypotheses as CSV: evidence down, hypotheses across, as analysts keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.case.index.entries import entries
from detente.case.loading.csv_codings import Cell, read_rows, separator_of
from detente.case.loading.imports import MOST_BYTES
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.errors import CaseError, Place, Problem, UnreadableFile, did_you_mean
from detente.exchange.ids import case_id
from detente.exchange.notes import Notes
from detente.exchange.sheets.ratings import decimal, is_remark, is_totals, rating
from detente.files.bounded_read import read_bounded, utf8_text
from detente.methods.inference.competing_hypotheses import Item
from detente.text.english import capital, clipped, count, listed
from detente.text.safe_text import clean, csv_text

WEIGHTS = ("credibility", "relevance")
KNOWN = ("evidence", "says", "table", *WEIGHTS)
MOST_ROWS = 10_000

Rated = Mapping[str, Sequence[Item]]
"""The rows of the matrix of each table of a case."""


def matrix_csv(case: Case, items: Rated) -> str:
    """The matrices of the tables as CSV, with the credibility and relevance of clues."""
    lines: list[list[object]] = []
    for table, rows in items.items():
        for item in rows:
            weights = [_weight(getattr(case.clues.get(item.id), name, None)) for name in WEIGHTS]
            # Numbers, since a spreadsheet may take + and - for the beginning of a formula.
            rated = [item.ratings.get(h, "n/a") for h in case.hypotheses]
            lines.append([item.id, _says(case, item.id), table, *weights, *rated])
    return csv_text([*KNOWN, *case.hypotheses], lines)


def _says(case: Case, id: str) -> str:
    unit = case.clues.get(id) or case.passages.get(id) or case.arguments.get(id)
    return " ".join((unit.says or "").split()) if unit else ""


def _weight(estimate: Estimate | None) -> str:
    return repr(float(estimate.mean)).removesuffix(".0") if estimate else "1"


@dataclass
class _Sheet:
    """A matrix as it is read: its columns, and what is found in it."""

    case: Case
    decimal_comma: bool
    columns: dict[str, int]
    """Where the known columns stand."""
    table: str | None
    own: Mapping[tuple[str, str], Item]
    """The rows that the case has, by table and by id, or by what a clue says."""
    notes: Notes
    problems: list[Problem]
    taken: set[str] = field(default_factory=set)
    """The ids that are taken."""
    across: dict[int, str] = field(default_factory=dict)
    """Which columns are hypotheses."""
    new: dict[str, Any] = field(default_factory=dict)
    """The hypotheses that the case does not declare yet."""
    clues: dict[str, Any] = field(default_factory=dict)
    known: int = 0
    """How many rows the case has just so."""


def read_matrix(file: Path, case: Case, table: str | None, rated: Rated) -> tuple[dict[str, Any], list[str]]:
    """A matrix as sections of a case: clues with their consistency, and the hypotheses the case does not declare yet.

    Args:
        file: CSV whose first line names the columns: `evidence`, perhaps `says`, `credibility` and `relevance`, and the
            hypotheses, by id or name. Rows and columns of totals are left out, and so are rows that the case has.
        case: The case it is for.
        table: The table its evidence bears on, where no column `table` says.
        rated: The rows of the case's own matrices.

    Returns:
        The sections, and in sentences what was left out.

    Raises:
        CaseError: With every problem in the file.
    """
    problems: list[Problem] = []
    notes = Notes()
    text = _text(file, notes)
    rows = read_rows(text.encode(), str(file), 0, problems)
    start = Place(0, str(file), 1, 1)
    if len(rows) > MOST_ROWS:
        raise CaseError([Problem(start, "", f"more than {MOST_ROWS} rows", "split the matrix")])
    columns = _known_columns(rows[0] if rows else [])
    if "evidence" not in columns:
        problems.append(Problem(start, "", "there is no column 'evidence'", "it names each row of the matrix"))
        raise CaseError(problems)
    only = next(iter(case.tables)) if len(case.tables) == 1 else None
    sheet = _Sheet(
        *(case, separator_of(text) != ",", columns, table or only, _own(case, rated), notes, problems),
        taken=set(entries(case)),
    )
    _find_hypotheses(sheet, rows[0], rows[1:])
    for row in rows[1:]:
        _read_row(sheet, row)
    return _sections(sheet), notes.said()


def _sections(sheet: _Sheet) -> dict[str, Any]:
    if sheet.problems:
        raise CaseError(sheet.problems)
    if sheet.known:
        rows_known = capital(count(sheet.known, "row"))
        sheet.notes.add(
            "known", f"{rows_known} of the sheet {'is' if sheet.known == 1 else 'are'} in the case already."
        )
    found = {"hypotheses": sheet.new, "clues": sheet.clues} if sheet.clues else {}
    return {section: parts for section, parts in found.items() if parts}


def _own(case: Case, rated: Rated) -> dict[tuple[str, str], Item]:
    found: dict[tuple[str, str], Item] = {}
    for table, items in rated.items():
        for item in items:
            if clue := case.clues.get(item.id):
                found[table, _words(clue.says)] = item
    return found | {(table, item.id): item for table, items in rated.items() for item in items}


def _words(text: str) -> str:
    return " ".join(text.split())


def _text(file: Path, notes: Notes) -> str:
    """The file's text, cleaned, which is told."""
    try:
        content = read_bounded(file, MOST_BYTES)
        wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # as spreadsheets write "Unicode text"
        text = content.decode("utf-16") if wide else utf8_text(content)
    except UnreadableFile as error:
        raise CaseError([error.problem(str(file))]) from error
    except UnicodeDecodeError as error:
        what = UnreadableFile("is not UTF-16, as it begins", "save the sheet as CSV UTF-8")
        raise CaseError([what.problem(str(file))]) from error
    cleaned = clean(text)
    if cleaned != text:
        at = next(i for i, c in enumerate(text) if cleaned[i] != c)
        place = Place(0, str(file), text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        notes.add("characters", "Characters that no text is made of are replaced, the first here.", place)
    return cleaned


def _known_columns(header: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        if cell.text.lower() in KNOWN:
            found.setdefault(cell.text.lower(), index)
    return found


def _find_hypotheses(sheet: _Sheet, header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> None:
    """Finds which columns are hypotheses; totals and remarks are none, and told."""
    case, known_columns = sheet.case, set(sheet.columns.values())
    names = {part.name.lower(): id for id, part in case.hypotheses.items()} | {id: id for id in case.hypotheses}
    for index, cell in enumerate(header):
        if not cell.text or index in known_columns:
            continue
        known = names.get(cell.text.lower())
        below = [row[index].text for row in rows if index < len(row)]
        if known is None and _is_beside(cell.text, below, sheet.decimal_comma):
            said = f"The column '{clipped(cell.text, 40)}' holds no ratings of a hypothesis: left out."
            sheet.notes.add("columns left out", said, cell.place)
            continue
        id = known or case_id(cell.text, sheet.taken)
        if id in sheet.across.values():
            what = f"'{cell.text}' has a column already"
            sheet.problems.append(Problem(cell.place, "", what, "one column a hypothesis"))
        sheet.across[index] = id
        sheet.taken.add(id)
        if known is None:
            sheet.new[id] = {"name": cell.text}


def _is_beside(heading: str, below: Sequence[str], comma: bool) -> bool:
    """Whether a column is worked out from the others, or says something else of the evidence."""
    if is_totals(heading):
        return all(not text or decimal(text, comma) is not None for text in below)
    return is_remark(heading) and any(rating(text, comma) is None for text in below)


def _read_row(sheet: _Sheet, row: Sequence[Cell]) -> None:
    cells = dict(enumerate(row))
    named = cells.get(sheet.columns["evidence"])
    if named is None or not named.text:
        sheet.problems.append(Problem(row[0].place, "", "this row has no name", "fill in the column 'evidence'"))
        return
    beside = [cell for name, index in sheet.columns.items() if name != "evidence" and (cell := cells.get(index))]
    over = [cells[index].text for index in sheet.across if index in cells]
    numbers = all(not text or decimal(text, sheet.decimal_comma) is not None for text in over)
    if is_totals(named.text) and numbers and not any(cell.text for cell in beside):
        said = f"'{clipped(named.text, 40)}' is a row of totals, and no evidence: left out."
        sheet.notes.add("rows of totals", said, named.place)
        return
    clue, says = _clue(sheet, cells, named), _cell(sheet, cells, "says")
    clue["says"] = says.text if says and says.text else named.text
    if _is_known(sheet, named, clue):
        return
    id = case_id(named.text, sheet.taken)
    sheet.taken.add(id)
    sheet.clues[id] = {"says": clue.pop("says"), **clue}


def _cell(sheet: _Sheet, cells: Mapping[int, Cell], name: str) -> Cell | None:
    return cells.get(sheet.columns.get(name, -1))


def _clue(sheet: _Sheet, cells: Mapping[int, Cell], named: Cell) -> dict[str, Any]:
    """The table, weights and ratings of a row."""
    tables = sheet.case.tables
    bears = _cell(sheet, cells, "table")
    on = bears.text if bears and bears.text else sheet.table
    if on not in tables:
        near = did_you_mean(on or "", tables) or f"there are: {', '.join(tables)}"
        what = f"no table '{on}'" if on else "which table does this bear on? Say --table"
        sheet.problems.append(Problem((bears or named).place, "table", what, near))
    clue: dict[str, Any] = {"table": on}
    for name in WEIGHTS:
        cell = _cell(sheet, cells, name)
        if cell and cell.text:
            clue[name] = decimal(cell.text, sheet.decimal_comma)
            if clue[name] is None or not 0 <= clue[name] <= 1:
                what = f"'{cell.text}' is no number from 0 to 1"
                sheet.problems.append(Problem(cell.place, name, what, "with a point, e.g. .5"))
    clue["consistency"] = {}
    for index, hypothesis in sheet.across.items():
        text = cells[index].text if index in cells else ""
        found = rating(text, sheet.decimal_comma)
        if found is None:
            words = "++, +, 0, -, --, 2 to -2, Very Consistent to Very Inconsistent, or n/a"
            sheet.problems.append(Problem(cells[index].place, hypothesis, f"'{text}' is no rating", words))
        else:
            clue["consistency"][hypothesis] = found
    return clue


def _is_known(sheet: _Sheet, named: Cell, clue: Mapping[str, Any]) -> bool:
    """Whether the case has this evidence; where it rates it otherwise, that is told."""
    item = sheet.own.get((clue["table"], named.text)) or sheet.own.get((clue["table"], _words(clue["says"])))
    if item is None:
        return False
    theirs = {h: rating for h, rating in clue["consistency"].items() if rating != "n/a"}
    differing = sorted(h for h in theirs.keys() | item.ratings.keys() if theirs.get(h) != item.ratings.get(h))
    own = sheet.case.clues.get(item.id)
    weighed = [name for name in WEIGHTS if name in clue and clue[name] != _mean(getattr(own, name, None))]
    if differing or weighed:
        other = listed([*weighed, *(f"rating for {h}" for h in differing)])
        said = f"'{item.id}' is in the case already, with another {other}: left out; change it there."
        sheet.notes.add("evidence that the case weighs otherwise", said, named.place)
    else:
        sheet.known += 1
    return True


def _mean(estimate: Estimate | None) -> float:
    return float(estimate.mean) if estimate else 1.0
