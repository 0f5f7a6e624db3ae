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


@dataclass(frozen=True)
class MapAxes:
    """The channels by which every layer of a map is drawn."""

    x_options: VegaSpec
    y_options: VegaSpec
    colours: VegaSpec

    @property
    def x(self) -> VegaSpec:
        """Concern for relative gains."""
        return quantitative_channel("x", **self.x_options)

    @property
    def y(self) -> VegaSpec:
        """Patience."""
        return quantitative_channel("y", **self.y_options)


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
    axes = _map_axes(boundaries, max_concern)
    crosses = [_cross(estimate, max_concern) for estimate in estimates]

    def build_spec(height: int, letters: int) -> VegaSpec:
        layers = [
            *_boundary_layers(boundaries, axes),
            *_transition_layers(transitions, letters, axes),
            *_cross_layers(crosses, axes),
        ]
        return layered_chart(layers, crosses, height)

    return Chart(title, build_spec(280, 60), build_spec(240, 34))


def _map_axes(boundaries: Sequence[Boundary], max_concern: float) -> MapAxes:
    return MapAxes(
        x_options={
            "scale": {"domain": [0, round(max_concern, 4)], "nice": False},
            "axis": {"title": "concern for relative gains", "tickCount": 5},
        },
        y_options={"scale": {"domain": [0, 1], "nice": False}, "axis": {"title": "patience", "tickCount": 5}},
        colours=nominal_channel("side", [item.name for item in boundaries], [item.colour for item in boundaries]),
    )


def _cross(estimate: SideEstimate, max_concern: float) -> VegaSpec:
    """A side's own estimate with its spread, kept within the map."""
    return {
        "x": round(min(estimate.x, max_concern), 4),
        "y": round(estimate.y, 4),
        "x1": round(min(estimate.x_spread[0], max_concern), 4),
        "x2": round(min(estimate.x_spread[1], max_concern), 4),
        "y1": round(estimate.y_spread[0], 4),
        "y2": round(estimate.y_spread[1], 4),
        "side": estimate.name,
    }


def _boundary_layers(boundaries: Sequence[Boundary], axes: MapAxes) -> list[VegaSpec]:
    """The line of each side, and the shade where cooperation lasts for both."""
    lasting_area: list[VegaSpec] = [
        {"x": round(points[0][0], 4), "y": round(min(max(y for _, y in points), 1), 4), "y2": 1}
        for points in zip(*(boundary.points for boundary in boundaries), strict=True)
    ]
    lines: list[VegaSpec] = [
        {"x": round(x, 4), "y": round(min(y, 1), 4), "side": boundary.name}
        for boundary in boundaries
        for x, y in boundary.points
    ]
    points_by_side = [[point for point in lines if point["side"] == boundary.name] for boundary in boundaries]
    return [
        vega_layer("area", {"color": "@go", "opacity": 0.16}, lasting_area, x=axes.x, y=axes.y, y2={"field": "y2"}),
        *(
            # One is dashed, so that both show where they are one.
            vega_layer("line", {"strokeWidth": 2, **dash}, points, x=axes.x, y=axes.y, color=axes.colours)
            for points, dash in zip(points_by_side, ({}, {"strokeDash": [7, 5]}), strict=True)
        ),
    ]


def _transition_layers(transitions: Sequence[tuple[float, str]], letters: int, axes: MapAxes) -> list[VegaSpec]:
    """Where the game becomes another; none if nowhere, for an empty layer is a picture of nothing to a screen reader.

    Args:
        transitions: Where the game becomes another, with its name.
        letters: How many of a name there is room for.
        axes: The channels of the map.
    """
    if not transitions:
        return []
    marks: list[VegaSpec] = [
        {"x": round(x, 4), "y": 0.02 + 0.06 * index, "text": clip_text(name, letters)}
        for index, (x, name) in enumerate(transitions)
    ]
    text_style = {"align": "left", "dx": 3, "fontSize": 11}
    return [
        vega_layer("rule", {"strokeDash": [2, 3]}, marks, x=axes.x),
        vega_layer("text", text_style, marks, x=axes.x, y=axes.y, text={"field": "text"}),
    ]


def _cross_layers(crosses: Sequence[VegaSpec], axes: MapAxes) -> list[VegaSpec]:
    """Each side's own estimate: its spread along either axis, its cross, its name."""
    x_start = quantitative_channel("x1", **axes.x_options)
    y_start = quantitative_channel("y1", **axes.y_options)
    cross_style = {"shape": "cross", "size": 150, "filled": True, "opacity": 1}
    return [
        vega_layer("rule", {"strokeWidth": 1.5}, x=x_start, x2={"field": "x2"}, y=axes.y, color=axes.colours),
        vega_layer("rule", {"strokeWidth": 1.5}, x=axes.x, y=y_start, y2={"field": "y2"}, color=axes.colours),
        vega_layer("point", cross_style, x=axes.x, y=axes.y, color=axes.colours),
        *side_labels(crosses, axes.x, axes.y, axes.colours),
    ]
