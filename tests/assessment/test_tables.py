"""Every table of every bundled case: numbers are numbers, each with what it counts, and words hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from detente.assessment.assess import Assessment
from detente.case.bundled import bundled_cases
from detente.report.table_view import table_view
from detente.results.table import WORD_FORMATS, Table
from tests.cases.assessed_cases import assessed_case

NUMBER = re.compile(r"[<>~≈±+−-]?\s*(\d+\.?\d*|\.\d+)(?![\w-])")
"""What a cell of words must not begin with; `144 classes` and `2-to-1` are words, `3 to 2` is not."""
PATH = re.compile(r"\b(channels|network|issues|mechanisms|games|outside|response|threat)\.[\w-]+(\.[\w-]+)*")


@pytest.fixture(scope="module")
def others(assessed: Assessment) -> list[Assessment]:
    """The other bundled cases."""
    return [assessed_case(name) for name in bundled_cases() if name != assessed.loaded.case.id]


@pytest.fixture(scope="module")
def tables(assessed: Assessment, others: list[Assessment]) -> list[tuple[str, Table]]:
    """All tables, each with a name."""
    return list(_tables(assessed, *others))


def _tables(*assessments: Assessment) -> Iterator[tuple[str, Table]]:
    for assessment in assessments:
        for section in assessment.sections:
            for finding in section.findings:
                if finding.table is not None:
                    yield f"{assessment.loaded.case.id} {section.id}-{finding.id}", finding.table


def test_no_column_of_words_holds_numbers(tables: list[tuple[str, Table]]) -> None:
    """Nor a number with its error, bounds or unit written out; dates and ids are words."""
    held = [
        f"{name}.{column.name}: {cell}"
        for name, table in tables
        for column in table.columns
        if column.format == "text"
        for cell in table.values(column.name)
        if isinstance(cell, str) and NUMBER.match(cell)
    ]
    assert held == []


def test_inputs_are_counted_by_kind(assessed: Assessment) -> None:
    """Each once; what is read of a source is told from what stands in it."""
    rows = {row["kind"]: row for row in assessed.input_kinds.records()}
    sourced = {kind: int(row["sourced"] or 0) for kind, row in rows.items()}
    unsourced = {kind: int(row["unsourced"] or 0) for kind, row in rows.items()}
    assert sum(unsourced.values()) == len(assessed.inputs_without_source)
    assert sum(sourced.values()) + sum(unsourced.values()) == len(assessed.inputs)
    assert (rows["coding"]["sourced"], rows["coding"]["is_reading"]) == (58, True)
    assert (rows["fact"]["is_reading"], rows["estimate"]["is_reading"]) == (False, False)
    readings = sum(sourced[kind] for kind, row in rows.items() if row["is_reading"])
    assert f"{readings} are readings of a source" in assessed.readings_sentence


def test_every_number_says_what_it_counts(tables: list[tuple[str, Table]]) -> None:
    """But for years, which count themselves."""
    silent = [
        f"{name}.{column.name}"
        for name, table in tables
        for column in table.columns
        if column.format not in (*WORD_FORMATS, "yes_no", "year") and not column.unit
    ]
    assert silent == []


def test_shares_are_shares(tables: list[tuple[str, Table]]) -> None:
    """Of draws, rounds or probability: from 0 to 1, never of 100."""
    for name, table in tables:
        for column in table.columns:
            if column.format in ("of_100", "probability"):
                for cell in table.values(column.name):
                    assert cell is None or 0 <= float(cell) <= 1 + 1e-9, (name, column.name, cell)


def test_errors_and_bounds_lie_where_they_can(tables: list[tuple[str, Table]]) -> None:
    """An error is not negative, and a value lies between its bounds or is a mean near them."""
    for name, table in tables:
        for column in table.columns:
            for record in table.records():
                low, high = record.get(f"{column.name}_low"), record.get(f"{column.name}_high")
                if column.bounds and low is not None and high is not None:
                    assert float(low) <= float(high), (name, column.name, record)
                if column.error and (error := record[f"{column.name}_error"]) is not None:
                    assert float(error) >= 0, (name, column.name, record)


def test_headings_are_told_apart(assessed: Assessment, others: list[Assessment]) -> None:
    """What a reader sees above two columns is never the same, and no heading is the name of a file's column."""
    for assessment in (assessed, *others):
        for section in assessment.sections:
            for finding in section.findings:
                if finding.table and (view := table_view(finding.table)):
                    assert len(set(view.headings)) == len(view.headings), (section.id, finding.id, view.headings)
                    assert not any("_" in heading for heading in view.headings), view.headings


def test_no_path_stands_in_words(assessed: Assessment, others: list[Assessment]) -> None:
    """A path stands in a column of its own, beside what it is called."""
    for assessment in (assessed, *others):
        for section in assessment.sections:
            for finding in section.findings:
                assert not PATH.search(finding.says), (section.id, finding.id, finding.says)
                table = finding.table
                for column in table.columns if table else ():
                    if table and column.format == "text":
                        cells = [cell for cell in table.values(column.name) if isinstance(cell, str)]
                        assert not any(map(PATH.search, cells)), (section.id, finding.id, column.name)
