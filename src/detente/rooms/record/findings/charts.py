"""Pictures of the record room: the timeline of offers and replies, and the spans of membership."""

from __future__ import annotations

import math
from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.membership_spells import Segment
from detente.results.finding import Chart
from detente.results.vega import Dict, category, chart, layer, quantity
from detente.text.dates import format_date

NOMINAL_WIDTH = 640
"""Pixels for which labels are kept apart; a wider page only gives them more room."""
LETTER = 6.4
"""Pixels that a letter takes, about."""
LANE = 19
"""Pixels from one lane of labels to the next."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An offer or a reply at a time; a silence over a time."""

    when: Edtf
    label: str
    side: Literal["offer", "reply", "silence"]

    @property
    def _days(self) -> tuple[date, date]:
        """The days it could be; those of its known end, where the other is open."""
        if self.when.first == date.min:
            return self.when.ends
        return self.when.begins if self.when.last == date.max else (self.when.first, self.when.last)

    @property
    def middle(self) -> date:
        """The middle of the days it could be."""
        first, last = self._days
        return first + (last - first) / 2

    @property
    def row(self) -> Dict:
        """What a picture needs to know of it."""
        first, last = self._days
        drawn = {"from": year(first), "to": year(last), "at": year(self.middle)}
        text = format_date(self.when) if len(format_date(self.when)) < 17 else self._years
        return {**drawn, "date": text, "label": self.label, "side": self.side}

    @property
    def _years(self) -> str:
        stated = Mark(self.when.stated, self.label, self.side)._days
        return f"{stated[0].year}/{stated[1].year}"

    @property
    def width(self) -> float:
        """Pixels that its label takes."""
        return len(self.label) * LETTER + 8


def _open(when: Edtf) -> bool:
    return when.first == date.min or when.last == date.max


def year(day: date) -> float:
    """A day as a decimal year: pictures need no time zones."""
    return round(day.year + (day - date(day.year, 1, 1)).days / (366 if isleap(day.year) else 365), 4)


def timeline_chart(marks: list[Mark], period: Edtf | None) -> Chart:
    """Offers above a line of time, replies below it, silence as bars on it; narrow: one row each, downwards."""
    spoken = "; ".join(f"{m.when} {m.side}: {m.label}" for m in sorted(marks, key=lambda m: m.middle))
    return Chart(f"Timeline of offers and replies. {spoken}.", _wide(marks, period), _narrow(marks))


def _wide(marks: list[Mark], period: Edtf | None) -> Dict:
    days = [day for mark in marks for day in (mark.middle, *mark._days)]
    if period and not _open(period):
        days += [period.stated.first, period.stated.last]
    first, last = year(min(days)), year(max(days))
    # The axis runs on beyond the last day, so that every label can stand to the right of its mark.
    end = last + max(last - first, 1 / 365) * max(m.width for m in marks) / NOMINAL_WIDTH
    scale = NOMINAL_WIDTH / (end - first)
    rows = []
    for sides, sign in ((("offer",), 1), (("reply", "silence"), -1)):
        placed = _lanes([m for m in marks if m.side in sides], first, scale)
        rows += [{**mark.row, "line": 0, "lane": sign * (lane + 1)} for mark, lane in placed]
    up = max((row["lane"] for row in rows), default=0)
    down = min((row["lane"] for row in rows), default=0)
    every = max(1, round((last - first) / 5))
    axis = {
        "values": list(range(math.ceil(first), int(last) + 1, every)),
        "format": "d",
        "grid": False,
        "domain": False,
    }
    across = {"axis": axis, "scale": {"domain": [first, end], "nice": False}}
    upwards = {"axis": None, "scale": {"domain": [down - 1, up + 1], "nice": False}}
    at, line, lane = quantity("at", **across), quantity("line", **upwards), quantity("lane", **upwards)
    colour = category("side", ["offer", "reply", "silence"])
    silent, spoken = "datum.side === 'silence'", "datum.side !== 'silence'"
    begin, end_of = quantity("from", **across), {"field": "to"}
    # Offers are full and replies hollow, so that colour is not alone in telling them apart.
    fill = {"condition": {"test": "datum.side === 'offer'", **colour}, "value": "@paper"}
    silences = any(mark.side == "silence" for mark in marks)
    silent_bar = {"strokeWidth": 13, "opacity": 0.6}
    layers = [
        layer("rule", data=[{"line": 0}], y=line),
        layer("rule", {"strokeWidth": 4, "opacity": 0.35}, only=spoken, x=begin, x2=end_of, y=line, color=colour),
        *([layer("rule", silent_bar, only=silent, x=begin, x2=end_of, y=line, color=colour)] if silences else []),
        layer("rule", {"strokeWidth": 1}, x=at, y=line, y2={"field": "lane"}, color=colour),
        layer(
            "point", {"size": 80, "opacity": 1, "strokeWidth": 2}, only=spoken, x=at, y=line, color=colour, fill=fill
        ),
        layer("text", {"align": "left", "baseline": "middle", "dx": 4}, x=at, y=lane, text={"field": "label"}),
    ]
    return chart(layers, rows, (up - down + 2) * LANE)


def _lanes(marks: list[Mark], first: float, scale: float) -> list[tuple[Mark, int]]:
    """A lane for each mark so that no label covers another label or the stem of a later mark.

    From the last mark to the first: each goes one lane above the highest it would reach over.
    """
    placed: list[tuple[Mark, float, int]] = []
    for mark in sorted(marks, key=lambda m: m.middle, reverse=True):
        at = (year(mark.middle) - first) * scale
        reached = [lane for _, x, lane in placed if x <= at + mark.width]
        placed.append((mark, at, max(reached, default=-1) + 1))
    return [(mark, lane) for mark, _, lane in placed]


def _narrow(marks: list[Mark]) -> Dict:
    ordered = sorted(marks, key=lambda m: m._days)
    rows = [{**mark.row, "rank": f"{rank:04}"} for rank, mark in enumerate(ordered)]
    rank = category("rank", axis=None)
    del rank["legend"]
    sides = ["offer", "reply", "silence"]
    shape, colour = category("side", sides, ["circle", "diamond", "square"]), category("side", sides)
    layers = [
        layer("text", {"align": "left", "fontSize": 11}, y=rank, x={"value": 0}, text={"field": "date"}),
        layer("point", {"filled": True, "size": 80, "opacity": 1}, y=rank, x={"value": 112}, shape=shape, color=colour),
        layer("text", {"align": "left"}, y=rank, x={"value": 124}, text={"field": "label"}),
    ]
    return chart(layers, rows, 24 * len(rows))


def membership_chart(rows: list[tuple[str, list[Segment]]]) -> Chart:
    """Bars of membership, one row an actor: solid where sure, dashed where the dates leave it open or disagree."""
    values = [
        {"who": label, "rank": rank, "from": year(s.first), "to": year(s.last), "standing": s.standing}
        for rank, (label, stretches) in enumerate(rows)
        for s in stretches
    ]
    spoken = "; ".join(
        f"{label}: " + ", ".join(f"{s.standing} {s.first.isoformat()} to {s.last.isoformat()}" for s in stretches)
        for label, stretches in rows
    )
    x = quantity("from", axis={"format": "d", "tickCount": 5}, scale={"zero": False, "nice": False})
    who = category("who", sort={"field": "rank", "op": "min"}, title=None)
    del who["legend"]
    who["axis"] = {"labelLimit": 190, "domain": False, "ticks": False, "labelPadding": 6}

    def bars(standing: str, style: Dict) -> Dict:
        only = f"datum.standing === '{standing}'"
        return layer("bar", {"height": 9, **style}, only=only, x=x, x2={"field": "to"}, y=who)

    styles: dict[str, Dict] = {"in": {}, "unsure": {"fillOpacity": 0.2}, "disputed": {"fillOpacity": 0}}
    occurring = {s.standing for _, stretches in rows for s in stretches}
    layers = [bars(s, style | ({"style": "dashed"} if style else {})) for s, style in styles.items() if s in occurring]
    spec = chart(layers, values, 17 * len(rows))
    return Chart(f"Spans of membership. {spoken}.", spec, spec)


def drift_chart(agendas: list[tuple[str, dict[str, float]]]) -> Chart:
    """The share of each group of issues in each agenda, darker where it is larger."""
    groups = list(dict.fromkeys(group for _, parts in agendas for group in parts))
    rows = [
        {"when": when, "group": group, "share": parts.get(group, 0.0), "rank": groups.index(group)}
        for when, parts in agendas
        for group in groups
    ]
    spoken = "; ".join(
        f"{when}: " + ", ".join(f"{group} {100 * share:.0f} in 100" for group, share in parts.items())
        for when, parts in agendas
    )
    x = category("when", title=None, sort=None)
    y = category("group", title=None, sort={"field": "rank", "op": "min"})
    for axis in (x, y):
        del axis["legend"]
    x["axis"] = {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False}
    y["axis"] = {"domain": False, "ticks": False, "labelLimit": 130}
    shade = quantity("share", scale={"domain": [0, 1], "range": [0, 0.9]}, legend=None)
    text = {**quantity("share"), "format": ".0%"}
    layers = [
        layer("rect", {"style": "shade"}, x=x, y=y, opacity=shade),
        layer("text", {"fontSize": 11}, only="datum.share > 0", x=x, y=y, text=text),
    ]
    spec = chart(layers, rows, 28 * len(groups) + 20)
    return Chart(f"Share of each group of issues by agenda. {spoken}.", spec, spec)


def tone_chart(points: Sequence[tuple[Edtf, str, str, str]], tones: Sequence[str]) -> Chart:
    """Dated statements by tone, each with who speaks; upright, the ordered tones."""
    rows: list[Dict] = [
        {
            "at": year(Mark(when, "", "offer").middle),
            "tone": tone,
            "level": tones.index(tone),
            "side": side,
            "who": who or side,
        }
        for when, tone, side, who in points
    ]
    spoken = "; ".join(f"{when} {who or side}: {tone}" for when, tone, side, who in points)
    sides = list(dict.fromkeys(row["side"] for row in rows))[:6]
    low, high = min(row["at"] for row in rows), max(row["at"] for row in rows)
    across = {"domain": [math.floor(low), math.ceil(high + 0.01)], "nice": False}
    x = quantity("at", axis={"format": "d", "tickMinStep": 1, "grid": False}, scale=across)
    labels = " : ".join(f"datum.value === {i} ? '{tone}'" for i, tone in enumerate(tones))
    upright = {"values": list(range(len(tones))), "labelExpr": f"{labels} : ''", "domain": False, "ticks": False}
    y = quantity("level", axis=upright, scale={"domain": [-0.4, len(tones) - 0.6], "nice": False})
    shapes = ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down"][: len(sides)]
    side = category("side", sides, shapes)
    side["legend"] = {"title": None, "orient": "top", "symbolType": "circle"}
    layers = [layer("point", {"filled": True, "size": 90, "opacity": 0.8}, x=x, y=y, shape=side)]
    spec = chart(layers, rows, 190)
    return Chart(f"Statements about cooperation by tone over time. {spoken}.", spec, spec)
