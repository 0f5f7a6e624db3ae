"""Matrices of competing hypotheses as CSV: evidence down, hypotheses across, as analysts keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from detente.case.coded import read_rows
from detente.case.entries import entries
from detente.case.estimate import Estimate
from detente.case.joining import MOST_BYTES
from detente.case.schema import Case
from detente.errors import CaseError, Place, Problem, UnreadableFile, did_you_mean
from detente.evidence.ach import Item
from detente.exchange.citations import case_id
from detente.file_content import read_bounded
from detente.safe_text import csv_text

RATINGS: Mapping[str, int | str] = {
    **{"++": 2, "CC": 2, "2": 2, "+": 1, "C": 1, "1": 1, "0": 0, "N": 0},
    **{"-": -1, "I": -1, "-1": -1, "--": -2, "II": -2, "-2": -2, "N/A": "n/a", "NA": "n/a", "": "n/a"},
}
"""How ratings are written, by sign, number or the letters of other programs (consistent, inconsistent, neutral)."""
WEIGHTS = ("credibility", "relevance")
KNOWN = ("evidence", "says", "table", *WEIGHTS)
MOST_ROWS = 10_000


def matrix_csv(case: Case, items: Mapping[str, Sequence[Item]]) -> str:
    """The matrices of the tables as CSV, with the credibility and relevance of clues."""
    lines: list[list[object]] = []
    for table, rows in items.items():
        for item in rows:
            clue = case.clues.get(item.id)
            unit = clue or case.passages.get(item.id) or case.arguments.get(item.id)
            says = " ".join((unit.says or "").split()) if unit else ""
            weights = [_weight(getattr(clue, name, None)) for name in WEIGHTS]
            # Numbers, since a spreadsheet may take + and - for the beginning of a formula.
            rated = [item.ratings.get(h, "n/a") for h in case.hypotheses]
            lines.append([item.id, says, table, *weights, *rated])
    return csv_text([*KNOWN, *case.hypotheses], lines)


def _weight(estimate: Estimate | None) -> str:
    return f"{float(Fraction(repr(estimate.mean))):g}" if estimate else "1"


def read_matrix(file: Path, case: Case, table: str | None) -> dict[str, Any]:
    """A matrix as sections of a case: clues with their consistency, and the hypotheses the case does not declare yet.

    Args:
        file: CSV whose first line names the columns: `evidence`, perhaps `says`, `credibility` and `relevance`, and the
            hypotheses, by id or name.
        case: The case it is for.
        table: The table its evidence bears on, where no column `table` says.

    Raises:
        CaseError: With every problem in the file.
    """
    problems: list[Problem] = []
    try:
        content = read_bounded(file, MOST_BYTES)
    except UnreadableFile as error:
        raise CaseError([error.problem(str(file))]) from error
    rows = read_rows(content, str(file), 0, problems)
    start = Place(0, str(file), 1, 1)
    header = rows[0] if rows else []
    if "evidence" not in [cell.text.lower() for cell in header]:
        problems.append(Problem(start, "", "there is no column 'evidence'", "it names each row of the matrix"))
        raise CaseError(problems)
    if len(rows) > MOST_ROWS:
        raise CaseError([Problem(start, "", f"more than {MOST_ROWS} rows", "split the matrix")])
    names = {part.name.lower(): id for id, part in case.hypotheses.items()} | {id: id for id in case.hypotheses}
    taken = set(entries(case))
    across: dict[int, str] = {}
    new: dict[str, Any] = {}
    for index, cell in enumerate(header):
        if cell.text.lower() in KNOWN or not cell.text:
            continue
        across[index] = names.get(cell.text.lower()) or case_id(cell.text, taken)
        if across[index] in list(across.values())[:-1]:
            problems.append(Problem(cell.place, "", f"'{cell.text}' has a column already", "one column a hypothesis"))
        if across[index] not in case.hypotheses:
            new[across[index]] = {"name": cell.text}
        taken.add(across[index])
    only = next(iter(case.tables)) if len(case.tables) == 1 else None
    columns = {cell.text.lower(): index for index, cell in enumerate(header)}
    clues: dict[str, Any] = {}
    for row in rows[1:]:
        cells = dict(enumerate(row))
        named = cells.get(columns["evidence"])
        if named is None or not named.text:
            problems.append(Problem(row[0].place, "", "this row has no name", "fill in the column 'evidence'"))
            continue
        id = case_id(named.text, taken)
        taken.add(id)
        says = cells.get(columns.get("says", -1))
        bears = cells.get(columns.get("table", -1))
        on = bears.text if bears and bears.text else table or only
        if on not in case.tables:
            near = did_you_mean(on or "", case.tables) or f"there are: {', '.join(case.tables)}"
            what = f"no table '{on}'" if on else "which table does this bear on? Say --table"
            problems.append(Problem((bears or named).place, "table", what, near))
        clue: dict[str, Any] = {"says": says.text if says and says.text else named.text, "table": on}
        for name in WEIGHTS:
            cell_of = cells.get(columns.get(name, -1))
            if cell_of and cell_of.text:
                clue[name] = _number(cell_of.text)
                if clue[name] is None or not 0 <= clue[name] <= 1:
                    problems.append(
                        Problem(
                            cell_of.place, name, f"'{cell_of.text}' is no number from 0 to 1", "with a point, e.g. .5"
                        )
                    )
        rated: dict[str, int | str] = {}
        for index, hypothesis in across.items():
            text = cells[index].text if index in cells else ""
            rating = RATINGS.get(text.upper().replace("−", "-"))
            if rating is None:
                words = "++, +, 0, -, -- or n/a"
                problems.append(Problem(cells[index].place, hypothesis, f"'{text}' is no rating", words))
            else:
                rated[hypothesis] = rating
        clues[id] = clue | {"consistency": rated}
    if problems:
        raise CaseError(problems)
    return ({"hypotheses": new} if new else {}) | {"clues": clues}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
