"""Chances of accepting as dots, one for each form of the channel."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.channel_variants import ChannelForm
from detente.case.index.labels import FORM_SHAPES
from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.english import clip_text

CHANCES_ROW_HEIGHT = 34


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
