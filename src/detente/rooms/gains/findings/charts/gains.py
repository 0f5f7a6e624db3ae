"""Gains as dots with their spread, a row for each actor."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import FORM_SHAPES, CaseLabels
from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import clip_text, without_article
from detente.text.number_format import format_number
from detente.text.shares import as_percent

GAINS_ROW_HEIGHT = 34


def gains_chart(year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels) -> Chart:
    """Each actor's mean gain with its spread, one mark for each way the channel is run."""
    form_phrases = [form_words(year, variant, labels) or labels.channel_title(variant.channel) for variant in variants]
    answering_side = year.answering_actors
    offering_side = year.offering_actors
    rows: list[VegaSpec] = []
    for actor_index, actor in enumerate(year.actor_network.actors):
        name = without_article(labels.party_name(actor))
        for variant, phrase in zip(variants, form_phrases, strict=True):
            outcome = year.outcomes[variant]
            low, high = outcome.gain_quantiles[:, actor_index]
            rows.append(
                {
                    "n": actor_index,
                    "name": name,
                    "short": clip_text(name, 14),
                    "form": variant.form,
                    "way": phrase,
                    "gain": as_percent(outcome.mean_gain[actor_index]),
                    "low": as_percent(low),
                    "high": as_percent(high),
                    "side": "answers"
                    if actor_index in answering_side
                    else "offers"
                    if actor_index in offering_side
                    else "other",
                }
            )
    colours = nominal_channel("side", ("answers", "offers", "other"), ("@a", "@b", "@ink"))
    forms = [variant.form for variant in variants]
    shapes = nominal_channel("form", forms, [FORM_SHAPES[form] for form in forms])

    def build_spec(name_field: str, label_length: int) -> VegaSpec:
        """With actors named at length or in short."""
        axis = {"labelLimit": label_length, "title": None}
        y_channel: VegaSpec = {"field": name_field, "type": "nominal", "sort": {"field": "n"}, "axis": axis}
        offset_channel: VegaSpec = {"field": "form", "type": "nominal", "sort": forms}
        x_channel = quantitative_channel("low", axis={"title": "gain, % of all at stake", "tickCount": 7})
        high_channel, mean_channel = {"field": "high"}, quantitative_channel("gain")
        line, dot = {"strokeWidth": 2, "opacity": 0.6}, {"filled": True, "size": 80, "opacity": 1}
        layers = [
            vega_layer("rule", {"strokeDash": [2, 3]}, data=[{"low": 0}], x=x_channel),
            vega_layer("rule", line, y=y_channel, yOffset=offset_channel, x=x_channel, x2=high_channel, color=colours),
            vega_layer("point", dot, y=y_channel, yOffset=offset_channel, x=mean_channel, color=colours, shape=shapes),
        ]
        return layered_chart(layers, rows, GAINS_ROW_HEIGHT * year.actor_network.n)

    description = "; ".join(
        f"{row['name']}, {row['way']}: {format_number(row['gain'])} "
        f"({format_number(row['low'])} to {format_number(row['high'])})"
        for row in rows
    )
    title = "Gains in per cent of all that is at stake, with 5 to 95 of 100 draws"
    return Chart(f"{title}. {description}.", build_spec("name", 200), build_spec("short", 110))
