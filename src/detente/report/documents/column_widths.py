"""How wide the columns of a table are on paper, and how small its letters."""

from __future__ import annotations

from detente.report.documents.blocks import TableBlock, runs_text

LEAST, MOST = 5, 46
"""A column counts as at least and at most so many letters wide."""


def column_shares(table: TableBlock) -> list[float]:
    """The part of the width that each column takes, by what it holds."""
    weights = []
    for index, heading in enumerate(table.headings):
        lengths = [len(runs_text(row[index])) for row in table.rows] or [0]
        longest_word = max((len(word) for row in table.rows for word in runs_text(row[index]).split()), default=0)
        # Headings are bold, and wider by that.
        longest_word = max([longest_word, *(round(1.2 * len(word)) for word in heading.split())])
        typical = sum(lengths) / len(lengths)
        weights.append(
            min(max(typical, 0.75 * max(lengths), 0.6 * len(heading), min(longest_word, 20) + 2, LEAST), MOST)
        )
    return [weight / sum(weights) for weight in weights]


def font_points(table: TableBlock) -> float:
    """The size of the letters: the more columns, the smaller."""
    columns = len(table.headings)
    return 9.0 if columns <= 5 else 8.0 if columns <= 7 else 7.0 if columns <= 9 else 6.0
