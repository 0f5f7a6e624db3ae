"""Pictures of who accepts: chances as dots, and replies over two levers as a map."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.rooms.gains.findings.charts import SHAPES
from detente.rooms.gains.model.model import Form
from detente.text.english import clip_text

ROW = 34
REPLY_COLOURS = {
    "accept": "@go",
    "contact": "@go",
    "ask": "@u",
    "redirect": "@a",
    "refuse": "@stop",
    "silence": "@line",
}
"""The colour of each reply; the letter in the cell says the same."""
LETTERS = {"accept": "A", "contact": "C", "ask": "?", "redirect": "r", "refuse": "N", "silence": "·"}


def chances_chart(bars: Sequence[tuple[str, Form, str, float]], title: str) -> Chart:
    """Chances of several things, each by form: name, form, the form in words, chance."""
    order = list(dict.fromkeys(name for name, _, _, _ in bars))
    shorts = [clip_text(name, 22) for name in order]
    shorts = [short if shorts.count(short) == 1 else f"{n + 1}: {short}" for n, short in enumerate(shorts)]
    rows: list[VegaSpec] = [
        {
            "n": order.index(name),
            "name": name,
            "short": shorts[order.index(name)],
            "form": form,
            "chance": round(100 * chance, 1),
        }
        for name, form, _, chance in bars
    ]
    forms = list(dict.fromkeys(form for _, form, _, _ in bars))

    def drawn(named: str, letters: int) -> VegaSpec:
        axis = {"labelLimit": letters, "title": None}
        down: VegaSpec = {"field": named, "type": "nominal", "sort": {"field": "n"}, "axis": axis}
        beside: VegaSpec = {"field": "form", "type": "nominal", "sort": forms}
        across = quantitative_channel(
            "chance", axis={"title": "of 100 draws", "tickCount": 5}, scale={"domain": [0, 100]}
        )
        shapes = nominal_channel("form", forms, [SHAPES[form] for form in forms])
        colours = nominal_channel("form", forms, ["@a" if form == "hub" else "@b" for form in forms])
        from_zero = {"field": "zero"}
        with_zero = [{**row, "zero": 0} for row in rows]
        layers = [
            vega_layer(
                "rule",
                {"strokeWidth": 2, "opacity": 0.6},
                with_zero,
                y=down,
                yOffset=beside,
                x=across,
                x2=from_zero,
                color=colours,
            ),
            vega_layer(
                "point",
                {"filled": True, "size": 80, "opacity": 1},
                y=down,
                yOffset=beside,
                x=across,
                color=colours,
                shape=shapes,
            ),
        ]
        return layered_chart(layers, rows, ROW * len(order))

    ways = {form: way for _, form, way, _ in bars}
    marks = ", ".join(f"{'circle' if form == 'hub' else 'diamond'}: {way}" for form, way in ways.items())
    spoken = "; ".join(f"{name}, {way}: {100 * chance:.0f}" for name, _, way, chance in bars)
    return Chart(f"{title} ({marks}). {spoken}.", drawn("name", 260), drawn("short", 130))


def map_chart(
    cells: Sequence[tuple[float, float, str]], step: float, here: tuple[float, float], axes: tuple[str, str], title: str
) -> Chart:
    """The reply over two levers from 0 to 1, with the case's own estimate as a cross.

    Args:
        cells: The middle of each cell, and the reply there.
        step: The side of a cell.
        here: The case's own estimate.
        axes: What the levers are.
        title: For who cannot see it.
    """
    half = step / 2
    rows: list[VegaSpec] = [
        {
            "x": round(x - half, 4),
            "x2": round(x + half, 4),
            "y": round(y - half, 4),
            "y2": round(y + half, 4),
            "mx": round(x, 4),
            "my": round(y, 4),
            "reply": reply,
            "letter": LETTERS.get(reply, ""),
        }
        for x, y, reply in cells
    ]
    replies = [reply for reply in REPLY_COLOURS if any(row["reply"] == reply for row in rows)]

    def drawn(height: int) -> VegaSpec:
        scale = {"domain": [0, 1], "nice": False}
        x = quantitative_channel("x", scale=scale, axis={"title": axes[0], "tickCount": 5})
        y = quantitative_channel("y", scale=scale, axis={"title": axes[1], "tickCount": 5})
        colour = nominal_channel("reply", replies, [REPLY_COLOURS[reply] for reply in replies])
        cross = [{"mx": here[0], "my": here[1]}]
        mx = quantitative_channel("mx", scale=scale, axis={"title": axes[0], "tickCount": 5})
        my = quantitative_channel("my", scale=scale, axis={"title": axes[1], "tickCount": 5})
        letter = {"field": "letter"}
        layers = [
            vega_layer("rect", {"opacity": 0.35}, x=x, y=y, x2={"field": "x2"}, y2={"field": "y2"}, color=colour),
            vega_layer("text", {"fontSize": 10}, x=mx, y=my, text=letter),
            vega_layer(
                "point",
                {"shape": "cross", "size": 160, "filled": True, "color": "@ink", "opacity": 1},
                cross,
                x=mx,
                y=my,
            ),
        ]
        return layered_chart(layers, rows, height)

    counted = ", ".join(f"{reply} in {sum(row['reply'] == reply for row in rows)} of {len(rows)}" for reply in replies)
    return Chart(f"{title}: {counted}.", drawn(320), drawn(280))
