"""Pictures of the evidence room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CongruenceTally
from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.english import clip_text
from detente.text.number_format import format_number

MOST_LINES = 6
MOST_LETTERS = 34
SHORT_NAME_LETTERS = 18
"""Letters of a name that has room beside a line on a narrow page."""
MOST_BARS = 60
MIN_LABEL_DISTANCE = 0.09
"""The least distance between two names beside the ends of lines, as a share of the picture's height."""


def tally_chart(case: Case, title: str, tallies: list[CongruenceTally]) -> Chart | None:
    """The sums of each theory over what a secondary reading counts; the case's own treatment comes first."""
    points = [
        (float(tally.s), case.theories[name].name, float(score))
        for tally in sorted(tallies, key=lambda tally: tally.s)
        for name, score in tally.scores.items()
    ]
    title = f"{title}: sum of each theory by what a secondary reading counts"
    return lines_chart(title, points, float(tallies[0].s), "what a secondary reading counts")


def lines_chart(
    title: str,
    points: Sequence[tuple[float, str, float]],
    case_position: float,
    x_title: str,
    y_range: tuple[float, float] | None = None,
) -> Chart | None:
    """Lines with their names at the end; a dashed line marks where the case itself stands.

    Args:
        title: What it shows.
        points: Where across, of which line, how high.
        case_position: Where across the case stands.
        x_title: What is across.
        y_range: Lowest and highest value upwards, if not what the points need.

    Returns:
        The chart; None where there are more lines than can be told apart.
    """
    names = list(dict.fromkeys(name for _, name, _ in points))
    if len(names) > MOST_LINES:
        return None
    rows = [{"x": x, "name": name, "y": y} for x, name, y in points]
    positions = list(dict.fromkeys(x for x, _, _ in points))
    x_min, x_max = min(positions), max(positions)
    axis = {"values": positions, "format": ".2~f", "grid": False}
    x = quantitative_channel("x", title=x_title, axis=axis, scale={"domain": [x_min, x_max], "nice": False})
    y_axis: VegaSpec = {"format": ".2~f", "tickCount": 5} if y_range else {"tickMinStep": 1}
    y = quantitative_channel("y", axis=y_axis, scale={"domain": list(y_range)} if y_range else {"zero": True})
    line_style = nominal_channel("name")
    # Names stand where the lines can be told apart: at the right end, or at the left if they end together.
    end_values = [y for x, _, y in points if x == x_max]
    ends_differ = len(set(end_values)) == len(end_values)
    y_max = y_range[1] if y_range else max(y for _, _, y in points)
    end_labels = _spread_labels(_end_labels(rows, x_max if ends_differ else x_min), MIN_LABEL_DISTANCE * (y_max or 1))
    layers = [
        vega_layer("rule", {"strokeDash": [2, 3]}, data=[{"x": case_position}], x=x),
        vega_layer("line", {"strokeWidth": 2}, x=x, y=y, strokeDash=line_style),
        vega_layer("point", {"filled": True, "size": 60, "opacity": 1}, x=x, y=y, shape=line_style),
    ]

    def with_names(style: VegaSpec) -> VegaSpec:
        """With the names beside the ends of the lines, or over them."""
        name_layer = vega_layer("text", style, data=end_labels, x=x, y={**y, "field": "at"}, text={"field": "name"})
        padding = {"left": 5, "top": 12, "bottom": 5, "right": 8}  # the names themselves are given room
        return layered_chart([*layers, name_layer], rows, 200, padding=padding)

    wide_style, narrow_style = _name_styles([end["name"] for end in end_labels], beside=ends_differ)
    return Chart(f"{title}. {_lines_description(points, positions)}.", with_names(wide_style), with_names(narrow_style))


def _lines_description(points: Sequence[tuple[float, str, float]], positions: Sequence[float]) -> str:
    """What each line is at, stop by stop."""
    return "; ".join(
        f"at {format_number(stop)}: " + ", ".join(f"{name} {format_number(y)}" for x, name, y in points if x == stop)
        for stop in positions
    )


def _name_styles(names: Sequence[str], *, beside: bool) -> tuple[VegaSpec, VegaSpec]:
    """How names stand at the ends of lines, on a wide page and on a narrow one: beside them, or below."""
    if not beside:
        below_style = {"align": "left", "dx": 8, "dy": 13}  # below: sums only rise
        return below_style, below_style
    beside_style: VegaSpec = {"align": "left", "dx": 9}
    if max(map(len, names)) <= SHORT_NAME_LETTERS:
        return beside_style, beside_style | {"fontSize": 11}
    return beside_style, {"align": "right", "dx": 4, "dy": -11}


def _end_labels(rows: list[VegaSpec], end_x: float) -> list[VegaSpec]:
    """The name of each line at one of its ends; lines that end together share one."""
    names_by_value: dict[float, list[str]] = {}
    for row in rows:
        if row["x"] == end_x:
            names_by_value.setdefault(row["y"], []).append(row["name"])
    return [
        {"x": end_x, "y": y, "name": clip_text(", ".join(names), MOST_LETTERS)} for y, names in names_by_value.items()
    ]


def _spread_labels(labels: list[VegaSpec], min_distance: float) -> list[VegaSpec]:
    """The names moved up where they would stand on each other."""
    placed: list[VegaSpec] = []
    for label in sorted(labels, key=lambda label: label["y"]):
        label_y = max(label["y"], placed[-1]["at"] + min_distance) if placed else label["y"]
        placed.append({**label, "at": label_y})
    return placed


@dataclass(frozen=True, slots=True)
class WaterfallBar:
    """One step of a waterfall: what to call it at length and in short, and what it adds in decibels."""

    name: str
    short_name: str
    decibels: float


def waterfall_chart(
    title: str, sides: tuple[str, str], prior_odds: float, bars: Sequence[WaterfallBar]
) -> Chart | None:
    """What the evidence adds to the odds of one hypothesis against another, one step under the other.

    Args:
        title: Of what table.
        sides: The hypothesis the odds are of, and the one they are against.
        prior_odds: The odds before the evidence, in decibels.
        bars: The steps, in order; none is drawn where there are more than `MOST_BARS`.
    """
    if len(bars) > MOST_BARS:
        return None
    total = prior_odds + sum(bar.decibels for bar in bars)
    steps = [(WaterfallBar("before the evidence", "before", prior_odds), 0.0)]
    for bar in bars:
        steps.append((bar, steps[-1][0].decibels + steps[-1][1]))
    steps.append((WaterfallBar("after it", "after", total), 0.0))
    rows: list[VegaSpec] = [
        {
            "n": n,
            "name": bar.name,
            "short": bar.short_name,
            "from": start,
            "to": start + bar.decibels,
            "end": max(start, start + bar.decibels),
            "label": f"{bar.decibels:+.1f}".replace("-", "−"),
            "kind": "sum" if n in (0, len(steps) - 1) else "for" if bar.decibels >= 0 else "against",
        }
        for n, (bar, start) in enumerate(steps)
    ]
    extents = [value for row in rows for value in (row["from"], row["to"])]
    margin = 0.12 * (max(extents) - min(extents) or 1)
    scale = {"domain": [min(extents), max(extents) + margin], "nice": True}
    colours = nominal_channel("kind", ("for", "against", "sum"), ("@ink", "@u", "@ink"))

    def draw_bars(name_field: str, label_limit: int) -> VegaSpec:
        """Bars with their values beside them, named at length or in short."""
        axis = {"labelLimit": label_limit, "title": None}
        y: VegaSpec = {"field": name_field, "type": "nominal", "sort": {"field": "n"}, "axis": axis}
        x = quantitative_channel("from", axis={"title": "decibels"}, scale=scale)
        end_x = quantitative_channel("end", scale=scale)
        label_style = {"align": "left", "dx": 4, "fontSize": 11}
        layers = [
            vega_layer("bar", {"height": 10}, y=y, x=x, x2={"field": "to"}, color=colours),
            vega_layer("text", label_style, y=y, x=end_x, text={"field": "label"}),
            vega_layer("rule", {}, data=[{"from": 0}], x=x),
        ]
        return layered_chart(layers, rows, 20 * len(rows))

    description = ", ".join(f"{bar.name} {bar.decibels:+.1f}" for bar in bars)
    odds_phrase = f"odds of {sides[0]} against {sides[1]}, in decibels: {format_number(prior_odds)} before the evidence"
    return Chart(
        f"{title}: {odds_phrase}; {description}; {format_number(total)} after it.",
        draw_bars("name", 340),
        draw_bars("short", 110),
    )
