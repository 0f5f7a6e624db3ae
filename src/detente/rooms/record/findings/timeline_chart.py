"""The timeline of approaches and replies: points where a time is known to the month, else bars over all its days."""

from __future__ import annotations

import math
from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from detente.methods.chronology.edtf import Edtf
from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.dates import format_date

NOMINAL_WIDTH = 640
"""Pixels for which labels are kept apart; a wider page only gives them more room."""
LETTER_WIDTH = 6.4
"""Pixels that a letter takes, about."""
LANE_HEIGHT = 19
"""Pixels from one lane of labels to the next."""
LONGEST_POINT_DAYS = 31
"""Days that a time may have to be drawn as a point: one that is known to the month."""


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """An offer or a reply at a time; a silence over a time."""

    when: Edtf
    label: str
    kind: Literal["offer", "reply", "silence"]

    @property
    def _possible_days(self) -> tuple[date, date]:
        """The days it could be; those of its known end, where the other is open."""
        if self.when.first_day == date.min:
            return self.when.end_range
        return self.when.begin_range if self.when.last_day == date.max else (self.when.first_day, self.when.last_day)

    @property
    def is_span(self) -> bool:
        """Whether it is drawn as a span: its time is not known to the month, or is an interval."""
        first_day, last_day = self._possible_days
        return (last_day - first_day).days >= LONGEST_POINT_DAYS

    @property
    def anchor_day(self) -> date:
        """Where its label hangs: at the middle of a point, and at the beginning of a span."""
        first_day, last_day = self._possible_days
        return first_day if self.is_span else first_day + (last_day - first_day) / 2

    @property
    def chart_row(self) -> VegaSpec:
        """What a picture needs to know of it."""
        first_day, last_day = self._possible_days
        positions = {"from": decimal_year(first_day), "to": decimal_year(last_day), "at": decimal_year(self.anchor_day)}
        text = format_date(self.when) if len(format_date(self.when)) < 17 else self._years_label
        extent = "span" if self.is_span else "point"
        return {**positions, "date": text, "label": self.label, "side": self.kind, "extent": extent}

    @property
    def _years_label(self) -> str:
        stated_days = TimelineMark(self.when.as_stated, self.label, self.kind)._possible_days
        return f"{stated_days[0].year}/{stated_days[1].year}"

    @property
    def label_width(self) -> float:
        """Pixels that its label takes."""
        return len(self.label) * LETTER_WIDTH + 8


def _is_open_ended(when: Edtf) -> bool:
    return when.first_day == date.min or when.last_day == date.max


def decimal_year(day: date) -> float:
    """A day as a decimal year: pictures need no time zones."""
    return round(day.year + (day - date(day.year, 1, 1)).days / (366 if isleap(day.year) else 365), 4)


def timeline_chart(marks: list[TimelineMark], period: Edtf | None) -> Chart:
    """Offers above a line of time, replies below it, silence as wide bars on it; narrow: one row each, downwards.

    What is not known to the month is a bar over all the days it could be, and no point.
    """
    description = "; ".join(f"{m.when} {m.kind}: {m.label}" for m in sorted(marks, key=lambda m: m.anchor_day))
    return Chart(f"Timeline of offers and replies. {description}.", _wide_spec(marks, period), _narrow_spec(marks))


def _wide_spec(marks: list[TimelineMark], period: Edtf | None) -> VegaSpec:
    days = [day for mark in marks for day in mark._possible_days]
    if period and not _is_open_ended(period):
        days += [period.as_stated.first_day, period.as_stated.last_day]
    first_year, last_year = decimal_year(min(days)), decimal_year(max(days))
    # The axis runs on beyond the last day, so that every label can stand to the right of its mark.
    axis_end = last_year + max(last_year - first_year, 1 / 365) * max(m.label_width for m in marks) / NOMINAL_WIDTH
    scale = NOMINAL_WIDTH / (axis_end - first_year)
    rows = []
    for sides, sign in ((("offer",), 1), (("reply", "silence"), -1)):
        placed = _assign_lanes([m for m in marks if m.kind in sides], first_year, scale)
        rows += [{**mark.chart_row, "line": 0, "lane": sign * (lane + 1)} for mark, lane in placed]
    highest_lane = max((row["lane"] for row in rows), default=0)
    lowest_lane = min((row["lane"] for row in rows), default=0)
    year_step = max(1, round((last_year - first_year) / 5))
    axis = {
        "values": list(range(math.ceil(first_year), int(last_year) + 1, year_step)),
        "format": "d",
        "grid": False,
        "domain": False,
    }
    x_options = {"axis": axis, "scale": {"domain": [first_year, axis_end], "nice": False}}
    y_options = {"axis": None, "scale": {"domain": [lowest_lane - 1, highest_lane + 1], "nice": False}}
    layers = _timeline_layers(x_options, y_options, has_silences=any(mark.kind == "silence" for mark in marks))
    return layered_chart(layers, rows, (highest_lane - lowest_lane + 2) * LANE_HEIGHT)


def _timeline_layers(x_options: VegaSpec, y_options: VegaSpec, *, has_silences: bool) -> list[VegaSpec]:
    """The line of time, the times that marks may be at, the marks, and their labels on stems."""
    anchor_x, start_x = quantitative_channel("at", **x_options), quantitative_channel("from", **x_options)
    line, lane = quantitative_channel("line", **y_options), quantitative_channel("lane", **y_options)
    colour = nominal_channel("side", ["offer", "reply", "silence"])
    span: dict[str, Any] = {"x": start_x, "x2": {"field": "to"}, "y": line, "color": colour}
    is_silence, is_spoken = "datum.side === 'silence'", "datum.side !== 'silence'"
    is_point, is_span = (f"{is_spoken} && datum.extent === '{extent}'" for extent in ("point", "span"))
    # Offers are full and replies hollow, so that colour is not alone in telling them apart.
    fill = {"condition": {"test": "datum.side === 'offer'", **colour}, "value": "@paper"}
    point_style = {"size": 80, "opacity": 1, "strokeWidth": 2}
    label_style = {"align": "left", "baseline": "middle", "dx": 4}
    layers = [
        vega_layer("rule", data=[{"line": 0}], y=line),
        vega_layer("rule", {"strokeWidth": 7, "opacity": 0.55}, filter_expression=is_span, **span),
    ]
    if has_silences:
        silence_style = {"strokeWidth": 13, "opacity": 0.6}
        layers.append(vega_layer("rule", silence_style, filter_expression=is_silence, **span))
    return [
        *layers,
        vega_layer("rule", {"strokeWidth": 1}, x=anchor_x, y=line, y2={"field": "lane"}, color=colour),
        vega_layer("point", point_style, filter_expression=is_point, x=anchor_x, y=line, color=colour, fill=fill),
        vega_layer("text", label_style, x=anchor_x, y=lane, text={"field": "label"}),
    ]


def _assign_lanes(marks: list[TimelineMark], first_year: float, scale: float) -> list[tuple[TimelineMark, int]]:
    """A lane for each mark so that no label covers another label or the stem of a later mark.

    From the last mark to the first: each goes one lane above the highest it would reach over.
    """
    placed: list[tuple[TimelineMark, float, int]] = []
    for mark in sorted(marks, key=lambda m: m.anchor_day, reverse=True):
        mark_x = (decimal_year(mark.anchor_day) - first_year) * scale
        crossed_lanes = [lane for _, x, lane in placed if x <= mark_x + mark.label_width]
        placed.append((mark, mark_x, max(crossed_lanes, default=-1) + 1))
    return [(mark, lane) for mark, _, lane in placed]


def _narrow_spec(marks: list[TimelineMark]) -> VegaSpec:
    ordered = sorted(marks, key=lambda m: m._possible_days)
    rows = [{**mark.chart_row, "rank": f"{rank:04}"} for rank, mark in enumerate(ordered)]
    rank = nominal_channel("rank", axis=None)
    del rank["legend"]
    sides = ["offer", "reply", "silence"]
    shape, colour = nominal_channel("side", sides, ["circle", "diamond", "square"]), nominal_channel("side", sides)
    layers = [
        vega_layer("text", {"align": "left", "fontSize": 11}, y=rank, x={"value": 0}, text={"field": "date"}),
        vega_layer(
            "point", {"filled": True, "size": 80, "opacity": 1}, y=rank, x={"value": 112}, shape=shape, color=colour
        ),
        vega_layer("text", {"align": "left"}, y=rank, x={"value": 124}, text={"field": "label"}),
    ]
    return layered_chart(layers, rows, 24 * len(rows))
