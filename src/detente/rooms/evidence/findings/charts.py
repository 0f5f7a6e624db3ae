"""Pictures of the evidence room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.schema.case import Case
from detente.methods.inference.congruence import Tally
from detente.results.finding import Chart
from detente.results.vega import Dict, category, chart, layer, quantity
from detente.text.english import clipped
from detente.text.number_format import number

MOST_LINES = 6
MOST_LETTERS = 34
SHORT = 18
"""Letters of a name that has room beside a line on a narrow page."""
MOST_BARS = 60
LEAST_APART = 0.09
"""The least distance between two names beside the ends of lines, as a share of the picture's height."""


def tally_chart(case: Case, title: str, tallies: list[Tally]) -> Chart | None:
    """The sums of each theory over what a secondary reading counts; the case's own treatment comes first."""
    points = [
        (float(found.s), case.theories[name].name, float(score))
        for found in sorted(tallies, key=lambda found: found.s)
        for name, score in found.scores.items()
    ]
    title = f"{title}: sum of each theory by what a secondary reading counts"
    return lines_chart(title, points, float(tallies[0].s), "what a secondary reading counts")


def lines_chart(
    title: str,
    points: Sequence[tuple[float, str, float]],
    own: float,
    across: str,
    range: tuple[float, float] | None = None,
) -> Chart | None:
    """Lines with their names at the end; a dashed line marks where the case itself stands.

    Args:
        title: What it shows.
        points: Where across, of which line, how high.
        own: Where across the case stands.
        across: What is across.
        range: Lowest and highest value upwards, if not what the points need.

    Returns:
        The chart; None where there are more lines than can be told apart.
    """
    names = list(dict.fromkeys(name for _, name, _ in points))
    if len(names) > MOST_LINES:
        return None
    rows = [{"x": x, "name": name, "y": y} for x, name, y in points]
    stops = list(dict.fromkeys(x for x, _, _ in points))
    spoken = "; ".join(
        f"at {number(stop)}: " + ", ".join(f"{name} {number(y)}" for x, name, y in points if x == stop)
        for stop in stops
    )
    low, high = min(stops), max(stops)
    axis = {"values": stops, "format": ".2~f", "grid": False}
    x = quantity("x", title=across, axis=axis, scale={"domain": [low, high], "nice": False})
    scale: Dict = {"domain": list(range)} if range else {"zero": True}
    y = quantity("y", axis={"tickMinStep": 1} if range is None else {"format": ".2~f", "tickCount": 5}, scale=scale)
    line = category("name")
    # Names stand where the lines can be told apart: at the right end, or at the left if they end together.
    last = [y for x, _, y in points if x == high]
    apart = len(set(last)) == len(last)
    top = range[1] if range else max(y for _, _, y in points)
    ends = _apart(_names(rows, high if apart else low), LEAST_APART * (top or 1))
    layers = [
        layer("rule", {"strokeDash": [2, 3]}, data=[{"x": own}], x=x),
        layer("line", {"strokeWidth": 2}, x=x, y=y, strokeDash=line),
        layer("point", {"filled": True, "size": 60, "opacity": 1}, x=x, y=y, shape=line),
    ]

    def named(style: Dict) -> Dict:
        """With the names beside the ends of the lines, or over them."""
        written = layer("text", style, data=ends, x=x, y={**y, "field": "at"}, text={"field": "name"})
        padding = {"left": 5, "top": 12, "bottom": 5, "right": 8}  # the names themselves are given room
        return chart([*layers, written], rows, 200, padding=padding)

    under_start = {"align": "left", "dx": 8, "dy": 13}  # below: sums only rise
    longest = max(len(end["name"]) for end in ends)
    beside = {"align": "left", "dx": 9}
    narrow = beside | {"fontSize": 11} if longest <= SHORT else {"align": "right", "dx": 4, "dy": -11}
    return Chart(
        f"{title}. {spoken}.",
        wide=named(beside if apart else under_start),
        narrow=named(narrow if apart else under_start),
    )


def _names(rows: list[Dict], at: float) -> list[Dict]:
    """The name of each line at one of its ends; lines that end together share one."""
    ends: dict[float, list[str]] = {}
    for row in rows:
        if row["x"] == at:
            ends.setdefault(row["y"], []).append(row["name"])
    return [{"x": at, "y": y, "name": clipped(", ".join(names), MOST_LETTERS)} for y, names in ends.items()]


def _apart(ends: list[Dict], least: float) -> list[Dict]:
    """The names moved up where they would stand on each other."""
    placed: list[Dict] = []
    for end in sorted(ends, key=lambda end: end["y"]):
        at = max(end["y"], placed[-1]["at"] + least) if placed else end["y"]
        placed.append({**end, "at": at})
    return placed


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of a waterfall: what to call it at length and in short, and what it adds in decibels."""

    name: str
    short: str
    adds: float


def waterfall_chart(title: str, sides: tuple[str, str], before: float, bars: Sequence[Bar]) -> Chart | None:
    """What the evidence adds to the odds of one hypothesis against another, one step under the other.

    Args:
        title: Of what table.
        sides: The hypothesis the odds are of, and the one they are against.
        before: The odds before the evidence, in decibels.
        bars: The steps, in order; none is drawn where there are more than `MOST_BARS`.
    """
    if len(bars) > MOST_BARS:
        return None
    total = before + sum(bar.adds for bar in bars)
    steps = [(Bar("before the evidence", "before", before), 0.0)]
    for bar in bars:
        steps.append((bar, steps[-1][0].adds + steps[-1][1]))
    steps.append((Bar("after it", "after", total), 0.0))
    rows: list[Dict] = [
        {
            "n": n,
            "name": bar.name,
            "short": bar.short,
            "from": start,
            "to": start + bar.adds,
            "end": max(start, start + bar.adds),
            "label": f"{bar.adds:+.1f}".replace("-", "−"),
            "kind": "sum" if n in (0, len(steps) - 1) else "for" if bar.adds >= 0 else "against",
        }
        for n, (bar, start) in enumerate(steps)
    ]
    reach = [value for row in rows for value in (row["from"], row["to"])]
    room = 0.12 * (max(reach) - min(reach) or 1)
    scale = {"domain": [min(reach), max(reach) + room], "nice": True}
    colours = category("kind", ("for", "against", "sum"), ("@ink", "@u", "@ink"))

    def drawn(named: str, letters: int) -> Dict:
        """Bars with their values beside them, named at length or in short."""
        axis = {"labelLimit": letters, "title": None}
        down: Dict = {"field": named, "type": "nominal", "sort": {"field": "n"}, "axis": axis}
        across = quantity("from", axis={"title": "decibels"}, scale=scale)
        value = quantity("end", scale=scale)
        beside = {"align": "left", "dx": 4, "fontSize": 11}
        layers = [
            layer("bar", {"height": 10}, y=down, x=across, x2={"field": "to"}, color=colours),
            layer("text", beside, y=down, x=value, text={"field": "label"}),
            layer("rule", {}, data=[{"from": 0}], x=across),
        ]
        return chart(layers, rows, 20 * len(rows))

    spoken = ", ".join(f"{bar.name} {bar.adds:+.1f}" for bar in bars)
    odds = f"odds of {sides[0]} against {sides[1]}, in decibels: {number(before)} before the evidence"
    return Chart(f"{title}: {odds}; {spoken}; {number(total)} after it.", drawn("name", 340), drawn("short", 110))
