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
    points = [_cross_row(cross) for cross in crosses]
    layers = [*_band_layers(band), *_cross_layers(crosses, points), *_threshold_layers(threshold)]
    return Chart(title, layered_chart(layers, points, 280), layered_chart(layers, points, 240))


def _trust_channel(field: str = "t") -> VegaSpec:
    axis = {"title": "how far the other is trusted", "tickCount": 5}
    return quantitative_channel(field, scale={"domain": [0, 1], "nice": False}, axis=axis)


def _step_channel(field: str = "step") -> VegaSpec:
    axis = {"title": "share at stake in the first step", "tickCount": 5}
    return quantitative_channel(field, scale={"domain": [0, 1], "nice": False}, axis=axis)


def _cross_row(cross: SideEstimate) -> VegaSpec:
    """A side's own estimates as a row to be drawn."""
    return {
        "t": round(cross.x, 4),
        "step": round(cross.y, 4),
        "t1": round(cross.x_spread[0], 4),
        "t2": round(cross.x_spread[1], 4),
        "s1": round(cross.y_spread[0], 4),
        "s2": round(cross.y_spread[1], 4),
        "side": cross.name,
    }


def _band_layers(band: Sequence[tuple[float, float, float]]) -> list[VegaSpec]:
    """The steps that reassure, if any do."""
    rows: list[VegaSpec] = [
        {"t": round(t, 4), "low": round(lo, 4), "high": round(hi, 4)} for t, lo, hi in band if lo < hi
    ]
    if not rows:
        return []
    style = {"color": "@go", "opacity": 0.25}
    return [vega_layer("area", style, rows, x=_trust_channel(), y=_step_channel("low"), y2={"field": "high"})]


def _cross_layers(crosses: Sequence[SideEstimate], points: Sequence[VegaSpec]) -> list[VegaSpec]:
    """The spread of each side's estimates along either axis, its cross and its name."""
    colours = nominal_channel("side", [cross.name for cross in crosses], [cross.colour for cross in crosses])
    x, y = _trust_channel(), _step_channel()
    line, mark = {"strokeWidth": 1.5}, {"shape": "cross", "size": 150, "filled": True, "opacity": 1}
    return [
        vega_layer("rule", line, x=_trust_channel("t1"), x2={"field": "t2"}, y=y, color=colours),
        vega_layer("rule", line, x=x, y=_step_channel("s1"), y2={"field": "s2"}, color=colours),
        vega_layer("point", mark, x=x, y=y, color=colours),
        *side_labels(points, x, y, colours),
    ]


def _threshold_layers(threshold: float | None) -> list[VegaSpec]:
    """The trust from which no step is needed, if there is one."""
    if threshold is None or threshold > 1:
        return []
    return [vega_layer("rule", {"strokeDash": [4, 3]}, [{"t": round(threshold, 4)}], x=_trust_channel())]
