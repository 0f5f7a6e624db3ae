"""What strategies get against each other."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, quantitative_channel, vega_layer
from detente.text.english import clip_text


def heat_map_chart(names: Sequence[str], scores: Sequence[Sequence[float]], title: str) -> Chart:
    """What each strategy, down, gets in a round against each other, across; the best first."""
    short_names = [f"{index + 1}: {clip_text(name, 24)}" for index, name in enumerate(names)]
    rows: list[VegaSpec] = [
        {"row": short_names[i], "column": short_names[j], "i": i, "j": j, "score": round(score, 4)}
        for i, score_row in enumerate(scores)
        for j, score in enumerate(score_row)
    ]

    def build_spec(cell_size: int) -> VegaSpec:
        axis = {"title": None, "labelLimit": 180}
        row_encoding: VegaSpec = {"field": "row", "type": "nominal", "sort": {"field": "i"}, "axis": axis}
        column_encoding: VegaSpec = {
            "field": "column",
            "type": "nominal",
            "sort": {"field": "j"},
            "axis": {**axis, "labelAngle": -90},
        }
        colour = quantitative_channel("score", scale={"scheme": "viridis"}, legend={"title": "score in a round"})
        return layered_chart(
            [vega_layer("rect", x=column_encoding, y=row_encoding, color=colour)], rows, cell_size * len(names)
        )

    return Chart(title, build_spec(16), build_spec(12))
