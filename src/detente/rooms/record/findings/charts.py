"""Pictures of the record room besides the timeline: spans of membership, agendas, and tones over time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.membership_spells import StatusSegment
from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.rooms.record.findings.timeline_chart import TimelineMark, decimal_year


def membership_chart(rows: list[tuple[str, list[StatusSegment]]]) -> Chart:
    """Bars of membership, one row an actor: solid where sure, dashed where the dates leave it open or disagree."""
    values = [
        {
            "who": label,
            "rank": rank,
            "from": decimal_year(s.first_day),
            "to": decimal_year(s.last_day),
            "standing": s.status,
        }
        for rank, (label, stretches) in enumerate(rows)
        for s in stretches
    ]
    description = "; ".join(
        f"{label}: " + ", ".join(f"{s.status} {s.first_day.isoformat()} to {s.last_day.isoformat()}" for s in stretches)
        for label, stretches in rows
    )
    x = quantitative_channel("from", axis={"format": "d", "tickCount": 5}, scale={"zero": False, "nice": False})
    row_axis = nominal_channel("who", sort={"field": "rank", "op": "min"}, title=None)
    del row_axis["legend"]
    row_axis["axis"] = {"labelLimit": 190, "domain": False, "ticks": False, "labelPadding": 6}

    def bar_layer(standing: str, style: VegaSpec) -> VegaSpec:
        filter_expression = f"datum.standing === '{standing}'"
        return vega_layer(
            "bar", {"height": 9, **style}, filter_expression=filter_expression, x=x, x2={"field": "to"}, y=row_axis
        )

    styles: dict[str, VegaSpec] = {"in": {}, "unsure": {"fillOpacity": 0.2}, "disputed": {"fillOpacity": 0}}
    standings = {s.status for _, stretches in rows for s in stretches}
    layers = [
        bar_layer(s, style | ({"style": "dashed"} if style else {})) for s, style in styles.items() if s in standings
    ]
    spec = layered_chart(layers, values, 17 * len(rows))
    return Chart(f"Spans of membership. {description}.", spec, spec)


def agenda_drift_chart(agendas: list[tuple[str, dict[str, float]]]) -> Chart:
    """The share of each group of issues in each agenda, darker where it is larger."""
    groups = list(dict.fromkeys(group for _, shares in agendas for group in shares))
    rows = [
        {"when": when, "group": group, "share": shares.get(group, 0.0), "rank": groups.index(group)}
        for when, shares in agendas
        for group in groups
    ]
    description = "; ".join(
        f"{when}: " + ", ".join(f"{group} {100 * share:.0f} in 100" for group, share in shares.items())
        for when, shares in agendas
    )
    x = nominal_channel("when", title=None, sort=None)
    y = nominal_channel("group", title=None, sort={"field": "rank", "op": "min"})
    for axis in (x, y):
        del axis["legend"]
    x["axis"] = {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False}
    y["axis"] = {"domain": False, "ticks": False, "labelLimit": 130}
    shade = quantitative_channel("share", scale={"domain": [0, 1], "range": [0, 0.9]}, legend=None)
    text = {**quantitative_channel("share"), "format": ".0%"}
    layers = [
        vega_layer("rect", {"style": "shade"}, x=x, y=y, opacity=shade),
        vega_layer("text", {"fontSize": 11}, filter_expression="datum.share > 0", x=x, y=y, text=text),
    ]
    spec = layered_chart(layers, rows, 28 * len(groups) + 20)
    return Chart(f"Share of each group of issues by agenda. {description}.", spec, spec)


def tone_chart(points: Sequence[tuple[Edtf, str, str, str]], tones: Sequence[str]) -> Chart:
    """Dated statements by tone, each with who speaks; upright, the ordered tones. Spans as in the timeline."""
    rows: list[VegaSpec] = [
        {
            **{key: TimelineMark(when, "", "offer").chart_row[key] for key in ("from", "to", "at", "extent")},
            "tone": tone,
            "level": tones.index(tone),
            "side": side,
            "who": speaker or side,
        }
        for when, tone, side, speaker in points
    ]
    description = "; ".join(f"{when} {speaker or side}: {tone}" for when, tone, side, speaker in points)
    sides = list(dict.fromkeys(row["side"] for row in rows))[:6]
    first_year, last_year = min(row["from"] for row in rows), max(row["to"] for row in rows)
    x_scale = {"domain": [math.floor(first_year), math.ceil(last_year + 0.01)], "nice": False}
    x = quantitative_channel("at", axis={"format": "d", "tickMinStep": 1, "grid": False}, scale=x_scale)
    labels = " : ".join(f"datum.value === {i} ? '{tone}'" for i, tone in enumerate(tones))
    tone_axis = {"values": list(range(len(tones))), "labelExpr": f"{labels} : ''", "domain": False, "ticks": False}
    y = quantitative_channel("level", axis=tone_axis, scale={"domain": [-0.4, len(tones) - 0.6], "nice": False})
    shapes = ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down"][: len(sides)]
    side = nominal_channel("side", sides, shapes)
    side["legend"] = {"title": None, "orient": "top", "symbolType": "circle"}
    start_x, end_x = (quantitative_channel(key, axis=x["axis"], scale=x["scale"]) for key in ("from", "to"))
    is_point, is_span = "datum.extent === 'point'", "datum.extent === 'span'"
    point_style, end_style = {"filled": True, "size": 90, "opacity": 0.8}, {"filled": False, "size": 60, "opacity": 0.8}
    span_style = {"strokeWidth": 3, "opacity": 0.4}
    layers = [
        vega_layer("rule", span_style, filter_expression=is_span, x=start_x, x2={"field": "to"}, y=y),
        *(
            vega_layer("point", end_style, filter_expression=is_span, x=end, y=y, shape=side)
            for end in (start_x, end_x)
        ),
        vega_layer("point", point_style, filter_expression=is_point, x=x, y=y, shape=side),
    ]
    spec = layered_chart(layers, rows, 190)
    return Chart(f"Statements about cooperation by tone over time. {description}.", spec, spec)
