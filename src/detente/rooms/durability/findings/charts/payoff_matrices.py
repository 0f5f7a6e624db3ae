"""Payoff matrices side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.english import clip_text

CELL_WIDTH = 1.15
"""Of a cell of a matrix, beside its height of 1."""
MATRIX_WIDTH = 2.6
"""From the left edge of a matrix to that of the next."""
MATRIX_HEIGHT = 3.6
"""From the top of a matrix to that of the one below, the words above it included."""
ISSUE_GAP = 0.7
"""Between the matrices of an issue and those of the next."""
UNIT_HEIGHT = 27
"""The height of a cell, in pixels."""
LABEL_STYLES: Mapping[str, VegaSpec] = {
    "over": {"fontSize": 13, "fontWeight": "bold"},
    "by": {"fontSize": 11, "color": "@soft"},
    "named": {"fontSize": 12},
}
"""The words above a matrix, by kind: its issue, its theory, its game."""


@dataclass(frozen=True)
class PayoffMatrix:
    """A two-by-two game to be drawn: over what, by whom, which game, payoffs and equilibria by row and column move."""

    issue: str
    theory: str
    game_name: str
    cells: Sequence[tuple[int, int, str, bool]]
    """Row's move, column's move, the two payoffs in words, whether it is an equilibrium."""


@dataclass(frozen=True)
class PlacedMatrix:
    """A matrix and where its left upper corner stands."""

    matrix: PayoffMatrix
    left: float
    top: float
    is_first: bool
    """Whether it is the first of its issue."""


def payoff_matrices_chart(matrices: Sequence[PayoffMatrix], sides: tuple[str, str]) -> Chart:
    """Payoff matrices side by side, one row of them for each game."""
    groups = [[m for m in matrices if m.issue == issue] for issue in dict.fromkeys(m.issue for m in matrices)]
    most_columns = max(map(len, groups))
    alt_text = "; ".join(f"{m.issue}, {m.theory}: {m.game_name}" for m in matrices)
    caption = f"Payoff matrices: rows are the moves of {sides[0]}, columns those of {sides[1]}, cooperating first"
    return Chart(
        f"{caption}. {alt_text}.",
        _matrices_spec(groups, min(most_columns, 3), 44 if most_columns > 2 else 60),
        _matrices_spec(groups, 1, 44),
    )


def _matrices_spec(groups: Sequence[Sequence[PayoffMatrix]], columns: int, letters: int) -> VegaSpec:
    """The picture of so many columns, with room for so many letters in each."""
    placed, bottom = _place_matrices(groups, columns)
    cells = [cell for item in placed for cell in _matrix_cells(item)]
    labels = [label for item in placed for label in _matrix_labels(item, columns, letters)]
    x_scale = {"domain": [-0.05, columns * MATRIX_WIDTH - 0.2], "nice": False, "zero": False}
    y_scale = {"domain": [bottom - 1.9, -1.8], "nice": False, "zero": False}
    x, y, middle_x, middle_y = (
        quantitative_channel(field, axis=None, scale=scale)
        for field, scale in (("x", x_scale), ("y", y_scale), ("mx", x_scale), ("my", y_scale))
    )
    layers = [
        _cell_layer(x, y),
        vega_layer("text", {"fontSize": 11}, x=middle_x, y=middle_y, text={"field": "text"}),
        *_label_layers(labels, x, y),
    ]
    return layered_chart(layers, cells, round(UNIT_HEIGHT * (bottom - 0.1)))


def _place_matrices(groups: Sequence[Sequence[PayoffMatrix]], columns: int) -> tuple[list[PlacedMatrix], float]:
    """Where each matrix stands, and where the last row ends."""
    placed, row_top = [], 0.0
    for group in groups:
        for position, matrix in enumerate(group):
            left, top = position % columns * MATRIX_WIDTH, row_top + position // columns * MATRIX_HEIGHT
            placed.append(PlacedMatrix(matrix, left, top, position == 0))
        row_top += ((len(group) - 1) // columns + 1) * MATRIX_HEIGHT + ISSUE_GAP
    return placed, row_top


def _matrix_cells(placed: PlacedMatrix) -> Iterator[VegaSpec]:
    for i, j, payoffs, is_equilibrium in placed.matrix.cells:
        yield {
            "x": placed.left + j * CELL_WIDTH,
            "x2": placed.left + (j + 1) * CELL_WIDTH,
            "y": placed.top + i,
            "y2": placed.top + i + 1,
            "mx": placed.left + (j + 0.5) * CELL_WIDTH,
            "my": placed.top + i + 0.5,
            "text": payoffs,
            "stable": "yes" if is_equilibrium else "no",
            "move": ("C" if i == 0 else "D") + ("C" if j == 0 else "D"),
        }


def _matrix_labels(placed: PlacedMatrix, columns: int, letters: int) -> Iterator[VegaSpec]:
    """The words above a matrix; its issue only above the first."""
    matrix, left, top = placed.matrix, placed.left, placed.top
    if placed.is_first:
        yield {"x": 0, "y": top - 1.45, "text": clip_text(matrix.issue, letters * columns), "kind": "over"}
    yield {"x": left, "y": top - 0.85, "text": clip_text(matrix.theory, letters), "kind": "by"}
    yield {"x": left, "y": top - 0.35, "text": clip_text(matrix.game_name, letters), "kind": "named"}


def _cell_layer(x: VegaSpec, y: VegaSpec) -> VegaSpec:
    return vega_layer(
        "rect",
        {"strokeWidth": 1.2, "fillOpacity": 0.25},
        x=x,
        x2={"field": "x2"},
        y=y,
        y2={"field": "y2"},
        stroke=nominal_channel("stable", ("yes", "no"), ("@ink", "@line")),
        fill=nominal_channel("stable", ("yes", "no"), ("@u", "@paper")),
    )


def _label_layers(labels: Sequence[VegaSpec], x: VegaSpec, y: VegaSpec) -> list[VegaSpec]:
    return [
        vega_layer(
            "text",
            {"align": "left", **style},
            labels,
            f"datum.kind === '{kind}'",
            x=x,
            y=y,
            text={"field": "text"},
        )
        for kind, style in LABEL_STYLES.items()
    ]
