"""Payoff matrices side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.english import clip_text


@dataclass(frozen=True)
class PayoffMatrix:
    """A two-by-two game to be drawn: over what, by whom, which game, payoffs and equilibria by row and column move."""

    issue: str
    theory: str
    game_name: str
    cells: Sequence[tuple[int, int, str, bool]]
    """Row's move, column's move, the two payoffs in words, whether it is an equilibrium."""


def payoff_matrices_chart(matrices: Sequence[PayoffMatrix], sides: tuple[str, str]) -> Chart:
    """Payoff matrices side by side, one row of them for each game."""
    issues = list(dict.fromkeys(m.issue for m in matrices))
    most_columns = max(sum(m.issue == name for m in matrices) for name in issues)

    def build_spec(columns: int, letters: int) -> VegaSpec:
        cells: list[VegaSpec] = []
        labels: list[VegaSpec] = []
        row_top = 0.0
        for name in issues:
            group = [m for m in matrices if m.issue == name]
            for position, matrix in enumerate(group):
                left_edge, top_edge = position % columns * 2.6, row_top + position // columns * 3.6
                if position == 0:
                    labels.append(
                        {"x": 0, "y": top_edge - 1.45, "text": clip_text(name, letters * columns), "kind": "over"}
                    )
                labels.append(
                    {"x": left_edge, "y": top_edge - 0.85, "text": clip_text(matrix.theory, letters), "kind": "by"}
                )
                labels.append(
                    {
                        "x": left_edge,
                        "y": top_edge - 0.35,
                        "text": clip_text(matrix.game_name, letters),
                        "kind": "named",
                    }
                )
                for i, j, payoffs, is_equilibrium in matrix.cells:
                    cells.append(
                        {
                            "x": left_edge + j * 1.15,
                            "x2": left_edge + (j + 1) * 1.15,
                            "y": top_edge + i,
                            "y2": top_edge + i + 1,
                            "mx": left_edge + (j + 0.5) * 1.15,
                            "my": top_edge + i + 0.5,
                            "text": payoffs,
                            "stable": "yes" if is_equilibrium else "no",
                            "move": ("C" if i == 0 else "D") + ("C" if j == 0 else "D"),
                        }
                    )
            row_top += ((len(group) - 1) // columns + 1) * 3.6 + 0.7
        x_scale = {"domain": [-0.05, columns * 2.6 - 0.2], "nice": False, "zero": False}
        y_scale = {"domain": [row_top - 1.9, -1.8], "nice": False, "zero": False}
        x, y = quantitative_channel("x", axis=None, scale=x_scale), quantitative_channel("y", axis=None, scale=y_scale)
        mx, my = (
            quantitative_channel("mx", axis=None, scale=x_scale),
            quantitative_channel("my", axis=None, scale=y_scale),
        )
        stroke = {**nominal_channel("stable", ("yes", "no"), ("@ink", "@line"))}
        fill = nominal_channel("stable", ("yes", "no"), ("@u", "@paper"))
        text = {"field": "text"}
        layers = [
            vega_layer(
                "rect",
                {"strokeWidth": 1.2, "fillOpacity": 0.25},
                x=x,
                x2={"field": "x2"},
                y=y,
                y2={"field": "y2"},
                stroke=stroke,
                fill=fill,
            ),
            vega_layer("text", {"fontSize": 11}, x=mx, y=my, text=text),
            *(
                vega_layer("text", {"align": "left", **style}, labels, f"datum.kind === '{kind}'", x=x, y=y, text=text)
                for kind, style in (
                    ("over", {"fontSize": 13, "fontWeight": "bold"}),
                    ("by", {"fontSize": 11, "color": "@soft"}),
                    ("named", {"fontSize": 12}),
                )
            ),
        ]
        return layered_chart(layers, cells, round(27 * (row_top - 0.1)))

    alt_text = "; ".join(f"{m.issue}, {m.theory}: {m.game_name}" for m in matrices)
    caption = f"Payoff matrices: rows are the moves of {sides[0]}, columns those of {sides[1]}, cooperating first"
    return Chart(
        f"{caption}. {alt_text}.", build_spec(min(most_columns, 3), 44 if most_columns > 2 else 60), build_spec(1, 44)
    )
