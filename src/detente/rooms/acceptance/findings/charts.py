"""Pictures of who accepts: chances as dots, and replies over two levers as a map."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.channel_variants import ChannelForm
from detente.case.index.labels import FORM_SHAPES
from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.english import clip_text

CHANCES_ROW_HEIGHT = 34
REPLY_COLOURS = {
    "accept": "@go",
    "contact": "@go",
    "ask": "@u",
    "redirect": "@a",
    "refuse": "@stop",
    "silence": "@line",
}
"""The colour of each reply; the letter in the cell says the same."""
REPLY_LETTERS = {"accept": "A", "contact": "C", "ask": "?", "redirect": "r", "refuse": "N", "silence": "·"}


def acceptance_chart(bars: Sequence[tuple[str, ChannelForm, str, float]], title: str) -> Chart:
    """Chances of several things, each by form: name, form, the form in words, chance."""
    order = list(dict.fromkeys(name for name, _, _, _ in bars))
    short_titles = [clip_text(name, 22) for name in order]
    short_titles = [
        short if short_titles.count(short) == 1 else f"{position + 1}: {short}"
        for position, short in enumerate(short_titles)
    ]
    rows: list[VegaSpec] = [
        {
            "n": order.index(name),
            "name": name,
            "short": short_titles[order.index(name)],
            "form": form,
            "chance": round(100 * chance, 1),
        }
        for name, form, _, chance in bars
    ]
    forms = list(dict.fromkeys(form for _, form, _, _ in bars))

    def build_spec(name_field: str, label_length: int) -> VegaSpec:
        axis = {"labelLimit": label_length, "title": None}
        y_channel: VegaSpec = {"field": name_field, "type": "nominal", "sort": {"field": "n"}, "axis": axis}
        offset_channel: VegaSpec = {"field": "form", "type": "nominal", "sort": forms}
        x_channel = quantitative_channel(
            "chance", axis={"title": "of 100 draws", "tickCount": 5}, scale={"domain": [0, 100]}
        )
        shapes = nominal_channel("form", forms, [FORM_SHAPES[form] for form in forms])
        colours = nominal_channel("form", forms, ["@a" if form == "hub" else "@b" for form in forms])
        from_zero = {"field": "zero"}
        with_zero = [{**row, "zero": 0} for row in rows]
        layers = [
            vega_layer(
                "rule",
                {"strokeWidth": 2, "opacity": 0.6},
                with_zero,
                y=y_channel,
                yOffset=offset_channel,
                x=x_channel,
                x2=from_zero,
                color=colours,
            ),
            vega_layer(
                "point",
                {"filled": True, "size": 80, "opacity": 1},
                y=y_channel,
                yOffset=offset_channel,
                x=x_channel,
                color=colours,
                shape=shapes,
            ),
        ]
        return layered_chart(layers, rows, CHANCES_ROW_HEIGHT * len(order))

    ways = {form: form_phrase for _, form, form_phrase, _ in bars}
    marks = ", ".join(
        f"{'circle' if form == 'hub' else 'diamond'}: {form_phrase}" for form, form_phrase in ways.items()
    )
    description = "; ".join(f"{name}, {form_phrase}: {100 * chance:.0f}" for name, _, form_phrase, chance in bars)
    return Chart(f"{title} ({marks}). {description}.", build_spec("name", 260), build_spec("short", 130))


def reply_map_chart(
    cells: Sequence[tuple[float, float, str]],
    step: float,
    case_point: tuple[float, float],
    axes: tuple[str, str],
    title: str,
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
            "letter": REPLY_LETTERS.get(reply, ""),
        }
        for x, y, reply in cells
    ]
    replies = [reply for reply in REPLY_COLOURS if any(row["reply"] == reply for row in rows)]

    def build_spec(height: int) -> VegaSpec:
        scale = {"domain": [0, 1], "nice": False}
        x = quantitative_channel("x", scale=scale, axis={"title": axes[0], "tickCount": 5})
        y = quantitative_channel("y", scale=scale, axis={"title": axes[1], "tickCount": 5})
        colour = nominal_channel("reply", replies, [REPLY_COLOURS[reply] for reply in replies])
        cross = [{"mx": case_point[0], "my": case_point[1]}]
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

    counts_phrase = ", ".join(
        f"{reply} in {sum(row['reply'] == reply for row in rows)} of {len(rows)}" for reply in replies
    )
    return Chart(f"{title}: {counts_phrase}.", build_spec(320), build_spec(280))
