"""The best reply over two levers, as a map of letters."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer

REPLY_COLOURS = {
    "accept": "@go",
    "contact": "@go",
    "ask": "@u",
    "redirect": "@a",
    "refuse": "@stop",
    "silence": "@line",
}
"""The colour of each reply; the letter in the cell says the same."""
REPLY_LETTERS = {"accept": "A", "contact": "C", "ask": "?", "redirect": "r", "refuse": "N", "silence": "·"}


def reply_map_chart(
    cells: Sequence[tuple[float, float, str]],
    step: float,
    case_point: tuple[float, float],
    axes: tuple[str, str],
    title: str,
) -> Chart:
    """The reply over two levers from 0 to 1, with the case's own estimate as a cross.

    Args:
        cells: The middle of each cell, and the reply there.
        step: The side of a cell.
        case_point: The case's own estimate.
        axes: What the levers are.
        title: For who cannot see it.
    """
    half = step / 2
    rows: list[VegaSpec] = [
        {
            "x": round(x - half, 4),
            "x2": round(x + half, 4),
            "y": round(y - half, 4),
            "y2": round(y + half, 4),
            "mx": round(x, 4),
            "my": round(y, 4),
            "reply": reply,
            "letter": REPLY_LETTERS.get(reply, ""),
        }
        for x, y, reply in cells
    ]
    replies = [reply for reply in REPLY_COLOURS if any(row["reply"] == reply for row in rows)]

    def build_spec(height: int) -> VegaSpec:
        scale = {"domain": [0, 1], "nice": False}
        x = quantitative_channel("x", scale=scale, axis={"title": axes[0], "tickCount": 5})
        y = quantitative_channel("y", scale=scale, axis={"title": axes[1], "tickCount": 5})
        colour = nominal_channel("reply", replies, [REPLY_COLOURS[reply] for reply in replies])
        cross = [{"mx": case_point[0], "my": case_point[1]}]
        mx = quantitative_channel("mx", scale=scale, axis={"title": axes[0], "tickCount": 5})
        my = quantitative_channel("my", scale=scale, axis={"title": axes[1], "tickCount": 5})
        letter = {"field": "letter"}
        layers = [
            vega_layer("rect", {"opacity": 0.35}, x=x, y=y, x2={"field": "x2"}, y2={"field": "y2"}, color=colour),
            vega_layer("text", {"fontSize": 10}, x=mx, y=my, text=letter),
            vega_layer(
                "point",
                {"shape": "cross", "size": 160, "filled": True, "color": "@ink", "opacity": 1},
                cross,
                x=mx,
                y=my,
            ),
        ]
        return layered_chart(layers, rows, height)

    counts_phrase = ", ".join(
        f"{reply} in {sum(row['reply'] == reply for row in rows)} of {len(rows)}" for reply in replies
    )
    return Chart(f"{title}: {counts_phrase}.", build_spec(320), build_spec(280))
