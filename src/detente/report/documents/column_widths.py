"""How wide the columns of a table are on paper, and how small its letters."""

from __future__ import annotations

from detente.report.documents.blocks import TableBlock, runs_text

TEXT_POINTS, LETTER_WIDTH = 482.0, 0.56
"""The width of the text in points, and that of a letter by the size of the font."""
LONGEST_WORD, LEAST, MOST = 22, 4, 60
"""A word of more letters may be broken; a column counts as at least and at most so many letters wide."""


def column_shares(table: TableBlock) -> list[float]:
    """The part of the width that each column takes: room for its longest word, then by how much it holds."""
    needs = [_longest_word(table, index) for index in range(len(table.headings))]
    wants = [_typical_length(table, index) for index in range(len(table.headings))]
    room = max(TEXT_POINTS / (LETTER_WIDTH * font_points(table)) - sum(needs), 0.0)
    beyond = [max(want - need, 0.5) for want, need in zip(wants, needs, strict=True)]
    widths = [need + room * more / sum(beyond) for need, more in zip(needs, beyond, strict=True)]
    return [width / sum(widths) for width in widths]


def _longest_word(table: TableBlock, index: int) -> float:
    """The letters of the longest word of a column, with the gap beside it; headings are bold, and wider by that."""
    words = [len(word) for row in table.rows for word in runs_text(row[index]).split()]
    words += [round(1.15 * len(word)) for word in table.headings[index].split()]
    return float(min(max([*words, LEAST]), LONGEST_WORD) + 2)


def _typical_length(table: TableBlock, index: int) -> float:
    """About how long the longer cells of a column are: nine of ten are not longer."""
    lengths = sorted(len(runs_text(row[index])) for row in table.rows) or [0]
    return min(max(lengths[round(0.9 * (len(lengths) - 1))], 0.6 * len(table.headings[index])), MOST)


def font_points(table: TableBlock) -> float:
    """The size of the letters: the more columns, the smaller."""
    columns = len(table.headings)
    return 9.0 if columns <= 5 else 8.0 if columns <= 7 else 7.0 if columns <= 9 else 6.0
