"""First steps that reassure, over trust."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.rooms.durability.findings.charts.sides import SideEstimate, side_labels


def reassurance_band_chart(
    band: Sequence[tuple[float, float, float]], threshold: float | None, crosses: Sequence[SideEstimate], title: str
) -> Chart:
    """How large a first step tells the trustworthy from the others, over how much each is trusted.

    Args:
        band: Trust, and the least and the greatest step there.
        threshold: The trust from which no step is needed, if there is one.
        crosses: Each side's own estimates.
        title: For who cannot see it.
    """
    rows: list[VegaSpec] = [
        {"t": round(t, 4), "low": round(lo, 4), "high": round(hi, 4)} for t, lo, hi in band if lo < hi
    ]
    points: list[VegaSpec] = [
        {
            "t": round(cross.x, 4),
            "step": round(cross.y, 4),
            "t1": round(cross.x_spread[0], 4),
            "t2": round(cross.x_spread[1], 4),
            "s1": round(cross.y_spread[0], 4),
            "s2": round(cross.y_spread[1], 4),
            "side": cross.name,
        }
        for cross in crosses
    ]

    def build_spec(height: int) -> VegaSpec:
        x_options = {
            "scale": {"domain": [0, 1], "nice": False},
            "axis": {"title": "how far the other is trusted", "tickCount": 5},
        }
        y_options = {
            "scale": {"domain": [0, 1], "nice": False},
            "axis": {"title": "share at stake in the first step", "tickCount": 5},
        }
        colours = nominal_channel("side", [cross.name for cross in crosses], [cross.colour for cross in crosses])
        x, y = quantitative_channel("t", **x_options), quantitative_channel("step", **y_options)
        low = quantitative_channel("low", **y_options)
        layers = [
            *(
                [vega_layer("area", {"color": "@go", "opacity": 0.25}, rows, x=x, y=low, y2={"field": "high"})]
                if rows
                else []
            ),
            vega_layer(
                "rule",
                {"strokeWidth": 1.5},
                x=quantitative_channel("t1", **x_options),
                x2={"field": "t2"},
                y=y,
                color=colours,
            ),
            vega_layer(
                "rule",
                {"strokeWidth": 1.5},
                x=x,
                y=quantitative_channel("s1", **y_options),
                y2={"field": "s2"},
                color=colours,
            ),
            vega_layer("point", {"shape": "cross", "size": 150, "filled": True, "opacity": 1}, x=x, y=y, color=colours),
            *side_labels(points, x, y, colours),
        ]
        if threshold is not None and threshold <= 1:
            layers.append(vega_layer("rule", {"strokeDash": [4, 3]}, [{"t": round(threshold, 4)}], x=x))
        return layered_chart(layers, points, height)

    return Chart(title, build_spec(280), build_spec(240))
