"""Each side's own estimate on a map, and its name beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.results.vega import VegaSpec, vega_layer
from detente.text.english import clip_text


@dataclass(frozen=True)
class SideEstimate:
    """A side's own estimate on a map: where it stands, and its spread along either axis."""

    name: str
    colour: str
    x: float
    y: float
    x_spread: tuple[float, float]
    y_spread: tuple[float, float]


def side_labels(points: Sequence[VegaSpec], x: VegaSpec, y: VegaSpec, colours: VegaSpec) -> list[VegaSpec]:
    """The names of the sides beside their marks, one above and one below: equal ones must not cover each other."""
    labelled_points = [{**point, "name": clip_text(str(point["side"]), 20)} for point in points]
    text = {"field": "name"}
    return [
        vega_layer(
            "text", {"align": "left", "dx": 8, "dy": dy, "fontSize": 11}, [point], x=x, y=y, text=text, color=colours
        )
        for point, dy in zip(labelled_points, (-9, 12), strict=False)
    ]
