"""Where cooperation lasts, over concern for relative gains and patience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.rooms.durability.findings.charts.sides import SideEstimate, side_labels
from detente.text.english import clip_text


@dataclass(frozen=True)
class Boundary:
    """A line on a map above which cooperation lasts for a side."""

    name: str
    colour: str
    points: Sequence[tuple[float, float]]


def cooperation_map_chart(
    boundaries: Sequence[Boundary],
    estimates: Sequence[SideEstimate],
    transitions: Sequence[tuple[float, str]],
    max_concern: float,
    title: str,
) -> Chart:
    """Where cooperation lasts, over concern for relative gains and patience, with the case's own estimates as crosses.

    Args:
        boundaries: One for each side.
        estimates: One for each side.
        transitions: Where the game becomes another, with its name.
        max_concern: The end of the axis of concern.
        title: For who cannot see it.
    """
    joint_boundary = [max(ys) for ys in zip(*([y for _, y in item.points] for item in boundaries), strict=True)]
    xs = [x for x, _ in boundaries[0].points]
    lasting_area: list[VegaSpec] = [
        {"x": round(x, 4), "y": round(min(y, 1), 4), "y2": 1} for x, y in zip(xs, joint_boundary, strict=True)
    ]
    axes = ("concern for relative gains", "patience")
    lines: list[VegaSpec] = [
        {"x": round(x, 4), "y": round(min(y, 1), 4), "side": item.name} for item in boundaries for x, y in item.points
    ]
    crosses: list[VegaSpec] = [
        {
            "x": round(min(item.x, max_concern), 4),
            "y": round(item.y, 4),
            "x1": round(min(item.x_spread[0], max_concern), 4),
            "x2": round(min(item.x_spread[1], max_concern), 4),
            "y1": round(item.y_spread[0], 4),
            "y2": round(item.y_spread[1], 4),
            "side": item.name,
        }
        for item in estimates
    ]
    marks: list[VegaSpec] = [
        {"x": round(x, 4), "y": 0.02 + 0.06 * index, "text": name} for index, (x, name) in enumerate(transitions)
    ]

    def build_spec(height: int, letters: int) -> VegaSpec:
        x_options = {
            "scale": {"domain": [0, round(max_concern, 4)], "nice": False},
            "axis": {"title": axes[0], "tickCount": 5},
        }
        y_options = {"scale": {"domain": [0, 1], "nice": False}, "axis": {"title": axes[1], "tickCount": 5}}
        x, y = quantitative_channel("x", **x_options), quantitative_channel("y", **y_options)
        names = [item.name for item in boundaries]
        colours = nominal_channel("side", names, [item.colour for item in boundaries])
        clipped_marks = [{**mark, "text": clip_text(str(mark["text"]), letters)} for mark in marks]
        # An empty layer would be a picture of nothing to a screen reader.
        points_by_side = [[point for point in lines if point["side"] == name] for name in names]
        transition_layers = [
            vega_layer("rule", {"strokeDash": [2, 3]}, clipped_marks, x=x),
            vega_layer(
                "text", {"align": "left", "dx": 3, "fontSize": 11}, clipped_marks, x=x, y=y, text={"field": "text"}
            ),
        ]
        return layered_chart(
            [
                vega_layer("area", {"color": "@go", "opacity": 0.16}, lasting_area, x=x, y=y, y2={"field": "y2"}),
                *(
                    # One is dashed, so that both show where they are one.
                    vega_layer("line", {"strokeWidth": 2, **dash}, side_points, x=x, y=y, color=colours)
                    for side_points, dash in zip(points_by_side, ({}, {"strokeDash": [7, 5]}), strict=True)
                ),
                *(transition_layers if clipped_marks else []),
                vega_layer(
                    "rule",
                    {"strokeWidth": 1.5},
                    x=quantitative_channel("x1", **x_options),
                    x2={"field": "x2"},
                    y=y,
                    color=colours,
                ),
                vega_layer(
                    "rule",
                    {"strokeWidth": 1.5},
                    x=x,
                    y=quantitative_channel("y1", **y_options),
                    y2={"field": "y2"},
                    color=colours,
                ),
                vega_layer(
                    "point", {"shape": "cross", "size": 150, "filled": True, "opacity": 1}, x=x, y=y, color=colours
                ),
                *side_labels(crosses, x, y, colours),
            ],
            crosses,
            height,
        )

    return Chart(title, build_spec(280, 60), build_spec(240, 34))
